// SPDX-License-Identifier: BSL-1.0
// The files of a disk_cache: a head, the type of the content, the content.
#include "cache_disk.hpp"

#include <quoin/io/atomic_file.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <stdexcept>
#include <type_traits>
#include <vector>

namespace examples {

namespace {

namespace fs = std::filesystem;

struct file_head {
    std::uint64_t magic; // another one where bytes have another order
    std::int64_t made;   // seconds since 1970
    std::uint64_t type_bytes, bytes;
    cache_key key;
    std::array<std::uint64_t, 2> check; // of all, where this is 0
};
static_assert(std::has_unique_object_representations_v<file_head>);
constexpr std::uint64_t magic = 0x31656863616e6f71; // "qoncahe1"

std::array<std::uint64_t, 2> check_of(file_head head, void const* rest, std::size_t rest_bytes,
                                      void const* more = nullptr, std::size_t more_bytes = 0) {
    head.check = {};
    return checksum().add(&head, sizeof head).add(rest, rest_bytes).add(more, more_bytes).value();
}

std::int64_t seconds_of(disk_cache::time_point time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

bool is_temporary(fs::path const& file) {
    return file.extension() == ".tmp";
}

} // namespace

disk_cache::disk_cache(limits const& l) : limits_(l) {
    std::error_code error;
    fs::create_directories(limits_.folder, error);
    if (error || !fs::is_directory(limits_.folder, error))
        throw std::runtime_error(limits_.folder.string() + " cannot be a folder for results (" + error.message() +
                                 "); give another cache.folder");
    make_room(0);
}

fs::path disk_cache::file_of(cache_key const& key) const {
    std::string const name = key.hex();
    return limits_.folder / name.substr(0, 2) / name.substr(2);
}

std::optional<cached_result> disk_cache::find(cache_key const& key, time_point now) {
    fs::path const path = file_of(key);
    auto const miss = [&]() -> std::optional<cached_result> {
        ++counts_.misses;
        return {};
    };
    quoin::detail::file_handle const file(std::fopen(path.c_str(), "rb"));
    if (!file) return miss();
    std::setvbuf(file.get(), nullptr, _IONBF, 0); // it is read once, as a whole
    struct stat facts;
    byte_buffer all;
    file_head head;
    bool sound = fstat(fileno(file.get()), &facts) == 0 && S_ISREG(facts.st_mode) &&
                 static_cast<std::uint64_t>(facts.st_size) >= sizeof head;
    auto const size = sound ? static_cast<std::size_t>(facts.st_size) : 0;
    if (sound && !all.reserve(size)) return miss();
    all.resize(size);
    sound = sound && std::fread(all.data(), 1, size, file.get()) == size;
    if (sound) std::memcpy(&head, all.data(), sizeof head);
    std::size_t const behind = size - sizeof head;
    sound = sound && head.magic == magic && head.key == key && head.type_bytes <= 256 &&
            head.bytes == behind - head.type_bytes && head.check == check_of(head, all.data() + sizeof head, behind);
    std::error_code ignored;
    if (!sound) {
        ++counts_.failures;
        fs::remove(path, ignored);
        return miss();
    }
    std::chrono::seconds const age(std::max<std::int64_t>(0, seconds_of(now) - head.made));
    if (limits_.life.count() > 0 && age > limits_.life) {
        fs::remove(path, ignored);
        return miss();
    }
    if (std::time(nullptr) - facts.st_mtime > 60) fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
    ++counts_.hits;
    std::string type(reinterpret_cast<char const*>(all.data() + sizeof head), head.type_bytes);
    return cached_result{std::move(type), shared_bytes(std::move(all), sizeof head + head.type_bytes), age};
}

void disk_cache::put(cache_key const& key, cached_result const& result, time_point now) {
    std::uint64_t const bytes = sizeof(file_head) + result.type.size() + result.bytes.size();
    if (bytes > limits_.bytes / 4 || result.type.size() > 256) return;
    file_head head{magic, seconds_of(now), result.type.size(), result.bytes.size(), key, {}};
    head.check = check_of(head, result.type.data(), result.type.size(), result.bytes.data(), result.bytes.size());
    try {
        if (bytes_ + bytes > limits_.bytes || written_ > limits_.bytes / 20) make_room(bytes);
        fs::path const path = file_of(key);
        fs::create_directory(path.parent_path());
        quoin::atomic_file file(path);
        file.write(&head, sizeof head);
        file.write(result.type);
        file.write(result.bytes.data(), result.bytes.size());
        file.commit();
        bytes_ += bytes;
        written_ += bytes;
    } catch (std::runtime_error const&) { // such as a full disk
        ++counts_.failures;
    }
}

void disk_cache::make_room(std::uint64_t for_bytes) {
    struct found {
        fs::file_time_type used;
        std::uint64_t bytes;
        fs::path file;
    };
    std::lock_guard const lock(scanning_);
    std::vector<found> all;
    std::uint64_t sum = 0;
    written_ = 0;
    auto const now = fs::file_time_type::clock::now();
    std::error_code error;
    for (fs::directory_iterator folder(limits_.folder, error), end; !error && folder != end; folder.increment(error)) {
        if (folder->path().filename().string().size() != 2) continue; // none of ours
        std::error_code inner;
        for (fs::directory_iterator at(folder->path(), inner); !inner && at != end; at.increment(inner)) {
            std::error_code gone; // removed by another process
            found const f{at->last_write_time(gone), at->file_size(gone), at->path()};
            if (gone) continue;
            if (is_temporary(f.file)) {
                if (now - f.used > std::chrono::hours(1)) fs::remove(f.file, gone);
                continue;
            }
            sum += f.bytes;
            all.push_back(f);
        }
    }
    if (sum + for_bytes > limits_.bytes) {
        std::uint64_t const wanted = limits_.bytes - limits_.bytes / 10;
        std::sort(all.begin(), all.end(), [](found const& a, found const& b) { return a.used < b.used; });
        for (found const& f : all) {
            if (sum + for_bytes <= wanted) break;
            std::error_code gone;
            if (fs::remove(f.file, gone)) ++counts_.evictions;
            sum -= f.bytes;
        }
    }
    bytes_ = sum;
}

} // namespace examples

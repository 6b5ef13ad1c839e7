// SPDX-License-Identifier: BSL-1.0
// The files of a disk_cache: a head, the type of the content, the content.
#include "cache_disk.hpp"

#include "cache_record.hpp"

#include <quoin/io/atomic_file.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <vector>

namespace examples {

namespace {

namespace fs = std::filesystem;

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
    bool const known = fstat(fileno(file.get()), &facts) == 0 && S_ISREG(facts.st_mode);
    auto const size = known ? static_cast<std::size_t>(facts.st_size) : 0;
    if (!all.reserve(size)) return miss();
    all.resize(std::fread(all.data(), 1, size, file.get()));
    auto found = result_in(std::move(all), key, now);
    std::error_code ignored;
    if (!found || (limits_.life.count() > 0 && found->age > limits_.life)) {
        if (!found) ++counts_.failures;
        fs::remove(path, ignored);
        return miss();
    }
    if (std::time(nullptr) - facts.st_mtime > 60) fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
    ++counts_.hits;
    return found;
}

void disk_cache::put(cache_key const& key, cached_result const& result, time_point now) {
    std::uint64_t const bytes = sizeof(record_head) + result.type.size() + result.bytes.size();
    if (bytes > limits_.bytes / 4 || result.type.size() > longest_type) return;
    record_head const head = head_of(key, result, now);
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

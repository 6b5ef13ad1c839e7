// SPDX-License-Identifier: BSL-1.0
// record_file: an array of records in a temporary file, for lists that need not fit memory.
#pragma once

#include <quoin/core/geometry.hpp>
#include <quoin/io/atomic_file.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <type_traits>
#include <vector>

namespace examples {

/// Records by number, zero bytes where none was put. The file lies in a folder of the caller's choice, has no name from
/// the start, and is gone with the object however the program ends. Memory: a cache of a thousand pages of 4 KiB;
/// access that stays near where it was costs next to nothing, another one a read and perhaps a write of a page.
/// @throws quoin::io_error naming the folder and the system's reason.
template <class T>
    requires std::is_trivially_copyable_v<T>
class record_file {
public:
    explicit record_file(std::filesystem::path folder) : folder_(folder.empty() ? "." : std::move(folder)) {
        std::string name = (folder_ / ".quoin-XXXXXX").string();
        descriptor_ = mkstemp(name.data());
        if (descriptor_ < 0) fail("no temporary file can be made there", errno);
        unlink(name.c_str());
    }
    ~record_file() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    record_file(record_file const&) = delete;
    record_file& operator=(record_file const&) = delete;

    void put(quoin::index_t number, T const& record) {
        page& b = load(number / records);
        std::memcpy(b.bytes.data() + number % records * size, &record, sizeof record);
        b.changed = true;
    }
    T get(quoin::index_t number) {
        T record;
        std::memcpy(&record, load(number / records).bytes.data() + number % records * size, sizeof record);
        return record;
    }

private:
    static constexpr quoin::index_t size = sizeof(T);
    static constexpr quoin::index_t records = 4096 / size;
    static constexpr quoin::index_t page_bytes = records * size;
    static constexpr quoin::index_t cached = 1024;

    struct page {
        quoin::index_t number = -1;
        bool changed = false;
        std::vector<char> bytes;
    };

    page& load(quoin::index_t number) {
        page& b = cache_[static_cast<std::size_t>(number % cached)];
        if (b.number == number) return b;
        if (b.changed) write(b);
        b.bytes.assign(static_cast<std::size_t>(page_bytes), 0);
        if (number * page_bytes < end_) read(b, number);
        b.number = number;
        b.changed = false;
        return b;
    }
    void write(page const& b) {
        quoin::index_t const offset = b.number * page_bytes;
        for (quoin::index_t done = 0; done < page_bytes;) {
            ssize_t const n = pwrite(descriptor_, b.bytes.data() + done, static_cast<std::size_t>(page_bytes - done),
                                     offset + done);
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) fail("a temporary file there cannot be written", n < 0 ? errno : ENOSPC);
            done += n;
        }
        end_ = std::max(end_, offset + page_bytes);
    }
    void read(page& b, quoin::index_t number) {
        quoin::index_t const offset = number * page_bytes;
        for (quoin::index_t done = 0; done < page_bytes;) {
            ssize_t const n =
                pread(descriptor_, b.bytes.data() + done, static_cast<std::size_t>(page_bytes - done), offset + done);
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) fail("a temporary file there cannot be read", n < 0 ? errno : EIO);
            done += n;
        }
    }
    [[noreturn]] void fail(char const* what, int code) const {
        quoin::detail::raise<quoin::io_error>(folder_.string(), ": ", what, ": ", quoin::detail::system_reason(code),
                                              "; give output files in a folder that can be written to and has space");
    }

    std::filesystem::path folder_;
    int descriptor_ = -1;
    quoin::index_t end_ = 0; // bytes of the file that were written
    std::vector<page> cache_ = std::vector<page>(static_cast<std::size_t>(cached));
};

} // namespace examples

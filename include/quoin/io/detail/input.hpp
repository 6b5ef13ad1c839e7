// SPDX-License-Identifier: BSL-1.0
// input: reads the bytes of a file or of memory from front to back. Its errors name the file.
#pragma once

#include <quoin/core/geometry.hpp>
#include <quoin/io/atomic_file.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

class input {
public:
    input(char const* operation, std::filesystem::path const& path)
        : what_(std::string(operation) + ": " + path.string()), file_(std::fopen(path.string().c_str(), "rb")) {
        if (!file_) fail("cannot be opened: ", system_reason(errno), "; give the name of a file that can be read");
        std::setvbuf(file_.get(), nullptr, _IONBF, 0);
        std::error_code unknown;
        if (std::filesystem::is_regular_file(path, unknown)) {
            auto const bytes = std::filesystem::file_size(path, unknown);
            if (!unknown) size_ = static_cast<index_t>(bytes);
        }
        buffer_.resize(std::size_t{1} << 16);
        refill();
    }

    input(char const* operation, std::span<std::byte const> bytes, std::string const& name)
        : what_(std::string(operation) + ": " + name), memory_(bytes), window_(bytes),
          size_(static_cast<index_t>(bytes.size())) {}

    std::string const& what() const { return what_; }
    std::optional<index_t> size() const { return size_; }
    index_t position() const { return position_; }
    bool at_end() { return window_.empty() && !refill(); }

    /// The next bytes, which stay in the input. At the start these are at least 64 KiB or the whole file.
    std::span<std::byte const> peek() const { return window_; }

    /// The byte behind the next one, or -1 where there is none. Both stay in the input.
    int peek_second() {
        if (window_.size() < 2 && file_ && !at_end()) {
            buffer_[0] = window_.front();
            errno = 0;
            std::size_t const got = std::fread(buffer_.data() + 1, 1, buffer_.size() - 1, file_.get());
            ++buffers_;
            filled_ = got + 1;
            window_ = std::span<std::byte const>(buffer_).first(filled_);
        }
        return window_.size() < 2 ? -1 : std::to_integer<int>(window_[1]);
    }

    /// The next byte, or -1 at the end.
    int get() {
        if (at_end()) return -1;
        int const byte = std::to_integer<int>(window_.front());
        window_ = window_.subspan(1);
        ++position_;
        return byte;
    }

    /// Reads up to n bytes, and fewer only at the end.
    std::size_t read(void* to, std::size_t n) {
        auto* out = static_cast<std::byte*>(to);
        std::size_t done = 0;
        while (done < n && !at_end()) {
            std::size_t const part = std::min(n - done, window_.size());
            std::memcpy(out + done, window_.data(), part);
            drop(part);
            done += part;
        }
        return done;
    }

    void read_all(void* to, std::size_t n, char const* part) {
        std::size_t const got = read(to, n);
        if (got < n) truncated(part, n, got);
    }

    void skip(std::size_t n, char const* part) {
        for (std::size_t done = 0; done < n;) {
            if (at_end()) truncated(part, n, done);
            std::size_t const step = std::min(n - done, window_.size());
            drop(step);
            done += step;
        }
    }

    /// Goes on at another byte of a file or of memory. @returns false where that cannot be.
    bool seek(index_t to) {
        if (file_) {
            index_t const end = position_ + static_cast<index_t>(window_.size());
            if (to <= end && to >= end - static_cast<index_t>(filled_)) {
                window_ = std::span<std::byte const>(buffer_).first(filled_).last(static_cast<std::size_t>(end - to));
            } else {
                if (fseeko(file_.get(), static_cast<off_t>(to), SEEK_SET) != 0) return false;
                window_ = {};
                filled_ = 0;
                buffers_ = 2; // the buffer no longer begins with the first byte
            }
        } else {
            if (static_cast<std::size_t>(to) > memory_.size()) return false;
            window_ = memory_.subspan(static_cast<std::size_t>(to));
        }
        position_ = to;
        return true;
    }

    /// Back to the first byte. A pipe allows that while no more than a first buffer was read.
    void rewind() {
        if (file_ && buffers_ == 1) {
            window_ = std::span<std::byte const>(buffer_).first(window_.size() + static_cast<std::size_t>(position_));
        } else if (file_) {
            if (std::fseek(file_.get(), 0, SEEK_SET) != 0)
                fail("cannot be read from its start again: ", system_reason(errno), "; give a regular file");
            window_ = {};
            filled_ = 0;
            buffers_ = 0;
        } else {
            window_ = memory_;
        }
        position_ = 0;
    }

    /// Rejects a file that is too short for rows of so many bytes, where its size is known.
    void expect_rows(index_t row_bytes, index_t rows) const {
        if (size_ && (*size_ - position_) / row_bytes < rows)
            fail("is truncated: ", rows, " rows take ", row_bytes, " bytes each, but ", *size_ - position_,
                 " bytes are there; copy or download it again");
    }

    /// Rejects memory for decoding beyond what is left of the limit.
    void expect_memory(index_t bytes, index_t budget) const {
        if (bytes > budget)
            fail("takes ", bytes, " bytes to decode, but ", budget,
                 " are left of the limit; raise read_limits::max_bytes if the file is trusted");
    }

    template <class... Parts>
    [[noreturn]] void fail(Parts const&... parts) const {
        raise<io_error>(what_, ": ", parts...);
    }

    [[noreturn]] void truncated(char const* part, std::size_t wanted, std::size_t got) const {
        fail("is truncated: it ends at byte ", position_, ", ", wanted - got, " bytes short in ", part,
             "; copy or download it again");
    }

private:
    void drop(std::size_t n) {
        window_ = window_.subspan(n);
        position_ += static_cast<index_t>(n);
    }

    bool refill() {
        if (!file_) return false;
        errno = 0;
        std::size_t const got = std::fread(buffer_.data(), 1, buffer_.size(), file_.get());
        if (got == 0 && std::ferror(file_.get()))
            fail("cannot be read: ", system_reason(errno), "; give the name of a file that can be read");
        if (got == 0) return false;
        filled_ = got;
        window_ = std::span<std::byte const>(buffer_).first(got);
        ++buffers_;
        return true;
    }

    std::string what_;
    file_handle file_;
    std::vector<std::byte> buffer_;
    std::span<std::byte const> memory_;
    std::span<std::byte const> window_;
    std::optional<index_t> size_;
    index_t position_ = 0;
    std::size_t filled_ = 0; ///< bytes of the buffer that end where the window ends
    index_t buffers_ = 0;    ///< filled since the first byte
};

} // namespace detail

QUOIN_NAMESPACE_END

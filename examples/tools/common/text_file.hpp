// SPDX-License-Identifier: BSL-1.0
// text_file: tables of numbers, written through quoin's atomic_file.
#pragma once

#include <quoin/io/atomic_file.hpp>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace examples {

/// Text and numbers one after the other; the file appears with commit(), and "-" is standard output. Floating-point
/// numbers have the fewest digits that read back as the same number.
class text_file {
public:
    explicit text_file(std::filesystem::path path) {
        if (path != "-") file_.emplace(std::move(path), "writing");
    }

    template <class... Parts>
    void put(Parts const&... parts) {
        (append(parts), ...);
        if (buffer_.size() >= buffered) flush();
    }
    void commit() {
        flush();
        if (file_) file_->commit();
        else if (std::fflush(stdout) != 0) fail();
    }

private:
    static constexpr std::size_t buffered = 1 << 16;

    void append(std::string_view text) { buffer_ += text; }
    template <class T>
        requires std::is_arithmetic_v<T>
    void append(T value) {
        char digits[32];
        auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        buffer_.append(digits, end);
    }
    void flush() {
        if (file_) file_->write(buffer_);
        else if (std::fwrite(buffer_.data(), 1, buffer_.size(), stdout) != buffer_.size()) fail();
        buffer_.clear();
    }
    [[noreturn]] static void fail() {
        throw std::runtime_error("standard output cannot be written: " + std::string(std::strerror(errno)));
    }

    std::optional<quoin::atomic_file> file_;
    std::string buffer_;
};

} // namespace examples

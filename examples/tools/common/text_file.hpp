// SPDX-License-Identifier: BSL-1.0
// text_file: tables of numbers, written through quoin's atomic_file.
#pragma once

#include <quoin/io/atomic_file.hpp>

#include <charconv>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace examples {

/// Text and numbers one after the other; the file appears with commit(). Floating-point numbers have the
/// fewest digits that read back as the same number.
class text_file {
public:
    explicit text_file(std::filesystem::path path) : file_(std::move(path), "writing") {}

    template <class... Parts>
    void put(Parts const&... parts) {
        (append(parts), ...);
        if (buffer_.size() >= buffered) flush();
    }
    void commit() {
        flush();
        file_.commit();
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
        file_.write(buffer_);
        buffer_.clear();
    }

    quoin::atomic_file file_;
    std::string buffer_;
};

} // namespace examples

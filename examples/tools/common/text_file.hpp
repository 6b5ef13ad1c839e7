// SPDX-License-Identifier: BSL-1.0
// text_file: tables of numbers, written through quoin's atomic_file.
#pragma once

#include "program.hpp"

#include <quoin/io/atomic_file.hpp>

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace examples {

/// Text and numbers one after the other. Floating-point numbers have the fewest digits that read back as the same
/// number.
class text_buffer {
public:
    template <class... Parts>
    void put(Parts const&... parts) {
        (append(parts), ...);
    }
    std::string const& text() const { return text_; }

protected:
    std::string text_;

private:
    void append(std::string_view text) { text_ += text; }
    template <class T>
        requires std::is_arithmetic_v<T>
    void append(T value) {
        char digits[32];
        auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        text_.append(digits, end);
    }
};

/// A text_buffer that is written as it grows; the file appears with commit(), and "-" is standard output.
class text_file : text_buffer {
public:
    explicit text_file(std::filesystem::path path) {
        if (path != "-") file_.emplace(std::move(path), "writing");
    }

    template <class... Parts>
    void put(Parts const&... parts) {
        text_buffer::put(parts...);
        if (text_.size() >= buffered) flush();
    }
    void commit() {
        flush();
        if (file_) file_->commit();
        else flush_standard_output();
    }

private:
    static constexpr std::size_t buffered = 1 << 16;

    void flush() {
        if (file_) file_->write(text_);
        else write_standard_output(text_.data(), text_.size());
        text_.clear();
    }

    std::optional<quoin::atomic_file> file_;
};

} // namespace examples

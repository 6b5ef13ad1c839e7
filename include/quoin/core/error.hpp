// SPDX-License-Identifier: BSL-1.0
// The exceptions of quoin. Messages have the form "quoin::operation: what was wrong, with the values; what to do".
#pragma once

#include <quoin/config.hpp>

#include <concepts>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

QUOIN_NAMESPACE_BEGIN

/// The base of every exception that quoin throws deliberately. Catch it to catch all of them.
class error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// An argument that no correct program passes: a negative size, different extents, an empty kernel.
class invalid_argument : public error {
public:
    using error::error;
};

/// A file that cannot be read or written, or whose content violates its format.
class io_error : public error {
public:
    using error::error;
};

/// Work that was stopped at the caller's request. Its output is partial.
class canceled : public error {
public:
    using error::error;
};

namespace detail {

/// A part of a message: a text or a number. It exists as long as the call that makes it.
class message_part {
public:
    message_part(std::string_view text) : text_(text), kind_(kind::text) {}
    message_part(std::string const& text) : message_part(std::string_view(text)) {}
    message_part(char const* text) : message_part(std::string_view(text)) {}
    template <std::integral T>
    message_part(T v) : kind_(std::signed_integral<T> ? kind::signed_number : kind::unsigned_number) {
        if constexpr (std::signed_integral<T>) signed_ = v;
        else unsigned_ = v;
    }
    message_part(float v) : real_(static_cast<double>(v)), kind_(kind::narrow_real) {}
    message_part(double v) : real_(v), kind_(kind::real) {}

    void append_to(std::string& message) const {
        switch (kind_) {
        case kind::text:
            message += text_;
            break;
        case kind::signed_number:
            message += std::to_string(signed_);
            break;
        case kind::unsigned_number:
            message += std::to_string(unsigned_);
            break;
        default:
            message += shortest();
            break;
        }
    }

private:
    enum class kind { text, signed_number, unsigned_number, narrow_real, real };

    /// The number with the fewest digits, at least 6, that read back as the same number.
    std::string shortest() const {
        bool const narrow = kind_ == kind::narrow_real;
        char text[32];
        for (int digits = 6; digits <= (narrow ? 9 : 17); ++digits) {
            std::snprintf(text, sizeof text, "%.*g", digits, real_);
            if ((narrow ? static_cast<double>(std::strtof(text, nullptr)) : std::strtod(text, nullptr)) == real_) break;
        }
        return text;
    }

    union {
        std::string_view text_;
        long long signed_;
        unsigned long long unsigned_;
        double real_;
    };
    kind kind_;
};

/// The parts as one text. A function of its own, compiled once for all messages.
QUOIN_NOINLINE inline std::string joined(message_part const* parts, std::size_t count) {
    std::string message;
    for (std::size_t i = 0; i < count; ++i) parts[i].append_to(message);
    return message;
}

/// Throws E with the concatenated parts as the message.
template <class E = invalid_argument, class... Parts>
[[noreturn]] QUOIN_NOINLINE void raise(Parts const&... parts) {
    message_part const all[] = {parts...};
    throw E(joined(all, sizeof...(Parts)));
}

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// The exceptions of quoin. Messages have the form "quoin::operation: what was wrong, with the values; what to do".
#pragma once

#include <quoin/config.hpp>

#include <concepts>
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

inline std::string to_text(std::string_view s) { return std::string(s); }
inline std::string to_text(char const* s) { return s; }
template <class T>
    requires std::integral<T>
std::string to_text(T v) {
    return std::to_string(v);
}
/// The number with the fewest digits, at least 6, that read back as the same number.
template <class T>
    requires std::same_as<T, float> || std::same_as<T, double>
std::string to_text(T v) {
    constexpr bool narrow = std::same_as<T, float>;
    char text[32];
    for (int digits = 6; digits <= (narrow ? 9 : 17); ++digits) {
        std::snprintf(text, sizeof text, "%.*g", digits, static_cast<double>(v));
        if ((narrow ? std::strtof(text, nullptr) : std::strtod(text, nullptr)) == v) break;
    }
    return text;
}

/// Throws E with the concatenated parts as the message.
template <class E = invalid_argument, class... Parts>
[[noreturn]] QUOIN_NOINLINE void raise(Parts const&... parts) {
    throw E((to_text(parts) + ...));
}

} // namespace detail

QUOIN_NAMESPACE_END

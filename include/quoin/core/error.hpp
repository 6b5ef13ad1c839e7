// SPDX-License-Identifier: BSL-1.0
// The exceptions that quoin throws. Messages read "quoin::operation: what was wrong, with the values; what to do".
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

/// Base of every exception that quoin throws on purpose; catch this to catch them all.
class error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// An argument that no correct program passes: a negative size, mismatched extents, an empty kernel.
class invalid_argument : public error {
public:
    using error::error;
};

/// A file that cannot be read or written, or whose content is not what its format promises.
class io_error : public error {
public:
    using error::error;
};

/// Work that was stopped before its end because the caller asked for it; what it wrote is partial.
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
/// As few digits, from 6 on, as read back as the same number.
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

/// Throws E with the parts written one after the other.
template <class E = invalid_argument, class... Parts>
[[noreturn]] QUOIN_NOINLINE void raise(Parts const&... parts) {
    throw E((to_text(parts) + ...));
}

} // namespace detail

QUOIN_NAMESPACE_END

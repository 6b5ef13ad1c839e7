// SPDX-License-Identifier: BSL-1.0
// Values that break conversions, and the comparison of an operation on lanes with the same one on a scalar.
#pragma once

#include <quoin/lanes/simd_lanes.hpp>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace test {

using quoin::simd_lanes;

/// Limits, their neighbors, zeros, ties, infinities, NaN, then random values; every value of 8 and 16 bits.
template <class T>
std::vector<T> values() {
    using limits = std::numeric_limits<T>;
    std::vector<T> all;
    if constexpr (sizeof(T) <= 2) {
        for (int v = limits::min(); v <= limits::max(); ++v) all.push_back(static_cast<T>(v));
    } else {
        std::mt19937_64 random(99);
        if constexpr (std::floating_point<T>) {
            T const half = T(0.5);
            all = {T(0),
                   -T(0),
                   limits::infinity(),
                   -limits::infinity(),
                   limits::quiet_NaN(),
                   limits::max(),
                   limits::lowest(),
                   limits::min(),
                   limits::denorm_min(),
                   -limits::denorm_min()};
            for (T base : {T(0), T(1), T(2), T(127), T(128), T(254), T(255), T(256), T(32767), T(32768),
                           T(65535), T(65536), T(8388607), T(8388608), T(16777216), T(2147483520),
                           T(2147483648), T(4294967040), T(4294967296)})
                for (T x : {base, base + half, base - half})
                    for (T near : {x, std::nextafter(x, limits::max()), std::nextafter(x, limits::lowest())})
                        all.insert(all.end(), {near, -near});
            for (int i = 0; i < 4000; ++i)
                all.push_back(static_cast<T>(
                    std::ldexp(static_cast<double>(random()) / 18446744073709551616.0 - 0.5, i % 40 - 4)));
        } else {
            for (std::int64_t base :
                 {std::int64_t{0}, std::int64_t{127}, std::int64_t{255}, std::int64_t{32767},
                  std::int64_t{65535}, std::int64_t{2147483647}, std::int64_t{4294967295}})
                for (std::int64_t d = -2; d <= 2; ++d)
                    all.insert(all.end(), {static_cast<T>(base + d), static_cast<T>(-base + d)});
            all.insert(all.end(), {limits::min(), limits::max(), static_cast<T>(limits::min() + 1),
                                   static_cast<T>(limits::max() - 1)});
            for (int i = 0; i < 4000; ++i)
                all.push_back(static_cast<T>(static_cast<std::int64_t>(random()) >> (i % 60)));
        }
    }
    return all;
}

/// Whether static_cast<U>(v) keeps the value (up to rounding towards zero, or to a floating-point number).
template <class U, class T>
bool fits(T v) {
    if constexpr (std::floating_point<U>) return !(v != v);
    else if constexpr (std::floating_point<T>)
        return v > static_cast<T>(std::numeric_limits<U>::min()) - T(1) &&
               v < static_cast<T>(std::numeric_limits<U>::max()) &&
               (sizeof(U) < 4 || v >= static_cast<T>(std::numeric_limits<U>::min()));
    else return std::in_range<U>(v);
}

/// Same bits, or both NaN.
template <class T>
bool same(T a, T b) {
    return std::memcmp(&a, &b, sizeof(T)) == 0 || (a != a && b != b);
}

template <class R, class T, class F>
std::string check_unary(std::vector<T> all, F f) {
    constexpr int n = simd_lanes::count;
    while (all.size() % n != 0) all.push_back(T(1));
    for (std::size_t i = 0; i < all.size(); i += n) {
        R got[n];
        simd_lanes::store<R>(got, f(simd_lanes::type<T>::load(all.data() + i)));
        for (std::size_t k = 0; k < n; ++k)
            if (R const expected = static_cast<R>(f(all[i + k])); !same(expected, got[k]))
                return "of " + std::to_string(all[i + k]) + " gives " + std::to_string(got[k]) + ", not " +
                       std::to_string(expected);
    }
    return {};
}

template <class R, class T, class F>
std::string check_binary(std::vector<T> a, std::vector<T> b, F f) {
    constexpr int n = simd_lanes::count;
    while (a.size() % n != 0) a.push_back(T(1));
    b.resize(a.size(), T(1));
    for (std::size_t i = 0; i < a.size(); i += n) {
        R got[n];
        simd_lanes::store<R>(
            got, f(simd_lanes::type<T>::load(a.data() + i), simd_lanes::type<T>::load(b.data() + i)));
        for (std::size_t k = 0; k < n; ++k)
            if (R const expected = static_cast<R>(f(a[i + k], b[i + k])); !same(expected, got[k]))
                return "of " + std::to_string(a[i + k]) + " and " + std::to_string(b[i + k]) + " gives " +
                       std::to_string(got[k]) + ", not " + std::to_string(expected);
    }
    return {};
}

/// Pairs: each value with itself, with its neighbor in the list and with a random other.
template <class T, class Use>
std::string over_pairs(std::vector<T> const& a, Use use) {
    std::vector<T> next(a.size()), other(a.size());
    std::mt19937 random(3);
    for (std::size_t i = 0; i < a.size(); ++i) {
        next[i] = a[(i + 1) % a.size()];
        other[i] = a[random() % a.size()];
    }
    std::string wrong = use(a, a);
    if (wrong.empty()) wrong = use(a, next);
    if (wrong.empty()) wrong = use(next, a);
    if (wrong.empty()) wrong = use(a, other);
    return wrong;
}

} // namespace test

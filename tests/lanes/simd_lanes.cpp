// SPDX-License-Identifier: BSL-1.0
#include <quoin/lanes/scalar_lanes.hpp>
#include <quoin/lanes/simd_lanes.hpp>

#include "lanes/values.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

template <class T>
struct two {
    T a, b;
};
template <class T>
struct quoin::pixel_traits<two<T>> : quoin::pixel_layout<two, T, 2> {};

namespace {

constexpr int n = simd_lanes::count;

/// Pixels loaded from a misaligned place are the right channels; stored again they are the same bytes, and no
/// more.
template <class P>
bool round_trip() {
    using T = channel_t<P>;
    constexpr int c = channels_v<P>;
    for (int shift = 0; shift < 4; ++shift) {
        std::vector<T> memory(static_cast<std::size_t>(n * c + 8)), back(memory.size(), T(77));
        for (std::size_t i = 0; i < memory.size(); ++i) memory[i] = static_cast<T>(i * 37 + 5);
        auto const pixels = simd_lanes::load_pixels<P>(memory.data() + shift);
        bool right = true;
        for_each_channel<P>([&](auto k) {
            T values[n];
            simd_lanes::store<T>(values, get_channel<decltype(k)::value>(pixels));
            for (int i = 0; i < n; ++i)
                right = right &&
                        values[i] == memory[static_cast<std::size_t>(shift + i * c + decltype(k)::value)];
        });
        simd_lanes::store_pixels<P>(back.data() + shift, pixels);
        for (int i = 0; i < static_cast<int>(back.size()); ++i) {
            bool const inside = i >= shift && i < shift + n * c;
            right = right && back[static_cast<std::size_t>(i)] ==
                                 (inside ? memory[static_cast<std::size_t>(i)] : T(77));
        }
        if (!right) return false;
    }
    return true;
}

template <class U, class T>
std::string widening() {
    return test::check_unary<U>(test::values<T>(), [](auto x) {
        if constexpr (is_lanes<decltype(x)>) {
            T memory[n + 1];
            simd_lanes::store<T>(memory + 1, x);
            return simd_lanes::load_as<U>(memory + 1);
        } else {
            return scalar_lanes::load_as<U>(&x);
        }
    });
}

/// A block between misaligned places, with other distances from row to row, upwards too, and nothing written beside it.
template <class Lanes, class T>
bool transposes() {
    constexpr int rows = Lanes::count, columns = Lanes::template transposed_columns<T>;
    bool right = true;
    for (int const stride : {columns, columns + 3, -columns - 1}) {
        int const to_stride = rows + 2, distance = stride < 0 ? -stride : stride;
        std::vector<T> in(static_cast<std::size_t>(rows * distance + 1)),
            out(static_cast<std::size_t>(columns * to_stride));
        for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<T>(i * 37 + 5);
        T const* const from = in.data() + 1 + (stride < 0 ? (rows - 1) * distance : 0);
        Lanes::template transpose<T>(from, stride, out.data() + 1, to_stride);
        for (int i = 0; i < columns * to_stride; ++i) {
            int const c = (i - 1 + to_stride) / to_stride - 1, r = i - 1 - c * to_stride;
            T const expected = c >= 0 && r < rows ? from[r * stride + c] : T(0);
            right = right && out[static_cast<std::size_t>(i)] == expected;
        }
    }
    return right;
}

/// What lies Dx values from a step, aligned or not, is what load_as reads there.
template <class U, class T, int Dx>
bool loads_beside() {
    alignas(64) T memory[3 * n];
    for (int i = 0; i < 3 * n; ++i) memory[i] = static_cast<T>(i * 37 + 5);
    bool right = true;
    for (T const* p : {memory + n, memory + n + 3}) {
        U beside[n], there[n];
        simd_lanes::store<U>(beside, simd_lanes::load_beside<U, Dx>(p));
        simd_lanes::store<U>(there, simd_lanes::load_as<U>(p + Dx));
        for (int i = 0; i < n; ++i)
            right = right && beside[i] == there[i] && scalar_lanes::load_beside<U, Dx>(p + i) == there[i];
    }
    return right;
}
template <class U, class T>
bool loads_beside() {
    return loads_beside<U, T, -16>() && loads_beside<U, T, -7>() && loads_beside<U, T, -1>() &&
           loads_beside<U, T, 0>() && loads_beside<U, T, 1>() && loads_beside<U, T, 7>() &&
           loads_beside<U, T, 15>() && loads_beside<U, T, 16>();
}

/// Three steps one after the other are the sums that a loop makes, modulo 2^bits.
template <class U>
bool sums_run() {
    U values[3 * n], got[3 * n];
    for (int i = 0; i < 3 * n; ++i)
        values[i] = static_cast<U>(0x9E3779B97F4A7C15u * static_cast<std::uint64_t>(i + 1) >> 3);
    auto before = simd_lanes::type<U>(U{5});
    for (int i = 0; i < 3 * n; i += n)
        simd_lanes::store<U>(got + i, simd_lanes::running_sums(before, simd_lanes::load_as<U>(values + i)));
    U sum = 5;
    bool right = true;
    for (int i = 0; i < 3 * n; ++i) {
        sum = static_cast<U>(sum + values[i]);
        right = right && got[i] == sum;
    }
    return right;
}

} // namespace

TEST_CASE("simd_lanes: loads beside a step", "[lanes]") {
    CHECK(loads_beside<float, float>());
    CHECK(loads_beside<std::int32_t, std::int32_t>());
    CHECK(loads_beside<double, double>());
    CHECK(loads_beside<std::int64_t, std::int64_t>());
    CHECK(loads_beside<std::uint8_t, std::uint8_t>());
    CHECK(loads_beside<std::int32_t, std::uint16_t>());
    CHECK(loads_beside<float, std::uint8_t>());
}

TEST_CASE("simd_lanes: running sums go on from step to step", "[lanes]") {
    CHECK(sums_run<std::uint32_t>());
    CHECK(sums_run<std::uint64_t>());
}

TEST_CASE("simd_lanes: pixels of 1 to 4 channels survive load and store at any address", "[lanes]") {
    CHECK(round_trip<std::uint8_t>());
    CHECK(round_trip<float>());
    CHECK(round_trip<two<std::uint8_t>>());
    CHECK(round_trip<two<std::uint16_t>>());
    CHECK(round_trip<rgb8>());
    CHECK(round_trip<rgba8>());
    CHECK(round_trip<rgbf>());
    CHECK(round_trip<rgb16>());
    CHECK(round_trip<rgba<std::uint16_t>>());
    CHECK(round_trip<rgba<float>>());
#if !QUOIN_SANITIZED
    CHECK(round_trip<rgba<std::int16_t>>());
    CHECK(round_trip<rgba<std::int32_t>>());
    CHECK(round_trip<rgba<double>>());
    CHECK(round_trip<rgb<std::int32_t>>());
    CHECK(round_trip<test::yuv<std::uint8_t>>());
#endif
}

TEST_CASE("simd_lanes: load_as converts what it loads", "[lanes]") {
    CHECK(widening<std::int16_t, std::uint8_t>() == "");
    CHECK(widening<std::int32_t, std::uint8_t>() == "");
    CHECK(widening<float, std::uint8_t>() == "");
    CHECK(widening<std::int32_t, std::int16_t>() == "");
    CHECK(widening<std::int32_t, std::uint16_t>() == "");
#if !QUOIN_SANITIZED
    CHECK(widening<double, std::int32_t>() == "");
    CHECK(widening<std::int64_t, std::int32_t>() == "");
    CHECK(widening<double, float>() == "");
    CHECK(widening<double, std::uint16_t>() == "");
#endif
}

TEST_CASE("lanes: transpose exchanges rows and columns of a block", "[lanes]") {
    CHECK(transposes<simd_lanes, std::uint8_t>());
    CHECK(transposes<simd_lanes, std::int16_t>());
    CHECK(transposes<simd_lanes, std::int32_t>());
    CHECK(transposes<simd_lanes, float>());
    CHECK(transposes<simd_lanes, std::int64_t>());
    CHECK(transposes<simd_lanes, double>());
    CHECK(transposes<scalar_lanes, std::uint8_t>());
}

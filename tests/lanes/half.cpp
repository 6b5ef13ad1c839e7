// SPDX-License-Identifier: BSL-1.0
// Lanes of half and bfloat16: the bits of the scalar conversions.
#include <quoin/lanes/simd_lanes.hpp>

#include "support/narrow_floats.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstring>
#include <string>

using namespace quoin;

namespace {

template <class U>
auto bits_of(U v) {
    if constexpr (concepts::narrow_float<U>) return v.bits();
    else if constexpr (std::same_as<U, float>) return std::bit_cast<std::uint32_t>(v);
    else return v;
}

/// The conversion of lanes to U against that of each value.
template <class U, class T>
std::string wrong(std::vector<T> all) {
    constexpr std::size_t n = simd_lanes::count;
    all.resize((all.size() + n - 1) / n * n, T(1));
    for (std::size_t i = 0; i < all.size(); i += n) {
        auto const in = simd_lanes::load_pixels<T>(all.data() + i);
        U saturated[n], loaded[n];
        simd_lanes::store(saturated, saturate<U>(in));
        simd_lanes::store(loaded, simd_lanes::load_as<U>(all.data() + i));
        for (std::size_t k = 0; k < n; ++k) {
            auto const expected = bits_of(saturate<U>(all[i + k]));
            for (U const got : {saturated[k], loaded[k]})
                if (bits_of(got) != expected)
                    return "bits " + std::to_string(bits_of(all[i + k])) + " become " + std::to_string(bits_of(got)) +
                           ", not " + std::to_string(expected);
        }
    }
    return {};
}

template <class T>
std::vector<T> all_numbers() {
    std::vector<T> all;
    for (unsigned bits = 0; bits < 65536; ++bits) all.push_back(T::from_bits(static_cast<std::uint16_t>(bits)));
    return all;
}

template <class T, int Channels>
std::string wrong_interleaved() {
    using P = std::conditional_t<Channels == 3, rgb<T>, rgba<T>>;
    constexpr int n = simd_lanes::count;
    T in[n * Channels], out[n * Channels];
    for (int i = 0; i < n * Channels; ++i) in[i] = T::from_bits(static_cast<std::uint16_t>(0x7bff - 257 * i));
    auto const pixels = simd_lanes::load_pixels<P>(in);
    simd_lanes::store_pixels<P>(out, pixels);
    if (std::memcmp(in, out, sizeof(in)) != 0) return "not stored as they were loaded";
    T green[n];
    simd_lanes::store(green, simd_lanes::reversed(pixels.g));
    for (int i = 0; i < n; ++i)
        if (green[n - 1 - i].bits() != in[i * Channels + 1].bits()) return "reversed, wrong at " + std::to_string(i);
    return {};
}

} // namespace

TEST_CASE("half: lanes have the bits of scalars", "[lanes]") {
    CHECK(wrong<float>(all_numbers<half>()) == "");
    CHECK(wrong<half>(all_numbers<half>()) == "");
    CHECK(wrong<half>(test::rounded_floats<half>(10007)) == "");
}

TEST_CASE("bfloat16: lanes have the bits of scalars", "[lanes]") {
    CHECK(wrong<float>(all_numbers<bfloat16>()) == "");
    CHECK(wrong<bfloat16>(all_numbers<bfloat16>()) == "");
    CHECK(wrong<bfloat16>(test::rounded_floats<bfloat16>(10007)) == "");
}

TEST_CASE("half, bfloat16: lanes from and to other types go through float", "[lanes]") {
    CHECK(wrong<bfloat16>(all_numbers<half>()) == "");
    CHECK(wrong<bfloat16>(std::vector<std::int32_t>{-2147483647, -65537, 0, 257, 16777217, 2147483647}) == "");
    CHECK(wrong<half>(std::vector<double>{0.1, -1e-7, 65519.99, 1e300, 2049.0000001}) == "");
}

TEST_CASE("half, bfloat16: lanes of pixels of several channels", "[lanes]") {
    CHECK(wrong_interleaved<half, 3>() == "");
    CHECK(wrong_interleaved<half, 4>() == "");
    CHECK(wrong_interleaved<bfloat16, 3>() == "");
}

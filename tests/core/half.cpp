// SPDX-License-Identifier: BSL-1.0
#include <quoin/core/half.hpp>
#include <quoin/core/pixel.hpp>

#include "support/narrow_floats.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <type_traits>

using namespace quoin;

namespace {

constexpr bool test_values() {
    return half(1.0f).bits() == 0x3c00 && half(-2.0f).bits() == 0xc000 && half(65504.0f).bits() == 0x7bff &&
           half(65519.996f).bits() == 0x7bff && half(65520.0f).bits() == 0x7c00 && half(1e30f).bits() == 0x7c00 &&
           half(-0.0f).bits() == 0x8000 && half(0x1p-24f).bits() == 1 && half(0x1p-25f).bits() == 0 &&
           half(0x1.000002p-25f).bits() == 1 && half(0x1.ffcp-15f).bits() == 0x400 && half(3).bits() == 0x4200 &&
           half::from_bits(0x3555) == 0.333251953125f && half::from_bits(0x0001) == 0x1p-24f &&
           bfloat16(1.0f).bits() == 0x3f80 && bfloat16(1.00390625f).bits() == 0x3f80 &&
           bfloat16(1.01171875f).bits() == 0x3f82 && bfloat16(3.4e38f).bits() == 0x7f80 &&
           bfloat16(0x1p-133f).bits() == 1 && bfloat16(0x1.1p-134f).bits() == 1 && bfloat16(0x1p-134f).bits() == 0 &&
           bfloat16::from_bits(0xc2f7) == -123.5f && half(bfloat16(0.5f)) == 0.5f && half(0.5f) + half(0.25f) == 0.75f;
}

/// All numbers of T as floats, and these as T again.
template <class T>
std::string wrong_numbers() {
    test::narrow_layout const layout = test::layout_of<T>;
    for (unsigned bits = 0; bits < 65536; ++bits) {
        T const narrow = T::from_bits(static_cast<std::uint16_t>(bits));
        float const v = narrow;
        double const expected = layout.value(bits);
        bool const nan = expected != expected;
        if (nan ? v == v : v != expected || std::signbit(v) != std::signbit(expected))
            return std::to_string(bits) + " is " + std::to_string(v);
        if (T(v).bits() != (nan ? bits | layout.quiet() : bits))
            return std::to_string(bits) + " comes back as " + std::to_string(T(v).bits());
        if (narrow.bits() != bits) return std::to_string(bits) + " has other bits";
    }
    return {};
}

template <class T>
std::string wrong_rounding() {
    test::narrow_layout const layout = test::layout_of<T>;
    for (float const v : test::rounded_floats<T>(10007)) {
        unsigned const got = T(v).bits();
        bool const right = v != v
                               ? (got & layout.quiet()) == layout.quiet() && ((got & 0x8000u) != 0) == std::signbit(v)
                               : got == layout.nearest(v);
        if (!right) return std::to_string(std::bit_cast<std::uint32_t>(v)) + " becomes " + std::to_string(got);
    }
    return {};
}

template <class T>
constexpr bool is_stored() {
    return sizeof(T) == 2 && std::is_trivially_copyable_v<T> && std::is_trivially_default_constructible_v<T> &&
           std::is_convertible_v<T, float> && !std::is_convertible_v<float, T> && !std::is_convertible_v<T, int*> &&
           concepts::stored_channel<T> && !concepts::channel<T> && concepts::pixel<T> && concepts::pixel<rgb<T>> &&
           concepts::pixel<rgba<T>> && concepts::gray_pixel<T>;
}

} // namespace

TEST_CASE("half, bfloat16: known numbers, at compile time and at run time", "[half]") {
    static_assert(test_values());
    CHECK(test_values());
}

TEST_CASE("half, bfloat16: channels that are stored, of two bytes", "[half]") {
    STATIC_CHECK(is_stored<half>());
    STATIC_CHECK(is_stored<bfloat16>());
    STATIC_CHECK(!std::is_convertible_v<half, bfloat16>);
    STATIC_CHECK(std::same_as<rebind_t<rgb<float>, half>, rgb<half>>);
}

TEST_CASE("half, bfloat16: all 65,536 are floats, and come back", "[half]") {
    CHECK(wrong_numbers<half>() == "");
    CHECK(wrong_numbers<bfloat16>() == "");
}

TEST_CASE("half, bfloat16: floats become the nearest, ties to even", "[half]") {
    CHECK(wrong_rounding<half>() == "");
    CHECK(wrong_rounding<bfloat16>() == "");
}

TEST_CASE("half, bfloat16: compared as numbers", "[half]") {
    CHECK(half(0.0f) == half(-0.0f));
    CHECK(half::from_bits(0x7e00) != half::from_bits(0x7e00));
    CHECK(bfloat16(2.0f) == 2);
    CHECK(bfloat16(2.0f) < half(2.5f));
    CHECK(rgb<half>{half(1.0f), half(2.0f), half(3.0f)} == rgb<half>{half(1.0f), half(2.0f), half(3.0f)});
    CHECK(!(rgba<bfloat16>{} == rgba<bfloat16>{bfloat16(0.0f), bfloat16(0.0f), bfloat16(0.0f), bfloat16(1.0f)}));
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/arithmetic/select_by_mask.hpp>

#include "support/zipped.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class T, class M>
std::string wrong() {
    auto const a = test::random_channels<T>(3000, 21), b = test::random_channels<T>(3000, 22);
    auto mask = test::random_channels<M>(3000, 23);
    for (std::size_t i = 0; i < mask.size(); i += 3) mask[i] = M(0);
    return test::wrong_zipped(select_by_mask, [](T p, T q, M m) { return m != M(0) ? p : q; }, a, b, mask);
}

} // namespace

TEST_CASE("select_by_mask: every type of channel, by masks of every size", "[filter][arithmetic]") {
    CHECK(wrong<std::uint8_t, std::uint8_t>() == "");
    CHECK(wrong<std::uint8_t, std::uint16_t>() == "");
    CHECK(wrong<std::uint8_t, float>() == "");
    CHECK(wrong<std::uint16_t, std::uint8_t>() == "");
    CHECK(wrong<std::int16_t, std::uint8_t>() == "");
    CHECK(wrong<std::int32_t, std::uint8_t>() == "");
    CHECK(wrong<float, std::uint8_t>() == "");
    CHECK(wrong<float, float>() == "");
}

TEST_CASE("select_by_mask: a gray mask for all channels, or one for each", "[filter][arithmetic]") {
    constexpr rgb8 a{1, 2, 3}, b{4, 5, 6};
    STATIC_CHECK(select_by_mask(a, b, std::uint8_t{9}) == a);
    STATIC_CHECK(select_by_mask(a, b, std::uint8_t{0}) == b);
    STATIC_CHECK(select_by_mask(a, b, rgb8{0, 1, 255}) == rgb8{4, 2, 3});
    STATIC_CHECK(!concepts::stage_for<select_by_mask_fn, zipped<rgb8, rgb8, rgba8>>);
    STATIC_CHECK(!concepts::stage_for<select_by_mask_fn, zipped<rgb8, std::uint8_t, std::uint8_t>>);
}

TEST_CASE("select_by_mask: in the engine", "[filter][arithmetic]") {
    auto const in = test::random_pixels<rgb8>({131, 9}, 24);
    test::plain<rgb8> expected(in.size);
    for (std::size_t i = 0; i < in.data.size(); ++i)
        expected.data[i] = in.data[i].g > 100 ? in.data[i] : rgb8{in.data[i].b, in.data[i].g, in.data[i].r};
    CHECK(test::check_pipeline(in, expected, [](auto v) {
              auto const swapped = v | [](rgb8 p) { return rgb8{p.b, p.g, p.r}; };
              return zip(v, swapped, v | [](rgb8 p) { return p.g > 100; }) | select_by_mask;
          }) == "");
}

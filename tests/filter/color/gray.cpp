// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/color/gray.hpp>

#include "support/oracle.hpp"
#include "support/user_pixel.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class P>
auto luma(test::plain<P> const& in) {
    using T = channel_t<P>;
    test::plain<T> out(in.size);
    for (std::size_t i = 0; i < in.data.size(); ++i) {
        T const r = get_channel<0>(in.data[i]), g = get_channel<1>(in.data[i]),
                b = get_channel<2>(in.data[i]);
        if constexpr (std::floating_point<T>) out.data[i] = ((9798 * r + 19235 * g) + 3735 * b) / 32768;
        else
            out.data[i] = static_cast<T>(test::floor_div(
                9798 * std::int64_t{r} + 19235 * std::int64_t{g} + 3735 * std::int64_t{b} + 16384, 32768));
    }
    return out;
}

template <class P>
std::string check(std::vector<extent> const& sizes) {
    return test::sweep<P>(
        sizes, [](auto v) { return v | gray; }, [](auto const& in) { return luma(in); });
}

} // namespace

TEST_CASE("gray: u8 equals the formula at every width", "[filter][gray]") {
    CHECK(check<rgb8>(test::many_extents()) == "");
    CHECK(check<rgba8>(test::many_extents()) == "");
}

TEST_CASE("gray: the other pixel types", "[filter][gray]") {
    CHECK(check<rgbf>(test::many_extents()) == "");
    CHECK(check<rgb16>(test::few_extents()) == "");
    CHECK(check<rgb<std::int8_t>>(test::few_extents()) == "");
    CHECK(check<test::yuv<std::uint8_t>>(test::few_extents()) == "");
#if !QUOIN_SANITIZED
    CHECK(check<rgb<std::int16_t>>(test::few_extents()) == "");
    CHECK(check<rgb<std::int32_t>>(test::few_extents()) == "");
    CHECK(check<rgba<double>>(test::few_extents()) == "");
#endif
}

TEST_CASE("gray: a planar image gives the same as an interleaved one", "[filter][gray]") {
    extent const size{77, 3};
    auto const in = test::random_pixels<rgb8>(size, 5);
    std::vector<std::uint8_t> planes(3 * 77 * 3);
    planar_view<rgb8> const planar({planes.data(), planes.data() + 231, planes.data() + 462}, 77, 3, 77);
    for (index_t y = 0; y < 3; ++y)
        for (index_t x = 0; x < 77; ++x) planar.store(x, y, in(x, y));
    auto const expected = luma(in);
    for (auto const& policy : test::vector_policies()) {
        test::guarded<std::uint8_t> out(size);
        run(policy, planar_view<rgb8 const>(planar) | gray, out.view());
        CHECK(test::difference(expected, std::as_const(out).view()) == "");
    }
}

TEST_CASE("gray: every red, green and blue by itself, and white stays white", "[filter][gray]") {
    STATIC_CHECK(gray(rgb8{255, 255, 255}) == 255);
    STATIC_CHECK(gray(rgb8{0, 0, 0}) == 0);
    STATIC_CHECK(gray(rgb16{65535, 65535, 65535}) == 65535);
    STATIC_CHECK(gray(rgb8{255, 0, 0}) == 76);
    STATIC_CHECK(gray(rgb8{0, 255, 0}) == 150);
    STATIC_CHECK(gray(rgb8{0, 0, 255}) == 29);
    STATIC_CHECK(!concepts::stage_for<gray_fn, std::uint8_t>);
    STATIC_CHECK(concepts::stage_for<gray_fn, rgba8>);
}

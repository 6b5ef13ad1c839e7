// SPDX-License-Identifier: BSL-1.0
// erode and dilate of other pixels than bytes, and under other borders, in the engine.
#include <quoin/filter/morphology/erode.hpp>

#include "filter/morphology/plain_extrema.hpp"
#include "support/model_stages.hpp"

#include <catch2/catch_test_macros.hpp>

#include <bit>

using namespace quoin;

namespace {

std::vector<extent> const some_sides{{3, 3}, {4, 2}, {2, 5}, {7, 9}, {16, 31}};
auto const make_dilate = [](int w, int h) { return dilate(w, h); };
auto const plain_dilate = [](auto const& in, int w, int h) { return test::dilated(in, w, h); };

/// Numbers with this NaN, infinities and zeros of both signs.
test::plain<float> hard_floats(extent size, unsigned seed, float nan) {
    std::mt19937 random(seed);
    float const infinity = std::numeric_limits<float>::infinity();
    float const values[] = {0.0f, -0.0f, 0.0f, -0.0f, 1.5f, -1.5f, infinity, -infinity, 1e-40f, -1e-40f, 3e38f};
    test::plain<float> in(size);
    for (float& v : in.data) {
        v = values[random() % std::size(values)];
        if (random() % 97 == 0) v = nan;
    }
    return in;
}
/// All NaN with the same bits. A NaN of the sign that a comparison of bits would not choose has one pattern in results.
test::plain<float> with_nan_of(test::plain<float> in, std::uint32_t bits) {
    for (float& v : in.data)
        if (v != v) v = std::bit_cast<float>(bits);
    return in;
}
std::vector<std::uint32_t> bits_of(test::plain<float> const& in) {
    std::vector<std::uint32_t> bits;
    for (float const v : in.data) bits.push_back(std::bit_cast<std::uint32_t>(v));
    return bits;
}

} // namespace

TEST_CASE("dilate: sides of other pixels", "[filter][dilate]") {
    CHECK(test::wrong_sides<rgb<std::int16_t>>(some_sides, {{2, 70}, {70, 40}}, make_dilate, plain_dilate) == "");
    CHECK(test::wrong_sides<std::uint16_t>(some_sides, {{150, 33}}, make_dilate, plain_dilate) == "");
}

TEST_CASE("erode, dilate: floats with NaN, infinities and zeros of both signs", "[filter][erode][dilate]") {
    for (extent const side : {extent{3, 3}, extent{5, 4}, extent{1, 16}, extent{15, 15}}) {
        int const w = static_cast<int>(side.width), h = static_cast<int>(side.height);
        unsigned const seed = 11 + static_cast<unsigned>(w);
        float const nan = std::numeric_limits<float>::quiet_NaN();
        auto const in = hard_floats({133, 41}, seed, nan), negative = hard_floats({133, 41}, seed, -nan);
        CHECK(test::check_pipeline(in, with_nan_of(test::eroded(in, w, h), 0xffffffffu),
                                   [=](auto v) { return v | erode(w, h); }) == "");
        CHECK(test::check_pipeline(negative, with_nan_of(test::dilated(negative, w, h), 0x7fffffffu),
                                   [=](auto v) { return v | dilate(w, h); }) == "");
        // The other sign is chosen, too.
        auto const view = [](auto const& p) {
            return image_view<float const>(p.data.data(), p.size.width, p.size.height);
        };
        CHECK(bits_of(with_nan_of(test::evaluated(view(negative) | erode(w, h)), 0)) ==
              bits_of(with_nan_of(test::eroded(negative, w, h), 0)));
        CHECK(bits_of(with_nan_of(test::evaluated(view(in) | dilate(w, h)), 0)) ==
              bits_of(with_nan_of(test::dilated(in, w, h), 0)));
    }
}

TEST_CASE("erode: under other borders", "[filter][erode]") {
    auto const least = [](int w, int h) {
        return [=](auto const& at) {
            std::uint8_t v = 255;
            for (int j = -(h / 2); j <= (h - 1) / 2; ++j)
                for (int i = -(w / 2); i <= (w - 1) / 2; ++i) v = std::min(v, at(i, j));
            return v;
        };
    };
    for (extent const side : {extent{3, 3}, extent{4, 2}, extent{15, 24}}) {
        int const w = static_cast<int>(side.width), h = static_cast<int>(side.height);
        for (extent const size : {extent{3, 2}, extent{75, 30}}) {
            auto const in = test::random_pixels<std::uint8_t>(size, 4);
            auto const check = [&](auto border) {
                CHECK(test::check_pipeline(in, test::local<std::uint8_t>(in, border, least(w, h)),
                                           [=](auto v) { return v | extend(border) | erode(w, h); }) == "");
            };
            check(reflect_101);
            check(wrap);
            check(constant(90));
        }
    }
}

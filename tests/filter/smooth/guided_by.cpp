// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/smooth/guided_by.hpp>

#include "support/functor.hpp"

#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/smooth/guided.hpp>
#include <quoin/pipe/zip.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace quoin;
using test::plain;

namespace {

/// The formula in double, with all sums written out: the image of a channel by its guide. It is not rounded.
template <class T, class At>
std::vector<double> real_guided(plain<T> const& guide, At const& value, int r, double eps) {
    index_t const w = guide.size.width, h = guide.size.height;
    auto const outside = [](index_t i, index_t n) { return test::outside(reflect_101, i, n); };
    double const n = (2 * r + 1) * (2 * r + 1);
    std::vector<double> slopes, offsets, all; // of the squares around the pixels from -r on
    for (index_t y = -r; y < h + r; ++y)
        for (index_t x = -r; x < w + r; ++x) {
            double sum = 0, squares = 0, values = 0, products = 0;
            for (int j = -r; j <= r; ++j)
                for (int i = -r; i <= r; ++i) {
                    index_t const u = outside(x + i, w), v = outside(y + j, h);
                    auto const g = static_cast<double>(guide(u, v)), p = value(u, v);
                    sum += g;
                    squares += g * g;
                    values += p;
                    products += g * p;
                }
            double const mean = sum / n, a = (products / n - mean * values / n) / (squares / n - mean * mean + eps);
            slopes.push_back(a);
            offsets.push_back(values / n - a * mean);
        }
    for (index_t y = 0; y < h; ++y)
        for (index_t x = 0; x < w; ++x) {
            double slope = 0, offset = 0;
            for (int j = 0; j <= 2 * r; ++j)
                for (int i = 0; i <= 2 * r; ++i) {
                    auto const at = static_cast<std::size_t>((y + j) * (w + 2 * r) + x + i);
                    slope += slopes[at];
                    offset += offsets[at];
                }
            double const v = slope / n * static_cast<double>(guide(x, y)) + offset / n;
            all.push_back(std::integral<T> ? std::clamp(v, 0.0, static_cast<double>(std::numeric_limits<T>::max()))
                                           : v);
        }
    return all;
}

/// The largest distance from the formula, of random pixels by a random guide.
template <class P>
double distance(extent size, int r, double eps) {
    using T = channel_t<P>;
    auto const in = test::random_pixels<P>(size, 5);
    auto const guide = test::random_pixels<T>(size, 6);
    auto const image = test::image_of(in);
    auto const guide_image = test::image_of(guide);
    auto const out = to_image(simd{}, zip(image.view(), guide_image.view()) | guided_by(r, eps));
    static_assert(std::same_as<typename decltype(out)::pixel_type, P>);
    double most = 0;
    for_each_channel<P>([&](auto c) {
        constexpr int i = decltype(c)::value;
        auto const real = real_guided(
            guide, [&](index_t x, index_t y) { return static_cast<double>(get_channel<i>(in(x, y))); }, r, eps);
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x)
                most = std::max(most, std::abs(static_cast<double>(get_channel<i>(out(x, y))) -
                                               real[static_cast<std::size_t>(y * size.width + x)]));
    });
    return most;
}

} // namespace

TEST_CASE("guided_by: integers are rounded once, from nearly the real value", "[filter][guided_by]") {
    for (double eps : {1e-3, 1.0, 400.0, 1e6})
        for (int r : {1, 3, 9, 11}) {
            CAPTURE(eps, r);
            CHECK(distance<std::uint8_t>({67, 23}, r, eps) <= 0.52);
            if (r <= 3) CHECK(distance<std::uint16_t>({67, 23}, r, eps) <= 0.501);
        }
    CHECK(distance<rgb8>({40, 17}, 2, 10) <= 0.52);
}

TEST_CASE("guided_by: float", "[filter][guided_by]") {
    for (double eps : {1e-3, 1.0, 400.0}) {
        CAPTURE(eps);
        CHECK(distance<float>({67, 23}, 2, eps) <= 1e-3); // of values up to 2^12
    }
}

TEST_CASE("guided_by: an image by itself is guided()", "[filter][guided_by]") {
    auto const in = test::image_of(test::random_pixels<std::uint8_t>({90, 40}, 8));
    for (int r : {2, 10}) {
        auto const one = to_image(simd{}, in.view() | guided(r, 100));
        auto const both = to_image(simd{}, zip(in.view(), in.view()) | guided_by(r, 100));
        int wrong = 0;
        for (index_t y = 0; y < 40; ++y)
            for (index_t x = 0; x < 90; ++x) wrong += std::abs(one(x, y) - both(x, y)) > 1;
        CHECK(wrong == 0);
    }
}

TEST_CASE("guided_by: a guide that tells nothing makes means of means, one that tells all keeps the image",
          "[filter][guided_by]") {
    auto const in = test::image_of(test::random_pixels<std::uint8_t>({60, 30}, 9));
    image<std::uint8_t> flat(60, 30), negative(60, 30);
    for (index_t y = 0; y < 30; ++y)
        for (index_t x = 0; x < 60; ++x) {
            flat(x, y) = 77;
            negative(x, y) = static_cast<std::uint8_t>(255 - in(x, y));
        }
    auto const even = to_image(simd{}, zip(in.view(), flat.view()) | guided_by(3, 1));
    auto const kept = to_image(simd{}, zip(in.view(), negative.view()) | guided_by(3, 1e-6));
    int wrong = 0;
    for (index_t y = 0; y < 30; ++y)
        for (index_t x = 0; x < 60; ++x) {
            double sum = 0;
            for (int j = -6; j <= 6; ++j)
                for (int i = -6; i <= 6; ++i)
                    sum += (7 - std::abs(i)) * (7 - std::abs(j)) *
                           in(test::outside(reflect_101, x + i, 60), test::outside(reflect_101, y + j, 30));
            wrong += std::abs(even(x, y) - sum / std::pow(7, 4)) > 0.501;
            wrong += kept(x, y) != in(x, y);
        }
    CHECK(wrong == 0);
}

TEST_CASE("guided_by: what is no number or infinite reaches two radii", "[filter][guided_by]") {
    auto const in = test::random_pixels<float>({90, 60}, 3), guide = test::random_pixels<float>({90, 60}, 4);
    auto const of = [](plain<float> const& image, plain<float> const& by) {
        auto const view = [](plain<float> const& p) { return image_view<float const>(p.data.data(), 90, 60); };
        return to_image(simd{}, zip(view(image), view(by)) | guided_by(3, 0.1));
    };
    auto const expected = of(in, guide);
    for (float const odd : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()})
        for (bool const in_guide : {false, true}) {
            CAPTURE(odd, in_guide);
            auto image = in, by = guide;
            (in_guide ? by : image)(40, 30) = odd;
            auto const out = of(image, by);
            int lost = 0, other = 0;
            for (index_t y = 0; y < 60; ++y)
                for (index_t x = 0; x < 90; ++x) {
                    bool const reached = std::abs(x - 40) <= 6 && std::abs(y - 30) <= 6;
                    lost += reached && std::isfinite(out(x, y));
                    other += !reached && out(x, y) != expected(x, y);
                }
            CHECK((lost == 0 && other == 0));
        }
}

TEST_CASE("guided_by: under every policy and tiling what the functor makes of whole windows", "[filter][guided_by]") {
    // The pixels have the guide as their last channel.
    CHECK(test::wrong_in_engine<rgba8>(guided_by_fn(2, 50), reflect_101, {{7, 3}, {71, 19}}) == "");
    CHECK(test::wrong_in_engine<detail::guided_pixel<std::uint16_t>>(guided_by_fn(3, 50), constant(200), {{71, 19}}) ==
          "");
}

TEST_CASE("guided_by: what is out of range is refused", "[filter][guided_by]") {
    for (int bad : {-1, 0, 64}) CHECK_THROWS_AS(guided_by(bad, 1), invalid_argument);
    for (double bad : {0.0, -1.0, 2e12, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(guided_by(3, bad), invalid_argument);
    image<std::uint8_t> const a(4, 4), b(5, 4);
    CHECK_THROWS_AS(zip(a.view(), b.view()) | guided_by(1, 1), invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/laplacian_pyramid.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <cmath>

using namespace quoin;
using Catch::Matchers::Message;

namespace {

/// The largest difference of two images; infinity if their extents differ.
template <class P>
double distance(image<P> const& a, image<P> const& b) {
    if (a.size() != b.size()) return std::numeric_limits<double>::infinity();
    double most = 0;
    for (index_t y = 0; y < a.height(); ++y)
        for (index_t x = 0; x < a.width(); ++x)
            for_each_channel<P>([&](auto c) {
                constexpr int i = decltype(c)::value;
                most = std::max(most, std::abs(static_cast<double>(get_channel<i>(a(x, y))) -
                                               static_cast<double>(get_channel<i>(b(x, y)))));
            });
    return most;
}

/// What is wrong with the pyramid of random pixels under these policies, as text. Levels are held against differences
/// of whole images.
template <class P>
std::string wrong(auto const& policies, extent size, int count, double tolerance = 0) {
    image<P> const in = test::image_of(test::random_pixels<P>(size, 11, tolerance > 0));
    std::string found;
    for (auto const& policy : policies) {
        auto const pyramid = laplacian_pyramid(policy, in, count);
        if (pyramid.levels.size() != static_cast<std::size_t>(count)) return "levels are missing";
        image<P> level = in;
        for (auto const& details : pyramid.levels) {
            image<P> const smaller = to_image(policy, level.view() | pyramid_down);
            image<P> const coarse = to_image(policy, smaller.view() | pyramid_up);
            if (details.size() != level.size()) return "an extent under " + policy.name();
            for (index_t y = 0; y < level.height(); ++y)
                for (index_t x = 0; x < level.width(); ++x)
                    for_each_channel<P>([&](auto c) {
                        constexpr int k = decltype(c)::value;
                        using D = laplacian_t<channel_t<P>>;
                        D const expected = static_cast<D>(static_cast<D>(get_channel<k>(level(x, y))) -
                                                          static_cast<D>(get_channel<k>(coarse(x, y))));
                        if (get_channel<k>(details(x, y)) != expected) found = "values under " + policy.name();
                    });
            level = smaller;
        }
        if (distance(level, pyramid.rest) != 0) found = "the rest under " + policy.name();
        if (!(distance(collapse(policy, pyramid), in) <= tolerance)) found = "no input again under " + policy.name();
    }
    return found;
}

} // namespace

TEST_CASE("laplacian_pyramid: collapses to its input, bit for bit, in every extent", "[geometry][laplacian_pyramid]") {
    for (extent const size : {extent{1, 1}, extent{1, 2}, extent{2, 1}, extent{3, 3}, extent{5, 1}, extent{1, 9},
                              extent{2, 7}, extent{31, 17}, extent{64, 64}, extent{131, 75}})
        for (int count = most_laplacian_levels(size); count >= 0; count -= size.width > 60 ? 3 : 1) {
            CAPTURE(size.width, size.height, count);
            CHECK(wrong<std::uint8_t>(test::scalar_policies(), size, count) == "");
            CHECK(wrong<std::uint8_t>(test::vector_policies(), size, count) == "");
        }
}

TEST_CASE("laplacian_pyramid: other pixels", "[geometry][laplacian_pyramid]") {
    CHECK(wrong<std::uint16_t>(test::scalar_policies(), {67, 30}, 4) == "");
    CHECK(wrong<float>(test::scalar_policies(), {67, 30}, 4, 4 * 4 * 0x1p-23 * 300) ==
          ""); // random floats are below 300
    STATIC_CHECK(std::same_as<laplacian_levels<rgb8>::level_pixel, rgb<std::int16_t>>);
    STATIC_CHECK(std::same_as<laplacian_t<std::uint16_t>, std::int32_t>);
    STATIC_CHECK(std::same_as<laplacian_t<std::int16_t>, std::int32_t>);
}

TEST_CASE("laplacian_pyramid: levels that were changed saturate", "[geometry][laplacian_pyramid]") {
    auto const& policy = test::vector_policies().front();
    auto pyramid = laplacian_pyramid(policy, test::image_of(test::random_pixels<std::uint8_t>({67, 9}, 3)), 2);
    auto& finest = pyramid.levels[0];
    for (index_t x = 0; x < 67; ++x) {
        finest(x, 4) = 32767;
        finest(x, 5) = -32768;
    }
    auto const back = collapse(policy, pyramid);
    for (index_t x = 0; x < 67; ++x) CHECK((back(x, 4) == 255 && back(x, 5) == 0));
}

TEST_CASE("laplacian_pyramid: errors come before work", "[geometry][laplacian_pyramid]") {
    auto const& policy = test::scalar_policies().front();
    image<std::uint8_t> const small(5, 3);
    CHECK(most_laplacian_levels({1, 1}) == 0);
    CHECK(most_laplacian_levels({2, 1}) == 1);
    CHECK(most_laplacian_levels({5, 3}) == 3);
    CHECK(most_laplacian_levels({4096, 4097}) == 13);
    CHECK_THROWS_MATCHES(laplacian_pyramid(policy, small, 4), invalid_argument,
                         Message("quoin::laplacian_pyramid: 4 levels of an image of 5 x 3; give 0 to 3, after which "
                                 "one pixel is left"));
    CHECK_THROWS_AS(laplacian_pyramid(policy, small, -1), invalid_argument);
    CHECK_THROWS_MATCHES(laplacian_pyramid(policy, image<std::uint8_t>(), 0), invalid_argument,
                         Message("quoin::laplacian_pyramid: the input has 0 x 0 pixels; give an image that is not "
                                 "empty"));
    auto pyramid = laplacian_pyramid(policy, small, 2);
    pyramid.rest = image<std::uint8_t>(3, 1);
    CHECK_THROWS_MATCHES(collapse(policy, pyramid), invalid_argument,
                         Message("quoin::collapse: level 1 has 3 x 2 pixels, and what is behind it 3 x 1; it must have "
                                 "2 x 1"));
    CHECK_THROWS_AS(collapse(policy, laplacian_levels<std::uint8_t>{}), invalid_argument);
}

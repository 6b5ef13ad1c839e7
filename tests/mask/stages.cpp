// SPDX-License-Identifier: BSL-1.0
// thin, convex_hull and hit_or_miss as stages of pixels, and their entries of the catalogue.
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/mask/convex_hull.hpp>
#include <quoin/mask/hit_or_miss.hpp>
#include <quoin/mask/thin.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace quoin;

namespace {

/// Pixels of 0, and of other values that all count as set.
template <class T>
image<T> pixels(bit_image const& mask, std::vector<T> const& set) {
    image<T> result(mask.size());
    std::size_t next = 0;
    for (index_t y = 0; y < mask.height(); ++y)
        for (index_t x = 0; x < mask.width(); ++x) result(x, y) = mask.get(x, y) ? set[next++ % set.size()] : T(0);
    return result;
}

template <class T>
bool equal(image<T> const& result, bit_image const& mask, T white_value) {
    for (index_t y = 0; y < mask.height(); ++y)
        for (index_t x = 0; x < mask.width(); ++x)
            if (result(x, y) != (mask.get(x, y) ? white_value : T(0))) return false;
    return result.size() == mask.size();
}

template <class F>
image<std::uint8_t> filled(F const& stage, image<std::uint8_t> const& in) {
    image<std::uint8_t> out(in.size());
    stage.fill(test::thread_policy{3}, in.view(), out.view());
    return out;
}

template <class T>
void check_type(std::vector<T> const& set, T white_value) {
    bit_image const mask = masks::random_shapes(131, 70, 25, 3);
    image<T> const in = pixels(mask, set);
    serial const p;
    image<T> out(in.size());
    thin(thinning::zhang_suen, 2).fill(p, std::as_const(in).view(), out.view());
    CHECK(equal(out, thin(p, mask, thinning::zhang_suen, 2), white_value));
    convex_hull(pixel_points::corners).fill(p, std::as_const(in).view(), out.view());
    CHECK(equal(out, convex_hull(p, mask, pixel_points::corners), white_value));
    hit_or_miss("0../.1.", mask_border::unset).fill(p, std::as_const(in).view(), out.view());
    CHECK(equal(out, hit_or_miss(p, mask, "0../.1.", mask_border::unset), white_value));
}

} // namespace

TEST_CASE("masks as stages: what is not 0 is set, and the result is 0 and white", "[mask][thin]") {
    check_type<std::uint8_t>({1, 7, 255}, 255);
    check_type<std::uint16_t>({256, 1}, 65535);
    check_type<std::int16_t>({-32768, 5}, 32767);
    check_type<float>({0.25f, -1, std::nanf(""), std::numeric_limits<float>::denorm_min()}, 1.0f);
}

TEST_CASE("masks as stages: of colors, behind and before other stages", "[mask][thin]") {
    bit_image const mask[3] = {masks::random_shapes(90, 40, 15, 1), masks::random_shapes(90, 40, 15, 2),
                               masks::random_shapes(90, 40, 15, 3)};
    image<rgb8> in(90, 40);
    auto const value = [](bool set, int white_value) { return static_cast<std::uint8_t>(set ? white_value : 0); };
    for (index_t y = 0; y < 40; ++y)
        for (index_t x = 0; x < 90; ++x)
            in(x, y) = {value(mask[0].get(x, y), 9), value(mask[1].get(x, y), 1), value(mask[2].get(x, y), 255)};
    bit_image const thinned[3] = {thin(serial{}, mask[0]), thin(serial{}, mask[1]), thin(serial{}, mask[2])};
    auto const check = [&](auto const& policy) {
        auto const result = to_image(policy, in.view() | thin() | flip_x);
        for (index_t y = 0; y < 40; ++y)
            for (index_t x = 0; x < 90; ++x) {
                rgb8 const pixel = result(89 - x, y);
                std::uint8_t const channel[3] = {pixel.r, pixel.g, pixel.b};
                for (int c = 0; c < 3; ++c)
                    if (channel[c] != value(thinned[c].get(x, y), 255)) return false;
            }
        return true;
    };
    CHECK(check(serial{}));
}

TEST_CASE("masks as stages: the entries of the catalogue", "[mask][hit_or_miss]") {
    using Catch::Matchers::StartsWith;
    bit_image const mask = masks::random_shapes(131, 70, 25, 3);
    image<std::uint8_t> const in = pixels<std::uint8_t>(mask, {1});
    serial const p;
    double const most[] = {0, 2147483647};
    CHECK(equal<std::uint8_t>(filled(thin_entry::stage(most), in), thin(p, mask, thinning::zhang_suen), 255));
    double const points[] = {1};
    CHECK(equal<std::uint8_t>(filled(convex_hull_entry::stage(points), in),
                              convex_hull(p, mask, pixel_points::edge_midpoints), 255));
    double kernel[] = {3, 1, 1, -1, 1, 0};
    CHECK(equal<std::uint8_t>(filled(hit_or_miss_entry::stage(kernel), in), hit_or_miss(p, mask, "01."), 255));
    kernel[3] = kernel[4] = 0;
    CHECK_THROWS_WITH(hit_or_miss_entry::stage(kernel),
                      StartsWith("quoin::hit_or_miss: a kernel of 3 x 1 values, all"));
    CHECK_THROWS_WITH(hit_or_miss("11111111"), StartsWith("quoin::hit_or_miss: a pattern of 8 x 1 pixels"));
    CHECK_THROWS_WITH(thin(thinning::guo_hall, -1), StartsWith("quoin::thin: max_iterations is -1"));
}

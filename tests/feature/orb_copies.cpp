// SPDX-License-Identifier: BSL-1.0
// Features of orb in turned and smaller copies of an image.
#include <quoin/feature/match_descriptors.hpp>
#include <quoin/feature/orb.hpp>

#include "shapes.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/geometry/resize.hpp>
#include <quoin/geometry/rotate.hpp>

#include <catch2/catch_test_macros.hpp>

#include <numbers>

using namespace quoin;

TEST_CASE("orb: turned and smaller copies are matched", "[feature][orb]") {
    unsigned const seed = 8;
    CAPTURE(seed);
    serial const p;
    auto const in = test::shapes({420, 360}, seed, 0);
    auto const here = orb(p, in.view());
    auto const right = [&](image<std::uint8_t> const& other, auto const& place) {
        auto const there = orb(p, other.view());
        auto const all = match_descriptors(p, here.descriptors, there.descriptors, {.ratio = 0.8, .cross_check = true});
        CHECK(all.size() > 60);
        double good = 0;
        for (descriptor_match const& m : all) {
            auto const& a = here.points[static_cast<std::size_t>(m.first)];
            auto const& b = there.points[static_cast<std::size_t>(m.second)];
            auto const [x, y] = place(a.x, a.y);
            good += std::hypot(x - b.x, y - b.y) < 2 + 1.5 * std::pow(1.2, std::max(a.level, b.level));
        }
        return good / static_cast<double>(all.size());
    };
    for (double const degrees : {0.0, 30.0, 90.0, 200.0}) {
        auto const turned = to_image(p, in.view() | rotate(degrees));
        double const c = std::cos(degrees * std::numbers::pi / 180), s = std::sin(degrees * std::numbers::pi / 180);
        double const cx = (static_cast<double>(in.width()) - 1) / 2, cy = (static_cast<double>(in.height()) - 1) / 2;
        double const tx = (static_cast<double>(turned.width()) - 1) / 2,
                     ty = (static_cast<double>(turned.height()) - 1) / 2;
        CAPTURE(degrees);
        CHECK(right(turned, [&](double x, double y) {
                  return std::pair(tx + c * (x - cx) - s * (y - cy), ty + s * (x - cx) + c * (y - cy));
              }) > 0.9);
    }
    auto const smaller = to_image(p, in.view() | resize({260, 223}));
    CHECK(right(smaller, [&](double x, double y) {
              return std::pair((x + 0.5) * 260 / 420 - 0.5, (y + 0.5) * 223 / 360 - 0.5);
          }) > 0.9);
}

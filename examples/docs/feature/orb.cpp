// SPDX-License-Identifier: BSL-1.0
// orb, match_descriptors, nearest_descriptors: the same things in two images.
#undef NDEBUG
#include <quoin/draw/circle.hpp>
#include <quoin/draw/line.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/feature/match_descriptors.hpp>
#include <quoin/feature/orb.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/geometry/rotate.hpp>
#include <quoin/image/subview.hpp>

#include "picture.hpp"

#include <cassert>
#include <cmath>

int main(int argc, char** argv) {
    auto const photo = picture::photo();
    quoin::serial const policy;
    auto const turned = quoin::to_image(policy, photo.view() | quoin::rotate(90));

    // Corners with their directions, and a descriptor of each.
    quoin::orb_options const options{.most = 200, .levels = 4, .edge = 22};
    auto const here = quoin::orb(policy, photo.view() | quoin::gray, options);
    auto const there = quoin::orb(policy, turned.view() | quoin::gray, options);
    assert(here.points.size() > 20 && here.points.size() == here.descriptors.size());

    // Pairs that are nearest to each other, and clearly nearer than any other.
    auto const matches =
        quoin::match_descriptors(policy, here.descriptors, there.descriptors, {.ratio = 0.8, .cross_check = true});
    assert(matches.size() > 10);

    // The photograph beside its copy, and lines from point to point.
    picture::color_image both(photo.width() + turned.width(), turned.height());
    quoin::run(policy, photo, quoin::subview(both.view(), {0, 0, photo.width(), photo.height()}));
    quoin::run(policy, turned, quoin::subview(both.view(), {photo.width(), 0, turned.width(), turned.height()}));
    for (quoin::descriptor_match const& m : matches) {
        auto const& a = here.points[static_cast<std::size_t>(m.first)];
        auto const& b = there.points[static_cast<std::size_t>(m.second)];
        quoin::point const from{std::lround(a.x), std::lround(a.y)};
        quoin::point const to{photo.width() + std::lround(b.x), std::lround(b.y)};
        quoin::draw_line(both.view(), from, to, quoin::rgb8{255, 255, 0}, {.alpha = 120});
        quoin::draw_circle(both.view(), from, 3, quoin::rgb8{255, 255, 0});
        quoin::draw_circle(both.view(), to, 3, quoin::rgb8{255, 255, 0});
    }
    picture::pages const pages(argc, argv);
    pages.write("match_descriptors.png", both);
}

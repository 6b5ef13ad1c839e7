// SPDX-License-Identifier: BSL-1.0
// contours against border following from pixel to pixel, as the publication describes it.
#include "support/masks.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/parallel.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/feature/contours.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

struct followed {
    std::vector<point> points;
    bool hole;
    int parent; // in the order in which they are found, from 0 on, where 0 is the frame
};

/// Algorithm 1 of Suzuki and Abe with its marks, on an image with a frame of zeros. Their j is x here, and i is y.
std::vector<followed> follow(bit_image const& mask) {
    index_t const width = mask.width() + 2, height = mask.height() + 2;
    std::vector<int> mark(static_cast<std::size_t>(width * height));
    auto const f = [&](point p) -> int& { return mark[static_cast<std::size_t>(p.y * width + p.x)]; };
    for (index_t y = 0; y < mask.height(); ++y)
        for (index_t x = 0; x < mask.width(); ++x) f({x + 1, y + 1}) = mask.get(x, y);
    // Clockwise from the right.
    constexpr point around[8] = {{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}};
    auto const beside = [&](point p, int d) { return point{p.x + around[d & 7].x, p.y + around[d & 7].y}; };
    auto const direction = [&](point from, point to) {
        for (int d = 0; d < 8; ++d)
            if (beside(from, d) == to) return d;
        return -1;
    };
    std::vector<followed> found{{{}, true, 0}};
    int number = 1; // of the frame
    for (index_t y = 1; y + 1 < height; ++y) {
        int last = 1;
        for (index_t x = 1; x + 1 < width; ++x) {
            point const start{x, y};
            bool const outer = f(start) == 1 && f({x - 1, y}) == 0;
            bool const hole = !outer && f(start) >= 1 && f({x + 1, y}) == 0;
            if (outer || hole) {
                if (hole && f(start) > 1) last = f(start);
                ++number;
                followed const& before = found[static_cast<std::size_t>(last - 1)];
                followed now{{}, hole, before.hole != hole ? last - 1 : before.parent};
                point two = outer ? point{x - 1, y} : point{x + 1, y};
                int const first = direction(start, two);
                int d = 0;
                while (d < 8 && f(beside(start, first + d)) == 0) ++d;
                if (d == 8) {
                    now.points.push_back({x - 1, y - 1});
                    f(start) = -number;
                } else {
                    point const one = beside(start, first + d);
                    two = one;
                    point three = start;
                    for (;;) {
                        now.points.push_back({three.x - 1, three.y - 1});
                        bool right_is_zero = false;
                        int turn = direction(three, two) + 7;
                        for (; f(beside(three, turn)) == 0; --turn) right_is_zero = right_is_zero || (turn & 7) == 0;
                        point const four = beside(three, turn);
                        if (right_is_zero) f(three) = -number;
                        else if (f(three) == 1) f(three) = number;
                        if (four == start && three == one) break;
                        two = three;
                        three = four;
                    }
                }
                found.push_back(now);
            }
            if (f(start) != 0 && f(start) != 1) last = std::abs(f(start));
        }
    }
    return found;
}

std::vector<point> corners_of(std::vector<point> const& points) {
    std::vector<point> corners;
    std::size_t const n = points.size();
    for (std::size_t i = 0; i < n; ++i) {
        point const a = points[(i + n - 1) % n], b = points[i], c = points[(i + 1) % n];
        if (n == 1 || b.x - a.x != c.x - b.x || b.y - a.y != c.y - b.y) corners.push_back(b);
    }
    return corners;
}

/// The children of a border, the last one first, each followed by its own.
void list_children(std::vector<followed> const& all, int parent, index_t place, contour_points points,
                   contour_list& result) {
    index_t previous = -1;
    for (int k = static_cast<int>(all.size()) - 1; k > 0; --k) {
        followed const& one = all[static_cast<std::size_t>(k)];
        if (one.parent != parent) continue;
        auto const own = points == contour_points::all ? one.points : corners_of(one.points);
        index_t const here = result.size();
        result.all.push_back({.first = static_cast<index_t>(result.points.size()),
                              .count = static_cast<index_t>(own.size()),
                              .previous = previous,
                              .parent = place,
                              .hole = one.hole});
        result.points.insert(result.points.end(), own.begin(), own.end());
        if (previous >= 0) result.all[static_cast<std::size_t>(previous)].next = here;
        else if (place >= 0) result.all[static_cast<std::size_t>(place)].child = here;
        previous = here;
        list_children(all, k, here, points, result);
    }
}

contour_list expected(bit_image const& mask, contour_options const& o) {
    std::vector<followed> all = follow(mask), chosen{all[0]};
    for (std::size_t k = 1; k < all.size(); ++k) {
        if (o.mode == contour_mode::external && all[k].parent != 0) continue;
        if (o.mode == contour_mode::list || (o.mode == contour_mode::two_level && !all[k].hole)) all[k].parent = 0;
        chosen.push_back(all[k]);
    }
    contour_list result;
    list_children(chosen, 0, -1, o.points, result);
    return result;
}

/// Whether both are the same borders, whose points may be stored in another order.
bool same(contour_list const& a, contour_list const& b) {
    bool equal = a.size() == b.size() && a.points.size() == b.points.size();
    for (index_t k = 0; equal && k < a.size(); ++k) {
        contour one = a.all[static_cast<std::size_t>(k)];
        one.first = b.all[static_cast<std::size_t>(k)].first;
        equal = one == b.all[static_cast<std::size_t>(k)] && std::ranges::equal(a.of(k), b.of(k));
    }
    return equal;
}

constexpr contour_mode modes[] = {contour_mode::external, contour_mode::list, contour_mode::two_level,
                                  contour_mode::tree};

void check(bit_image const& mask) {
    for (contour_mode mode : modes)
        for (contour_points points : {contour_points::all, contour_points::corners}) {
            CAPTURE(static_cast<int>(mode), static_cast<int>(points));
            contour_options const o{mode, points};
            contour_list const found = contours(serial{}, mask, o);
            REQUIRE(same(found, expected(mask, o)));
            REQUIRE(contours(test::thread_policy{3}, mask, o) == found);
            REQUIRE(contours(test::backwards_policy{}, mask, o) == found);
            REQUIRE(contours(parallel{2}, mask, o) == found);
        }
}

} // namespace

TEST_CASE("contours: those of border following, for all masks of 4 x 4", "[feature][contours]") {
    for (std::uint64_t number = 0; number < 65536; number += number < 4096 ? 1 : 7) {
        bit_image const mask = masks::from_number(4, 4, number);
        contour_options const o{contour_mode::tree, contour_points::corners};
        if (!same(contours(serial{}, mask, o), expected(mask, o))) {
            CAPTURE(number);
            FAIL();
        }
    }
}

TEST_CASE("contours: those of border following, under every policy", "[feature][contours]") {
    for (std::uint64_t seed = 1; seed < 60; ++seed) {
        index_t const width = static_cast<index_t>(seed * 37 % 150 + 1),
                      height = static_cast<index_t>(seed * 53 % 140 + 1);
        CAPTURE(seed, width, height);
        check(seed % 2 == 0 ? masks::random(width, height, static_cast<double>(seed % 9 + 1) / 10, seed)
                            : masks::random_shapes(width, height, 30, seed));
    }
}

TEST_CASE("contours: of rings, lines, single pixels and all", "[feature][contours]") {
    for (index_t const side : {1, 2, 3, 40, 64, 65, 129}) {
        CAPTURE(side);
        auto const distance = [=](index_t x, index_t y) { return std::min({x, y, side - 1 - x, side - 1 - y}); };
        check(masks::where(side, side, [&](index_t x, index_t y) { return distance(x, y) % 2 == 0; }));
        check(masks::where(side, side, [&](index_t x, index_t y) { return distance(x, y) / 3 % 2 == 1; }));
        check(masks::where(side, side, [](index_t x, index_t y) { return x == y; }));
        check(masks::where(side, side, [](index_t x, index_t y) { return (x + y) % 2 == 0; }));
        check(masks::where(side, side, [](index_t x, index_t y) { return x % 3 == 0 && y % 2 == 0; }));
        check(masks::where(side, 1, [](index_t x, index_t) { return x % 5 != 3; }));
        check(masks::where(1, side, [](index_t, index_t y) { return y % 5 != 3; }));
        check(masks::where(side, side, [](index_t, index_t) { return true; }));
    }
    for (extent const empty : {extent{0, 0}, extent{9, 0}, extent{0, 9}, extent{9, 9}})
        CHECK(contours(serial{}, bit_image(empty)) == contour_list{});
}

TEST_CASE("contours: a square with a hole, by hand", "[feature][contours]") {
    bit_image const mask = masks::picture({"####.", //
                                           "#..#.", //
                                           "#..#.", //
                                           "####."});
    contour_list const found = contours(serial{}, mask);
    REQUIRE(found.size() == 2);
    CHECK(std::ranges::equal(found.of(0), std::vector<point>{{0, 0}, {0, 3}, {3, 3}, {3, 0}}));
    CHECK(std::ranges::equal(found.of(1),
                             std::vector<point>{{0, 1}, {1, 0}, {2, 0}, {3, 1}, {3, 2}, {2, 3}, {1, 3}, {0, 2}}));
    CHECK((found.all[0].child == 1 && found.all[1].parent == 0 && found.all[1].hole && !found.all[0].hole));
}

TEST_CASE("contours: what is refused", "[feature][contours]") {
    CHECK_THROWS_AS(contours(serial{}, run_list{{}, {0}, (index_t{1} << 29) + 1}), invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/core/geometry.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

constexpr bool test_rect() {
    rect const r{2, 3, 4, 5};
    return r.right() == 6 && r.bottom() == 8 && r.area() == 20 && r.size() == extent{4, 5} && !r.empty() &&
           r.contains(point{2, 3}) && r.contains(point{5, 7}) && !r.contains(point{6, 7}) &&
           !r.contains(point{5, 8}) && !r.contains(point{1, 3}) && r.contains(r) &&
           r.contains(rect{3, 4, 1, 1}) && !r.contains(rect{3, 4, 4, 1}) && rect{0, 0, 0, 3}.empty() &&
           rect{0, 0, 3, -1}.empty() && extent{100000, 100000}.area() == 10000000000 &&
           extent{0, 5}.empty() && !(extent{1, 1}.empty());
}

/// Against the definition: a pixel is in the intersection where it is in both.
constexpr bool test_intersect() {
    for (index_t x = -3; x <= 3; ++x)
        for (index_t w = 0; w <= 4; ++w)
            for (index_t y = -2; y <= 2; ++y) {
                rect const a{0, 0, 3, 2}, b{x, y, w, 2};
                rect const both = intersect(a, b);
                for (index_t v = -4; v <= 7; ++v)
                    for (index_t u = -4; u <= 7; ++u)
                        if (both.contains(point{u, v}) !=
                            (a.contains(point{u, v}) && b.contains(point{u, v})))
                            return false;
                if (both != intersect(b, a) && !both.empty()) return false;
            }
    return true;
}

} // namespace

TEST_CASE("geometry: half-open rectangles", "[core]") {
    static_assert(test_rect());
    CHECK(test_rect());
}

TEST_CASE("geometry: the intersection holds the pixels in both", "[core]") {
    static_assert(test_intersect());
    CHECK(test_intersect());
}

// SPDX-License-Identifier: BSL-1.0
// Borders as the engine writes them: wide and lopsided footprints, images smaller than the footprint, all
// five borders.
#include <quoin/exec/run.hpp>

#include "support/model_stages.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// A weighted sum over a footprint that is no square, told at run time; wraps at 2^32.
struct spread {
    int left, right, up, down;
    quoin::footprint footprint() const { return {left, right, up, down}; }
    std::uint32_t operator()(auto const& at) const {
        std::uint32_t sum = 0;
        for (int j = -up; j <= down; ++j)
            for (int i = -left; i <= right; ++i) sum = sum * 31 + at(i, j);
        return sum;
    }
};

std::string check(auto border) {
    std::string wrong;
    for (spread const s :
         {spread{1, 1, 1, 1}, spread{0, 3, 0, 2}, spread{4, 0, 3, 0}, spread{9, 2, 1, 6}, spread{40, 40, 0, 1}}) {
        std::string const found = test::sweep<std::uint8_t>(
            {{1, 1}, {2, 3}, {5, 2}, {33, 4}, {130, 9}, {300, 2}}, [&](auto v) { return v | extend(border) | s; },
            [&](auto const& in) { return test::local<std::uint32_t>(in, border, s); });
        if (!found.empty())
            wrong += "footprint " + std::to_string(s.left) + " " + std::to_string(s.right) + " " +
                     std::to_string(s.up) + " " + std::to_string(s.down) + ": " + found + "\n";
    }
    return wrong;
}

/// The same of lanes, in types of several sizes; rows enough for the list of lines to begin anew.
template <class P>
std::string check_corners(auto border) {
    for (quoin::footprint const r : {quoin::footprint{1, 1}, {0, 3, 0, 2}, {4, 0, 3, 0}, {40, 2, 1, 6}}) {
        std::string const found = test::sweep<P>(
            {{1, 1}, {5, 2}, {65, 7}, {130, 45}},
            [&](auto v) { return v | extend(border) | test::corners{r.left, r.right, r.up, r.down}; },
            [&](auto const& in) { return test::cornered(in, border, r); });
        if (!found.empty()) return test::name_of(border) + ": " + found + "\n";
    }
    return {};
}

} // namespace

TEST_CASE("borders: footprints of any shape over images of any size", "[exec][border]") {
    test::for_every_border([](auto border) { CHECK(check(border) == ""); });
}

TEST_CASE("borders: f32", "[exec][border]") {
    test::for_every_border([](auto border) { CHECK(check_corners<float>(border) == ""); });
}

TEST_CASE("borders: colors", "[exec][border]") {
    test::for_every_border([](auto border) { CHECK(check_corners<rgb8>(border) == ""); });
    CHECK(check_corners<rgb8>(constant(rgb8{1, 200, 30})) == "");
}

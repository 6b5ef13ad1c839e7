// SPDX-License-Identifier: BSL-1.0
// Borders as the engine writes them: wide and lopsided footprints, images smaller than the footprint, all
// five borders.
#include <quoin/exec/run.hpp>

#include "support/oracle.hpp"

#include <quoin/filter/linear/gaussian3.hpp>

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
    for (spread const s : {spread{1, 1, 1, 1}, spread{0, 3, 0, 2}, spread{4, 0, 3, 0}, spread{9, 2, 1, 6},
                           spread{40, 40, 0, 1}}) {
        std::string const found = test::sweep<std::uint8_t>(
            {{1, 1}, {2, 3}, {5, 2}, {33, 4}, {130, 9}, {300, 2}},
            [&](auto v) { return v | extend(border) | s; },
            [&](auto const& in) { return test::local<std::uint32_t>(in, border, s); });
        if (!found.empty())
            wrong += "footprint " + std::to_string(s.left) + " " + std::to_string(s.right) + " " +
                     std::to_string(s.up) + " " + std::to_string(s.down) + ": " + found + "\n";
    }
    return wrong;
}

std::string check_f32(auto border) {
    return test::sweep<float>(
        test::few_extents(), [&](auto v) { return v | extend(border) | gaussian3; },
        [&](auto const& in) {
            return test::local<float>(in, border, [](auto const& at) {
                return (at(-1, -1) + at(1, -1) + at(-1, 1) + at(1, 1) +
                        2 * (at(0, -1) + at(-1, 0) + at(1, 0) + at(0, 1)) + 4 * at(0, 0)) /
                       16;
            });
        });
}

} // namespace

TEST_CASE("borders: footprints of any shape over images of any size", "[exec][border]") {
    CHECK(check(reflect_101) == "");
    CHECK(check(replicate) == "");
    CHECK(check(reflect) == "");
    CHECK(check(wrap) == "");
    CHECK(check(constant(77)) == "");
}

TEST_CASE("borders: f32", "[exec][border]") {
    CHECK(check_f32(replicate) == "");
    CHECK(check_f32(wrap) == "");
    CHECK(check_f32(constant(-7.5f)) == "");
#if !QUOIN_SANITIZED
    CHECK(check_f32(reflect) == "");
#endif
}

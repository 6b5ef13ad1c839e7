// SPDX-License-Identifier: BSL-1.0
// That chains of stages from bytes to bytes give the same pixels whether or not they are looked up in a table.
#include <quoin/exec/line/tabulate.hpp>

#include "support/oracle.hpp"

#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/threshold.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace quoin;

namespace {

auto const negative = vectorized([](auto v) { return static_cast<decltype(v)>(decltype(v)(255) - v); });

test::plain<std::uint8_t> every_byte() {
    test::plain<std::uint8_t> in({131, 4});
    for (std::size_t i = 0; i < in.data.size(); ++i) in.data[i] = static_cast<std::uint8_t>(i);
    return in;
}

template <class Make, class Map>
std::string check(Make const& make, Map const& map) {
    auto const in = every_byte();
    test::plain<std::uint8_t> expected(in.size);
    for (std::size_t i = 0; i < in.data.size(); ++i) expected.data[i] = map(in.data[i]);
    return test::check_pipeline(in, expected, make);
}

std::uint8_t inverted(std::uint8_t v) { return static_cast<std::uint8_t>(255 - v); }
std::uint8_t brighter(std::uint8_t v) {
    return static_cast<std::uint8_t>(std::min(255.0, std::floor(v * double(1.3f) + 0.5)));
}

} // namespace

TEST_CASE("tabulate: one stage, two, and eight", "[exec]") {
    CHECK(check([](auto v) { return v | brightness(1.3f); }, brighter) == "");
    CHECK(check([](auto v) { return v | negative | brightness(1.3f); },
                [](std::uint8_t v) { return brighter(inverted(v)); }) == "");
    CHECK(check(
              [](auto v) {
                  return v | negative | negative | negative | brightness(1.3f) | negative | negative | negative |
                         negative;
              },
              [](std::uint8_t v) { return brighter(inverted(v)); }) == "");
}

TEST_CASE("tabulate: between stages that cannot be looked up", "[exec]") {
    auto const plus_one = [](std::uint8_t v) { return static_cast<std::uint8_t>(v + 1); }; // one pixel at a time
    CHECK(check([&](auto v) { return v | negative | brightness(1.3f) | plus_one | threshold(99) | negative; },
                [](std::uint8_t v) {
                    return static_cast<std::uint8_t>(static_cast<std::uint8_t>(brighter(inverted(v)) + 1) > 99 ? 0
                                                                                                               : 255);
                }) == "");
}

TEST_CASE("tabulate: behind and before a local stage, on colors", "[exec]") {
    auto const in = test::random_pixels<rgb8>({70, 5}, 9);
    auto const make = [](auto v) { return v | brightness(1.3f) | gaussian3 | brightness(0.7f) | threshold(40); };
    auto const colors = vectorized([](auto const& p) { return p; }); // not channel by channel: no table
    test::guarded<rgb8> const source(in);
    test::guarded<rgb8> expected(in.size);
    run(test::scalar_policies().front(), make(source.view() | colors), expected.view());
    test::plain<rgb8> reference(in.size);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) reference(x, y) = expected.view().load(x, y);
    CHECK(test::check_pipeline(in, reference, make) == "");
}

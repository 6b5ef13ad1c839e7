// SPDX-License-Identifier: BSL-1.0
// Sources and outputs that are parts of one buffer.
#include <quoin/exec/run.hpp>

#include "support/oracle.hpp"
#include "support/policies.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/image/image.hpp>
#include <quoin/pipe/zip.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <random>

using namespace quoin;

namespace {

/// What is wrong where `make(source(buffer))` is written to `target(buffer)`: the pixels of the target must be those
/// that the source of a copy gives, and all others as they were.
template <class P, class Source, class Target, class Make>
std::string wrong(index_t width, index_t height, Source const& source, Target const& target, Make const& make) {
    unsigned const seed = std::random_device{}();
    image<P> const before = [&] {
        image<P> random(width, height);
        std::mt19937 numbers(seed);
        for (index_t y = 0; y < height; ++y)
            std::generate_n(random.view().row(y), width * channels_v<P>,
                            [&] { return static_cast<channel_t<P>>(numbers() % 251); });
        return random;
    }();
    image<P> expected = before;
    auto const result = to_image(serial{}, make(source(before.view())));
    auto const place = target(expected.view());
    for (index_t y = 0; y < result.height(); ++y)
        for (index_t x = 0; x < result.width(); ++x) place.store(x, y, result(x, y));
    std::string found;
    auto const check = [&](auto const& policy, tiling t) {
        image<P> buffer = before;
        run(policy, make(source(std::as_const(buffer).view())), target(buffer.view()), t);
        for (index_t y = 0; y < height; ++y)
            if (!std::equal(buffer.view().row(y), buffer.view().row(y) + width * channels_v<P>, expected.view().row(y)))
                found = policy.name() + ", seed " + std::to_string(seed) + ", row " + std::to_string(y);
    };
    for (tiling const t : {tiling{}, tiling{3, 0}, tiling{2, 64}}) {
        for (auto const& policy : test::scalar_policies()) check(policy, t);
        for (auto const& policy : test::vector_policies()) check(policy, t);
    }
    return found;
}

/// Every second row, from row `first` on.
template <class P>
image_view<P> every_other_row(image_view<P> v, index_t first) {
    return {v.row(first), v.width(), v.height() / 2, 2 * v.stride()};
}

constexpr auto blurred = [](auto const& v) { return v | gaussian3; };

} // namespace

TEST_CASE("run: from one part of a buffer to another", "[exec]") {
    for (index_t const w : {5, 67, 200}) {
        INFO("width " << w);
        auto const left = [=](auto v) { return subview(v, {0, 0, w, 20}); };
        auto const right = [=](auto v) { return subview(v, {w, 0, w, 20}); };
        CHECK(wrong<std::uint8_t>(2 * w, 20, left, right, blurred) == "");
        CHECK(wrong<rgb16>(2 * w, 20, right, left, blurred) == "");
        auto const upper = [=](auto v) { return subview(v, {0, 0, w, 10}); };
        auto const lower = [=](auto v) { return flip_rows(subview(v, {0, 10, w, 10})); };
        CHECK(wrong<float>(w, 20, upper, lower, blurred) == "");
        auto const even = [](auto v) { return every_other_row(v, 0); };
        auto const odd = [](auto v) { return every_other_row(v, 1); };
        CHECK(wrong<std::uint8_t>(w, 20, even, odd, blurred) == "");
        auto const red = [](auto v) { return channel_of<0>(v); };
        auto const green = [](auto v) { return channel_of<1>(v); };
        CHECK(wrong<rgb8>(w, 20, red, green, blurred) == "");
        CHECK(wrong<rgb16>(w, 20, green, red, blurred) == "");
        auto const whole = [](auto v) { return v; };
        CHECK(wrong<std::uint8_t>(2 * w, 20, whole, right,
                                  [=](auto const& v) { return v | crop({0, 0, w, 20}) | gaussian3; }) == "");
        CHECK(wrong<std::uint8_t>(
                  2 * w + 1, 20, whole, [=](auto v) { return subview(v, {w + 1, 0, w, 20}); },
                  [=](auto const& v) { return v | gaussian3 | crop({0, 0, w, 20}); }) == "");
    }
}

TEST_CASE("run: parts that have one byte in common are refused", "[exec]") {
    image<rgb8> colors(20, 20);
    image<std::uint8_t> frame(20, 20);
    auto const c = colors.view();
    auto const v = frame.view();
    auto const refused = [](auto const& from, auto const& to) {
        CHECK_THROWS_AS(run(serial{}, from, to), invalid_argument);
    };
    refused(subview(v, {0, 0, 10, 20}) | gaussian3, subview(v, {9, 0, 10, 20}));
    refused(subview(v, {0, 0, 10, 10}) | gaussian3, subview(v, {9, 9, 10, 10}));
    refused(every_other_row(v, 1) | gaussian3, every_other_row(v, 1));
    refused(channel_of<1>(c) | gaussian3, channel_of<1>(c));
    refused(v | gaussian3 | crop({0, 0, 10, 20}), subview(v, {10, 0, 10, 20})); // reads one column more
    refused(v | extend(wrap) | gaussian3 | crop({0, 0, 5, 20}), subview(v, {12, 0, 5, 20}));
    refused(
        zip(subview(v, {0, 0, 5, 20}), subview(v, {10, 0, 5, 20})) | [](std::uint8_t a, std::uint8_t) { return a; },
        subview(v, {14, 0, 5, 20}));
    CHECK_NOTHROW(run(
        serial{},
        zip(subview(v, {0, 0, 5, 20}), subview(v, {10, 0, 5, 20})) | [](std::uint8_t a, std::uint8_t) { return a; },
        subview(v, {15, 0, 5, 20})));
}

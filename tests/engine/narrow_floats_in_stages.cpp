// SPDX-License-Identifier: BSL-1.0
// Chains that read and write half and bfloat16, and functions of the user's own.
#include "engine/narrow_pixels.hpp"

#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/pipe/zip.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::each_channel, test::nearest, test::plain, test::random_numbers, test::value;

namespace {

/// A stage of the user's own that reads half and makes float, one pixel at a time.
struct steps_down {
    static constexpr quoin::footprint footprint{0, 0, 0, 1};
    template <class Window>
    float operator()(Window const& w) const {
        return w(0, 1) - w(0, 0);
    }
};

} // namespace

TEST_CASE("half: a chain has the bytes of its steps", "[engine]") {
    for (extent const size : test::few_extents()) {
        auto const in = each_channel<half>(test::random_pixels<rgbf>(size, 8, true), nearest<half>);
        test::guarded<rgbf> const floats(each_channel<float>(in, value<half>));
        test::guarded<rgbf> blurred(size);
        run(serial{}, floats.view() | extend(constant(value(half(0.3f)))) | gaussian3, blurred.view());
        plain<rgbf> sums(size);
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) sums(x, y) = blurred.view().load(x, y);
        CHECK(test::check_pipeline(in, each_channel<bfloat16>(sums, nearest<bfloat16>), [](auto v) {
                  return v | convert_to<float> | extend(constant(half(0.3f))) | gaussian3 | convert_to<bfloat16>;
              }) == "");
    }
}

TEST_CASE("half: functions of single pixels and windows of the user's own", "[engine]") {
    for (extent const size : test::many_extents()) {
        auto const in = random_numbers<half>(size, 5);
        auto const down = [&](index_t x, index_t y) { return y + 1 < size.height ? value(in(x, y + 1)) : 7.0f; };
        plain<float> steps(size);
        plain<bfloat16> means(size);
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) {
                steps(x, y) = down(x, y) - value(in(x, y));
                means(x, y) = nearest<bfloat16>(value(in(x, y)) / 2 + value(in(size.width - 1 - x, y)) / 2);
            }
        CHECK(test::check_pipeline(in, steps, [](auto v) { return v | extend(constant(7)) | steps_down{}; }) == "");
        CHECK(test::check_pipeline(in, means, [](auto v) {
                  return zip(v, v | flip_x) | [](half a, half b) { return bfloat16(a / 2 + b / 2); };
              }) == "");
    }
}

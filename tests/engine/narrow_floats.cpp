// SPDX-License-Identifier: BSL-1.0
// Pixels of half and bfloat16 through the engine, as source and as result, at every width.
#include "engine/narrow_pixels.hpp"

#include <quoin/filter/point/convert_to.hpp>
#include <quoin/geometry/flip.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::each_channel, test::nearest, test::plain, test::random_numbers, test::value;

namespace {

/// What is wrong with pixels P as they are read and as they are written.
template <class P>
std::string wrong_pixels() {
    using T = channel_t<P>;
    unsigned seed = 3;
    for (extent const size : test::many_extents()) {
        auto const in = random_numbers<P>(size, ++seed);
        auto const floats = each_channel<float>(in, value<T>);
        std::string wrong = test::check_pipeline(in, floats, [](auto v) { return v | convert_to<float>; });
        if (wrong.empty()) {
            auto const between = each_channel<float>(floats, [](float v) { return v * 1.001f; });
            wrong = test::check_pipeline(between, each_channel<T>(between, nearest<T>),
                                         [](auto v) { return v | convert_to<T>; });
        }
        if (wrong.empty()) {
            auto turned = in;
            for (index_t y = 0; y < size.height; ++y)
                for (index_t x = 0; x < size.width; ++x) turned(x, y) = in(size.width - 1 - x, size.height - 1 - y);
            wrong = test::check_pipeline(in, turned, [](auto v) { return v | flip_x | flip_y; });
        }
        if (!wrong.empty()) return "seed " + std::to_string(seed) + ", " + wrong;
    }
    return {};
}

} // namespace

TEST_CASE("half, bfloat16: read, computed in float and written, under every policy", "[engine]") {
    CHECK(wrong_pixels<bfloat16>() == "");
    CHECK(wrong_pixels<rgb<half>>() == "");
}

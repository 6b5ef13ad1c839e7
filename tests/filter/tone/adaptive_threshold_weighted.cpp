// SPDX-License-Identifier: BSL-1.0
// adaptive_threshold with weights, and of floats: through the engine, since its words of a pixel and a mean are no
// numbers.
#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>

#include "filter/tone/adaptive_formula.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::values;

namespace {

using enum threshold_sense;

/// The result of serial and of simd, which must agree.
template <class T, adaptive_method Method>
image<T> threshold_of(image<T> const& in, int side, double offset, threshold_sense sense = binary) {
    auto const chain = in.view() | extend(replicate) | adaptive_threshold<Method>(side, offset, sense);
    auto one = to_image(serial{}, chain);
    auto const several = to_image(simd{}, chain);
    for (index_t y = 0; y < one.height(); ++y)
        for (index_t x = 0; x < one.width(); ++x)
            if (one(x, y) != several(x, y)) FAIL("(" << x << ", " << y << ") differs between serial and simd");
    return one;
}

template <class T, adaptive_method Method>
std::string wrong(int side, double offset, threshold_sense sense, bool coarse) {
    values pixels = test::random_values<T>({75, 9}, 1, 23, false);
    if (coarse)
        for (double& v : pixels.data) v = std::floor(v / static_cast<double>(highest<T>) * 8) + 3;
    image<T> in(75, 9);
    for (index_t y = 0; y < 9; ++y)
        for (index_t x = 0; x < 75; ++x) in(x, y) = static_cast<T>(pixels.row(y, 0)[x]);
    values const around = test::with_border(pixels, {side / 2, side / 2}, replicate);
    bool const gaussian = Method == adaptive_method::gaussian;
    values const expected = test::adaptive_formula<T>(around, side, offset, sense, gaussian);
    image<T> const got = threshold_of<T, Method>(in, side, offset, sense);
    for (index_t y = 0; y < 9; ++y)
        for (index_t x = 0; x < 75; ++x)
            if (static_cast<double>(got(x, y)) != expected.row(y, 0)[x])
                return "at (" + std::to_string(x) + ", " + std::to_string(y) + ")";
    return {};
}

using channels = test::types<std::uint8_t, std::uint16_t, std::int16_t, float>;

} // namespace

TEST_CASE("adaptive_threshold: weighted by a Gaussian, every type of channel equals the formula",
          "[filter][adaptive_threshold]") {
    channels::each([]<class T>() {
        for (int side : {3, 5, 7, 9, 11, 31})
            for (bool coarse : {false, true}) {
                CAPTURE(side, coarse, sizeof(T), std::integral<T>);
                CHECK(wrong<T, adaptive_method::gaussian>(side, 1.375, binary, coarse) == "");
            }
        CHECK(wrong<T, adaptive_method::gaussian>(11, -2.75, inverted, true) == "");
    });
}

TEST_CASE("adaptive_threshold: floats equal the formula", "[filter][adaptive_threshold]") {
    // Pixels are whole, so no difference to a mean over the square is near to such an offset.
    for (int side : {3, 9, 15, 41})
        for (double offset : {0.0, 2.0, -1.0})
            for (bool coarse : {false, true}) {
                CAPTURE(side, offset, coarse);
                CHECK(wrong<float, adaptive_method::mean>(side, offset + 0.49 / (side * side), binary, coarse) == "");
            }
    CHECK(wrong<float, adaptive_method::mean>(5, 1.01, inverted, true) == "");
}

TEST_CASE("adaptive_threshold: floats of one value are never above their mean", "[filter][adaptive_threshold]") {
    for (float value : {0.3f, 1.0f / 3, 1e-30f, 3e37f, -0.7f, 16777213.0f, 0.0f})
        for (int side : {3, 11, 15, 31, 255}) {
            CAPTURE(value, side);
            image<float> in(35, 2);
            for (index_t y = 0; y < 2; ++y) std::fill_n(in.view().row(y), 35, value);
            auto const mean = threshold_of<float, adaptive_method::mean>(in, side, 0);
            auto const gaussian = threshold_of<float, adaptive_method::gaussian>(in, side, 0);
            for (index_t x = 0; x < 35; ++x) CHECK((mean(x, 1) == 0 && gaussian(x, 0) == 0));
        }
}

TEST_CASE("adaptive_threshold: NaN is not above, and raises the mean around it; infinities count as 2^128",
          "[filter][adaptive_threshold]") {
    constexpr float nan = std::numeric_limits<float>::quiet_NaN(), inf = std::numeric_limits<float>::infinity();
    // A pixel among zeros, one beside it, and whether the first is above.
    struct {
        float middle, beside;
        bool above;
    } const cases[] = {{5, 0, true},     {nan, 0, false},  {-nan, 0, false},  {5, nan, false},
                       {5, inf, false},  {5, -inf, true},  {inf, 0, true},    {-inf, 0, false},
                       {inf, inf, true}, {5, -nan, false}, {nan, -inf, false}};
    for (auto const& c : cases) {
        CAPTURE(c.middle, c.beside);
        image<float> in(40, 3);
        in(20, 1) = c.middle;
        in(21, 1) = c.beside;
        CHECK(threshold_of<float, adaptive_method::mean>(in, 3, 0)(20, 1) == (c.above ? 1.0f : 0.0f));
        CHECK(threshold_of<float, adaptive_method::mean>(in, 3, 0, inverted)(20, 1) == (c.above ? 0.0f : 1.0f));
    }
}

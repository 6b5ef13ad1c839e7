// SPDX-License-Identifier: BSL-1.0
// adaptive_threshold through the engine, since its words of a pixel and a mean are no numbers that a test could keep.
#pragma once

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>

#include "filter/tone/adaptive_formula.hpp"

#include <catch2/catch_test_macros.hpp>

namespace test {

/// The result of serial and of simd, which must agree.
template <class T, quoin::adaptive_method Method>
quoin::image<T> threshold_of(quoin::image<T> const& in, int side, double offset,
                             quoin::threshold_sense sense = quoin::threshold_sense::binary) {
    auto const chain =
        in.view() | quoin::extend(quoin::replicate) | quoin::adaptive_threshold<Method>(side, offset, sense);
    auto one = quoin::to_image(quoin::serial{}, chain);
    auto const several = quoin::to_image(quoin::simd{}, chain);
    for (index_t y = 0; y < one.height(); ++y)
        for (index_t x = 0; x < one.width(); ++x)
            if (one(x, y) != several(x, y)) FAIL("(" << x << ", " << y << ") differs between serial and simd");
    return one;
}

template <class T, quoin::adaptive_method Method>
std::string wrong_threshold(int side, double offset, quoin::threshold_sense sense, bool coarse) {
    values pixels = random_values<T>({75, 9}, 1, 23, false);
    if (coarse)
        for (double& v : pixels.data) v = std::floor(v / static_cast<double>(quoin::highest<T>) * 8) + 3;
    quoin::image<T> in(75, 9);
    for (index_t y = 0; y < 9; ++y)
        for (index_t x = 0; x < 75; ++x) in(x, y) = static_cast<T>(pixels.row(y, 0)[x]);
    values const around = with_border(pixels, {side / 2, side / 2}, quoin::replicate);
    bool const gaussian = Method == quoin::adaptive_method::gaussian;
    values const expected = adaptive_formula<T>(around, side, offset, sense, gaussian);
    quoin::image<T> const got = threshold_of<T, Method>(in, side, offset, sense);
    for (index_t y = 0; y < 9; ++y)
        for (index_t x = 0; x < 75; ++x)
            if (static_cast<double>(got(x, y)) != expected.row(y, 0)[x])
                return "at (" + std::to_string(x) + ", " + std::to_string(y) + ")";
    return {};
}

} // namespace test

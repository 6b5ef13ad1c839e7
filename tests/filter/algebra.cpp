// SPDX-License-Identifier: BSL-1.0
// What must hold of filters whatever their values: mirrored and transposed images give mirrored and transposed results,
// and linear filters of sums are sums. Of the functors alone; tests/geometry/flip.cpp has the same of the engine.
#include "support/functor.hpp"

#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/gaussian5.hpp>
#include <quoin/filter/linear/sharpen.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::values;

namespace {

template <class T>
values computed(auto const& filter, values const& in) {
    return test::alone<simd_lanes, test::words::none, T>(filter, in);
}

/// The pixel at (x, y) becomes that at to(x, y).
template <class F>
values moved(values const& in, extent size, F const& to) {
    values out(size, 1);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) {
            auto const [u, v] = to(x, y);
            out.row(v, 0)[u] = in.row(y, 0)[x];
        }
    return out;
}
values transposed(values const& in) {
    return moved(in, {in.size.height, in.size.width}, [](index_t x, index_t y) { return std::pair{y, x}; });
}
values mirrored(values const& in) {
    return moved(in, in.size, [&](index_t x, index_t y) { return std::pair{in.size.width - 1 - x, y}; });
}
values flipped(values const& in) {
    return moved(in, in.size, [&](index_t x, index_t y) { return std::pair{x, in.size.height - 1 - y}; });
}

bool same(values const& a, values const& b) {
    return test::difference(a, b, 0).empty();
}

/// f(name, filter, whether it rounds once) for symmetric filters.
template <class F>
void for_symmetric_filters(F const& f) {
    f("gaussian3", gaussian3, true);
    f("gaussian5", gaussian5, true);
    f("gaussian", gaussian(1.7), false); // after the columns and after the rows
    f("box", box(9), true);
    f("sharpen", sharpen, true);
    f("sobel_magnitude", sobel_magnitude, true);
}

template <class T>
void check_symmetries(extent size, unsigned seed) {
    values const in = test::random_values<T>(size, 1, seed, false);
    for_symmetric_filters([&](char const* name, auto const& filter, bool rounds_once) {
        CAPTURE(name, size.width, size.height, seed);
        values const expected = computed<T>(filter, in);
        CHECK(same(computed<T>(filter, mirrored(in)), mirrored(expected)));
        CHECK(same(computed<T>(filter, flipped(in)), flipped(expected)));
        if (rounds_once) CHECK(same(computed<T>(filter, transposed(in)), transposed(expected)));
    });
    CHECK(same(computed<T>(sobel_x, transposed(in)), transposed(computed<T>(sobel_y, in))));
}

} // namespace

TEST_CASE("algebra: mirrored and transposed images give mirrored and transposed results", "[filter]") {
    check_symmetries<std::uint8_t>({131, 67}, 1);
    check_symmetries<std::uint8_t>({15, 70}, 2);
    check_symmetries<std::uint16_t>({97, 33}, 3);
}

TEST_CASE("algebra: linear filters of sums are sums", "[filter]") {
    // Whole numbers, whose sums are exact in float, too.
    values const a = test::random_values<float>({133, 21}, 1, 4, false);
    values const b = test::random_values<float>({133, 21}, 1, 5, false);
    auto const sum = [](values x, values const& y) {
        for (std::size_t i = 0; i < x.data.size(); ++i) x.data[i] += y.data[i];
        return x;
    };
    auto const check = [&](char const* name, auto const& filter) {
        CAPTURE(name);
        CHECK(same(computed<float>(filter, sum(a, b)), sum(computed<float>(filter, a), computed<float>(filter, b))));
    };
    check("gaussian3", gaussian3);
    check("gaussian5", gaussian5);
    check("sharpen", sharpen);
    check("sobel_x", sobel_x);
    check("sobel_y", sobel_y);
}

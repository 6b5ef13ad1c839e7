// SPDX-License-Identifier: BSL-1.0
// What must hold of filters whatever their values: mirrored and transposed images give mirrored and transposed results,
// and linear filters of sums are sums.
#include "support/oracle.hpp"

#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/gaussian5.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/geometry/flip.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class P>
image_view<P const> view_of(test::plain<P> const& p) {
    return {p.data.data(), p.size.width, p.size.height};
}

/// The pixels of a pipeline under a policy with vectors.
template <class Pipeline>
auto computed(Pipeline const& p) {
    test::plain<typename Pipeline::pixel_type> out(p.size());
    run(test::vector_policies().front(), p,
        image_view<typename Pipeline::pixel_type>(out.data.data(), p.width(), p.height()));
    return out;
}

template <class P>
test::plain<P> transposed(test::plain<P> const& in) {
    test::plain<P> out({in.size.height, in.size.width});
    for (index_t y = 0; y < out.size.height; ++y)
        for (index_t x = 0; x < out.size.width; ++x) out(x, y) = in(y, x);
    return out;
}

template <class P>
bool same(test::plain<P> const& a, test::plain<P> const& b) {
    return a.size == b.size && a.data == b.data;
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

template <class P>
void check_symmetries(extent size, unsigned seed) {
    auto const in = test::random_pixels<P>(size, seed);
    auto const turned = transposed(in);
    for_symmetric_filters([&](char const* name, auto const& filter, bool rounds_once) {
        CAPTURE(name, size.width, size.height, seed);
        CHECK(same(computed(view_of(in) | flip_x | filter), computed(view_of(in) | filter | flip_x)));
        CHECK(same(computed(view_of(in) | flip_y | filter), computed(view_of(in) | filter | flip_y)));
        if (rounds_once) CHECK(same(computed(view_of(turned) | filter), transposed(computed(view_of(in) | filter))));
    });
    CHECK(same(computed(view_of(turned) | sobel_x), transposed(computed(view_of(in) | sobel_y))));
}

} // namespace

TEST_CASE("algebra: mirrored and transposed images give mirrored and transposed results", "[engine]") {
    check_symmetries<std::uint8_t>({131, 67}, 1);
    check_symmetries<std::uint8_t>({5, 70}, 2);
    check_symmetries<std::uint16_t>({97, 33}, 3);
}

TEST_CASE("algebra: linear filters of sums are sums", "[engine]") {
    // Whole numbers, whose sums are exact in float, too.
    auto const a = test::random_pixels<float>({133, 21}, 4), b = test::random_pixels<float>({133, 21}, 5);
    auto sum = a;
    for (std::size_t i = 0; i < sum.data.size(); ++i) sum.data[i] += b.data[i];
    auto const check = [&](char const* name, auto const& filter) {
        CAPTURE(name);
        auto expected = computed(view_of(a) | filter);
        auto const other = computed(view_of(b) | filter);
        for (std::size_t i = 0; i < expected.data.size(); ++i) expected.data[i] += other.data[i];
        CHECK(same(computed(view_of(sum) | filter), expected));
    };
    check("gaussian3", gaussian3);
    check("gaussian5", gaussian5);
    check("sharpen", sharpen);
    check("sobel_x", sobel_x);
    check("sobel_y", sobel_y);
}

// SPDX-License-Identifier: BSL-1.0
// Halves of images by areas and by linear interpolation, whose passes are joined: the means of four pixels.
#include <quoin/exec/line/joined_halves.hpp>
#include <quoin/geometry/resize_area.hpp>
#include <quoin/geometry/resize_linear.hpp>

#include "support/oracle.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// The means of four pixels, by integers, or by double from the left.
template <class P>
test::plain<P> means_of_four(test::plain<P> const& in) {
    using T = channel_t<P>;
    test::plain<P> out({in.size.width / 2, in.size.height / 2});
    for (index_t y = 0; y < out.size.height; ++y)
        for (index_t x = 0; x < out.size.width; ++x)
            out(x, y) = make_pixel<P>([&](auto c) {
                auto const at = [&](index_t i, index_t j) { return get_channel<c>(in(2 * x + i, 2 * y + j)); };
                if constexpr (std::integral<T>)
                    return static_cast<T>((at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1) + 2) / 4);
                else
                    return static_cast<T>(
                        ((double{at(0, 0)} + double{at(1, 0)}) + (double{at(0, 1)} + double{at(1, 1)})) / 4);
            });
    return out;
}

constexpr index_t widths[] = {1, 2, 15, 16, 31, 32, 33, 64, 65, 127, 300};

/// Makes each width half as wide and high by make(view, extent).
template <class P, class Make>
std::string halves(Make const& make) {
    for (index_t const width : widths) {
        auto const in = test::random_pixels<P>({2 * width, 6}, 7);
        std::string const wrong =
            test::check_pipeline(in, means_of_four(in), [&](auto v) { return make(v, extent{width, 3}); });
        if (!wrong.empty()) return std::to_string(width) + " columns: " + wrong;
    }
    return {};
}

} // namespace

TEST_CASE("joined halves: 16 bits", "[engine]") {
    CHECK(halves<std::uint16_t>([](auto v, extent size) { return v | resize_area(size); }) == "");
}

TEST_CASE("joined halves: floats, by weights of 1/2", "[engine]") {
    CHECK(halves<float>([](auto v, extent size) { return v | resize_linear(size); }) == "");
}

TEST_CASE("joined halves: pixels of four bytes are read and written as they lie", "[engine]") {
    CHECK(halves<rgba8>([](auto v, extent size) { return v | resize_area(size); }) == "");
}

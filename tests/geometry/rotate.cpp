// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/rotate.hpp>

#include "support/oracle.hpp"

#include <quoin/filter/linear/gaussian3.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// The image after this number of quarter turns clockwise.
template <class P>
test::plain<P> turned(test::plain<P> in, int quarters) {
    for (; quarters > 0; --quarters) {
        test::plain<P> out({in.size.height, in.size.width});
        for (index_t y = 0; y < in.size.height; ++y)
            for (index_t x = 0; x < in.size.width; ++x) out(in.size.height - 1 - y, x) = in(x, y);
        in = out;
    }
    return in;
}

template <class P>
std::string check(std::vector<extent> const& sizes) {
    std::string wrong =
        test::sweep<P>(sizes, [](auto v) { return v | rotate90; }, [](auto const& in) { return turned(in, 1); });
    if (wrong.empty())
        wrong =
            test::sweep<P>(sizes, [](auto v) { return v | rotate180; }, [](auto const& in) { return turned(in, 2); });
    if (wrong.empty())
        wrong =
            test::sweep<P>(sizes, [](auto v) { return v | rotate270; }, [](auto const& in) { return turned(in, 3); });
    return wrong;
}

std::vector<extent> const extents = {{1, 1}, {1, 150}, {150, 1}, {31, 33}, {64, 128}, {193, 67}, {70, 131}};

} // namespace

TEST_CASE("rotate: every width and height, all channels", "[geometry][rotate]") {
    CHECK(check<std::uint8_t>(extents) == "");
    CHECK(check<std::uint8_t>(test::few_extents()) == "");
    CHECK(check<rgb8>(extents) == "");
    CHECK(check<std::uint16_t>(extents) == "");
    CHECK(check<float>(extents) == "");
}

TEST_CASE("rotate: four quarters are nothing, and a symmetric filter turns with the image", "[geometry][rotate]") {
    for (extent const size : {extent{1, 1}, extent{2, 3}, extent{70, 131}}) {
        auto const pixels = test::random_pixels<std::uint8_t>(size, 7);
        test::guarded<std::uint8_t> const in(pixels);
        test::plain<std::uint8_t> blurred(size);
        run(test::scalar_policies().front(), in.view() | gaussian3,
            image_view<std::uint8_t>(blurred.data.data(), size.width, size.height));
        CHECK(test::check_pipeline(pixels, pixels,
                                   [](auto v) { return v | rotate90 | rotate90 | rotate90 | rotate90; }) == "");
        CHECK(test::check_pipeline(pixels, turned(blurred, 3),
                                   [](auto v) { return v | gaussian3 | rotate180 | rotate90; }) == "");
        CHECK(test::check_pipeline(pixels, turned(blurred, 1),
                                   [](auto v) { return v | rotate270 | gaussian3 | rotate180; }) == "");
    }
}

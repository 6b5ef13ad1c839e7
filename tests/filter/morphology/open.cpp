// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/morphology/open.hpp>

#include "filter/morphology/plain_extrema.hpp"
#include "support/message.hpp"

#include <quoin/exec/run.hpp>
#include <quoin/filter/tone/invert.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

using bytes = test::plain<std::uint8_t>;

image_view<std::uint8_t const> view_of(bytes const& in) {
    return {in.data.data(), in.size.width, in.size.height};
}
bool at_most(bytes const& a, bytes const& b) {
    for (std::size_t i = 0; i < a.data.size(); ++i)
        if (a.data[i] > b.data[i]) return false;
    return true;
}

} // namespace

TEST_CASE("open, close: equal erosions and dilations by plain loops", "[filter][open][close]") {
    unsigned seed = 70;
    for (extent const side : {extent{1, 1}, extent{2, 2}, extent{3, 3}, extent{4, 7}, extent{15, 15}, extent{30, 6}})
        for (extent const size : {extent{1, 1}, extent{5, 90}, extent{139, 31}}) {
            int const w = static_cast<int>(side.width), h = static_cast<int>(side.height);
            CAPTURE(w, h, size.width, size.height);
            auto const in = test::random_pixels<std::uint8_t>(size, ++seed);
            CHECK(test::check_pipeline(in, test::opened(in, w, h), [=](auto v) { return v | open(w, h); }) == "");
            CHECK(test::check_pipeline(in, test::closed(in, w, h), [=](auto v) { return v | close(w, h); }) == "");
        }
}

TEST_CASE("open, close: the algebra of openings on random images", "[filter][open][close]") {
    unsigned const seed = 20261129;
    std::mt19937 random(seed);
    for (int i = 0; i < (QUOIN_SANITIZED ? 100 : 2000); ++i) {
        auto const number = [&](unsigned most) { return static_cast<int>(1 + random() % most); };
        extent const size{number(24), number(20)};
        auto in = test::random_pixels<std::uint8_t>(size, static_cast<unsigned>(random()));
        if (i % 2)
            for (std::uint8_t& v : in.data) v = v / 64; // plateaus
        int const w = number(9), h = number(9);
        CAPTURE(seed, i, size.width, size.height, w, h);
        auto const of = [](bytes const& a, auto const& stage) { return test::evaluated(view_of(a) | stage); };

        bytes const opened = of(in, open(w, h)), closed = of(in, close(w, h));
        CHECK((at_most(opened, in) && at_most(in, closed)));
        CHECK(of(opened, open(w, h)).data == opened.data);
        CHECK(of(closed, close(w, h)).data == closed.data);

        // Order: a larger image has no smaller result.
        bytes above = in;
        for (std::uint8_t& v : above.data) v = static_cast<std::uint8_t>(std::min(255, v + int(random() % 40)));
        CHECK(at_most(opened, of(above, open(w, h))));
        CHECK(at_most(of(in, erode(w, h)), of(above, erode(w, h))));
        // Erosion and dilation are adjoint.
        CHECK(at_most(of(in, dilate(w, h)), above) == at_most(in, of(above, erode(w, h))));
        bytes const low = of(above, erode(w, h));
        CHECK(at_most(of(low, dilate(w, h)), above));
        if (w % 2 && h % 2) { // Duality: bright and dark change places.
            bytes const turned = of(of(of(in, invert), close(w, h)), invert);
            CHECK(turned.data == opened.data);
        }
    }
}

TEST_CASE("open, close: sides that are refused", "[filter][open][close]") {
    CHECK(test::message([] { (void)open(0, 3); }) ==
          "quoin::open: a rectangle of 0 x 3 pixels; give sides from 1 to 511");
    CHECK(test::message([] { (void)close(600, 600); }) ==
          "quoin::close: a rectangle of 600 x 600 pixels; give sides from 1 to 511");
}

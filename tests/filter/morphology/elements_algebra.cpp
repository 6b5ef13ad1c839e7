// SPDX-License-Identifier: BSL-1.0
// open, close, gradient, top_hat and black_hat of elements of any form: plain loops, and the algebra of openings.
#include <quoin/filter/morphology/open.hpp>
#include <quoin/filter/morphology/top_hat.hpp>

#include "filter/morphology/plain_extrema.hpp"

#include <quoin/exec/run.hpp>
#include <quoin/filter/tone/invert.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using element = structuring_element;

namespace {

template <class P>
image_view<P const> view_of(test::plain<P> const& in) {
    return {in.data.data(), in.size.width, in.size.height};
}
template <class P>
auto of(test::plain<P> const& in, auto const& stage) {
    return test::evaluated(view_of(in) | stage);
}
bool at_most(test::plain<std::uint8_t> const& a, test::plain<std::uint8_t> const& b) {
    for (std::size_t i = 0; i < a.data.size(); ++i)
        if (a.data[i] > b.data[i]) return false;
    return true;
}

/// Whether gradient, top_hat and black_hat are the differences of plain loops.
template <class P>
bool are_differences(test::plain<P> const& in, element const& e) {
    return of(in, gradient(e)).data == test::difference_of(test::dilated(in, e), test::eroded(in, e)).data &&
           of(in, top_hat(e)).data == test::difference_of(in, test::opened(in, e)).data &&
           of(in, black_hat(e)).data == test::difference_of(test::closed(in, e), in).data;
}

} // namespace

TEST_CASE("open, close, gradient: elements under every policy", "[filter][open][close]") {
    unsigned seed = 70;
    for (element const& e : {element::disc(3), element::ellipse(16, 7), element::line(9, 30),
                             element::from_rows("0011/0111/1100").anchored(0, 2)})
        for (extent const size : {extent{5, 40}, extent{139, 31}}) {
            CAPTURE(e.to_rows(), size.width, size.height);
            auto const in = test::random_pixels<std::uint8_t>(size, ++seed);
            CHECK(test::check_pipeline(in, test::opened(in, e), [&](auto v) { return v | open(e); }) == "");
            auto const range = test::difference_of(test::dilated(in, e), test::eroded(in, e));
            CHECK(test::check_pipeline(in, range, [&](auto v) { return v | gradient(e); }) == "");
        }
}

TEST_CASE("gradient, top_hat, black_hat: random elements", "[filter][top_hat]") {
    unsigned const seed = 31;
    std::mt19937 random(seed);
    for (int i = 0; i < (QUOIN_SANITIZED ? 20 : 200); ++i) {
        element const e = test::random_element(random, 12, 8);
        CAPTURE(seed, i, e.to_rows(), e.anchor().x, e.anchor().y);
        CHECK(are_differences(test::random_pixels<std::uint8_t>({61, 17}, static_cast<unsigned>(random())), e));
        if (i < 20)
            CHECK(are_differences(test::random_pixels<std::int16_t>({61, 17}, static_cast<unsigned>(random())), e));
    }
}

TEST_CASE("open, close: the algebra of openings by random elements", "[filter][open][close]") {
    unsigned const seed = 20261130;
    std::mt19937 random(seed);
    for (int i = 0; i < (QUOIN_SANITIZED ? 100 : 3000); ++i) {
        extent const size{1 + static_cast<index_t>(random() % 24), 1 + static_cast<index_t>(random() % 20)};
        auto in = test::random_pixels<std::uint8_t>(size, static_cast<unsigned>(random()));
        if (i % 2)
            for (std::uint8_t& v : in.data) v = v / 64; // plateaus
        element const e = test::random_element(random, 7, 7);
        CAPTURE(seed, i, size.width, size.height, e.to_rows(), e.anchor().x, e.anchor().y);

        auto const opened = of(in, open(e)), closed = of(in, close(e));
        CHECK((at_most(opened, in) && at_most(in, closed)));
        CHECK(of(opened, open(e)).data == opened.data);
        CHECK(of(closed, close(e)).data == closed.data);

        // Order: a larger image has no smaller result.
        auto above = in;
        for (std::uint8_t& v : above.data) v = static_cast<std::uint8_t>(std::min(255, v + int(random() % 40)));
        CHECK(at_most(opened, of(above, open(e))));
        CHECK(at_most(of(in, dilate(e)), of(above, dilate(e))));
        // Erosion and dilation are adjoint.
        CHECK(at_most(of(in, dilate(e)), above) == at_most(in, of(above, erode(e))));
        CHECK(at_most(of(of(above, erode(e)), dilate(e)), above));
        // Duality: bright and dark change places, and the element is reflected.
        CHECK(of(of(of(in, invert), close(e.reflected())), invert).data == opened.data);
        // An opening does not depend on the anchor, if the border is far away.
        if (i % 10 == 0)
            CHECK(of(in, extend(wrap) | open(e)).data == of(in, extend(wrap) | open(e.anchored(0, 0))).data);
    }
}

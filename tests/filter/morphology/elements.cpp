// SPDX-License-Identifier: BSL-1.0
// erode and dilate of elements of any form: every size, random ones, other pixels than bytes, and other borders.
#include <quoin/filter/morphology/erode.hpp>

#include "filter/morphology/plain_extrema.hpp"
#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>

#include <bit>

using namespace quoin;
using element = structuring_element;

namespace {

template <class P>
std::string wrong_erosion(element const& e, test::plain<P> const& in) {
    std::string const wrong = test::check_pipeline(in, test::eroded(in, e), [&](auto v) { return v | erode(e); });
    return wrong.empty() ? wrong : e.to_rows() + ": " + wrong;
}
template <class P>
bool erodes_alone(element const& e, test::plain<P> const& in) {
    image_view<P const> const view(in.data.data(), in.size.width, in.size.height);
    return test::evaluated(view | erode(e)).data == test::eroded(in, e).data;
}

std::vector<std::uint32_t> bits_of(test::plain<float> const& in) {
    std::vector<std::uint32_t> bits;
    for (float const v : in.data) bits.push_back(v != v ? 0 : std::bit_cast<std::uint32_t>(v));
    return bits;
}

} // namespace

TEST_CASE("erode: shapes of every size, of bytes", "[filter][erode]") {
    unsigned seed = 30;
    for (int k = 1; k <= 51; k += QUOIN_SANITIZED ? 10 : 1) {
        auto const in = test::random_pixels<std::uint8_t>({97, 33}, ++seed);
        CAPTURE(k, seed);
        CHECK(erodes_alone(element::ellipse(k, k), in));
        CHECK(erodes_alone(element::disc(k / 2), in));
        CHECK(erodes_alone(element::cross(k / 2), in));
        CHECK(erodes_alone(element::line(k, 7 * k), in));
    }
    // Under every policy, also on images that are smaller than the element.
    for (element const& e : {element::ellipse(3, 3), element::ellipse(15, 9), element::disc(11), element::cross(6),
                             element::line(20, 65), element::from_rows("101/000/101"), element::rectangle(5, 3)})
        for (extent const size : {extent{1, 1}, extent{5, 70}, extent{139, 4}, extent{150, 37}})
            CHECK(wrong_erosion(e, test::random_pixels<std::uint8_t>(size, ++seed)) == "");
    CHECK(erodes_alone(element::disc(70), test::random_pixels<std::uint8_t>({150, 40}, ++seed)));
}

TEST_CASE("erode: random elements, of bytes", "[filter][erode]") {
    unsigned const seed = 20261130;
    std::mt19937 random(seed);
    for (int i = 0; i < (QUOIN_SANITIZED ? 60 : 600); ++i) {
        element const e = test::random_element(random, i % 10 == 0 ? 51 : 12, i % 10 == 1 ? 51 : 9);
        extent const size{1 + static_cast<index_t>(random() % 80), 1 + static_cast<index_t>(random() % 30)};
        CAPTURE(seed, i, size.width, size.height, e.to_rows(), e.anchor().x, e.anchor().y);
        CHECK(erodes_alone(e, test::random_pixels<std::uint8_t>(size, static_cast<unsigned>(random()))));
    }
}

TEST_CASE("erode, dilate: elements of other pixels", "[filter][erode][dilate]") {
    element const skew = element::from_rows("0110/1111/0011").anchored(3, 0), disc = element::disc(4);
    CHECK(erodes_alone(skew, test::random_pixels<rgb<std::int16_t>>({70, 21}, 5)));
    CHECK(erodes_alone(disc, test::random_pixels<std::uint16_t>({150, 33}, 6)));
    CHECK(erodes_alone(skew, test::random_pixels<std::int32_t>({150, 33}, 7)));
    auto const in = test::random_pixels<std::uint8_t>({150, 33}, 8);
    for (element const& e : {skew, disc})
        CHECK(test::check_pipeline(in, test::dilated(in, e), [&](auto v) { return v | dilate(e); }) == "");
}

TEST_CASE("erode, dilate: elements on floats with NaN, infinities and zeros of both signs", "[filter][erode][dilate]") {
    std::mt19937 random(9);
    float const infinity = std::numeric_limits<float>::infinity();
    float const values[] = {0.0f, -0.0f, 0.0f, -0.0f, 1.5f, -1.5f, infinity, -infinity, 1e-40f, -1e-40f, 3e38f};
    test::plain<float> in({133, 41});
    for (float& v : in.data) {
        v = values[random() % std::size(values)];
        if (random() % 97 == 0) v = std::numeric_limits<float>::quiet_NaN();
    }
    image_view<float const> const view(in.data.data(), 133, 41);
    for (element const& e : {element::cross(1), element::disc(5), element::from_rows("1001/0110/1001")}) {
        CHECK(bits_of(test::evaluated(view | erode(e))) == bits_of(test::eroded(in, e)));
        CHECK(bits_of(test::evaluated(view | dilate(e))) == bits_of(test::dilated(in, e)));
    }
}

TEST_CASE("erode: elements under other borders", "[filter][erode]") {
    unsigned const seed = 21;
    std::mt19937 random(seed);
    for (int i = 0; i < 30; ++i) {
        element const e = test::random_element(random, 9, 9);
        CAPTURE(seed, i, e.to_rows(), e.anchor().x, e.anchor().y);
        auto const in = test::random_pixels<std::uint8_t>({i % 3 ? 75 : 5, i % 2 ? 20 : 3}, 4);
        image_view<std::uint8_t const> const view(in.data.data(), in.size.width, in.size.height);
        auto const check = [&](auto border) {
            auto const expected = test::local<std::uint8_t>(in, border, [&](auto const& at) {
                std::uint8_t v = 255;
                for (auto const& c : e.chords())
                    for (int k = 0; k < c.length; ++k) v = std::min(v, at(c.dx + k, c.dy));
                return v;
            });
            CHECK(test::evaluated(view | extend(border) | erode(e)).data == expected.data);
        };
        check(reflect_101);
        check(wrap);
        check(constant(90));
    }
}

TEST_CASE("erode, dilate: the functors of elements alone", "[filter][erode][dilate]") {
    auto const three = [](auto const& at, auto) {
        return std::min(
            {static_cast<double>(at(-1, -1)), static_cast<double>(at(1, 0)), static_cast<double>(at(0, 1))});
    };
    auto const e = element::from_rows("100/001/010");
    CHECK(test::wrong_alone<std::uint8_t>(erode(e), three, 0, {131, 7}) == "");
    CHECK(test::wrong_alone<float>(erode(e), three, 0, {131, 7}) == "");
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/morphology/top_hat.hpp>

#include "filter/morphology/plain_extrema.hpp"
#include "support/functor.hpp"
#include "support/message.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

extent const all_sides[] = {{3, 3}, {4, 2}, {2, 7}, {15, 21}};

/// What is wrong with make(w, h) in the engine.
template <class P, class Make, class Plain>
std::string wrong(extent size, Make const& make, Plain const& plain) {
    return test::wrong_sides<P>({std::begin(all_sides), std::end(all_sides)}, {size}, make, plain);
}
auto const make_top_hat = [](int w, int h) { return top_hat(w, h); };
auto const plain_gradient = [](auto const& in, int w, int h) {
    return test::difference_of(test::dilated(in, w, h), test::eroded(in, w, h));
};
auto const plain_top_hat = [](auto const& in, int w, int h) { return test::difference_of(in, test::opened(in, w, h)); };
auto const plain_black_hat = [](auto const& in, int w, int h) {
    return test::difference_of(test::closed(in, w, h), in);
};

/// Under one policy alone.
template <class P, class Make, class Plain>
bool as_plain(Make const& make, Plain const& plain) {
    auto in = test::random_pixels<P>({75, 30}, 4);
    in(3, 3) = std::numeric_limits<P>::max();
    in(20, 20) = in(21, 20) = std::numeric_limits<P>::lowest();
    image_view<P const> const v(in.data.data(), 75, 30);
    return test::evaluated(v | make(6, 5)).data == plain(in, 6, 5).data;
}

} // namespace

TEST_CASE("gradient, top_hat, black_hat: bytes", "[filter][top_hat]") {
    CHECK(wrong<std::uint8_t>({139, 41}, [](int w, int h) { return gradient(w, h); }, plain_gradient) == "");
    CHECK(wrong<std::uint8_t>({139, 41}, make_top_hat, plain_top_hat) == "");
    CHECK(wrong<std::uint8_t>({139, 41}, [](int w, int h) { return black_hat(w, h); }, plain_black_hat) == "");
}

TEST_CASE("top_hat: signed colors saturate, and floats", "[filter][top_hat]") {
    CHECK(wrong<rgb<std::int16_t>>({70, 33}, make_top_hat, plain_top_hat) == "");
    CHECK(wrong<float>({75, 33}, make_top_hat, plain_top_hat) == "");
}

TEST_CASE("gradient, top_hat: 32 bits", "[filter][top_hat]") {
    CHECK(as_plain<std::int32_t>(make_top_hat, plain_top_hat));
    CHECK(as_plain<float>([](int w, int h) { return gradient(w, h); }, plain_gradient));
}

TEST_CASE("gradient, top_hat, black_hat: the functors of other channels alone", "[filter][top_hat]") {
    auto const each = []<class T>(std::type_identity<T>) {
        auto const kind = test::kind_of_channel<T>();
        auto const range = [=](auto const& at, auto) {
            double least = at(0, 0), greatest = least;
            for (int j = -1; j <= 1; ++j)
                for (int i = -1; i <= 1; ++i) {
                    least = std::min(least, static_cast<double>(at(i, j)));
                    greatest = std::max(greatest, static_cast<double>(at(i, j)));
                }
            return kind.stored(greatest - least);
        };
        CHECK(test::wrong_alone<T>(gradient(3, 3), range, 0, {131, 7}) == "");
        auto const hat = [=](auto const& at, auto) { // 2 x 1: the pixel, or its lower neighbor if that is the most
            double const opened = std::max(std::min<double>(at(-1, 0), at(0, 0)), std::min<double>(at(0, 0), at(1, 0)));
            return kind.stored(static_cast<double>(at(0, 0)) - opened);
        };
        CHECK(test::wrong_alone<T>(top_hat(2, 1), hat, 0, {131, 7}) == "");
        auto const black = [=](auto const& at, auto) {
            double const closed = std::min(std::max<double>(at(-1, 0), at(0, 0)), std::max<double>(at(0, 0), at(1, 0)));
            return kind.stored(closed - static_cast<double>(at(0, 0)));
        };
        CHECK(test::wrong_alone<T>(black_hat(2, 1), black, 0, {131, 7}) == "");
    };
    each(std::type_identity<std::uint16_t>{});
    each(std::type_identity<std::int8_t>{});
}

TEST_CASE("top_hat: under a border that counts it is not below 0", "[filter][top_hat]") {
    auto const in = test::random_pixels<std::uint8_t>({75, 30}, 4);
    auto const least = test::local<std::uint8_t>(
        in, constant(200), [](auto const& at) { return std::min({at(-1, 0), at(0, 0), at(1, 0)}); });
    auto const greatest = test::local<std::uint8_t>(
        least, constant(200), [](auto const& at) { return std::max({at(-1, 0), at(0, 0), at(1, 0)}); });
    image_view<std::uint8_t const> const v(in.data.data(), 75, 30);
    CHECK(test::evaluated(v | extend(constant(200)) | top_hat(3, 1)).data == test::difference_of(in, greatest).data);
}

TEST_CASE("gradient, top_hat, black_hat: sides that are refused", "[filter][top_hat]") {
    CHECK(test::message([] { (void)gradient(0, 0); }) ==
          "quoin::gradient: a rectangle of 0 x 0 pixels; give sides from 1 to 511");
    CHECK(test::message([] { (void)top_hat(3, 512); }) ==
          "quoin::top_hat: a rectangle of 3 x 512 pixels; give sides from 1 to 511");
    CHECK(test::message([] { (void)black_hat(-1, 2); }) ==
          "quoin::black_hat: a rectangle of -1 x 2 pixels; give sides from 1 to 511");
}

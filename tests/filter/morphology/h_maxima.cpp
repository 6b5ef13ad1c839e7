// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/morphology/h_maxima.hpp>

#include "filter/morphology/plain_levels.hpp"
#include "support/message.hpp"

#include <quoin/exec/run.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <limits>

using namespace quoin;

namespace {

template <class T>
test::plain<T> lowered(test::plain<T> const& in, int h) {
    test::plain<T> out = in;
    for (T& v : out.data)
        v = static_cast<T>(std::max(static_cast<double>(v) - h, static_cast<double>(std::numeric_limits<T>::lowest())));
    return out;
}

template <class T>
void check_type(T shift) {
    unsigned const seed = 20261132;
    std::mt19937 random(seed);
    for (int i = 0; i < 60; ++i) {
        auto in = test::plateaus<T>(random, i, 2 + i % 20);
        for (T& v : in.data) v = static_cast<T>(v + shift);
        int const h = 1 + static_cast<int>(random() % 20);
        auto const c = i % 2 ? connectivity::four : connectivity::eight;
        CAPTURE(seed, i, in.size.width, in.size.height, h, sizeof(T));
        auto const expected = test::reconstructed(lowered(in, h), in, c);
        CHECK(test::filled(in, h_maxima(h, c)).data == expected.data);
        CHECK(test::filled(test::negative(in), h_minima(h, c)).data == test::negative(expected).data);
    }
}

} // namespace

TEST_CASE("h_maxima, h_minima: equal the definition for every type of channel", "[filter][h_maxima]") {
    check_type<std::uint8_t>(0);
    check_type<std::uint16_t>(300);
    check_type<std::int16_t>(-12);
    check_type<std::int32_t>(-8);
    check_type<float>(-11.5f);
}

TEST_CASE("h_maxima: halves, more than the range, NaN", "[filter][h_maxima]") {
    test::plain<std::uint8_t> in({5, 1});
    in.data = {1, 5, 1, 4, 1};
    CHECK(test::filled(in, h_maxima(2)).data == std::vector<std::uint8_t>{1, 3, 1, 2, 1});
    CHECK(test::filled(in, h_maxima(1.5)).data == std::vector<std::uint8_t>{1, 3, 1, 2, 1});
    CHECK(test::filled(in, h_maxima(0.4)).data == in.data);
    CHECK(test::filled(in, h_maxima(1e30)).data == std::vector<std::uint8_t>(5));
    CHECK(test::filled(in, h_minima(1e30)).data == std::vector<std::uint8_t>(5, 255));
    float const nan = std::nanf("");
    test::plain<float> real({5, 1});
    real.data = {1, 2.5f, nan, 7, 3};
    auto const out = test::filled(real, h_maxima(0.5)).data;
    CHECK((out[0] == 1 && out[1] == 2 && std::isnan(out[2]) && out[3] == 6.5f && out[4] == 3));
}

TEST_CASE("h_maxima: in the engine", "[filter][h_maxima]") {
    auto const in = test::random_pixels<std::uint8_t>({33, 15}, 4);
    CHECK(test::check_pipeline(in, test::reconstructed(lowered(in, 40), in, connectivity::eight),
                               [](auto v) { return v | h_maxima(40); }) == "");
}

TEST_CASE("h_maxima: errors", "[filter][h_maxima]") {
    CHECK(test::message([] { (void)h_maxima(0); }) == "quoin::h_maxima: a height of 0; give one above 0, at most 1e30");
    CHECK(test::message([] { (void)h_minima(-2.5); }) ==
          "quoin::h_minima: a height of -2.5; give one above 0, at most 1e30");
    CHECK(test::message([] { (void)h_maxima(std::nan("")); }) ==
          "quoin::h_maxima: a height of nan; give one above 0, at most 1e30");
}

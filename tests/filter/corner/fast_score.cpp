// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/corner/fast_score.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <limits>

using namespace quoin;

namespace {

/// The loop of the contract, arc by arc. The circle is walked by its slopes, not by the header's table.
auto loop(double threshold, int arc) {
    std::array<std::array<int, 2>, 16> circle{};
    int n = 0;
    for (int dx : {0, 1}) circle[static_cast<std::size_t>(n++)] = {dx, -3};
    for (int i : {0, 1}) circle[static_cast<std::size_t>(n++)] = {2 + i, -2 + i};
    for (int quarter = 1; quarter < 4; ++quarter)
        for (int i = 0; i < 4; ++i) {
            auto const from = circle[static_cast<std::size_t>(n - 4)];
            circle[static_cast<std::size_t>(n++)] = {-from[1], from[0]}; // a quarter of a turn
        }
    return [=](auto const& at, test::channel_kind kind) {
        double const v = at(0, 0);
        double best = 0;
        for (int sign : {1, -1})
            for (std::size_t first = 0; first < 16; ++first) {
                double least = std::numeric_limits<double>::infinity();
                for (std::size_t i = 0; i < static_cast<std::size_t>(arc); ++i) {
                    auto const [dx, dy] = circle[(first + i) % 16];
                    least = std::min(least, sign * (at(dx, dy) - v));
                }
                best = std::max(best, least);
            }
        return best > threshold ? best - (kind.integral ? 1 : 0) : 0.0;
    };
}

/// Gray values in blocks with a little noise and some specks, so that there are corners of every strength.
template <class T>
test::values blocks(unsigned seed) {
    test::values in({150, 40}, 1);
    std::mt19937 random(seed);
    double const step = sizeof(T) == 2 ? 257 : 1;
    for (index_t y = 0; y < 40; ++y)
        for (index_t x = 0; x < 150; ++x)
            in.data[static_cast<std::size_t>(y * 150 + x)] =
                step * (random() % 40 == 0
                            ? 255.0
                            : static_cast<double>((x / 9 + y / 7) % 3 * 100 + static_cast<index_t>(random() % 20)));
    return in;
}

template <class T>
std::string wrong(double threshold, int arc) {
    auto const f = fast_score(threshold, arc);
    auto const kind = test::kind_of_channel<T>();
    auto const formula = loop(threshold, arc);
    test::values const in = blocks<T>(static_cast<unsigned>(threshold) + 5);
    auto const expected = test::inner(in, {3, 3}, [&](auto const& at) { return formula(at, kind); });
    // A check of blocks without corners would show nothing.
    auto const corners = std::count_if(expected.data.begin(), expected.data.end(), [](double v) { return v > 0; });
    if (threshold <= 60 && corners < 20) return "few corners";
    return test::wrong_alone<T>(f, formula) + test::wrong_alone<T>(f, in, expected);
}

} // namespace

TEST_CASE("fast_score: every arc equals the loop", "[filter][fast_score]") {
    for (int arc : {9, 12})
        for (double threshold : {0.0, 1.0, 17.0, 60.0, 254.0, 255.0, 300.0}) {
            CAPTURE(arc, threshold);
            CHECK(wrong<std::uint8_t>(threshold, arc) == "");
            CHECK(wrong<float>(threshold + 0.25, arc) == "");
        }
    for (double threshold : {0.0, 5000.0, 65534.0, 65535.0}) CHECK(wrong<std::uint16_t>(threshold, 9) == "");
}

TEST_CASE("fast_score: each arc of a bright or a dark half circle is found", "[filter][fast_score]") {
    auto const formula = loop(10, 9);
    auto const f = fast_score(10);
    for (int first = 0; first < 16; ++first)
        for (int length = 7; length <= 11; ++length) {
            test::values in({7 + 40, 7}, 1);
            for (double& v : in.data) v = 100;
            for (int i = 0; i < length; ++i) {
                auto const at = detail::fast_circle[(first + i) % 16];
                in.data[static_cast<std::size_t>((3 + at.dy) * in.size.width + 3 + at.dx)] = first % 2 == 0 ? 160 : 20;
            }
            auto const expected = test::inner(
                in, {3, 3}, [&](auto const& at) { return formula(at, test::kind_of_channel<std::uint8_t>()); });
            CHECK((expected.data[0] > 0) == (length >= 9));
            CHECK(test::wrong_alone<std::uint8_t>(f, in, expected) == "");
        }
}

TEST_CASE("fast_score: in the engine, and what is refused", "[filter][fast_score]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(fast_score(20), reflect_101) == "");
    for (double bad : {-1.0, 65536.0, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(fast_score(bad), invalid_argument);
    for (int bad : {0, 8, 10, 16}) CHECK_THROWS_AS(fast_score(1, bad), invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/rank/adaptive_median.hpp>

#include "support/swept_image.hpp"
#include "support/types.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <random>

using namespace quoin;
using test::swept_image;

namespace {

/// The loop of the contract.
template <class T>
auto loop(int side) {
    return [=](auto const& at) {
        T const v = at(0, 0);
        T middle{};
        for (int n = 3; n <= side; n += 2) {
            std::vector<T> all;
            for (int j = -(n / 2); j <= n / 2; ++j)
                for (int i = -(n / 2); i <= n / 2; ++i) all.push_back(at(i, j));
            std::sort(all.begin(), all.end(), test::before<T>);
            T const least = all.front(), greatest = all.back();
            middle = all[all.size() / 2];
            if (test::before(least, middle) && test::before(middle, greatest))
                return test::before(least, v) && test::before(v, greatest) ? v : middle;
        }
        return middle;
    };
}

/// Smooth values with specks, of which `share` in 256 are the lowest or the highest value.
template <class T>
auto specks(unsigned seed, unsigned share) {
    return [generator = std::mt19937(seed), share]() mutable {
        unsigned const bits = static_cast<unsigned>(generator());
        if (bits % 256 < share) return (bits >> 8 & 1) != 0 ? T(200) : T(0);
        return static_cast<T>(100 + (bits >> 9) % 5);
    };
}

template <class T>
std::string wrong(swept_image<T> const& image, int side) {
    return image.wrong(detail::median_of_growing_square<T>{side}, loop<T>(side));
}

} // namespace

TEST_CASE("adaptive_median: squares of every side equal the loop", "[filter][adaptive_median]") {
    test::types<std::uint8_t, std::uint16_t, float>::each([]<class T>() {
        for (int side = 3; side <= 11; side += 2)
            for (unsigned share : {0u, 40u, 130u, 200u, 250u, 256u}) {
                CAPTURE(side, share);
                CHECK(wrong(swept_image<T>(side / 2, {70, 4}, specks<T>(share + 1, share)), side) == "");
            }
    });
    CHECK(wrong(swept_image<std::uint8_t>(7, {33, 3}, specks<std::uint8_t>(5, 252)), 15) == "");
    for (int value : {0, 7, 255}) // nothing but extremes
        CHECK(wrong(swept_image<std::uint8_t>(3, {40, 2}, [=] { return static_cast<std::uint8_t>(value); }), 7) == "");
}

TEST_CASE("adaptive_median: NaN is larger than all numbers, and -0 less than 0", "[filter][adaptive_median]") {
    auto const some = [generator = std::mt19937(7)]() mutable {
        float const values[] = {std::numeric_limits<float>::quiet_NaN(),
                                std::numeric_limits<float>::infinity(),
                                -std::numeric_limits<float>::infinity(),
                                -0.0f,
                                0,
                                1};
        return values[generator() % 6];
    };
    for (int side : {3, 7}) CHECK(wrong(swept_image<float>(side / 2, {200, 5}, some), side) == "");
}

TEST_CASE("adaptive_median: in the engine, and what is refused", "[filter][adaptive_median]") {
    CHECK(test::wrong_in_engine<std::uint8_t>(adaptive_median(7), reflect_101) == "");
    for (int side : {-3, 0, 1, 4, 17}) CHECK_THROWS_AS(adaptive_median(side), invalid_argument);
}

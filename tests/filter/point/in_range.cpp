// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/point/in_range.hpp>

#include "support/zipped.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class T>
std::string wrong(double low, double high) {
    auto in = test::random_channels<T>(4000, 60);
    if constexpr (std::is_floating_point_v<T>)
        for (std::size_t i = 0; i < in.size(); i += 5) in[i] = static_cast<T>(i % 2 ? low : high);
    auto const formula = [=](T v) { return double(v) >= low && double(v) <= high ? white<T> : T(0); };
    return test::wrong_zipped(in_range(low, high), formula, in);
}

} // namespace

TEST_CASE("in_range: every type of channel; bounds are real numbers", "[filter][in_range]") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::pair<double, double> const bounds[] = {{10, 200},  {9.5, 200.5},   {-1e9, 1e9},    {-infinity, infinity},
                                                {0, 0},     {0.25, 0.75},   {-0.1, 0.1},    {-5e9, -4e9},
                                                {4e9, 5e9}, {32767, 32767}, {65535, 1e300}, {-1e300, -32768}};
    for (auto const& [low, high] : bounds) {
        INFO(low << " to " << high);
        CHECK(wrong<std::uint8_t>(low, high) == "");
        CHECK(wrong<std::uint16_t>(low, high) == "");
        CHECK(wrong<std::int16_t>(low, high) == "");
        CHECK(wrong<std::int32_t>(low, high) == "");
        CHECK(wrong<float>(low, high) == "");
    }
}

TEST_CASE("in_range: colors lie inside where all of their channels do", "[filter][in_range]") {
    in_range_fn const f = in_range(rgb8{0, 100, 7}, rgb8{90, 255, 7});
    STATIC_CHECK(in_range(rgb8{0, 100, 7}, rgb8{90, 255, 7})(rgb8{90, 100, 7}) == 255);
    CHECK(f(rgb8{91, 100, 7}) == 0);
    CHECK(f(rgb8{0, 99, 7}) == 0);
    CHECK(f(rgb8{0, 100, 8}) == 0);
    CHECK(in_range(1, 2)(rgba8{1, 2, 1, 2}) == 255);
    CHECK(in_range(1, 2)(rgba8{1, 2, 1, 3}) == 0);
    CHECK_THROWS_AS(in_range(2, 1), invalid_argument);
    CHECK_THROWS_AS(in_range(0, std::numeric_limits<double>::quiet_NaN()), invalid_argument);
    CHECK_THROWS_AS(in_range(rgb8{0, 9, 0}, rgb8{1, 8, 1}), invalid_argument);
}

TEST_CASE("in_range: the values of the entry; pairs that are left out are those before", "[filter][in_range]") {
    double const two[] = {1, 5, 2, 6, 3e38, -3e38, 3e38, -3e38};
    CHECK(in_range_entry::stage(two)(rgb8{1, 6, 6}) == 255);
    CHECK(in_range_entry::stage(two)(rgb8{1, 6, 1}) == 0);
    double const one[] = {1, 5, 3e38, -3e38, 3e38, -3e38, 3e38, -3e38};
    CHECK(in_range_entry::stage(one)(rgb8{1, 5, 3}) == 255);
    CHECK(in_range_entry::stage(one)(rgb8{1, 5, 6}) == 0);
}

TEST_CASE("in_range: in the engine", "[filter][in_range]") {
    auto const in = test::random_pixels<rgb8>({131, 9}, 61);
    test::plain<std::uint8_t> expected(in.size);
    for (std::size_t i = 0; i < in.data.size(); ++i) {
        rgb8 const p = in.data[i];
        expected.data[i] = p.r <= 128 && p.g >= 3 && p.g <= 250 && p.b <= 200 ? 255 : 0;
    }
    auto const f = in_range(rgb8{0, 3, 0}, rgb8{128, 250, 200});
    CHECK(test::check_pipeline(in, expected, [&](auto v) { return v | f; }) == "");
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/measure/frame_average.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <limits>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

/// The mean of n values with this sum, half up; of floating point that of the sum in double.
template <class T, class S>
T mean_of_values(S sum, index_t n) {
    if constexpr (std::floating_point<T>) return static_cast<T>(sum / static_cast<double>(n));
    else return static_cast<T>(test::floor_div(2 * static_cast<std::int64_t>(sum) + n, 2 * n));
}

/// frame_quotient of these sums, one by one and in lanes.
template <class T>
std::string wrong_quotients(index_t n, std::vector<detail::frame_sum<T>> sums) {
    using S = detail::frame_sum<T>;
    detail::frame_quotient<T> const quotient(n);
    sums.resize((sums.size() + simd_lanes::count - 1) / simd_lanes::count * simd_lanes::count);
    std::vector<T> several(sums.size());
    for (std::size_t i = 0; i < sums.size(); i += simd_lanes::count)
        simd_lanes::store(several.data() + i, quotient(simd_lanes::load_as<S>(sums.data() + i)));
    for (std::size_t i = 0; i < sums.size(); ++i) {
        T const expected = mean_of_values<T>(sums[i], n);
        if (quotient(sums[i]) != expected || several[i] != expected)
            return std::to_string(sums[i]) + " / " + std::to_string(n) + " is " + std::to_string(expected);
    }
    return {};
}

} // namespace

TEMPLATE_TEST_CASE("frame_average: means of many frames, of bytes under every policy", "[measure][frame_average]",
                   std::uint8_t, rgb<std::int16_t>, float) {
    using T = channel_t<TestType>;
    extent const size{61, 23};
    constexpr int frames = 7;
    std::vector<test::plain<TestType>> all;
    for (unsigned i = 0; i < frames; ++i) all.push_back(test::random_pixels<TestType>(size, 40 + i, true));
    test::plain<TestType> expected = all[0];
    for (std::size_t i = 0; i < expected.data.size(); ++i)
        for_each_channel<TestType>([&](auto c) {
            std::conditional_t<std::floating_point<T>, double, std::int64_t> sum = 0;
            for (auto const& frame : all) sum += get_channel<decltype(c)::value>(frame.data[i]);
            get_channel<decltype(c)::value>(expected.data[i]) = mean_of_values<T>(sum, frames);
        });
    auto const check = [&](auto const& policy) {
        frame_average<TestType> average(size);
        for (auto const& frame : all) average.add(policy, test::guarded<TestType>(frame).view());
        CHECK(average.frames() == frames);
        image<TestType> const mean = average.mean(policy);
        index_t wrong = 0;
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) wrong += !(mean(x, y) == expected(x, y));
        CHECK(wrong == 0);
    };
    if constexpr (std::same_as<TestType, std::uint8_t>) {
        for (auto const& policy : test::scalar_policies()) check(policy);
        for (auto const& policy : test::vector_policies()) check(policy);
    } else {
        check(simd{});
    }
}

TEST_CASE("frame_average: every sum of bytes of few frames, and the ends of all", "[measure][frame_average]") {
    for (index_t n : {1, 2, 3, 4, 5, 7, 10, 100, 255, 256, 257}) {
        std::vector<std::uint32_t> sums;
        for (index_t s = 0; s <= 255 * n; ++s) sums.push_back(static_cast<std::uint32_t>(s));
        CHECK(wrong_quotients<std::uint8_t>(n, sums) == "");
    }
    auto const around_halves = [&]<class T>(T, index_t n) {
        // The sums next to which the mean changes, and the largest.
        std::vector<detail::frame_sum<T>> sums;
        std::int64_t const low = lowest<T>, high = highest<T>;
        for (std::int64_t v = low; v <= high; v += std::max<std::int64_t>(1, (high - low) / 4096))
            for (std::int64_t d : {-1, 0, 1}) {
                std::int64_t const sum = v * n + n / 2 + d;
                if (sum >= low * n && sum <= high * n) sums.push_back(static_cast<detail::frame_sum<T>>(sum));
            }
        sums.push_back(static_cast<detail::frame_sum<T>>(low * n));
        sums.push_back(static_cast<detail::frame_sum<T>>(high * n));
        CHECK(wrong_quotients<T>(n, sums) == "");
    };
    for (index_t n : {index_t{3}, index_t{1000}, index_t{65535}, index_t{65536}}) {
        around_halves(std::uint8_t{}, n);
        around_halves(std::uint16_t{}, n);
        around_halves(std::int16_t{}, n);
    }
    around_halves(std::uint8_t{}, frame_average<std::uint8_t>::most_frames);
    around_halves(std::uint16_t{}, frame_average<std::uint16_t>::most_frames);
    around_halves(std::int16_t{}, frame_average<std::int16_t>::most_frames);
    STATIC_CHECK(frame_average<std::uint8_t>::most_frames == 16843009);
    STATIC_CHECK(frame_average<std::uint16_t>::most_frames == 65537);
    STATIC_CHECK(frame_average<std::int16_t>::most_frames == 65536);
}

TEST_CASE("frame_average: pipelines, an output of the caller's, and beginning anew", "[measure][frame_average]") {
    image<std::uint8_t> a(5, 2), out(5, 2);
    a(3, 1) = 100;
    frame_average<std::uint8_t> average({5, 2});
    average.add(simd{}, a);
    average.add(simd{}, a.view() | [](std::uint8_t v) { return static_cast<std::uint8_t>(v / 2 + 1); });
    average.mean(simd{}, out);
    CHECK(out(3, 1) == 76); // 151 / 2
    CHECK(out(0, 0) == 1);  // 1 / 2
    average.add(simd{}, a);
    CHECK(average.mean(simd{})(3, 1) == 84); // 251 / 3
    average.clear();
    CHECK(average.frames() == 0);
    average.add(simd{}, a);
    CHECK(average.mean(simd{})(3, 1) == 100);

    image<float> f(5, 2);
    frame_average<float> floats({5, 2});
    f(1, 1) = std::numeric_limits<float>::quiet_NaN(), f(2, 1) = std::numeric_limits<float>::infinity();
    floats.add(simd{}, f);
    f(1, 1) = f(2, 1) = 0;
    floats.add(simd{}, f);
    CHECK(std::isnan(floats.mean(simd{})(1, 1)));
    CHECK(floats.mean(simd{})(2, 1) == std::numeric_limits<float>::infinity());
}

TEST_CASE("frame_average: what is refused", "[measure][frame_average]") {
    frame_average<std::uint8_t> average({5, 2});
    CHECK_THROWS_WITH(average.mean(simd{}), ContainsSubstring("quoin::frame_average: there is no mean of 0 frames"));
    image<std::uint8_t> a(5, 2), b(2, 5);
    average.add(simd{}, a);
    CHECK_THROWS_WITH(average.add(simd{}, b), ContainsSubstring("a frame of 2 x 5 after those of 5 x 2"));
    CHECK(average.frames() == 1);
    frame_average<std::int16_t> small({1, 1});
    image<std::int16_t> const one(1, 1);
    for (index_t i = 0; i < small.most_frames; ++i) small.add(simd{}, one);
    CHECK_THROWS_WITH(small.add(simd{}, one), ContainsSubstring("there are 65536 frames already"));
}

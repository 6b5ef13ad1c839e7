// SPDX-License-Identifier: BSL-1.0
// local_peaks against a plain search.
#include <quoin/feature/local_peaks.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;

namespace {

/// What the contract says: all maxima, the strongest and last first, each compared with all that were kept.
template <class T>
std::vector<keypoint> searched(test::plain<T> const& in, peak_options const& o) {
    auto const [width, height] = in.size;
    double largest = -std::numeric_limits<double>::infinity();
    for (T const v : in.data)
        if (static_cast<double>(v) > largest) largest = static_cast<double>(v);
    std::vector<keypoint> all;
    for (index_t y = height - 2; y >= 1; --y)
        for (index_t x = width - 2; x >= 1; --x) {
            bool is = in(x, y) > T{} && in(x, y) > static_cast<T>(o.quality * largest);
            for (index_t v = y - 1; v <= y + 1; ++v)
                for (index_t u = x - 1; u <= x + 1; ++u) is = is && !(in(u, v) > in(x, y));
            if (is) all.push_back({static_cast<double>(x), static_cast<double>(y), static_cast<float>(in(x, y))});
        }
    std::stable_sort(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.score > b.score; });
    std::vector<keypoint> kept;
    for (keypoint const& p : all) {
        bool near = false;
        for (keypoint const& q : kept) near = near || std::hypot(p.x - q.x, p.y - q.y) < o.distance;
        if (!near && (o.most == 0 || static_cast<index_t>(kept.size()) < o.most)) kept.push_back(p);
    }
    return kept;
}

} // namespace

TEMPLATE_TEST_CASE("local_peaks: a plain search, under every policy", "[feature][local_peaks]", std::uint8_t, float) {
    unsigned seed = 40;
    for (extent const size : {extent{0, 0}, extent{2, 9}, extent{3, 3}, extent{70, 5}, extent{41, 150}}) {
        auto in = test::random_pixels<TestType>(size, ++seed);
        if (seed % 2 == 0)
            for (auto& v : in.data) v = static_cast<TestType>(static_cast<int>(v) / 90); // plateaus
        if constexpr (std::floating_point<TestType>)
            if (size.width > 3) in(3, 2) = std::numeric_limits<float>::quiet_NaN();
        image<TestType> const image = test::image_of(in);
        for (peak_options const& o :
             {peak_options{.quality = 0}, peak_options{.quality = 0.6, .most = 9}, peak_options{.distance = 1.5},
              peak_options{.quality = 0.2, .distance = 9, .most = 20}, peak_options{.quality = 1},
              peak_options{.distance = 4e5}}) {
            CAPTURE(size.width, size.height, o.quality, o.distance, o.most, seed);
            auto const expected = searched(in, o);
            for (auto const& policy : test::scalar_policies()) CHECK(local_peaks(policy, image.view(), o) == expected);
            for (auto const& policy : test::vector_policies()) CHECK(local_peaks(policy, image.view(), o) == expected);
        }
    }
}

TEST_CASE("local_peaks: what is refused", "[feature][local_peaks]") {
    image<std::uint8_t> const in(9, 9);
    double const nan = std::numeric_limits<double>::quiet_NaN();
    for (double bad : {-0.1, 1.5, nan})
        CHECK_THROWS_AS(local_peaks(serial{}, in.view(), {.quality = bad}), invalid_argument);
    for (double bad : {-1.0, 2e6, nan})
        CHECK_THROWS_AS(local_peaks(serial{}, in.view(), {.distance = bad}), invalid_argument);
    CHECK_THROWS_AS(local_peaks(serial{}, in.view(), {.most = -1}), invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
// hog against plain loops with angles, and numbers of scikit-image.
#include <quoin/feature/hog.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/image/subview.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <cmath>
#include <numbers>

using namespace quoin;

namespace {

/// floor(a orientations / 180) of the angle a of a gradient, in [0, 180).
int plain_bin(double gx, double gy, int orientations) {
    long double angle = std::atan2(static_cast<long double>(gy), static_cast<long double>(gx));
    if (angle < 0) angle += std::numbers::pi_v<long double>;
    long double const bin = angle / std::numbers::pi_v<long double> * orientations;
    // Whole numbers that are rounded down; an angle of 180 degrees is one of 0.
    return static_cast<int>(std::floor(bin + 1e-12L)) % orientations;
}

std::vector<double> plain(auto const& in, hog_options const& o) {
    auto const [width, height] = in.size;
    index_t const across = width / o.cell.width, down = height / o.cell.height;
    std::vector<std::vector<double>> cells(static_cast<std::size_t>(across * down),
                                           std::vector<double>(static_cast<std::size_t>(o.orientations)));
    auto const at = [&](index_t x, index_t y) { return static_cast<double>(in(x, y)); };
    for (index_t y = 0; y < down * o.cell.height; ++y)
        for (index_t x = 0; x < across * o.cell.width; ++x) {
            double const gx = x == 0 || x == width - 1 ? 0 : at(x + 1, y) - at(x - 1, y);
            double const gy = y == 0 || y == height - 1 ? 0 : at(x, y + 1) - at(x, y - 1);
            auto& cell = cells[static_cast<std::size_t>(y / o.cell.height * across + x / o.cell.width)];
            cell[static_cast<std::size_t>(plain_bin(gx, gy, o.orientations))] +=
                std::hypot(gx, gy) / static_cast<double>(o.cell.area());
        }
    std::vector<double> all;
    for (index_t by = 0; by + o.block.height <= down; ++by)
        for (index_t bx = 0; bx + o.block.width <= across; ++bx) {
            std::vector<double> v;
            for (index_t y = by; y < by + o.block.height; ++y)
                for (index_t x = bx; x < bx + o.block.width; ++x) {
                    auto const& cell = cells[static_cast<std::size_t>(y * across + x)];
                    v.insert(v.end(), cell.begin(), cell.end());
                }
            auto const length = [&] {
                double sum = 0;
                for (double const x : v) sum += x * x;
                return std::sqrt(sum + 1e-10);
            };
            double sum = 0;
            for (double const x : v) sum += x;
            bool const one = o.norm == block_norm::l1 || o.norm == block_norm::l1_sqrt;
            double const by_what = one ? sum + 1e-5 : length();
            for (double& x : v) x /= by_what;
            if (o.norm == block_norm::l1_sqrt)
                for (double& x : v) x = std::sqrt(x);
            if (o.norm == block_norm::l2_hys) {
                for (double& x : v) x = std::min(x, 0.2);
                double const again = length();
                for (double& x : v) x /= again;
            }
            all.insert(all.end(), v.begin(), v.end());
        }
    return all;
}

double distance(std::vector<double> const& a, std::vector<float> const& b) {
    if (a.size() != b.size()) return 1e9;
    double most = 0;
    for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - static_cast<double>(b[i])));
    return most;
}

template <class T>
void check_all(extent size, hog_options const& o, unsigned seed) {
    auto const in = test::random_pixels<T>(size, seed);
    auto const expected = plain(in, o);
    auto const image = test::image_of(in);
    auto const first = hog(serial{}, image.view(), o);
    CHECK(distance(expected, first.values) < 1e-6);
    CHECK(first.blocks.area() * o.block.area() * o.orientations == static_cast<index_t>(expected.size()));
    for (auto const& policy : test::scalar_policies()) CHECK(hog(policy, image.view(), o).values == first.values);
    for (auto const& policy : test::vector_policies()) CHECK(hog(policy, image.view(), o).values == first.values);
}

} // namespace

TEST_CASE("hog: plain loops, under every policy", "[feature][hog]") {
    unsigned seed = 4;
    for (extent const size : {extent{24, 24}, extent{131, 70}, extent{66, 129}, extent{200, 41}})
        for (hog_options const& o :
             {hog_options{}, hog_options{.orientations = 8, .cell = {7, 5}, .block = {1, 2}, .norm = block_norm::l2},
              hog_options{.orientations = 12, .cell = {3, 9}, .block = {2, 1}, .norm = block_norm::l1},
              hog_options{.orientations = 1, .cell = {20, 6}, .block = {1, 1}, .norm = block_norm::l1_sqrt}}) {
            CAPTURE(size.width, size.height, o.orientations, ++seed);
            check_all<std::uint8_t>(size, o, seed);
        }
}

TEST_CASE("hog: 16 bits and float", "[feature][hog]") {
    check_all<std::uint16_t>({67, 50}, {}, 1);
    check_all<float>({67, 50}, {.orientations = 4}, 2);
}

TEST_CASE("hog: single pixels and rows", "[feature][hog]") {
    hog_options const one{.cell = {1, 1}, .block = {1, 1}};
    for (extent const size : {extent{1, 1}, extent{2, 1}, extent{1, 5}, extent{70, 1}, extent{66, 2}})
        check_all<std::uint8_t>(size, one, 7);
}

TEST_CASE("hog: the bins of all gradients of bytes", "[feature][hog]") {
    for (int const orientations : {1, 2, 4, 7, 8, 9, 12, 18, 64}) {
        CAPTURE(orientations);
        detail::hog_bins<float> const bins(orientations);
        index_t wrong = 0;
        for (int gy = -255; gy <= 255; ++gy)
            for (int gx = -255; gx <= 255; ++gx) {
                auto const byte = [](int v) { return static_cast<std::uint8_t>(std::max(v, 0)); };
                std::uint8_t const here[3] = {byte(-gx), 0, byte(gx)}, above = byte(-gy), below = byte(gy);
                float length;
                std::uint8_t bin;
                detail::hog_row<scalar_lanes>(bins, &above, here + 1, &below, 0, 1, true, &length, &bin);
                wrong += (gx != 0 || gy != 0) && bin != plain_bin(gx, gy, orientations);
            }
        CHECK(wrong == 0);
    }
}

TEST_CASE("hog: numbers of scikit-image", "[feature][hog]") {
    image<std::uint8_t> in(30, 21);
    for (index_t y = 0; y < 21; ++y)
        for (index_t x = 0; x < 30; ++x) in(x, y) = static_cast<std::uint8_t>((37 * x + 53 * y + 11 * x * y) % 97);
    // scikit-image 0.26, the second block, the second cell
    auto const near = [&](block_norm norm, double a, double b, double c) {
        auto const f = hog(serial{}, in.view(), {.block = {2, 2}, .norm = norm});
        CHECK(f.blocks == extent{2, 1});
        float const* const v = f.values.data() + 36 + 9;
        for (auto const& [ours, theirs] : {std::pair{v[0], a}, std::pair{v[1], b}, std::pair{v[2], c}})
            CHECK(std::abs(static_cast<double>(ours) - theirs) < 1e-6);
    };
    near(block_norm::l1, 0.03438146197751158, 0.01727417053687251, 0.029859946791421545);
    near(block_norm::l1_sqrt, 0.18542238801588007, 0.13143123881662422, 0.17280030900267956);
    near(block_norm::l2, 0.19366159758410598, 0.09730079149336827, 0.16819310950725402);
    near(block_norm::l2_hys, 0.21138928954104633, 0.10620765887635276, 0.18358942538629808);
}

TEST_CASE("hog: parts of images, and pipelines", "[feature][hog]") {
    auto const all = test::image_of(test::random_pixels<std::uint8_t>({90, 60}, 3));
    auto const part = subview(all.view(), {5, 3, 70, 48});
    auto const copy = to_image(serial{}, part);
    CHECK(hog(serial{}, part).values == hog(serial{}, copy.view()).values);
    auto const smooth = to_image(serial{}, copy.view() | gaussian3);
    CHECK(hog(serial{}, copy.view() | gaussian3).values == hog(serial{}, smooth.view()).values);
}

TEST_CASE("hog: what is refused", "[feature][hog]") {
    using Catch::Matchers::ContainsSubstring;
    image<std::uint8_t> const in(40, 30);
    CHECK_THROWS_WITH(hog(serial{}, in.view(), {.orientations = 0}), ContainsSubstring("0 orientations; give 1 to 64"));
    CHECK_THROWS_AS(hog(serial{}, in.view(), {.orientations = 65}), invalid_argument);
    CHECK_THROWS_AS(hog(serial{}, in.view(), {.cell = {0, 8}}), invalid_argument);
    CHECK_THROWS_AS(hog(serial{}, in.view(), {.block = {3, 0}}), invalid_argument);
    CHECK_THROWS_WITH(hog(serial{}, in.view(), {.block = {3, 4}}),
                      ContainsSubstring("an image of 40 x 30 pixels has 5 x 3 cells, fewer than a block of 3 x 4"));
}

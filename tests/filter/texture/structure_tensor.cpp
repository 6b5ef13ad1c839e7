// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/texture/structure_tensor.hpp>

#include "filter/edge/two_gaussians.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>

using namespace quoin;

namespace {

/// What the contract says, in double: derivatives with the image's border, and sums with that of the products.
template <class P, class Border>
test::plain<rgb<float>> plain_tensors(test::plain<P> const& in, Border border, double sigma) {
    index_t const width = in.size.width, height = in.size.height;
    double const white = std::is_integral_v<P> ? static_cast<double>(std::numeric_limits<P>::max()) : 1;
    std::vector<std::array<double, 3>> products;
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x) {
            auto const at = [&](index_t dx, index_t dy) -> double {
                index_t const u = test::outside(border, x + dx, width), v = test::outside(border, y + dy, height);
                return (u < 0 || v < 0 ? test::constant_value<0>(border) : static_cast<double>(in(u, v))) / white;
            };
            double gx = 0, gy = 0;
            for (int i = -1; i <= 1; ++i) {
                gx += (2 - std::abs(i)) * (at(1, i) - at(-1, i));
                gy += (2 - std::abs(i)) * (at(i, 1) - at(i, -1));
            }
            products.push_back({gx * gx, gx * gy, gy * gy});
        }
    auto const g = test::gaussian_samples(sigma);
    int const r = static_cast<int>(g.size() / 2);
    test::plain<rgb<float>> out(in.size);
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x) {
            std::array<double, 3> sum{};
            for (int j = -r; j <= r; ++j)
                for (int i = -r; i <= r; ++i) {
                    index_t const u = test::outside(border, x + i, width), v = test::outside(border, y + j, height);
                    if (u < 0 || v < 0) continue;
                    double const weight = g[static_cast<std::size_t>(i + r)] * g[static_cast<std::size_t>(j + r)];
                    for (std::size_t k = 0; k < 3; ++k)
                        sum[k] += weight * products[static_cast<std::size_t>(v * width + u)][k];
                }
            out(x, y) = {static_cast<float>(sum[0]), static_cast<float>(sum[1]), static_cast<float>(sum[2])};
        }
    return out;
}

test::plain<float> plain_coherences(test::plain<rgb<float>> const& tensors) {
    test::plain<float> out(tensors.size);
    for (std::size_t i = 0; i < out.data.size(); ++i) {
        auto const a = static_cast<double>(tensors.data[i].r), b = static_cast<double>(tensors.data[i].g),
                   c = static_cast<double>(tensors.data[i].b);
        double const middle = (a + c) / 2, half = std::sqrt((a - c) * (a - c) / 4 + b * b);
        double const large = middle + half, small = middle - half;
        out.data[i] = static_cast<float>(a + c > 0 ? (large - small) / (large + small) : 0);
    }
    return out;
}

template <class P>
std::string wrong(auto border, double sigma) {
    unsigned seed = 11;
    for (extent const size : {extent{1, 1}, extent{2, 9}, extent{67, 12}, extent{130, 5}}) {
        auto in = test::random_pixels<P>(size, ++seed);
        if constexpr (std::is_floating_point_v<P>)
            for (P& v : in.data) v /= 300;
        auto const tensors = plain_tensors(in, border, sigma);
        // Values are below 16.
        std::string const text =
            test::check_pipeline(
                in, tensors, [&](auto v) { return v | extend(border) | structure_tensor(sigma); }, 2e-5) +
            test::check_pipeline(
                in, plain_coherences(tensors), [&](auto v) { return v | extend(border) | coherence(sigma); }, 2e-5);
        if (!text.empty()) return "seed " + std::to_string(seed) + ", " + text;
    }
    return {};
}

} // namespace

TEST_CASE("structure_tensor, coherence: plain loops, under every policy", "[filter][structure_tensor]") {
    CHECK(wrong<std::uint8_t>(reflect_101, 1) == "");
    CHECK(wrong<std::uint8_t>(constant(0), 0.4) == "");
}

TEST_CASE("structure_tensor, coherence: floats around which a constant stands", "[filter][structure_tensor]") {
    CHECK(wrong<float>(constant(0.25f), 1.7) == "");
}

TEST_CASE("structure_tensor: numbers of scikit-image", "[filter][structure_tensor]") {
    image<std::uint8_t> in(30, 21);
    for (index_t y = 0; y < 21; ++y)
        for (index_t x = 0; x < 30; ++x) in(x, y) = static_cast<std::uint8_t>((37 * x + 53 * y + 11 * x * y) % 97);
    auto const tensors = to_image(serial{}, in.view() | extend(constant(0)) | structure_tensor(1.5));
    auto const near = [&](index_t x, index_t y, double a, double b, double c) {
        auto const t = tensors(x, y);
        return std::abs(static_cast<double>(t.r) - a) < 1e-6 && std::abs(static_cast<double>(t.g) - b) < 1e-6 &&
               std::abs(static_cast<double>(t.b) - c) < 1e-6;
    };
    // scikit-image 0.26
    CHECK(near(7, 9, 0.11218201925511867, 0.004127042763250843, 0.07981486980105673));
    CHECK(near(0, 2, 0.11439347800611309, 0.03176629742405494, 0.03943376665846795));
}

TEST_CASE("coherence: stripes, a flat image, and 16 bits", "[filter][structure_tensor]") {
    image<std::uint16_t> in(60, 30);
    for (index_t y = 0; y < 30; ++y)
        for (index_t x = 0; x < 60; ++x) in(x, y) = static_cast<std::uint16_t>(x < 30 ? 9000 : (x + y) / 3 % 2 * 60000);
    auto const c = to_image(serial{}, in.view() | coherence(2));
    CHECK(c(8, 15) == 0);
    CHECK(c(45, 15) > 0.99f);
    CHECK(c(45, 15) <= 1);
    auto const t = to_image(serial{}, in.view() | structure_tensor(2))(45, 15);
    CHECK(std::abs(std::atan2(2 * t.g, t.r - t.b) / 2 - 0.785398f) < 0.01f); // along both
}

TEST_CASE("structure_tensor, coherence: a sigma out of range is refused", "[filter][structure_tensor]") {
    for (double const sigma : {0.0, 0.09, 31.1, std::numeric_limits<double>::quiet_NaN()}) {
        CHECK_THROWS_AS(structure_tensor(sigma), invalid_argument);
        CHECK_THROWS_AS(coherence(sigma), invalid_argument);
    }
}

// SPDX-License-Identifier: BSL-1.0
// phase_correlation against the sums of its definition.
#include <quoin/feature/phase_correlation.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/image/subview.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <complex>
#include <numbers>

using namespace quoin;

namespace {

using number = std::complex<double>;
using numbers_image = std::vector<number>;

/// The sum over all pixels with exp(-2 pi i (fx x / width + fy y / height)).
number plain_sum(numbers_image const& in, extent size, double fx, double fy) {
    number sum = 0;
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) {
            double const turns = fx * static_cast<double>(x) / static_cast<double>(size.width) +
                                 fy * static_cast<double>(y) / static_cast<double>(size.height);
            sum += in[static_cast<std::size_t>(y * size.width + x)] * std::polar(1.0, -2 * std::numbers::pi * turns);
        }
    return sum;
}
numbers_image plain_transform(numbers_image const& in, extent size) {
    numbers_image out;
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x)
            out.push_back(plain_sum(in, size, static_cast<double>(x), static_cast<double>(y)));
    return out;
}

/// The shift by its definition, of images in which one place is clearly the best.
phase_shift plain_shift(auto const& reference, auto const& moved, int parts) {
    extent const size = reference.size;
    index_t const width = size.width, height = size.height;
    numbers_image a, b;
    for (auto const v : reference.data) a.emplace_back(static_cast<double>(v));
    for (auto const v : moved.data) b.emplace_back(static_cast<double>(v));
    auto p = plain_transform(a, size);
    auto const other = plain_transform(b, size);
    for (std::size_t i = 0; i < p.size(); ++i) {
        p[i] *= std::conj(other[i]);
        p[i] /= std::max(std::abs(p[i]), 2.220446049250313e-14);
    }
    // The inverse transform at any place, with frequencies from the middle outwards.
    auto const at = [&](double x, double y) {
        number sum = 0;
        for (index_t v = 0; v < height; ++v)
            for (index_t u = 0; u < width; ++u) {
                auto const f = [](index_t k, index_t n) {
                    return static_cast<double>(k < (n + 1) / 2 ? k : k - n) / static_cast<double>(n);
                };
                sum += p[static_cast<std::size_t>(v * width + u)] *
                       std::polar(1.0, 2 * std::numbers::pi * (f(u, width) * x + f(v, height) * y));
            }
        return std::abs(sum) / static_cast<double>(size.area());
    };
    phase_shift best{0, 0, -1};
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x)
            if (double const score = at(static_cast<double>(x), static_cast<double>(y)); score > best.peak + 1e-9)
                best = {static_cast<double>(x > width / 2 ? x - width : x),
                        static_cast<double>(y > height / 2 ? y - height : y), score};
    if (parts == 1) return best;
    phase_shift const whole = best;
    int const count = static_cast<int>(std::ceil(1.5 * parts));
    double most = -1;
    for (int j = 0; j < count; ++j)
        for (int i = 0; i < count; ++i) {
            double const x = whole.x + static_cast<double>(i - count / 2) / parts,
                         y = whole.y + static_cast<double>(j - count / 2) / parts;
            if (double const score = at(x, y); score > most + 1e-9) {
                most = score;
                best.x = width > 1 ? x : whole.x;
                best.y = height > 1 ? y : whole.y;
            }
        }
    return best;
}

template <class T>
test::plain<T> rolled(test::plain<T> const& in, index_t dx, index_t dy) {
    test::plain<T> out(in.size);
    auto const [width, height] = in.size;
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x)
            out(((x + dx) % width + width) % width, ((y + dy) % height + height) % height) = in(x, y);
    return out;
}

bool near(phase_shift const& a, phase_shift const& b) {
    return std::abs(a.x - b.x) < 1e-9 && std::abs(a.y - b.y) < 1e-9 && std::abs(a.peak - b.peak) < 1e-9;
}

} // namespace

TEST_CASE("phase_correlation: transforms of all sides are those sums", "[feature][phase_correlation]") {
    auto const policy = detail::policy_ref::to(serial{});
    auto const check = [&](extent size) {
        auto const re = test::random_pixels<float>(size, 1), im = test::random_pixels<float>(size, 2);
        detail::complex_image image(size);
        numbers_image in;
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) {
                image.re.data()[image.at(x, y)] = static_cast<double>(re(x, y));
                image.im.data()[image.at(x, y)] = static_cast<double>(im(x, y));
                in.emplace_back(re(x, y), im(x, y));
            }
        auto const expected = plain_transform(in, size);
        detail::transform(policy, image);
        double largest = 1, worst = 0;
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) {
                number const e = expected[static_cast<std::size_t>(y * size.width + x)];
                index_t const at = image.at(x, y);
                largest = std::max(largest, std::abs(e));
                worst = std::max(worst, std::abs(e - number(image.re.data()[at], image.im.data()[at])));
            }
        CHECK(worst < 1e-11 * largest);
    };
    for (index_t n = 1; n <= 66; ++n) {
        CAPTURE(n);
        check({n, 1});
        check({1, n});
    }
    for (extent const size : {extent{16, 9}, extent{21, 32}, extent{30, 49}, extent{128, 3}, extent{11, 25}})
        check(size);
}

TEST_CASE("phase_correlation: images that are moved around their sides, under every policy",
          "[feature][phase_correlation]") {
    unsigned seed = 5;
    struct shift {
        index_t x, y;
    };
    for (extent const size : {extent{64, 48}, extent{33, 70}, extent{130, 9}, extent{17, 1}})
        for (auto const [dx, dy] : {shift{0, 0}, shift{5, -3}, shift{-7, 4}}) {
            CAPTURE(size.width, size.height, dx, dy, ++seed);
            auto const in = test::random_pixels<std::uint8_t>(size, seed);
            auto const reference = test::image_of(in), moved = test::image_of(rolled(in, dx, dy));
            phase_shift const expected{static_cast<double>(-dx), size.height == 1 ? 0 : static_cast<double>(-dy), 1};
            auto const first = phase_correlation(serial{}, reference.view(), moved.view());
            CHECK(near(first, expected));
            CHECK(near(phase_correlation(serial{}, reference.view(), moved.view(), {.parts = 20}), expected));
            auto const same = [&](auto const& policy) {
                auto const s = phase_correlation(policy, reference.view(), moved.view());
                CHECK((s.x == first.x && s.y == first.y && s.peak == first.peak));
            };
            for (auto const& policy : test::scalar_policies()) same(policy);
            for (auto const& policy : test::vector_policies()) same(policy);
        }
}

TEST_CASE("phase_correlation: between pixels, by its definition", "[feature][phase_correlation]") {
    unsigned seed = 40;
    for (extent const size : {extent{13, 10}, extent{16, 11}, extent{9, 1}}) {
        CAPTURE(size.width, size.height, ++seed);
        auto const in = test::random_pixels<std::uint16_t>(size, seed);
        // The mean of two shifts has a peak between them.
        auto const a = rolled(in, 2, -1), b = rolled(in, 3, -1);
        test::plain<float> moved(size), reference(size);
        for (std::size_t i = 0; i < in.data.size(); ++i) {
            reference.data[i] = in.data[i];
            moved.data[i] = 0.4f * static_cast<float>(a.data[i]) + 0.6f * static_cast<float>(b.data[i]);
        }
        auto const first = test::image_of(reference), second = test::image_of(moved);
        for (int const parts : {1, 3, 8}) {
            CAPTURE(parts);
            CHECK(near(phase_correlation(serial{}, first.view(), second.view(), {.parts = parts}),
                       plain_shift(reference, moved, parts)));
        }
    }
}

TEST_CASE("phase_correlation: numbers of scikit-image", "[feature][phase_correlation]") {
    image<std::uint8_t> a(54, 40), b(54, 40);
    for (index_t y = 0; y < 40; ++y)
        for (index_t x = 0; x < 54; ++x) {
            auto const value = [](index_t u, index_t v) {
                index_t const n = 37 * u + 53 * v + 11 * u * v;
                return static_cast<std::uint8_t>((n % 97 + 97) % 97);
            };
            a(x, y) = value(x, y);
            b(x, y) = value(x - 2, y + 3);
        }
    // scikit-image 0.26: (3.01, -2) for upsample_factor=100
    auto const s = phase_correlation(serial{}, a.view(), b.view(), {.parts = 100});
    CHECK(std::abs(s.x + 2) < 1e-9);
    CHECK(std::abs(s.y - 3.01) < 1e-9);
    auto const whole = phase_correlation(serial{}, a.view(), b.view());
    CHECK((whole.x == -2 && whole.y == 3));
}

TEST_CASE("phase_correlation: parts of images, and images of one value", "[feature][phase_correlation]") {
    auto const all = test::image_of(test::random_pixels<std::uint8_t>({90, 60}, 3));
    auto const s =
        phase_correlation(serial{}, subview(all.view(), {10, 10, 64, 40}), subview(all.view(), {7, 12, 64, 40}));
    CHECK((s.x == -3 && s.y == 2)); // what the second part shows lies 3 further to the right
    image<float> const black(20, 10);
    auto const none = phase_correlation(serial{}, black.view(), black.view(), {.parts = 10});
    CHECK((none.x == 0 && none.y == 0 && none.peak == 0));
}

TEST_CASE("phase_correlation: what is refused", "[feature][phase_correlation]") {
    using Catch::Matchers::ContainsSubstring;
    image<std::uint8_t> const a(20, 10), b(20, 11), empty;
    CHECK_THROWS_WITH(phase_correlation(serial{}, a.view(), b.view()),
                      ContainsSubstring("images of 20 x 10 and 20 x 11 pixels"));
    CHECK_THROWS_AS(phase_correlation(serial{}, empty.view(), empty.view()), invalid_argument);
    CHECK_THROWS_WITH(phase_correlation(serial{}, a.view(), a.view(), {.parts = 0}), ContainsSubstring("0 parts"));
    CHECK_THROWS_AS(phase_correlation(serial{}, a.view(), a.view(), {.parts = 1001}), invalid_argument);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/tone/clahe.hpp>

#include "support/message.hpp"
#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/color/lab.hpp>
#include <quoin/filter/color/white_balance.hpp>
#include <quoin/filter/color/ycbcr_to_rgb.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/tone/curves.hpp>
#include <quoin/image/video_view.hpp>
#include <quoin/measure/histogram.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <cmath>
#include <random>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;
using test::message;

namespace {

/// A slope with noise, so that tiles differ and their counts have peaks.
template <class T>
test::plain<T> slope(extent size, unsigned seed, double noise) {
    test::plain<T> in(size);
    std::mt19937 random(seed);
    std::normal_distribution<double> normal(0, noise);
    double const most = static_cast<double>(white<T>);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) {
            double const part = static_cast<double>(x + 2 * y) / static_cast<double>(size.width + 2 * size.height);
            in(x, y) = static_cast<T>(std::min(std::max(part + normal(random), 0.0), 1.0) * most);
        }
    return in;
}

/// The definition, step by step: the image is lengthened, counted, and mixed by exact fractions.
template <class T>
struct plain_clahe {
    test::plain<T> in;
    index_t across, down, tw, th;
    std::vector<std::vector<index_t>> tables;

    plain_clahe(test::plain<T> const& pixels, double clip, index_t columns, index_t rows)
        : in(pixels), across(columns), down(rows) {
        index_t width = in.size.width, height = in.size.height;
        if (width % across != 0 || height % down != 0) {
            do ++width;
            while (width % across != 0);
            do ++height;
            while (height % down != 0);
        }
        tw = width / across;
        th = height / down;
        std::vector<std::vector<index_t>> counts(static_cast<std::size_t>(across * down),
                                                 std::vector<index_t>(std::size_t{1} << (8 * sizeof(T))));
        for (index_t y = 0; y < height; ++y)
            for (index_t x = 0; x < width; ++x)
                ++counts[static_cast<std::size_t>(y / th * across + x / tw)]
                        [in(bounced(x, in.size.width), bounced(y, in.size.height))];
        for (auto& c : counts) tables.push_back(table(c, clip));
    }
    /// A walk along the axis that turns at its ends.
    static index_t bounced(index_t steps, index_t n) {
        index_t at = 0, way = 1;
        for (; steps > 0 && n > 1; --steps) {
            if (at + way < 0 || at + way >= n) way = -way;
            at += way;
        }
        return at;
    }
    std::vector<index_t> table(std::vector<index_t>& counts, double clip) const {
        auto const values = static_cast<index_t>(counts.size());
        int const area = static_cast<int>(tw * th);
        if (clip > 0) {
            index_t const limit = std::max<index_t>(static_cast<index_t>(clip * area / static_cast<double>(values)), 1);
            index_t cut = 0;
            for (index_t& n : counts)
                for (; n > limit; --n) ++cut;
            for (index_t& n : counts) n += cut / values;
            index_t rest = cut % values;
            if (rest > 0)
                for (index_t v = 0, step = std::max<index_t>(values / rest, 1); v < values && rest > 0; v += step)
                    ++counts[static_cast<std::size_t>(v)], --rest;
        }
        std::vector<index_t> result;
        float const scale = static_cast<float>(values - 1) / static_cast<float>(area);
        int sum = 0;
        for (index_t const n : counts) {
            sum += static_cast<int>(n);
            float const level = std::nearbyint(static_cast<float>(sum) * scale);
            result.push_back(std::min(static_cast<index_t>(level), values - 1));
        }
        return result;
    }
    double value(index_t column, index_t row, T v) const {
        column = std::min(std::max<index_t>(column, 0), across - 1);
        row = std::min(std::max<index_t>(row, 0), down - 1);
        return static_cast<double>(tables[static_cast<std::size_t>(row * across + column)][v]);
    }
    /// rounded(weight) is the weight that counts. The mixture is exact in double.
    template <class Rounded>
    double mixed(index_t x, index_t y, Rounded const& rounded) const {
        double const fx = static_cast<double>(x) / static_cast<double>(tw) - 0.5, left = std::floor(fx);
        double const fy = static_cast<double>(y) / static_cast<double>(th) - 0.5, up = std::floor(fy);
        double const wx = rounded(fx - left), wy = rounded(fy - up);
        auto const column = static_cast<index_t>(left), row = static_cast<index_t>(up);
        T const v = in(x, y);
        return (value(column, row, v) * (1 - wx) + value(column + 1, row, v) * wx) * (1 - wy) +
               (value(column, row + 1, v) * (1 - wx) + value(column + 1, row + 1, v) * wx) * wy;
    }
    /// The results, and how far they are from the unrounded mixture.
    test::plain<T> results(double& farthest) const {
        double const one = sizeof(T) == 1 ? 2048 : 65536;
        test::plain<T> out(in.size);
        for (index_t y = 0; y < in.size.height; ++y)
            for (index_t x = 0; x < in.size.width; ++x) {
                // Where a weight is a half of its unit, the quotient above may be below it by an error of double.
                double const exact = mixed(x, y, [=](double w) { return std::floor(w * one + 0.5 + 1e-9) / one; });
                out(x, y) = static_cast<T>(std::floor(exact + 0.5));
                double const real = mixed(x, y, [](double w) { return w; });
                farthest = std::max(farthest, std::abs(static_cast<double>(out(x, y)) - real));
            }
        return out;
    }
};

struct setting {
    extent size;
    double clip;
    extent tiles;
};

/// What is wrong for these pixels; both readings under each policy for the first setting.
template <class T>
void check_all(std::vector<setting> const& settings, double noise) {
    unsigned seed = 1;
    for (setting const& s : settings) {
        CAPTURE(seed, s.size.width, s.size.height, s.clip, s.tiles.width, s.tiles.height);
        auto const in = slope<T>(s.size, seed++, noise);
        double farthest = 0;
        auto const expected = plain_clahe<T>(in, s.clip, s.tiles.width, s.tiles.height).results(farthest);
        // At most 1 off cv::CLAHE, which has these tables and rounds the mixture.
        CHECK(farthest < (sizeof(T) == 1 ? 0.65 : 1.5));
        test::guarded<T> const source(in);
        auto const v = source.view();
        auto const check = [&](auto const& policy) {
            test::guarded<T> out(s.size);
            run(policy, v | clahe(policy, v, s.clip, s.tiles), out.view());
            CHECK(test::difference<T>(expected, out.view()) == "");
        };
        bool const all = seed == 2;
        for (auto const& policy : test::scalar_policies())
            if (check(policy), !all) break;
        for (auto const& policy : test::vector_policies())
            if (check(policy), !all) break;
    }
}

test::plain<std::uint8_t> stored(image<std::uint8_t> const& pixels) {
    test::plain<std::uint8_t> all(pixels.size());
    for (index_t y = 0; y < pixels.height(); ++y)
        for (index_t x = 0; x < pixels.width(); ++x) all(x, y) = pixels(x, y);
    return all;
}

} // namespace

TEST_CASE("clahe: two readings of bytes, against the definition", "[filter][clahe]") {
    check_all<std::uint8_t>({{{97, 61}, 2, {8, 8}},
                             {{120, 70}, 2, {8, 7}}, // whole tiles
                             {{97, 64}, 1.5, {3, 8}},
                             {{200, 150}, 0, {4, 3}},
                             {{200, 150}, 40, {1, 1}},
                             {{33, 90}, 3, {1, 5}},
                             {{90, 33}, 0.001, {5, 1}},
                             {{20, 13}, 2, {16, 16}}, // tiles beyond the image
                             {{3, 2}, 2, {64, 9}},
                             {{1, 1}, 2, {2, 2}}},
                            0.1);
}

TEST_CASE("clahe: two readings of 16 bits, against the definition", "[filter][clahe]") {
    check_all<std::uint16_t>(
        {{{97, 61}, 2, {3, 2}}, {{300, 200}, 40, {2, 2}}, {{301, 40}, 0, {4, 1}}, {{5, 4}, 2, {4, 4}}}, 0.02);
}

TEST_CASE("clahe: in the engine", "[filter][clahe]") {
    auto const in = slope<std::uint8_t>({97, 61}, 7, 0.2);
    double farthest = 0;
    auto const expected = plain_clahe<std::uint8_t>(in, 3, 5, 4).results(farthest);
    CHECK(test::check_pipeline(in, expected,
                               [](auto v) { return v | clahe(test::scalar_policies()[0], v, 3, {5, 4}); }) == "");
}

TEST_CASE("clahe: behind other stages", "[filter][clahe]") {
    auto const in = test::random_pixels<rgb8>({83, 47}, 5);
    test::guarded<rgb8> const source(in);
    auto const smooth = source.view() | gray | gaussian3;
    double farthest = 0;
    auto const expected = plain_clahe<std::uint8_t>(stored(to_image(simd{}, smooth)), 2, 3, 4).results(farthest);
    auto const got = to_image(simd{}, smooth | clahe(simd{}, smooth, 2, {3, 4}));
    CHECK(test::difference<std::uint8_t>(expected, got.view()) == "");
}

TEST_CASE("clahe: the lightness of video frames, in two readings", "[filter][clahe]") {
    index_t const width = 64, height = 48;
    std::vector<std::uint8_t> frame(static_cast<std::size_t>(width * height * 3 / 2));
    std::mt19937 random(11);
    for (auto& b : frame) b = static_cast<std::uint8_t>(random() % 200 + 20);
    index_t reads = 0;
    auto const counted = [&](rgb8 const& p) {
        ++reads;
        return p;
    };
    auto const lightness = [](rgb8 const& p) { return p.r; };
    auto const chain = nv12_view(std::span<std::uint8_t const>(frame), width, height) | ycbcr_to_rgb() | counted |
                       white_balance(1.2f, 1, 0.9f) | adjust_gamma(0.8f) | rgb_to_lab | lightness;
    auto const result = to_image(serial{}, chain | clahe(serial{}, chain, 2, {4, 4}));
    CHECK(reads == 2 * width * height);

    double farthest = 0;
    auto const expected = plain_clahe<std::uint8_t>(stored(to_image(serial{}, chain)), 2, 4, 4).results(farthest);
    CHECK(test::difference<std::uint8_t>(expected, result.view()) == "");
}

TEST_CASE("clahe: no pixels, and copies of the stage", "[filter][clahe]") {
    image<std::uint8_t> const none(0, 0);
    CHECK(to_image(serial{}, none.view() | clahe(serial{}, none.view())).size() == extent{0, 0});
    image<std::uint16_t> const deep(6, 5);
    auto const stage = [&] { return clahe(serial{}, deep.view(), 0, {2, 2}); }();
    CHECK(to_image(simd{}, deep.view() | stage)(5, 4) == 65535); // all values lie in one bin
}

TEST_CASE("clahe: bad arguments are refused with the values", "[filter][clahe]") {
    image<std::uint8_t> const bytes(9, 5), other(9, 6);
    image<std::uint16_t> const deep(9, 5);
    serial const policy;
    CHECK_THAT(message([&] { clahe(policy, bytes.view(), -1); }),
               ContainsSubstring("quoin::clahe: the clip limit is -1; give a number from 1 to 1000000, or 0"));
    CHECK(message([&] { clahe(policy, bytes.view(), std::nan("")); }) != "no error");
    CHECK_THAT(message([&] { clahe(policy, bytes.view(), 2, {8, 65}); }),
               ContainsSubstring("quoin::clahe: there are 8 x 65 tiles; give 1 to 64 on each side"));
    CHECK(message([&] { clahe(policy, bytes.view(), 2, {0, 8}); }) != "no error");
    CHECK_THAT(message([&] { clahe(policy, deep.view(), 2, {16, 17}); }),
               ContainsSubstring("quoin::clahe: there are 16 x 17 tiles of 16 bits, with tables of 65536 values; give "
                                 "256 tiles or fewer"));
    CHECK_THAT(message([&] { other.view() | clahe(policy, bytes.view()); }),
               ContainsSubstring("quoin::clahe: the tiles are those of 9 x 5 pixels, and the stage follows 9 x 6; make "
                                 "it of pixels of the same extent"));
}

// SPDX-License-Identifier: BSL-1.0
// box of floating point: its order of additions, which depends on the row, wherever blocks begin, and its error.
#include "support/functor.hpp"
#include "support/model_stages.hpp"

#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/flip.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;

namespace {

using floats = std::vector<float>;

// The order of the contract, written down again.

float in_pairs(float const* of, std::size_t size) {
    return size == 1 ? *of : in_pairs(of, size / 2) + in_pairs(of + size / 2, size / 2);
}
/// Blocks of powers of two, the largest first, added from the last one on.
float in_blocks(floats const& of) {
    floats blocks;
    std::size_t from = 0;
    for (std::size_t size = 256; size > 0; size /= 2)
        if ((of.size() & size) != 0) {
            blocks.push_back(in_pairs(of.data() + from, size));
            from += size;
        }
    float sum = blocks.back();
    for (std::size_t i = blocks.size() - 1; i-- > 0;) sum = blocks[i] + sum;
    return sum;
}
/// Of rows y, y + 1, ...
float in_groups(floats const& of, index_t y) {
    if (of.size() <= 16) return in_blocks(of);
    std::vector<floats> groups;
    for (std::size_t k = 0; k < of.size(); ++k) {
        if (k == 0 || (y + static_cast<index_t>(k)) % 16 == 0) groups.emplace_back();
        groups.back().push_back(of[k]);
    }
    std::reverse(groups.front().begin(), groups.front().end());
    float const ends = in_blocks(groups.front()) + in_blocks(groups.back());
    floats between;
    for (std::size_t g = 1; g + 1 < groups.size(); ++g) between.push_back(in_blocks(groups[g]));
    return between.empty() ? ends : ends + in_blocks(between);
}

/// The pixel of `in` at any place.
template <class Border>
struct bordered {
    test::plain<float> const& in;
    Border border;
    float operator()(index_t x, index_t y) const {
        extent const e = in.size;
        if constexpr (Border::has_value) {
            bool const inside = x >= 0 && y >= 0 && x < e.width && y < e.height;
            return inside ? in(x, y) : border.template value_as<float>();
        } else {
            return in(border(x, e.width), border(y, e.height));
        }
    }
};

template <class Border>
test::plain<float> boxed(test::plain<float> const& in, int width, int height, Border border) {
    bordered<Border> const at{in, border};
    test::plain<float> out(in.size);
    floats column(static_cast<std::size_t>(height)), row(static_cast<std::size_t>(width));
    floats columns(static_cast<std::size_t>(in.size.width + width));
    for (index_t y = 0; y < in.size.height; ++y) {
        for (index_t x = -width / 2; x < in.size.width + (width - 1) / 2; ++x) {
            for (int k = 0; k < height; ++k) column[static_cast<std::size_t>(k)] = at(x, y + k - height / 2);
            // Beside the image is the sum of the constant's first row.
            bool const outside = Border::has_value && (x < 0 || x >= in.size.width);
            columns[static_cast<std::size_t>(x + width / 2)] =
                outside ? in_groups(floats(column.size(), at(-1, -1)), 0) : in_groups(column, y);
        }
        for (index_t x = 0; x < in.size.width; ++x) {
            for (int k = 0; k < width; ++k) row[static_cast<std::size_t>(k)] = columns[static_cast<std::size_t>(x + k)];
            out(x, y) = in_blocks(row) / static_cast<float>(width * height);
        }
    }
    return out;
}

std::vector<int> heights() {
    std::vector<int> all;
    for (int h = 1; h <= 64; ++h) all.push_back(h);
    all.insert(all.end(), {65, 79, 80, 81, 96, 97, 127, 128, 129, 144, 145, 200, 254, 255});
    return all;
}

} // namespace

TEST_CASE("box: sums of floating point are made in one order, under every policy", "[filter][box]") {
    auto const in = test::random_pixels<float>({83, 71}, 5);
    for (extent const of : {extent{1, 1},
                            {2, 3},
                            {3, 2},
                            {4, 4},
                            {5, 16},
                            {16, 5},
                            {7, 17},
                            {17, 7},
                            {8, 18},
                            {11, 3},
                            {15, 15},
                            {16, 32},
                            {21, 33},
                            {31, 49},
                            {240, 64},
                            {1, 255},
                            {255, 1},
                            {96, 100}}) {
        int const width = static_cast<int>(of.width), height = static_cast<int>(of.height);
        CAPTURE(width, height);
        CHECK(test::check_pipeline(in, boxed(in, width, height, reflect),
                                   [&](auto v) { return v | extend(reflect) | box(width, height); }) == "");
    }
}

TEST_CASE("box: of all heights, whatever row a strip begins with", "[filter][box]") {
    unsigned seed = 20;
    for (int const height : heights())
        for (extent const size : {extent{70, 100}, {3, 41}, {131, 5}}) {
            if (QUOIN_SANITIZED && height % 5 != 2) continue;
            auto const in = test::random_pixels<float>(size, ++seed);
            auto const expected = boxed(in, 2, height, reflect_101);
            auto const source = test::image_of(in);
            // A strip of one row is one that follows none; the others begin in all places of a group.
            for (index_t const rows : {1, 3, 7, 37, 100}) {
                image<float> out(size);
                run(simd{}, source.view() | box(2, height), out.view(), {.strip_rows = rows, .tile_columns = 64});
                CAPTURE(height, size.width, rows, seed);
                REQUIRE(test::difference<float>(expected, out.view(), 0) == "");
            }
        }
}

TEST_CASE("box: windows of many rows make what sweeps make", "[filter][box]") {
    for (int const height : {16, 17, 18, 31, 32, 33, 48, 100, 255}) {
        auto const in = test::random_pixels<float>({67, 40 + height - 1}, static_cast<unsigned>(height));
        test::plain<float> expected({67, 40});
        floats column(static_cast<std::size_t>(height));
        for (index_t y = 0; y < 40; ++y)
            for (index_t x = 0; x < 67; ++x) {
                for (int k = 0; k < height; ++k) column[static_cast<std::size_t>(k)] = in(x, y + k);
                expected(x, y) = in_groups(column, y);
            }
        CAPTURE(height);
        CHECK(test::wrong_alone<float>(detail::box_column<float>{{1, height}}, test::values_of(in),
                                       test::values_of(expected)) == "");
    }
    CHECK(test::wrong_in_engine<float>(box(3, 40), reflect_101) == "");
    CHECK(test::wrong_in_engine<float>(box(3, 40), constant(0.3)) == "");
}

TEST_CASE("box: of many rows, under every border", "[filter][box]") {
    auto const in = test::random_pixels<float>({41, 37}, 9);
    test::for_every_border([&](auto border) {
        for (extent const of : {extent{1, 17}, {6, 40}, {3, 115}}) {
            int const width = static_cast<int>(of.width), height = static_cast<int>(of.height);
            CAPTURE(test::name_of(border), width, height);
            CHECK(test::check_pipeline(in, boxed(in, width, height, border),
                                       [&](auto v) { return v | extend(border) | box(width, height); }) == "");
        }
    });
}

TEST_CASE("box: rows count from the top of the stage's own result", "[filter][box]") {
    auto const in = test::random_pixels<float>({90, 77}, 12);
    auto const turned = [](test::plain<float> const& from) {
        test::plain<float> to(from.size);
        for (index_t y = 0; y < from.size.height; ++y)
            for (index_t x = 0; x < from.size.width; ++x) to(x, y) = from(x, from.size.height - 1 - y);
        return to;
    };
    auto const part = [](test::plain<float> const& from) {
        test::plain<float> to({80, 60});
        for (index_t y = 0; y < 60; ++y)
            for (index_t x = 0; x < 80; ++x) to(x, y) = from(x + 5, y + 11);
        return to;
    };
    auto const f = box(3, 37);
    auto const made = [](test::plain<float> const& from) { return boxed(from, 3, 37, reflect_101); };
    CHECK(test::check_pipeline(in, turned(made(in)), [=](auto v) { return v | f | flip_y; }) == "");
    CHECK(test::check_pipeline(in, made(turned(in)), [=](auto v) { return v | flip_y | f; }) == "");
    CHECK(test::check_pipeline(in, part(made(in)), [=](auto v) { return v | f | crop(5, 11, 80, 60); }) == "");
    CHECK(test::check_pipeline(in, made(part(made(in))), [=](auto v) { return v | f | crop(5, 11, 80, 60) | f; }) ==
          "");
}

TEST_CASE("box: the error of f32 is that of its additions", "[filter][box]") {
    // Each value is rounded at most log2(n) + 2 times in a sum of n columns, log2(n) + 1 times in one of n rows, and
    // once by the division.
    unsigned seed = 40;
    double worst = 0;
    for (int const height : heights())
        for (int const width : {1, 5, 255}) {
            auto in = test::random_pixels<float>({33, 29}, ++seed, true);
            for (float& v : in.data) v += 1000.3f; // so that sums are rounded
            auto const source = test::image_of(in);
            auto const out = to_image(simd{}, source.view() | extend(replicate) | box(width, height));
            bordered<replicate_border> const at{in, replicate};
            double const steps = std::log2(width) + std::log2(height) + 4, unit = 1.0 / (1 << 24);
            for (index_t y = 0; y < 29; y += 4)
                for (index_t x = 0; x < 33; x += 8) {
                    double sum = 0, size = 0;
                    for (int j = 0; j < height; ++j)
                        for (int i = 0; i < width; ++i) {
                            double const v = at(x + i - width / 2, y + j - height / 2);
                            sum += v;
                            size += std::abs(v);
                        }
                    double const n = width * height, error = std::abs(out(x, y) - sum / n) / (size / n * unit);
                    CAPTURE(height, width, x, y, seed);
                    if (error > steps) FAIL_CHECK(error << " units instead of " << steps);
                    worst = std::max(worst, error);
                }
        }
    CHECK(worst > 0.4); // the values are rounded at all
}

TEST_CASE("box: a pixel that is no number reaches no further than the rectangle", "[filter][box]") {
    image<float> in(90, 120);
    in(40, 60) = std::numeric_limits<float>::quiet_NaN();
    for (int const height : {9, 40}) {
        auto const out = to_image(simd{}, in.view() | box(16, height));
        for (index_t y = 0; y < 120; ++y)
            for (index_t x = 0; x < 90; ++x) {
                bool const near = x - 8 <= 40 && x + 7 >= 40 && y - height / 2 <= 60 && y + (height - 1) / 2 >= 60;
                if (near != (out(x, y) != out(x, y))) FAIL_CHECK(x << ' ' << y);
            }
    }
}

// SPDX-License-Identifier: BSL-1.0
// Stages that take the position of their pixel, under every policy and cut, with scalars and lanes, among all kinds of
// stages. The stages mark each pixel with its place; plain loops know where it is.
#include "support/oracle.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/geometry/resize.hpp>
#include <quoin/geometry/transpose.hpp>
#include <quoin/geometry/warp_affine.hpp>
#include <quoin/pipe/zip.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

constexpr std::int32_t mixed(std::int32_t v, std::int32_t x, std::int32_t y) {
    return v + 7 * x + 1009 * y;
}

/// v + 7 x + 1009 y, by steps of pixels.
struct marked {
    using vectorized = void;
    using channelwise = void;
    using takes_position = void;
    template <class V, class I>
    QUOIN_INLINE auto operator()(V const& v, position<I> const& at) const {
        return convert<std::int32_t>(v) + at.x * 7 + at.y * 1009;
    }
};

/// The same for one pixel after the other. It looks the place up, which must lie inside.
struct looked_up {
    using takes_position = void;
    std::vector<std::int32_t> const* columns;
    template <class I>
    std::int32_t operator()(std::int32_t v, position<I> const& at) const {
        static_assert(std::same_as<I, std::int32_t>);
        return columns->at(static_cast<std::size_t>(at.x)) + v + 1009 * at.y;
    }
};

/// A local stage: the sum of a pixel and its left and upper neighbors.
struct sum_of_three {
    static constexpr quoin::footprint footprint{1, 0, 1, 0};
    using vectorized = void;
    using channelwise = void;
    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return w.template at<std::int32_t>(0, 0) + w.template at<std::int32_t>(-1, 0) +
               w.template at<std::int32_t>(0, -1);
    }
};

template <class P>
using plain = test::plain<P>;
using ints = plain<std::int32_t>;

template <class P>
ints mark(plain<P> const& in) {
    ints out(in.size);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x)
            out(x, y) =
                mixed(static_cast<std::int32_t>(in(x, y)), static_cast<std::int32_t>(x), static_cast<std::int32_t>(y));
    return out;
}
template <class P>
plain<P> placed(plain<P> const& in, extent size, auto const& place) {
    plain<P> out(size);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) {
            auto const from = place(x, y);
            out(x, y) = in(from.first, from.second);
        }
    return out;
}
ints add_three(ints const& in) {
    return test::local<std::int32_t>(
        in, replicate, [](auto const& at) { return static_cast<std::int32_t>(at(0, 0) + at(-1, 0) + at(0, -1)); });
}

// Wider than one column tile of check_pipeline, and than a step.
std::vector<extent> const sizes{{1, 1}, {3, 2}, {67, 9}, {197, 41}};

} // namespace

TEST_CASE("position: of a source, and behind a local stage", "[engine][position]") {
    CHECK(test::sweep<std::uint8_t>(
              sizes, [](auto v) { return v | marked{}; }, [](auto const& in) { return mark(in); }) == "");
    CHECK(test::sweep<std::uint8_t>(
              sizes, [](auto v) { return v | marked{} | extend(replicate) | sum_of_three{} | marked{}; },
              [](auto const& in) { return mark(add_three(mark(in))); }) == "");
}

TEST_CASE("position: one pixel at a time, never beyond the row", "[engine][position]") {
    std::vector<std::int32_t> columns(197);
    for (std::size_t x = 0; x < columns.size(); ++x) columns[x] = static_cast<std::int32_t>(7 * x);
    std::vector<std::int32_t> const narrow(columns.begin(), columns.begin() + 67);
    CHECK(test::sweep<std::int32_t>(
              {{197, 9}}, [&](auto v) { return v | looked_up{&columns} | looked_up{&columns}; },
              [](auto const& in) { return mark(mark(in)); }) == "");
    CHECK(test::sweep<std::int32_t>(
              {{67, 9}}, [&](auto v) { return v | looked_up{&narrow}; }, [](auto const& in) { return mark(in); }) ==
          "");
}

TEST_CASE("position: behind and before stages that move pixels", "[engine][position]") {
    CHECK(test::sweep<std::uint8_t>(
              {{131, 41}},
              [](auto v) {
                  return v | marked{} | crop(5, 3, 120, 31) | marked{} | flip_x | marked{} | flip_y | marked{};
              },
              [](auto const& in) {
                  auto const a =
                      mark(placed(mark(in), {120, 31}, [](index_t x, index_t y) { return std::pair{x + 5, y + 3}; }));
                  auto const b = mark(placed(a, a.size, [](index_t x, index_t y) { return std::pair{119 - x, y}; }));
                  return mark(placed(b, b.size, [](index_t x, index_t y) { return std::pair{x, 30 - y}; }));
              }) == "");
    CHECK(test::sweep<std::uint8_t>(
              {{70, 41}, {33, 130}}, [](auto v) { return v | marked{} | transpose | marked{}; },
              [](auto const& in) {
                  return mark(placed(mark(in), {in.size.height, in.size.width},
                                     [](index_t x, index_t y) { return std::pair{y, x}; }));
              }) == "");
}

TEST_CASE("position: behind and before stages that resample and gather", "[engine][position]") {
    auto const nearest = [](index_t x, index_t n, index_t m) { return (2 * x + 1) * n / (2 * m); };
    CHECK(test::sweep<std::uint8_t>(
              {{131, 41}}, [](auto v) { return v | marked{} | resize({200, 30}, resize_kernel::nearest) | marked{}; },
              [=](auto const& in) {
                  return mark(placed(mark(in), {200, 30}, [&](index_t x, index_t y) {
                      return std::pair{nearest(x, 131, 200), nearest(y, 41, 30)};
                  }));
              }) == "");
    affine const moved{1, 0, 3, 0, 1, 2};
    CHECK(test::sweep<std::uint8_t>(
              {{131, 41}},
              [=](auto v) {
                  return v | marked{} | warp_affine(moved, interpolation::nearest, extent{100, 30}) | marked{};
              },
              [](auto const& in) {
                  return mark(
                      placed(mark(in), {100, 30}, [](index_t x, index_t y) { return std::pair{x + 3, y + 2}; }));
              }) == "");
}

TEST_CASE("position: of zipped pixels, of colors, and of functions", "[engine][position]") {
    auto const in = test::random_pixels<std::uint8_t>({131, 9}, 3);
    auto const sum = positioned(vectorized([](auto const& p, auto const& q, auto const& at) {
        return convert<std::int32_t>(p) + q + at.x * 7 + at.y * 1009;
    }));
    plain<std::int32_t> expected = mark(in);
    for (index_t y = 0; y < 9; ++y)
        for (index_t x = 0; x < 131; ++x)
            expected(x, y) += mixed(in(x, y), static_cast<std::int32_t>(x), static_cast<std::int32_t>(y));
    CHECK(test::check_pipeline(in, expected, [=](auto v) { return zip(v, v | marked{}) | sum; }) == "");

    auto const colors = test::random_pixels<rgb8>({70, 5}, 4);
    plain<rgb<std::int32_t>> marks(colors.size);
    for (index_t y = 0; y < 5; ++y)
        for (index_t x = 0; x < 70; ++x) {
            auto const i = static_cast<std::int32_t>(x), j = static_cast<std::int32_t>(y);
            rgb8 const p = colors(x, y);
            marks(x, y) = {mixed(p.r, i, j), mixed(p.g, i, j), mixed(p.b, i, j)};
        }
    CHECK(test::check_pipeline(colors, marks, [](auto v) { return v | marked{}; }) == "");

    auto const below = positioned([](std::uint8_t v, auto const& at) { return at.y > at.x ? v : std::uint8_t{0}; });
    auto const half = to_image(serial{}, quoin::image_view<std::uint8_t const>(in.data.data(), 131, 9) | below);
    CHECK((half(8, 8) == 0 && half(7, 8) == in(7, 8) && half(0, 0) == 0));
    // A closure, and bytes that are no table since their places count.
    CHECK(to_image(serial{}, half.view() | (below | below))(3, 5) == half(3, 5));
}

TEST_CASE("position: sides above 2^31 are refused, and columns up to there are exact", "[engine][position]") {
    struct wide {
        using pixel_type = std::uint8_t;
        index_t w;
        index_t width() const { return w; }
        index_t height() const { return 1; }
        std::uint8_t load(index_t x, index_t) const { return static_cast<std::uint8_t>((x + 1) & 1); }
    };
    constexpr index_t most = index_t{1} << 31;
    CHECK_THROWS_AS((wide{most + 1} | marked{}), invalid_argument);
    auto const column = positioned([](std::uint8_t v, auto const& at) { return at.x + v; });
    auto const end = to_image(serial{}, wide{most} | column | crop(most - 3, 0, 3, 1));
    CHECK((end(0, 0) == 2147483645 && end(1, 0) == 2147483646 + 1 && end(2, 0) == 2147483647));
}

// SPDX-License-Identifier: BSL-1.0
// Local stages that take their row, as windows of scalars and lanes and as whole rows, under every policy and cut,
// among stages that move rows. They mark each pixel with its row; plain loops know it.
#include "support/model_stages.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/geometry/transpose.hpp>
#include <quoin/pipe/sweep.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// The pixel two rows up, twice the one below at the right, and the row. Numbered<false, ...> takes one pixel at a
/// time.
template <bool Lanes>
struct lanes_mark {};
template <>
struct lanes_mark<true> {
    using vectorized = void;
};
template <bool TakesLanes, bool Sweeps = false>
struct numbered : lanes_mark<TakesLanes> {
    using channelwise = void;
    using takes_row = void;
    quoin::footprint footprint() const { return {0, 1, 2, 1}; }
    QUOIN_INLINE auto operator()(auto const& w, index_t y) const {
        auto const above = w.template at<std::int32_t>(0, -2);
        using V = std::remove_const_t<decltype(above)>;
        return V(above + w.template at<std::int32_t>(1, 1) * V(2) + V(static_cast<std::int32_t>(1009 * y)));
    }
    bool sweeps() const requires Sweeps { return true; }
    template <class T>
    std::size_t sweep_size(index_t) const {
        return 0;
    }
    template <class Lanes, class T>
    void sweep(row_sweep<T> const& row, std::int32_t* to) const {
        for (index_t x = 0; x < row.columns; ++x)
            to[x] = static_cast<std::int32_t>(row.line(-2)[x] + row.line(1)[x + 1] * 2 + 1009 * row.y);
    }
};
/// With a footprint that is known to the compiler, of whole pixels.
struct numbered_pixels {
    using takes_row = void;
    static constexpr quoin::footprint footprint{1, 0};
    constexpr std::int32_t operator()(auto const& w, index_t y) const {
        return w(-1, 0).r + w(1, 0).b + static_cast<std::int32_t>(1009 * y);
    }
};
/// The sum of three rows, from that of the row above, and of all rows' numbers so far.
struct numbered_above {
    using vectorized = void;
    using channelwise = void;
    using takes_row = void;
    static constexpr bool reads_above = true;
    quoin::footprint footprint() const { return {0, 1}; }
    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w, index_t y) const {
        auto const newest = w.template at<std::int32_t>(0, 1);
        using V = std::remove_const_t<decltype(newest)>;
        if constexpr (requires { w.above(); })
            if (w.knows_above())
                return V(w.above() + newest - w.template at<std::int32_t>(0, -2) + V(static_cast<std::int32_t>(y)));
        return V(newest + w.template at<std::int32_t>(0, 0) + w.template at<std::int32_t>(0, -1) +
                 V(static_cast<std::int32_t>(y * (y + 1) / 2)));
    }
};

template <class P>
auto numbers(test::plain<P> const& in, auto border) {
    auto out = test::local<std::int32_t>(
        in, border, [](auto const& at) { return static_cast<std::int32_t>(at(0, -2) + 2 * at(1, 1)); });
    for (index_t y = 0; y < out.size.height; ++y)
        for (index_t x = 0; x < out.size.width; ++x) out(x, y) += static_cast<std::int32_t>(1009 * y);
    return out;
}
template <class P>
test::plain<P> placed(test::plain<P> const& in, extent size, auto const& place) {
    test::plain<P> out(size);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) {
            auto const from = place(x, y);
            out(x, y) = in(from.first, from.second);
        }
    return out;
}

std::vector<extent> const sizes{{1, 1}, {3, 2}, {67, 39}, {139, 47}};

template <class F>
std::string wrong() {
    std::string found = test::sweep<std::uint8_t>(
        sizes, [](auto v) { return v | F{}; }, [](auto const& in) { return numbers(in, reflect_101); });
    found += test::sweep<std::int32_t>(
        {{70, 41}}, [](auto v) { return v | extend(wrap) | F{} | extend(constant(5)) | F{}; },
        [](auto const& in) { return numbers(numbers(in, wrap), constant(5)); });
    found += test::sweep<std::uint8_t>(
        {{131, 41}}, [](auto v) { return v | F{} | crop(5, 3, 120, 31) | F{} | flip_y | F{}; },
        [](auto const& in) {
            auto const part = placed(numbers(in, reflect_101), {120, 31}, [](index_t x, index_t y) {
                return std::pair{x + 5, y + 3};
            });
            auto const turned = placed(numbers(part, reflect_101), {120, 31}, [](index_t x, index_t y) {
                return std::pair{x, 30 - y};
            });
            return numbers(turned, reflect_101);
        });
    found += test::sweep<std::uint8_t>(
        {{70, 41}}, [](auto v) { return v | F{} | transpose | F{}; },
        [](auto const& in) {
            return numbers(placed(numbers(in, reflect_101), {41, 70},
                                  [](index_t x, index_t y) {
                                      return std::pair{y, x};
                                  }),
                           reflect_101);
        });
    return found;
}

} // namespace

TEST_CASE("row: windows of lanes, of single pixels, and whole rows", "[engine][row]") {
    CHECK(wrong<numbered<true>>() == "");
    CHECK(wrong<numbered<false>>() == "");
    CHECK(wrong<numbered<true, true>>() == "");
}

TEST_CASE("row: of pixels, with a footprint known to the compiler", "[engine][row]") {
    auto const in = test::random_pixels<rgb8>({70, 33}, 4);
    test::plain<std::int32_t> expected(in.size);
    for (index_t y = 0; y < 33; ++y)
        for (index_t x = 0; x < 70; ++x)
            expected(x, y) =
                static_cast<std::int32_t>(in(replicate(x - 1, 70), y).r + in(replicate(x + 1, 70), y).b + 1009 * y);
    CHECK(test::check_pipeline(in, expected, [](auto v) { return v | extend(replicate) | numbered_pixels{}; }) == "");
    constexpr int sum = [] {
        rgb8 const pixels[] = {{1, 2, 3}, {4, 5, 6}};
        std::uint8_t channels[6] = {};
        for (int i = 0; i < 2; ++i) channels[3 * i] = pixels[i].r, channels[3 * i + 2] = pixels[i].b;
        std::int32_t out[2] = {};
        run(serial{}, image_view<rgb8 const>(channels, 1, 2) | extend(replicate) | numbered_pixels{},
            image_view<std::int32_t>(out, 1, 2));
        return out[0] + 10000 * out[1];
    }();
    STATIC_REQUIRE(sum == 4 + 10000 * (10 + 1009));
}

TEST_CASE("row: beside the row above", "[engine][row]") {
    CHECK(test::sweep<std::uint8_t>(
              sizes, [](auto v) { return v | extend(replicate) | numbered_above{}; },
              [](auto const& in) {
                  auto out = test::local<std::int32_t>(in, replicate, [](auto const& at) {
                      return static_cast<std::int32_t>(at(0, -1) + at(0, 0) + at(0, 1));
                  });
                  for (index_t y = 0; y < out.size.height; ++y)
                      for (index_t x = 0; x < out.size.width; ++x)
                          out(x, y) += static_cast<std::int32_t>(y * (y + 1) / 2);
                  return out;
              }) == "");
}

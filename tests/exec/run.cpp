// SPDX-License-Identifier: BSL-1.0
#include <quoin/exec/run.hpp>

#include "support/oracle.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/parallel.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/tiling.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/geometry/resize_area.hpp>
#include <quoin/image/image.hpp>
#include <quoin/pipe/zip.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <limits>

using namespace quoin;

namespace {

using view8 = image_view<std::uint8_t const>;

constexpr bool test_constexpr() {
    std::uint8_t const in[12] = {0, 16, 32, 48, 0, 16, 32, 48, 16, 32, 48, 64};
    std::uint8_t out[12] = {};
    run(serial{}, view8(in, 4, 3) | extend(replicate) | gaussian3, image_view<std::uint8_t>(out, 4, 3));
    // Rows are a ramp: inside (v - 16 + 2 v + v + 16) / 4 = v, at the ends (3 v + neighbor) / 4.
    return out[0] == 4 && out[1] == 16 && out[2] == 32 && out[3] == 44 && out[4] == 8 && out[5] == 20 &&
           out[8] == 16 && out[10] == 44 && out[11] == 56;
}

/// A user's local stage, as in the documentation.
struct median_of_cross {
    static constexpr quoin::footprint footprint{1, 1};
    std::uint8_t operator()(auto const& w) const {
        std::uint8_t v[5] = {w(0, 0), w(-1, 0), w(1, 0), w(0, -1), w(0, 1)};
        std::sort(v, v + 5);
        return v[2];
    }
};

/// A user's view: pixels that are computed when they are read.
struct ramp {
    using pixel_type = std::uint8_t;
    index_t w, h;
    constexpr index_t width() const { return w; }
    constexpr index_t height() const { return h; }
    constexpr std::uint8_t load(index_t x, index_t y) const {
        return static_cast<std::uint8_t>(x * 7 + y * 31);
    }
};

/// A user's view to write to.
struct transposed {
    using pixel_type = std::uint8_t;
    image_view<std::uint8_t> to;
    index_t width() const { return to.height(); }
    index_t height() const { return to.width(); }
    std::uint8_t load(index_t x, index_t y) const { return to(y, x); }
    void store(index_t x, index_t y, std::uint8_t v) const { to(y, x) = v; }
};

} // namespace

TEST_CASE("run: in a constant expression", "[exec]") {
    static_assert(test_constexpr());
    CHECK(test_constexpr());
}

TEST_CASE("run: a user's lambdas, local stage and view under every policy", "[exec]") {
    for (extent const size : {extent{1, 1}, extent{3, 2}, extent{66, 5}, extent{131, 7}}) {
        auto const in = test::random_pixels<std::uint8_t>(size, 6);
        CHECK(test::check_pipeline(
                  in, test::pointwise<float>(in, [](auto v) { return 0.25f * static_cast<float>(255 - v); }),
                  [](auto v) {
                      return v | [](std::uint8_t x) { return static_cast<std::uint8_t>(255 - x); } |
                             [](std::uint8_t x) { return 0.25f * static_cast<float>(x); };
                  }) == "");
        CHECK(test::check_pipeline(
                  in, test::pointwise<std::uint8_t>(in, [](auto v) { return std::uint8_t{v > 99}; }),
                  [](auto v) { return v | [](std::uint8_t x) { return x > 99; }; }) == "");
        // Closures cannot be assigned.
        std::uint8_t const least = 99;
        auto const raised = test::pointwise<std::uint8_t>(in, [=](auto v) { return std::max(v, least); });
        CHECK(test::check_pipeline(in, raised, [=](auto v) {
                  return v | [least](std::uint8_t x) { return std::max(x, least); };
              }) == "");
        CHECK(test::check_pipeline(in, raised, [=](auto v) {
                  return v | vectorized([least](auto const& x) {
                             return max(x, std::remove_cvref_t<decltype(x)>(least));
                         });
              }) == "");
        auto const medians = test::local<std::uint8_t>(in, reflect_101, [](auto const& at) {
            std::vector<std::uint8_t> v{at(0, 0), at(-1, 0), at(1, 0), at(0, -1), at(0, 1)};
            std::sort(v.begin(), v.end());
            return v[2];
        });
        CHECK(test::check_pipeline(in, medians, [](auto v) { return v | median_of_cross{}; }) == "");

        test::plain<std::uint8_t> ramped(size);
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) ramped(x, y) = static_cast<std::uint8_t>(x * 7 + y * 31);
        auto const expected = test::local<std::uint8_t>(ramped, reflect_101, [](auto const& at) {
            int const sum = at(-1, -1) + at(1, -1) + at(-1, 1) + at(1, 1) +
                            2 * (at(0, -1) + at(0, 1) + at(-1, 0) + at(1, 0)) + 4 * at(0, 0);
            return static_cast<std::uint8_t>((sum + 8) / 16);
        });
        CHECK(test::check_pipeline(in, expected, [&](auto) {
                  return ramp{size.width, size.height} | gaussian3;
              }) == "");
    }
}

TEST_CASE("run: strips and tiles larger than any image are the whole image", "[exec]") {
    constexpr index_t most = std::numeric_limits<index_t>::max();
    auto const in = test::random_pixels<std::uint8_t>({131, 7}, 9);
    test::guarded<std::uint8_t> const source(in);
    auto const check = [&](auto const& policies) {
        for (auto const& policy : policies)
            for (tiling const t : {tiling{most, 0}, tiling{0, most}, tiling{most, most}, tiling{8, 132}}) {
                INFO(policy.name() << ", " << t.strip_rows << " rows, " << t.tile_columns << " columns");
                test::guarded<std::uint8_t> out(in.size);
                run(policy, source.view(), out.view(), t);
                CHECK(test::difference(in, std::as_const(out).view()) == "");
            }
    };
    check(test::scalar_policies());
    check(test::vector_policies());
}

TEST_CASE("run: past the caches, into rows that are aligned and rows that are not", "[exec]") {
    auto const check = [&](auto const& policy) {
        for (index_t const width : {1, 15, 63, 64, 65, 200}) {
            INFO(policy.name() << ", width " << width);
            extent const size{width, 5};
            auto const in = test::random_pixels<std::uint8_t>(size, 3);
            auto const expected =
                test::pointwise<std::uint8_t>(in, [](int v) { return static_cast<std::uint8_t>(v > 100 ? 255 : 0); });
            for (bool const aligned : {false, true}) {
                test::guarded<std::uint8_t> out(size, aligned);
                run(policy, view8(in.data.data(), size.width, size.height) | threshold(100), out.view(),
                    {.stores = store_hint::streaming});
                CHECK(test::difference(expected, std::as_const(out).view()) == "");
                CHECK(out.guards_intact());
            }

            auto const colors = test::random_pixels<rgb8>(size, 4);
            planar_image<rgb8> planes(size);
            run(policy, image_view<rgb8 const>(colors.data.data(), size.width, size.height), planes.view(),
                {.stores = store_hint::streaming});
            bool right = true;
            for (index_t y = 0; y < size.height; ++y)
                for (index_t x = 0; x < size.width; ++x) right = right && planes.view().load(x, y) == colors(x, y);
            CHECK(right);
        }
    };
    for (auto const& policy : test::scalar_policies()) check(policy);
    for (auto const& policy : test::vector_policies()) check(policy);
}

TEST_CASE("run: past the caches by itself where source and result exceed two thirds of the last", "[exec]") {
    auto const limit = static_cast<index_t>(std::max(detail::last_cache() / 3 * 2, detail::tuning::least_streamed - 1));
    auto const streams = [](index_t width, index_t height, store_hint hint) {
        static std::uint8_t const none = 0; // looked at by nobody
        return detail::streams(view8(&none, width, height) | gaussian3, hint);
    };
    using enum store_hint;
    CHECK(!streams(limit / 2, 1, automatic)); // a byte read and one written for each pixel
    CHECK(streams(limit / 2 + 1, 1, automatic));
    CHECK(!streams(limit, 2, cached));
    CHECK(streams(1, 1, streaming));
    // A pixel of three bytes and one of four as sources, one of four as the result.
    static rgb8 const color{};
    static float const real = 0;
    auto const p = zip(image_view<rgb8 const>(&color, 100, 10), image_view<float const>(&real, 100, 10));
    CHECK(detail::source_bytes(as_pipeline(p), {0, 0, 100, 10}) == 7000);
    // Half of each side of rgb8.
    CHECK(detail::source_bytes(image_view<rgb8 const>(&color, 100, 10) | resize_area({50, 5}), {0, 0, 50, 5}) == 3000);
}

TEST_CASE("run: a thread has several strips only where they repeat few rows", "[exec]") {
    bool right = true;
    for (index_t height = 1; height <= 5000; height += 7)
        for (index_t const halo : {0, 2, 6, 40})
            for (int const threads : {2, 3, 8, 64}) {
                detail::blocks const b = detail::cut({1000, height}, 1, halo, threads, {});
                index_t const rows = b.down() * b.rows;
                right = right && b.down() <= 4 * threads && rows >= height && rows - height < b.rows;
                if (height >= 32) right = right && b.rows >= 32;
                if (height >= 32 * threads) right = right && b.down() > threads / 2;
                if (b.down() > threads) right = right && 40 * halo <= b.rows;
            }
    CHECK(right);
    // Four strips where they may be that short, and one thread has no need of strips.
    CHECK(detail::cut({1000, 4320}, 1, 6, 2, {}).rows == 540);
    CHECK(detail::cut({1000, 720}, 1, 6, 2, {}).rows == 360);
    CHECK(detail::cut({1000, 4320}, 1, 6, 1, {}).rows == 4320);
}

TEST_CASE("run: into every kind of view", "[exec]") {
    extent const size{70, 4};
    auto const in = test::random_pixels<rgb8>(size, 6);
    image_view<rgb8 const> const v(in.data.data(), 70, 4);
    planar_image<rgb8> planes(size);
    image<std::uint8_t> turned(4, 70);
    image<rgb8> colors(size);
    auto const expected = to_image(serial{}, v | gaussian3);
    auto const check = [&](auto const& policy) {
        run(policy, v | gaussian3, planes.view());
        run(policy, channel_of<1>(v) | gaussian3, transposed{turned.view()});
        run(policy, channel_of<2>(v) | gaussian3, channel_of<0>(colors.view()));
        bool right = true;
        for (index_t y = 0; y < 4; ++y)
            for (index_t x = 0; x < 70; ++x) {
                right = right && std::as_const(planes).view().load(x, y) == expected(x, y);
                right =
                    right && turned(y, x) == expected(x, y).g && colors(x, y) == rgb8{expected(x, y).b, 0, 0};
            }
        CHECK(right);
    };
    check(serial{});
    check(simd{});
    check(test::thread_policy{3});
}

TEST_CASE("run: flipped and partial views as source", "[exec]") {
    auto const in = test::random_pixels<std::uint8_t>({90, 9}, 6);
    view8 const v(in.data.data(), 90, 9);
    auto const part = flip_rows(subview(v, {3, 2, 80, 5}));
    test::plain<std::uint8_t> copy({80, 5});
    for (index_t y = 0; y < 5; ++y)
        for (index_t x = 0; x < 80; ++x) copy(x, y) = in(x + 3, 6 - y);
    auto const expected = to_image(serial{}, view8(copy.data.data(), 80, 5) | gaussian3);
    auto const got = to_image(simd{}, part | gaussian3);
    for (index_t y = 0; y < 5; ++y)
        CHECK(std::equal(expected.view().row(y), expected.view().row(y) + 80, got.view().row(y)));
}

TEST_CASE("run: extents that differ are refused before anything is written", "[exec]") {
    image<std::uint8_t> const in(5, 4);
    for (extent size : {extent{4, 4}, extent{5, 3}, extent{0, 0}, extent{6, 4}}) {
        image<std::uint8_t> out(size);
        for (index_t y = 0; y < size.height; ++y) std::fill_n(out.view().row(y), size.width, std::uint8_t{9});
        CHECK_THROWS_AS(run(serial{}, in.view() | gaussian3, out.view()), invalid_argument);
        for (index_t y = 0; y < size.height; ++y)
            CHECK(
                std::all_of(out.view().row(y), out.view().row(y) + size.width, [](int v) { return v == 9; }));
    }
    image<std::uint8_t> empty(0, 4);
    image<std::uint8_t> none(0, 4);
    CHECK_NOTHROW(run(serial{}, std::as_const(empty).view() | gaussian3, none.view()));
}

TEST_CASE("run: an output that shares memory with a source is refused", "[exec]") {
    image<std::uint8_t> a(40, 40), b(40, 40);
    auto const v = std::as_const(a).view();
    CHECK_THROWS_AS(run(serial{}, v | gaussian3, a.view()), invalid_argument);
    CHECK_THROWS_AS(run(serial{}, v | threshold(3), flip_rows(a.view())), invalid_argument);
    CHECK_THROWS_AS(run(serial{}, subview(v, {0, 0, 40, 20}) | gaussian3, subview(a.view(), {0, 19, 40, 20})),
                    invalid_argument);
    CHECK_THROWS_AS(run(
                        serial{},
                        zip(std::as_const(b).view(), v) | [](std::uint8_t x, std::uint8_t) { return x; },
                        a.view()),
                    invalid_argument);
    CHECK_NOTHROW(run(serial{}, subview(v, {0, 0, 40, 20}) | gaussian3, subview(a.view(), {0, 20, 40, 20})));
    CHECK_NOTHROW(run(serial{}, v | gaussian3, b.view()));
}

TEST_CASE("run: an exception of a user's functor arrives at the caller", "[exec]") {
    image<std::uint8_t> const in(50, 200);
    image<std::uint8_t> out(50, 200);
    struct own_error {};
    auto const p = in.view() | [](std::uint8_t) -> std::uint8_t { throw own_error{}; };
    CHECK_THROWS_AS(run(serial{}, p, out.view()), own_error);
    CHECK_THROWS_AS(run(simd{}, p, out.view()), own_error);
    CHECK_THROWS_AS(run(parallel(3), p, out.view(), {10, 0}), own_error);
    CHECK_THROWS_AS(run(test::thread_policy{3}, p, out.view(), {10, 0}), own_error);
}

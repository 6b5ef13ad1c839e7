// SPDX-License-Identifier: BSL-1.0
// Stages that compute whole rows and keep memory from row to row: they give what their windows give, wherever a block
// begins, and whatever stands before and behind them.
#include "support/model_stages.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/pipe/sweep.hpp>
#include <quoin/pipe/zip.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

using test::summed_columns;

template <class P, class Border>
auto expected_sums(test::plain<P> const& in, Border border, summed_columns f) {
    return test::local<std::int32_t>(in, border, [=](auto const& at) {
        std::int32_t sum = at(-f.left, f.down) - at(f.right, -f.up);
        for (int j = -f.up; j <= f.down; ++j) sum += at(0, j);
        return sum;
    });
}

std::vector<extent> extents() {
    if (QUOIN_SANITIZED) return {{1, 1}, {3, 30}, {75, 45}, {131, 6}};
    return {{1, 1}, {2, 3}, {3, 2}, {1, 60}, {64, 9}, {65, 3}, {139, 47}, {260, 5}};
}

template <class P, class Border>
std::string wrong(Border border) {
    for (summed_columns const f : {summed_columns{1, 1, 1, 1}, {0, 3, 0, 4, false}, {4, 0, 9, 2}}) {
        std::string const found = test::sweep<P>(
            extents(), [=](auto v) { return v | extend(border) | f; },
            [=](auto const& in) { return expected_sums(in, border, f); });
        if (!found.empty()) return test::name_of(border) + ", up " + std::to_string(f.up) + ": " + found;
    }
    return {};
}

/// The least value of a column. It is not asked whether it takes lanes. What is outside does not count, unless an
/// extend() says so.
struct least {
    using channelwise = void;
    using default_border = highest_border;
    static constexpr quoin::footprint footprint{0, 1};
    constexpr auto operator()(auto const& w) const { return std::min({w(0, -1), w(0, 0), w(0, 1)}); }
    static bool sweeps() { return true; }
    template <class T>
    static std::size_t sweep_size(index_t columns) {
        return static_cast<std::size_t>(columns) * 2 * sizeof(T);
    }
    template <class Lanes, class T>
    void sweep(row_sweep<T> const& row, T* to) const {
        static_assert(Lanes::count == 1);
        T* const above = reinterpret_cast<T*>(row.memory); // the two rows above the newest
        for (index_t x = 0; x < row.columns; ++x) {
            T* const kept = above + 2 * x;
            if (!row.follows) kept[0] = row.line(-1)[x], kept[1] = row.line(0)[x];
            T const newest = row.line(1)[x];
            to[x] = std::min({kept[0], kept[1], newest});
            kept[0] = kept[1];
            kept[1] = newest;
        }
    }
};
/// Sums of columns, of so many rows at a time.
struct sums_in_batches {
    using channelwise = void;
    static constexpr quoin::footprint footprint{0, 1};
    int batch;
    constexpr auto operator()(auto const& w) const { return std::int32_t{w(0, -1)} + 2 * w(0, 0) + 4 * w(0, 1); }
    static bool sweeps() { return true; }
    int rows_ahead() const { return batch - 1; }
    template <class T>
    std::size_t sweep_size(index_t columns) const {
        return 64 + static_cast<std::size_t>(columns * batch) * sizeof(std::int32_t);
    }
    template <class Lanes, class T>
    void sweep(row_sweep<T> const& row, std::int32_t* to) const {
        int& next = *reinterpret_cast<int*>(row.memory);
        std::int32_t* const sums = reinterpret_cast<std::int32_t*>(row.memory + 64);
        if (!row.follows || next == batch) {
            for (int j = 0; j < batch; ++j)
                for (index_t x = 0; x < row.columns; ++x)
                    sums[j * row.columns + x] = row.line(j - 1)[x] + 2 * row.line(j)[x] + 4 * row.line(j + 1)[x];
            next = 0;
        }
        std::copy_n(sums + row.columns * next++, row.columns, to);
    }
};
struct greatest {
    using channelwise = void;
    using default_border = lowest_border;
    static constexpr quoin::footprint footprint{1, 0};
    constexpr auto operator()(auto const& w) const { return std::max({w(-1, 0), w(0, 0), w(1, 0)}); }
};

template <class P>
auto leasts(test::plain<P> const& in, auto outside) {
    using T = channel_t<P>;
    return test::local<T>(in, constant(outside),
                          [](auto const& at) { return std::min({at(0, -1), at(0, 0), at(0, 1)}); });
}
template <class P>
auto greatests(test::plain<P> const& in, auto outside) {
    using T = channel_t<P>;
    return test::local<T>(in, constant(outside),
                          [](auto const& at) { return std::max({at(-1, 0), at(0, 0), at(1, 0)}); });
}

} // namespace

TEST_CASE("sweep: rows with memory, under every border", "[engine][sweep]") {
    test::for_every_border([](auto border) { CHECK(wrong<std::uint8_t>(border) == ""); });
}

TEST_CASE("sweep: channels have memory of their own", "[engine][sweep]") {
    CHECK(wrong<rgb8>(test::folding_border{2}) == "");
    CHECK(wrong<rgb<std::int16_t>>(constant(-9)) == "");
}

TEST_CASE("sweep: rows asked for from the bottom do not follow each other", "[engine][sweep]") {
    summed_columns const f{2, 1, 3, 1};
    auto const in = test::random_pixels<std::uint8_t>({75, 40}, 3);
    auto const sums = expected_sums(in, reflect_101, f);
    test::plain<std::int32_t> turned(sums.size);
    for (index_t y = 0; y < 40; ++y)
        for (index_t x = 0; x < 75; ++x) turned(x, y) = sums(x, 39 - y);
    CHECK(test::check_pipeline(in, turned, [=](auto v) { return v | f | flip_y; }) == "");
}

TEST_CASE("sweep: behind and before other stages, and zipped", "[engine][sweep]") {
    test::corners const around{1, 2, 1, 0};
    CHECK(test::sweep<std::uint8_t>(
              extents(), [=](auto v) { return v | around | least{} | least{} | around; },
              [=](auto const& in) {
                  auto const first = test::cornered(in, reflect_101, around.footprint());
                  return test::cornered(leasts(leasts(first, 255), 255), reflect_101, around.footprint());
              }) == "");
    auto const add = vectorized([](auto a, auto b) { return convert<std::int32_t>(a) + b; });
    summed_columns const f{1, 1, 2, 2};
    CHECK(test::sweep<std::uint8_t>(
              extents(), [=](auto v) { return zip(v | f | flip_x, v | least{} | f) | add; },
              [=](auto const& in) {
                  auto sum = expected_sums(leasts(in, 255), reflect_101, f);
                  auto const other = expected_sums(in, reflect_101, f);
                  for (index_t y = 0; y < sum.size.height; ++y)
                      for (index_t x = 0; x < sum.size.width; ++x) sum(x, y) += other(sum.size.width - 1 - x, y);
                  return sum;
              }) == "");
}

TEST_CASE("sweep: several rows at a time, from rows ahead", "[engine][sweep]") {
    auto const expected = [](auto const& in, auto border) {
        return test::local<std::int32_t>(
            in, border, [](auto const& at) { return std::int32_t{at(0, -1)} + 2 * at(0, 0) + 4 * at(0, 1); });
    };
    test::for_every_border([&](auto border) {
        for (int batch : {1, 4, 100})
            CHECK(test::sweep<std::uint8_t>(
                      extents(), [=](auto v) { return v | extend(border) | sums_in_batches{batch}; },
                      [=](auto const& in) { return expected(in, border); }) == "");
    });
    CHECK(test::sweep<rgb8>(
              extents(), [](auto v) { return v | least{} | extend(reflect_101) | sums_in_batches{7}; },
              [=](auto const& in) { return expected(leasts(in, 255), reflect_101); }) == "");
    rect const needed = needed_region(sums_in_batches{4}, {2, 3, 5, 1}, {10, 20});
    CHECK((needed.y == 2 && needed.bottom() == 8));
}

TEST_CASE("sweep: constant expressions use windows", "[engine][sweep]") {
    constexpr int sum = [] {
        std::uint8_t const in[] = {7, 9, 8, 3, 5, 4};
        std::uint8_t out[6] = {};
        run(serial{}, image_view<std::uint8_t const>(in, 2, 3) | least{}, image_view<std::uint8_t>(out, 2, 3));
        return out[0] * 1000 + out[1] * 100 + out[2] * 10 + out[5];
    }();
    STATIC_REQUIRE(sum == 7353);
}

TEST_CASE("a stage's default border holds until an extend()", "[engine][border]") {
    CHECK(test::sweep<std::uint8_t>(
              extents(), [](auto v) { return v | greatest{} | least{} | extend(constant(9)) | greatest{} | least{}; },
              [](auto const& in) { return leasts(greatests(leasts(greatests(in, 0), 255), 9), 9); }) == "");
    CHECK(test::sweep<rgb<std::int16_t>>(
              extents(), [](auto v) { return v | greatest{} | least{}; },
              [](auto const& in) { return leasts(greatests(in, -32768), 32767); }) == "");
    auto const infinite = std::numeric_limits<float>::infinity();
    CHECK(test::sweep<float>(
              extents(), [](auto v) { return v | greatest{} | least{}; },
              [=](auto const& in) { return leasts(greatests(in, -infinite), infinite); }) == "");
    // Behind zip(), too, each input has its own; a chain beside one with extend() has none.
    auto const add = vectorized([](auto a, auto b) { return convert<std::uint8_t>(a | b); });
    CHECK(test::sweep<std::uint8_t>(
              extents(), [=](auto v) { return zip(v | extend(constant(0)) | least{}, v) | add | least{}; },
              [](auto const& in) {
                  auto both = leasts(in, 0);
                  for (std::size_t i = 0; i < both.data.size(); ++i) both.data[i] |= in.data[i];
                  return leasts(both, 255);
              }) == "");
}

// SPDX-License-Identifier: BSL-1.0
// The checks of places and counts, which are there where assert() is on.
#include <quoin/exec/parallel_simd.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/flip.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

using namespace quoin;
using Catch::Matchers::Message;

namespace {

/// Reads one pixel at an offset that may lie outside of its footprint.
struct reads_at {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{1, 1};
    int dx, dy;
    QUOIN_INLINE auto operator()(auto const& w) const { return w(dx, dy); }
};

/// Begins late, or goes on for too long.
struct wrong_policy : serial {
    index_t first = 0, more = 0;
    wrong_policy(index_t f, index_t m) : first(f), more(m) {}
    template <class F>
    void bulk(index_t n, F const& f) const {
        for (index_t i = first; i < n + more; ++i) f(i);
    }
};

} // namespace

TEST_CASE("checked: an offset outside of the footprint is an error with a sentence", "[checked]") {
    image<std::uint8_t> const in(100, 9);
    auto const sentence = [](int dx, int dy) {
        return Message(
            "quoin::window: the offset (" + std::to_string(dx) + ", " + std::to_string(dy) +
            ") lies outside of the footprint, which has 1 columns to the left, 1 to the right, 1 rows up and 1 "
            "down; give the stage a larger footprint");
    };
    for (auto const& [dx, dy] : {std::pair{2, 0}, {-2, 0}, {0, 2}, {0, -2}}) {
        CHECK_THROWS_MATCHES(to_image(serial{}, in.view() | reads_at{dx, dy}), invalid_argument, sentence(dx, dy));
        CHECK_THROWS_MATCHES(to_image(parallel_simd(2), in.view() | reads_at{dx, dy}), invalid_argument,
                             sentence(dx, dy));
    }
    CHECK_NOTHROW(to_image(serial{}, in.view() | reads_at{1, -1}));
}

TEST_CASE("checked: a place outside of a view is an error with a sentence", "[checked]") {
    image<std::uint8_t> in(7, 5);
    auto const v = in.view();
    CHECK_THROWS_MATCHES(v.row(5), invalid_argument,
                         Message("quoin::image_view: row 5 of a view of 5 rows; give 0 <= y < 5"));
    CHECK_THROWS_AS(v.row(-1), invalid_argument);
    CHECK_THROWS_MATCHES(v(7, 0), invalid_argument,
                         Message("quoin::image_view: column 7 of a view of 7 columns; give 0 <= x < 7"));
    CHECK_THROWS_AS(v.load(-1, 0), invalid_argument);
    CHECK_THROWS_AS(v.store(0, 5, 1), invalid_argument);
    CHECK(v.row(4) == v.data() + 4 * v.stride());
    CHECK(image_view<std::uint8_t>().row(0) == nullptr);
}

TEST_CASE("checked: a policy that leaves blocks out or repeats them is an error with a sentence", "[checked]") {
    image<std::uint8_t> const in(64, 90);
    auto const wrong = [&](index_t first, index_t more) {
        return to_image(wrong_policy{first, more}, in.view() | box(3), {30, 0});
    };
    CHECK_NOTHROW(wrong(0, 0));
    CHECK_THROWS_MATCHES(wrong(1, 0), invalid_argument,
                         Message("quoin::run: the policy computed 2 blocks of 3, so that pixels are missing or written "
                                 "twice; bulk(n, f) calls each of f(0) ... f(n - 1) once"));
    CHECK_THROWS_MATCHES(wrong(0, 1), invalid_argument,
                         Message("quoin::run: the policy asks for block 3 of 3; bulk(n, f) calls f(0) ... f(n - 1)"));
}

TEST_CASE("checked: quoin itself makes no such mistake", "[checked]") {
    image<rgb8> in(131, 23);
    for (index_t y = 0; y < 23; ++y)
        for (index_t x = 0; x < 131; ++x) in(x, y) = {static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y), 3};
    auto const p = in.view() | gray | box(15) | flip_y | gaussian(2) | crop(2, 3, 120, 17) | flip_x | box(3);
    auto const expected = to_image(serial{}, p);
    auto const got = to_image(parallel_simd(2), p, {5, 64});
    bool same = true;
    for (index_t y = 0; y < 17; ++y)
        for (index_t x = 0; x < 120; ++x) same = same && expected(x, y) == got(x, y);
    CHECK(same);
}

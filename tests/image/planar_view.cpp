// SPDX-License-Identifier: BSL-1.0
#include <quoin/image/planar_view.hpp>
#include <quoin/image/view.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

constexpr bool test_planes() {
    std::uint8_t r[8] = {}, g[8] = {}, b[8] = {};
    planar_view<rgb8> const v({r, g, b}, 3, 2, 4);
    v.store(2, 1, {1, 2, 3});
    if (r[6] != 1 || g[6] != 2 || b[6] != 3 || v.load(2, 1) != rgb8{1, 2, 3} || v(2, 1) != rgb8{1, 2, 3})
        return false;
    v.plane(1)(0, 0) = 50;
    planar_view<rgb8 const> const read_only = v;
    return g[0] == 50 && read_only.plane(1)(0, 0) == 50 && read_only.row(2, 1) == b + 4 &&
           v.size() == extent{3, 2} && v.stride() == 4 && planar_view<rgb8>().empty();
}

} // namespace

TEST_CASE("planar_view: a plane for each channel", "[view]") {
    static_assert(test_planes());
    CHECK(test_planes());
}

TEST_CASE("planar_view: what it models and what not", "[view]") {
    STATIC_CHECK(concepts::writable_view<planar_view<rgb8>>);
    STATIC_CHECK(concepts::view<planar_view<rgb8 const>>);
    STATIC_CHECK(!concepts::writable_view<planar_view<rgb8 const>>);
    STATIC_CHECK(!std::is_convertible_v<planar_view<rgb8 const>, planar_view<rgb8>>);
}

TEST_CASE("planar_view: what cannot be is refused", "[view]") {
    std::uint8_t m[8] = {};
    using planar = planar_view<rgb8>;
    CHECK_THROWS_AS(planar({m, m, nullptr}, 2, 2, 2), invalid_argument);
    CHECK_THROWS_AS(planar({m, m, m}, -2, 2, 2), invalid_argument);
    CHECK_THROWS_AS(planar({m, m, m}, 3, 2, 2), invalid_argument);
    CHECK_NOTHROW(planar({nullptr, nullptr, nullptr}, 0, 2, 0));
}

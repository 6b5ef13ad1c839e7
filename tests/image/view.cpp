// SPDX-License-Identifier: BSL-1.0
// The view concept: anything that knows its extent and gives pixels.
#include <quoin/image/view.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

struct ramp {
    using pixel_type = std::uint16_t;
    index_t w, h;
    constexpr index_t width() const { return w; }
    constexpr index_t height() const { return h; }
    constexpr pixel_type load(index_t x, index_t y) const { return static_cast<pixel_type>(x + y); }
};

struct writable_ramp : ramp {
    constexpr void store(index_t, index_t, pixel_type) const {}
};

struct without_extent {
    using pixel_type = std::uint16_t;
    constexpr pixel_type load(index_t, index_t) const { return 0; }
};

} // namespace

TEST_CASE("view: a user's own", "[view]") {
    STATIC_REQUIRE(concepts::view<ramp>);
    STATIC_REQUIRE_FALSE(concepts::writable_view<ramp>);
    STATIC_REQUIRE(concepts::writable_view<writable_ramp>);
    STATIC_REQUIRE_FALSE(concepts::view<without_extent>);
    STATIC_REQUIRE_FALSE(concepts::owning_image<ramp>);
}

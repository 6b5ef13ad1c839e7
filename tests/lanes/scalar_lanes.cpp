// SPDX-License-Identifier: BSL-1.0
#include <quoin/lanes/scalar_lanes.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

constexpr bool test_scalar_lanes() {
    std::uint8_t const in[6] = {1, 2, 3, 4, 5, 200};
    std::uint8_t out[6] = {};
    auto const p = scalar_lanes::load_pixels<rgb8>(in + 3);
    scalar_lanes::store_pixels<rgb8>(out + 1, p);
    scalar_lanes::store<std::uint8_t>(out, 9);
    return p == rgb8{4, 5, 200} && out[0] == 9 && out[1] == 4 && out[2] == 5 && out[3] == 200 &&
           out[4] == 0 && scalar_lanes::load_as<float>(in + 5) == 200.0f && scalar_lanes::count == 1;
}

constexpr bool test_running_sums() {
    std::uint32_t before = 0xFFFFFFFFu;
    return scalar_lanes::running_sums<std::uint32_t>(before, 3) == 2 && before == 2 &&
           scalar_lanes::running_sums<std::uint32_t>(before, 40) == 42 && before == 42;
}

} // namespace

TEST_CASE("scalar_lanes: one pixel a step", "[lanes]") {
    static_assert(test_scalar_lanes());
    CHECK(test_scalar_lanes());
    static_assert(test_running_sums());
    STATIC_CHECK(std::same_as<lane_pixel<scalar_lanes, rgb8>, rgb8>);
}

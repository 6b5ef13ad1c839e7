// SPDX-License-Identifier: BSL-1.0
// Resampling passes of bytes that are joined: the quotients of sums, and chains of such passes.
#include <quoin/exec/line/joined_passes.hpp>
#include <quoin/geometry/pyramid_down.hpp>
#include <quoin/geometry/resize_area.hpp>
#include <quoin/geometry/resize_linear.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/simd.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/flip.hpp>

#include <catch2/catch_test_macros.hpp>

#include <vector>

using namespace quoin;

namespace {

/// Whether the quotients of these sums are those of integers.
bool divides(std::int64_t whole, std::vector<std::int32_t>& sums) {
    std::size_t const count = sums.size();
    sums.resize(count + simd_lanes::count);
    std::vector<std::uint8_t> quotients(count + simd_lanes::count);
    detail::byte_quotient const by(static_cast<double>(whole));
    by.write<simd_lanes>([&](index_t i) { return simd_lanes::load_as<std::int32_t>(sums.data() + i); },
                         quotients.data(), static_cast<index_t>(count));
    for (std::size_t i = 0; i < count; ++i)
        if (quotients[i] != (2 * sums[i] + whole) / (2 * whole)) return false;
    return true;
}

template <class P, class Stage>
auto applied(test::plain<P> const& in, Stage const& stage) {
    test::guarded<P> const source(in);
    return test::evaluated(source.view() | stage);
}

} // namespace

TEST_CASE("joined passes: quotients are exact, half up", "[engine]") {
    std::int64_t const some[] = {4097, 5000, 8192, 30030, 127 * 32767};
    for (std::int64_t whole = 1; whole <= 4096 + 5; ++whole) {
        std::int64_t const divisor = whole <= 4096 ? whole : some[whole - 4097];
        std::vector<std::int32_t> sums;
        if (divisor <= 64) {
            for (std::int32_t sum = 0; sum <= 255 * divisor; ++sum) sums.push_back(sum);
        } else { // around the sums where the quotient changes
            for (std::int64_t k = 0; k <= 255; ++k)
                for (std::int64_t at = k * divisor + divisor / 2 - 1; at <= k * divisor + divisor / 2 + 1; ++at)
                    sums.push_back(static_cast<std::int32_t>(std::min(at, 255 * divisor)));
        }
        CAPTURE(divisor);
        REQUIRE(divides(divisor, sums));
    }
}

TEST_CASE("joined passes: in chains, as if each stage made an image", "[engine]") {
    auto const in = test::random_pixels<rgb8>({192, 96}, 5);
    auto const expected = applied(
        applied(applied(applied(applied(applied(in, gray), resize_area({80, 40})), gaussian3), pyramid_down), flip_y),
        resize_linear({20, 10}));
    CHECK(test::check_pipeline(in, expected, [](auto v) {
              return v | gray | resize_area({80, 40}) | gaussian3 | pyramid_down | flip_y | resize_linear({20, 10});
          }) == "");
    auto const twice = applied(applied(applied(in, crop(3, 1, 140, 92)), pyramid_down), resize_linear({35, 23}));
    CHECK(test::check_pipeline(in, twice, [](auto v) {
              return v | crop(3, 1, 140, 92) | pyramid_down | resize_linear({35, 23});
          }) == "");
}

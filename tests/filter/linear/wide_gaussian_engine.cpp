// SPDX-License-Identifier: BSL-1.0
// wide_gaussian in the engine.
#include <quoin/filter/linear/wide_gaussian.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("wide_gaussian: every policy has the same bytes", "[filter][wide_gaussian]") {
    auto const same = []<class P>(P, double x, double y, extent size) {
        auto const in = test::random_pixels<P>(size, 4);
        auto expected = in;
        image_view<P const> const view(in.data.data(), size.width, size.height);
        image_view<P> const out(expected.data.data(), size.width, size.height);
        run(serial{}, view | extend(replicate) | wide_gaussian(x, y), out);
        return test::check_pipeline(in, expected, [=](auto v) { return v | extend(replicate) | wide_gaussian(x, y); });
    };
    CHECK(same(std::uint8_t{}, 8, 11, {211, 90}) == "");
    CHECK(same(std::uint8_t{}, 2, 7, {5, 3}) == "");
    CHECK(same(float{}, 8, 6.5, {211, 60}) == "");
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/label/connectivity.hpp>

#include <quoin/exec/serial.hpp>
#include <quoin/label/components.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("connectivity: pixels that share a corner touch by eight alone", "[label][connectivity]") {
    bit_image mask(extent{3, 3});
    mask.set(0, 0, true);
    mask.set(1, 1, true);
    mask.set(2, 1, true);
    CHECK(components(serial{}, mask, connectivity::four).components.size() == 2);
    CHECK(components(serial{}, mask, connectivity::eight).components.size() == 1);
}

// SPDX-License-Identifier: BSL-1.0
// match_template of colors against plain sums.
#include "plain_match.hpp"

using namespace quoin;

TEST_CASE("match_template: plain sums of colors, under every policy", "[feature][match_template]") {
    test::check_matches<rgb<std::uint8_t>>();
    test::check_match<rgb<std::uint8_t>>({300, 12}, {290, 5}, 94);
}

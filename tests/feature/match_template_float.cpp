// SPDX-License-Identifier: BSL-1.0
// match_template of float against plain sums.
#include "plain_match.hpp"

TEST_CASE("match_template: plain sums of float, under every policy", "[feature][match_template]") {
    test::check_matches<float>();
}

// SPDX-License-Identifier: BSL-1.0
// What oracle.hpp declares, compiled once for all tests.
#include "support/oracle.hpp"

#include <quoin/exec/workspace.hpp>

namespace test {

std::vector<quoin::tiling> tilings(extent size) {
    using enum quoin::store_hint;
    static quoin::workspace memory; // as the evaluations before have left it
    std::vector<quoin::tiling> all{{}, {1, 0, streaming, &memory}};
    if (size.height > 2) all.push_back({2, 0, cached, &memory});
    if (size.width > 64) all.push_back({3, 64, streaming});
    return all;
}

std::vector<extent> many_extents() {
    std::vector<extent> sizes;
    for (index_t w = 0; w <= 131; ++w) sizes.push_back({w, 3});
    for (index_t h = 0; h <= 7; ++h)
        for (index_t w : {1, 2, 17, 70}) sizes.push_back({w, h});
    return sizes;
}
std::vector<extent> few_extents() {
    return {{1, 1}, {2, 1}, {1, 2}, {3, 2}, {5, 4}, {16, 3}, {31, 5}, {64, 2}, {65, 3}, {130, 4}};
}

std::vector<extent> small_extents() {
    std::vector<extent> sizes;
    for (index_t h : {1, 2, 3, 4, 5})
        for (index_t w : {1, 2, 3, 4, 5}) sizes.push_back({w, h});
    return sizes;
}

std::string in_words(std::string const& found, std::string const& policy, extent size, quoin::tiling t) {
    std::ostringstream text;
    text << policy << ", " << size.width << " x " << size.height << ", strips of " << t.strip_rows << " rows, tiles of "
         << t.tile_columns << " columns: " << found;
    return text.str();
}

QUOIN_TEST_ALL_PIXELS()

} // namespace test

QUOIN_NAMESPACE_BEGIN
namespace detail {
QUOIN_TEST_RINGS()
} // namespace detail
QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// How far one mask is from another; not public.
#pragma once

#include <quoin/segment/morphology.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

struct overlap {
    index_t both = 0;
    index_t either = 0;
};

template <policy Policy>
overlap compare(Policy const& p, bit_image const& a, bit_image const& b) {
    return reduce_chunks(
        p, row_chunks(a.height()), overlap{},
        [&](index_t begin, index_t end) {
            overlap sum;
            for (index_t i = 0; i < (end - begin) * a.words_per_row(); ++i) {
                sum.both += std::popcount(a.row(begin)[i] & b.row(begin)[i]);
                sum.either += std::popcount(a.row(begin)[i] | b.row(begin)[i]);
            }
            return sum;
        },
        [](overlap x, overlap y) { return overlap{x.both + y.both, x.either + y.either}; });
}

/// The pixels of `mask` that are further than `distance` outside of the given one, and those that it lacks further
/// than that inside.
template <policy Policy>
bit_image beyond(Policy const& p, bit_image const& given, bit_image const& mask, index_t distance) {
    bit_image result = dilation(p, given, distance);
    bit_image const core = erosion(p, given, distance);
    for_each_chunk(p, row_chunks(given.height()), [&](index_t begin, index_t end) {
        for (index_t i = 0; i < (end - begin) * given.words_per_row(); ++i)
            result.row(begin)[i] =
                (mask.row(begin)[i] & ~result.row(begin)[i]) | (core.row(begin)[i] & ~mask.row(begin)[i]);
    });
    return result;
}

/// The least distance beyond which the masks are equal, at most `reach`.
template <policy Policy>
index_t edge_error(Policy const& p, bit_image const& given, bit_image const& mask, index_t reach) {
    index_t low = 0; // too little, since the masks differ
    while (reach - low > 1) {
        index_t const middle = (low + reach) / 2;
        (beyond(p, given, mask, middle).popcount() == 0 ? reach : low) = middle;
    }
    return reach;
}

} // namespace detail
QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// The differences between two masks.
#pragma once

#include <quoin/mask/morphology.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

struct overlap {
    index_t both = 0;
    index_t either = 0;
};

template <concepts::policy Policy>
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

/// The bounds of a mask whose edges are within a distance of those of a given mask: it contains `core`, and lies inside
/// `around`.
struct edge_bounds {
    bit_image core, around;

    template <concepts::policy Policy>
    edge_bounds(Policy const& p, bit_image const& given, index_t distance)
        : core(erosion(p, given, distance)), around(dilation(p, given, distance)) {}
};

/// The pixels of the mask outside of the bounds, and the pixels of the core that it lacks.
template <concepts::policy Policy>
bit_image beyond(Policy const& p, edge_bounds const& bounds, bit_image const& mask) {
    bit_image result(mask.size());
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t i = 0; i < (end - begin) * mask.words_per_row(); ++i)
            result.row(begin)[i] = (mask.row(begin)[i] & ~bounds.around.row(begin)[i]) |
                                   (bounds.core.row(begin)[i] & ~mask.row(begin)[i]);
    });
    return result;
}

/// The least distance for which the mask is within the bounds of the given one. It is at most `reach`.
template <concepts::policy Policy>
index_t edge_error(Policy const& p, bit_image const& given, bit_image const& mask, index_t reach) {
    index_t low = 0; // too small, since the masks differ
    while (reach - low > 1) {
        index_t const middle = (low + reach) / 2;
        (beyond(p, edge_bounds(p, given, middle), mask).popcount() == 0 ? reach : low) = middle;
    }
    return reach;
}

/// The number of sequences of set pixels on the path around a rectangle. If it is one, all pixels that touch the
/// rectangle are connected without it.
inline int parts_around(bit_image const& mask, rect const& box) {
    auto const set = [&](index_t x, index_t y) {
        return x >= 0 && y >= 0 && x < mask.width() && y < mask.height() && mask.get(x, y);
    };
    bool before = set(box.x - 1, box.y);
    int parts = 0;
    auto const visit = [&](index_t x, index_t y) {
        bool const here = set(x, y);
        parts += here && !before;
        before = here;
    };
    // In most cases one of the longer sides is set completely and the other not at all. Then its last pixel suffices.
    auto const visit_row = [&](index_t y, index_t first, index_t step) {
        bool const alike = y < 0 || y >= mask.height() || uniform(mask.row(y), box.x, box.right(), mask.get(box.x, y));
        for (index_t i = alike ? box.width - 1 : 0; i < box.width; ++i) visit(first + i * step, y);
    };
    visit(box.x - 1, box.y - 1);
    visit_row(box.y - 1, box.x, 1);
    for (index_t y = box.y - 1; y <= box.bottom(); ++y) visit(box.right(), y);
    visit_row(box.bottom(), box.right() - 1, -1);
    for (index_t y = box.bottom(); y >= box.y; --y) visit(box.x - 1, y);
    return parts;
}

} // namespace detail
QUOIN_NAMESPACE_END

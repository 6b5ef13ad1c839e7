// SPDX-License-Identifier: BSL-1.0
// contours: the borders of the components of a mask and of their holes, as lists of points.
#pragma once

#include <quoin/feature/detail/border_walk.hpp>

QUOIN_NAMESPACE_BEGIN

/// Which borders contours() finds, and how it orders them.
enum class contour_mode {
    external,  ///< those of components that lie in no hole, without their holes
    list,      ///< all, without parents
    two_level, ///< the holes are children of their component, and components have no parent
    tree,      ///< the holes are children of their component, and a component in a hole is a child of this
};

/// Which points of a border contours() lists.
enum class contour_points {
    all,     ///< every pixel of the border
    corners, ///< the pixels at which the border changes its direction
};

struct contour_options {
    contour_mode mode = contour_mode::tree;
    contour_points points = contour_points::corners;
};

/// One border. Others are given by their indices in contour_list::all; -1 is none.
struct contour {
    index_t first = 0;     ///< the index of its first point in contour_list::points
    index_t count = 0;     ///< the number of its points
    index_t next = -1;     ///< the next one with the same parent
    index_t previous = -1; ///< the one before with the same parent
    index_t child = -1;    ///< the first one whose parent it is
    index_t parent = -1;
    bool hole = false; ///< whether it is the border of a hole
    friend bool operator==(contour const&, contour const&) = default;
};

/// Borders and their points.
struct contour_list {
    std::vector<point> points;
    std::vector<contour> all;

    index_t size() const { return static_cast<index_t>(all.size()); }
    /// The points of border k.
    std::span<point const> of(index_t k) const {
        contour const& c = all[static_cast<std::size_t>(k)];
        return {points.data() + c.first, static_cast<std::size_t>(c.count)};
    }
    friend bool operator==(contour_list const&, contour_list const&) = default;
};

/// The borders of the 8-connected components of a mask, and those of their holes, which are 4-connected. The points of
/// a border are set pixels that have a pixel outside the component, or in the hole, above, below, or beside them. Each
/// is a neighbor of the one before; where a component is one pixel thin, the border passes it twice. With y downwards,
/// the border of a component goes counterclockwise and that of a hole clockwise: the component is to the left.
///
/// The border of a component starts at its first pixel in raster order. That of a hole starts at the pixel to the left
/// of the first one of the hole, which is no corner if the border goes straight on there. A border is found at its
/// start in raster order. Of borders with the same parent, the one that was found last is the first in the list; a
/// border is followed by its children, and they by theirs. All this is as in cv::findContours: contours, points and
/// order are the same, for RETR_EXTERNAL, RETR_LIST, RETR_CCOMP and RETR_TREE with CHAIN_APPROX_NONE and
/// CHAIN_APPROX_SIMPLE, of OpenCV 4.13 and 5.0.
///
/// Only the ends of runs are visited, and neither the image nor marks in it. Cost: two passes over the runs, which
/// share the work among threads, and one access to each of their ends, and the points, which do not. Memory: 8 bytes a
/// run, 16 more for the modes with parents, and the result: 16 bytes a point.
///
/// Source: S. Suzuki and K. Abe, "Topological structural analysis of digitized binary images by border following",
/// 1985, for the borders, their order and parents.
/// @throws invalid_argument for a mask with a side above 2^29 pixels.
template <concepts::policy Policy>
contour_list contours(Policy const& p, run_list const& runs, contour_options const& options = {});

/// The same of a mask: its runs are found first.
template <concepts::policy Policy>
contour_list contours(Policy const& p, bit_image const& mask, contour_options const& options = {});

namespace detail {

/// Orders borders, which come in the order in which they were found with the indices of their parents.
inline void order_contours(std::vector<contour>& all) {
    auto const at = [&](index_t k) -> contour& { return all[static_cast<std::size_t>(k)]; };
    contour top;
    for (index_t k = 0; k < static_cast<index_t>(all.size()); ++k) {
        contour& parent = at(k).parent < 0 ? top : at(at(k).parent);
        at(k).next = std::exchange(parent.child, k);
    }
    std::vector<index_t> place(all.size()); // of each border, its index in the ordered list
    std::vector<contour> ordered;
    ordered.reserve(all.size());
    for (index_t k = top.child; k >= 0;) {
        place[static_cast<std::size_t>(k)] = static_cast<index_t>(ordered.size());
        ordered.push_back(at(k));
        if (at(k).child >= 0) {
            k = at(k).child;
        } else {
            while (k >= 0 && at(k).next < 0) k = at(k).parent;
            if (k >= 0) k = at(k).next;
        }
    }
    all = std::move(ordered);
    for (contour& c : all)
        for (index_t contour::*other : {&contour::next, &contour::child, &contour::parent})
            if (c.*other >= 0) c.*other = place[static_cast<std::size_t>(c.*other)];
    for (index_t k = 0; k < static_cast<index_t>(all.size()); ++k)
        if (at(k).next >= 0) at(at(k).next).previous = k;
}

template <bool Corners>
void find_contours(run_list const& runs, side_links& links, contour_mode mode, contour_list& result) {
    bool const parents = mode == contour_mode::tree || mode == contour_mode::two_level;
    std::vector<index_t> border; // of each side; without parents, none
    if (parents) resize_for_use(border, 2 * runs.size());
    // The parent of a border follows from the border at the side before, in the same row.
    auto const parent_of = [&](index_t side) -> index_t {
        index_t const k = border[static_cast<std::size_t>(side - 1)];
        contour const& before = result.all[static_cast<std::size_t>(k)];
        return before.hole != (side % 2 == 1) ? k : before.parent;
    };
    for (index_t y = 0; y < runs.height(); ++y) {
        index_t const begin = 2 * runs.first[y], end = 2 * runs.first[y + 1];
        for (index_t side = begin; side < end; ++side) {
            if (links[static_cast<std::size_t>(side)] == 0) continue;
            bool const hole = side % 2 == 1;
            // Outside of holes the border to the left has been walked before.
            if (mode == contour_mode::external &&
                (hole || (side != begin && links[static_cast<std::size_t>(side - 1)] != 0)))
                continue;
            index_t const k = result.size();
            contour found{.first = static_cast<index_t>(result.points.size()), .hole = hole};
            if (parents && side != begin) found.parent = parent_of(side);
            if (parents)
                walk_border<Corners>(runs, links, side, y, result.points,
                                     [&](index_t passed) { border[static_cast<std::size_t>(passed)] = k; });
            else walk_border<Corners>(runs, links, side, y, result.points, [](index_t) {});
            found.count = static_cast<index_t>(result.points.size()) - found.first;
            result.all.push_back(found);
        }
    }
    if (mode == contour_mode::two_level)
        for (contour& c : result.all)
            if (!c.hole) c.parent = -1;
    order_contours(result.all);
}

template <concepts::policy Policy>
contour_list contours_of(Policy const& p, run_list const& runs, contour_options const& options) {
    check_sides("quoin::contours", {runs.width, runs.height()}, index_t{1} << 29);
    contour_list result;
    side_links links;
    link_sides(p, runs, links);
    if (options.points == contour_points::corners) find_contours<true>(runs, links, options.mode, result);
    else find_contours<false>(runs, links, options.mode, result);
    return result;
}

} // namespace detail

template <concepts::policy Policy>
contour_list contours(Policy const& p, run_list const& runs, contour_options const& options) {
    return detail::contours_of(detail::policy_ref::to(p), runs, options);
}

template <concepts::policy Policy>
contour_list contours(Policy const& p, bit_image const& mask, contour_options const& options) {
    return contours(p, runs(p, mask), options);
}

QUOIN_NAMESPACE_END

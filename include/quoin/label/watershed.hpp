// SPDX-License-Identifier: BSL-1.0
// watershed: cuts a mask into regions along the valleys of a height image.
#pragma once

#include <quoin/image/image.hpp>
#include <quoin/label/components.hpp>

#include <numeric>

QUOIN_NAMESPACE_BEGIN

/// Labels the hills of a height image. The label is 0 where the mask is not set, and elsewhere the number of the
/// region: 1, 2, ... in raster order of the regions' first pixels. Heights must not be negative. `heights` and `mask`
/// have the same extent.
///
/// The equivalent loop visits the set pixels from the highest to the lowest, and equal ones in raster order. A pixel
/// without a visited neighbor (of 8) starts a region, and its height is the region's peak. Any other pixel joins the
/// region of its highest visited neighbor; of equal neighbors it takes the first in raster order. Then the pixel is the
/// pass between that region and each other region that it touches, in raster order of the neighbors. Two such regions
/// are united if the height of the pass is at least `depth` times the lower of the two peaks. The united region keeps
/// the higher peak. So two hills stay apart iff the pass between them is lower than `depth` times the lower peak. With
/// depth = 1 every pass below both peaks separates them.
///
/// On distances from the background (squared_distance_transform) this cuts touching convex shapes at their necks. The
/// 8-connected components are flooded independently, several in parallel. Cost: a sort of the pixels of each component.
/// Memory: about 24 bytes a pixel of the components that are being flooded, and 32 bytes a run.
///
/// Source: L. Vincent, P. Soille, "Watersheds in digital spaces", 1991; the union by the height of the pass follows M.
/// Grimaud's dynamics, 1992.
/// @throws invalid_argument unless 0 <= depth <= 1, if the extents differ, for a side above 2^31 - 1 pixels, and for
/// more than 2^32 - 2 regions.
template <concepts::policy Policy, class T>
image<std::uint32_t> watershed(Policy const& p, image_view<T> heights, bit_image const& mask, double depth = 1);

namespace detail {

/// A run and its row.
struct run_in_row {
    index_t y;
    pixel_run run;
};

/// Floods one component after the other. In each component the regions are numbered 1, 2, ....
template <class T>
class flood {
    struct spot {
        T height;
        std::int32_t x;
        std::int32_t y;
    };

public:
    flood(image_view<T const> heights, image_view<std::uint32_t> labels, double depth)
        : heights_(heights), labels_(labels), depth_(depth) {}

    /// Floods a component, given by its runs in raster order. Returns the first pixel of each region.
    std::vector<point> operator()(std::span<run_in_row const> runs) {
        spots_.clear();
        parent_.assign(1, 0); // 0 is the background
        peak_.assign(1, T{});
        for (auto const& [y, r] : runs)
            for (std::int32_t x = r.begin; x < r.end; ++x)
                spots_.push_back({heights_(x, y), x, static_cast<std::int32_t>(y)});
        std::stable_sort(spots_.begin(), spots_.end(),
                         [](spot const& a, spot const& b) { return a.height > b.height; });
        for (spot const& s : spots_) visit(s);

        std::vector<point> first;
        number_.assign(parent_.size(), 0);
        for (auto const& [y, r] : runs)
            for (index_t x = r.begin; x < r.end; ++x) {
                std::uint32_t& number = number_[static_cast<std::size_t>(root(labels_(x, y)))];
                if (number == 0) {
                    first.push_back({x, y});
                    number = static_cast<std::uint32_t>(first.size());
                }
                labels_(x, y) = number;
            }
        return first;
    }

private:
    index_t root(index_t i) { return find_root(parent_.data(), i); }

    void visit(spot const& s) {
        index_t touched[8];
        int count = 0;
        index_t best = 0;
        T highest{};
        for (index_t y = std::max(0, s.y - 1); y <= std::min(labels_.height() - 1, index_t{s.y} + 1); ++y)
            for (index_t x = std::max(0, s.x - 1); x <= std::min(labels_.width() - 1, index_t{s.x} + 1); ++x) {
                index_t const label = labels_(x, y);
                if (label == 0) continue;
                touched[count++] = label;
                if (best == 0 || heights_(x, y) > highest) {
                    best = label;
                    highest = heights_(x, y);
                }
            }
        if (count == 0) {
            best = static_cast<index_t>(parent_.size());
            parent_.push_back(best);
            peak_.push_back(s.height);
        }
        labels_(s.x, s.y) = static_cast<std::uint32_t>(best);
        for (int i = 0; i < count; ++i) {
            index_t const a = root(best);
            index_t const b = root(touched[i]);
            T const lower = std::min(peak_[static_cast<std::size_t>(a)], peak_[static_cast<std::size_t>(b)]);
            if (a == b || static_cast<double>(s.height) < depth_ * static_cast<double>(lower)) continue;
            T const higher = std::max(peak_[static_cast<std::size_t>(a)], peak_[static_cast<std::size_t>(b)]);
            unite(parent_.data(), a, b);
            peak_[static_cast<std::size_t>(std::min(a, b))] = higher;
        }
    }

    image_view<T const> heights_;
    image_view<std::uint32_t> labels_;
    double depth_;
    std::vector<spot> spots_;
    std::vector<index_t> parent_;
    std::vector<T> peak_;
    std::vector<std::uint32_t> number_;
};

/// The runs, grouped by component. Those of component c are all[first[c]] ... all[first[c + 1] - 1].
struct runs_by_component {
    std::vector<run_in_row> all;
    std::vector<index_t> first;

    explicit runs_by_component(component_map const& map) : all(map.runs.all.size()), first(map.components.size() + 1) {
        for (index_t const c : map.label) ++first[static_cast<std::size_t>(c)];
        exclusive_scan(first);
        std::vector<index_t> next = first;
        for (index_t y = 0; y < map.runs.height(); ++y)
            map.for_each_run(y, [&](pixel_run run, index_t c) {
                all[static_cast<std::size_t>(next[static_cast<std::size_t>(c)]++)] = {y, run};
            });
    }
    std::span<run_in_row const> operator[](index_t c) const {
        return {all.data() + first[static_cast<std::size_t>(c)], all.data() + first[static_cast<std::size_t>(c) + 1]};
    }
};

template <concepts::policy Policy, class T>
image<std::uint32_t> labels_of_hills(Policy const& p, image_view<T> heights, bit_image const& mask, double depth) {
    using V = std::remove_const_t<T>;
    if (!(depth >= 0 && depth <= 1))
        raise("quoin::watershed: the depth ", depth, " is not in 0..1; it is a share of the lower peak's height");
    if (heights.size() != mask.size())
        raise("quoin::watershed: heights of ", heights.width(), " x ", heights.height(), " for a mask of ",
              mask.width(), " x ", mask.height(), "; both must have one extent");
    image<std::uint32_t> labels(mask.size());
    auto const out = labels.view();
    component_map const map = components(p, mask, connectivity::eight);
    runs_by_component const runs(map);
    chunks const parts{static_cast<index_t>(map.components.size()), 8};

    std::vector<std::vector<point>> first(map.components.size());
    for_each_chunk(p, parts, [&](index_t begin, index_t end) {
        flood<V> component(heights, out, depth);
        for (index_t c = begin; c < end; ++c) first[static_cast<std::size_t>(c)] = component(runs[c]);
    });

    // Converts the numbers within components to numbers within the image: the rank of the region's first pixel.
    std::vector<index_t> offset(first.size());
    for (std::size_t c = 0; c < first.size(); ++c) offset[c] = static_cast<index_t>(first[c].size());
    std::vector<std::uint32_t> number(static_cast<std::size_t>(exclusive_scan(offset)));
    if (number.size() >= std::numeric_limits<std::uint32_t>::max())
        raise("quoin::watershed: ", number.size(), " regions have no numbers of 32 bits; cut the image into parts");
    std::vector<point> all;
    all.reserve(number.size());
    for (auto const& each : first)
        for (point const& at : each) all.push_back(at);
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::pair(all[a].y, all[a].x) < std::pair(all[b].y, all[b].x);
    });
    for (std::size_t rank = 0; rank < order.size(); ++rank) number[order[rank]] = static_cast<std::uint32_t>(rank + 1);
    for_each_chunk(p, parts, [&](index_t begin, index_t end) {
        for (index_t c = begin; c < end; ++c)
            for (auto const& [y, r] : runs[c])
                for (index_t x = r.begin; x < r.end; ++x)
                    out(x, y) = number[static_cast<std::size_t>(offset[static_cast<std::size_t>(c)] + out(x, y) - 1)];
    });
    return labels;
}

} // namespace detail

template <concepts::policy Policy, class T>
image<std::uint32_t> watershed(Policy const& p, image_view<T> heights, bit_image const& mask, double depth) {
    return detail::labels_of_hills(detail::policy_ref::to(p), heights, mask, depth);
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// The steps of find_nuclei.
#include "find.hpp"

#include "../common/workers.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/label/fill_holes.hpp>
#include <quoin/label/watershed.hpp>
#include <quoin/mask/local_threshold.hpp>
#include <quoin/mask/squared_distance_transform.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/measure/estimate_background.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/otsu.hpp>
#include <quoin/pipe/zip.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace examples {

namespace {

using quoin::image;
using quoin::index_t;

template <class Pipeline>
auto computed(workers const& w, Pipeline const& what) {
    return w.on_lanes([&](auto const& p) { return quoin::to_image(p, what); });
}
template <class What>
auto range(workers const& w, What const& what) {
    return w.on_lanes([&](auto const& p) { return quoin::min_max(p, what); });
}

/// Pointwise: by how much the first value is above the second; 0 where it is not.
struct excess {
    using vectorized = void;

    template <class V>
    QUOIN_INLINE V operator()(V const& value, V const& below) const {
        using quoin::max;
        return max(value - below, V(0.0f));
    }
};

/// What is above the background, in shares of the brightest: 0 .. 65535.
image<std::uint16_t> flattened(workers const& w, image<std::uint16_t> const& pixels, index_t radius) {
    image<float> const values = computed(w, pixels.view() | quoin::convert_to<float>);
    image<float> const ground =
        radius > 0 ? quoin::estimate_background(w.threads(), values.view(), radius) : image<float>(pixels.size());
    auto const above = quoin::zip(values.view(), ground.view()) | excess{};
    float const most = range(w, above).max;
    return computed(w, above | quoin::brightness(most > 0 ? 65535 / most : 0.0f) | quoin::convert_to<std::uint16_t>);
}

/// Otsu's threshold of the square roots, squared: between a few bright nuclei and many faint ones, the threshold of the
/// values themselves would be too high for the faint, and roots have the same noise everywhere that photons make.
index_t level_of(workers const& w, image<std::uint16_t> const& flat) {
    std::vector<index_t> const counts = w.on_lanes([&](auto const& p) { return quoin::histogram(p, flat.view()); });
    auto const root = [](std::size_t v) { return static_cast<std::size_t>(std::sqrt(static_cast<double>(v) * 65535)); };
    std::vector<index_t> roots(counts.size());
    for (std::size_t v = 0; v < counts.size(); ++v) roots[root(v)] += counts[v];
    auto const threshold = static_cast<std::size_t>(quoin::otsu_level(roots));
    std::size_t level = 0;
    while (level + 1 < counts.size() && root(level + 1) <= threshold) ++level;
    return static_cast<index_t>(level);
}

void intersect(workers const& w, quoin::bit_image& mask, quoin::bit_image const& other) {
    quoin::for_each_chunk(w.threads(), {mask.height(), 64}, [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            for (index_t i = 0; i < mask.words_per_row(); ++i) mask.row(y)[i] &= other.row(y)[i];
    });
}

/// Distances to the background in 64ths of a pixel.
image<std::uint16_t> distances(workers const& w, quoin::bit_image const& mask) {
    image<std::uint32_t> const squares = quoin::squared_distance_transform(w.threads(), mask);
    image<std::uint16_t> result(mask.size());
    quoin::for_each_chunk(w.threads(), {mask.height(), 64}, [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            for (index_t x = 0; x < mask.width(); ++x)
                result(x, y) = static_cast<std::uint16_t>(
                    std::min(65535.0, 64 * std::sqrt(static_cast<double>(squares(x, y))) + 0.5));
    });
    return result;
}

/// Every label becomes new_label(label, x, y).
template <class F>
void relabel(workers const& w, image<std::uint32_t>& labels, F const& new_label) {
    quoin::for_each_chunk(w.threads(), {labels.height(), 64}, [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            for (index_t x = 0; x < labels.width(); ++x)
                if (std::uint32_t& label = labels(x, y); label != 0) label = new_label(label, x, y);
    });
}

/// Drops regions of fewer pixels and numbers the others 1, 2, ...; returns what is left.
std::vector<quoin::region_properties> drop_small(workers const& w, image<std::uint32_t>& labels,
                                                 std::vector<quoin::region_properties> const& all, index_t min_area) {
    std::vector<quoin::region_properties> kept;
    std::vector<std::uint32_t> number(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].area < std::max<index_t>(1, min_area)) continue;
        kept.push_back(all[i]);
        number[i] = static_cast<std::uint32_t>(kept.size());
    }
    relabel(w, labels, [&](std::uint32_t label, index_t, index_t) { return number[label - 1]; });
    return kept;
}

/// The diameter of the disc of the area that half of the labeled pixels' regions do not exceed.
double typical_diameter(std::vector<quoin::region_properties> const& regions) {
    std::vector<index_t> areas;
    index_t total = 0;
    for (quoin::region_properties const& r : regions) {
        areas.push_back(r.area);
        total += r.area;
    }
    std::sort(areas.begin(), areas.end());
    index_t sum = 0;
    for (index_t const area : areas)
        if (sum += area; 2 * sum >= total) return std::sqrt(static_cast<double>(area) * 4 / std::numbers::pi);
    return 0;
}

/// One segmentation at a known scale. `refined` is false for the first one, which finds the scale.
nuclei_findings at_scale(workers const& w, image<std::uint16_t> const& flat, image<std::uint16_t> const& pixels,
                         nuclei_options const& options, double diameter, bool refined) {
    // What is finer than a fortieth of a nucleus is noise.
    double const sigma = refined ? std::clamp(diameter / 40, 0.6, 42.0) : 1.0;
    image<std::uint16_t> const smooth = computed(w, flat.view() | quoin::gaussian(sigma));
    index_t const level = level_of(w, smooth);
    quoin::bit_image mask =
        w.on_lanes([&](auto const& p) { return quoin::to_bits(p, smooth.view() | quoin::threshold(level)); });
    if (refined && options.local) {
        auto const offset = static_cast<index_t>(options.contrast * static_cast<double>(level) + 0.5);
        auto const radius = std::max<index_t>(1, static_cast<index_t>(diameter / 2 + 0.5));
        intersect(w, mask, quoin::local_threshold(w.threads(), smooth.view(), radius, offset));
    }
    mask = quoin::fill_holes(w.threads(), std::move(mask), std::numeric_limits<index_t>::max());

    double const rounding = refined ? std::clamp(diameter / 20, 0.5, 42.0) : 1.0;
    auto const exact = distances(w, mask);
    image<std::uint16_t> const depths = computed(w, exact.view() | quoin::gaussian(rounding));
    nuclei_findings found{quoin::watershed(w.threads(), depths.view(), mask, options.neck), {}, diameter};

    // A blurred nucleus ends where it has half of its brightness, which a bright one's halo has not.
    auto const bright = quoin::regionprops(w.threads(), found.labels.view(), smooth.view());
    relabel(w, found.labels, [&](std::uint32_t label, index_t x, index_t y) {
        return 2 * smooth(x, y) < bright[label - 1].intensity_mean ? 0 : label;
    });
    auto const least = [&] {
        if (options.min_area >= 0) return options.min_area;
        double const typical = std::numbers::pi / 4 * diameter * diameter;
        return std::max<index_t>(12, static_cast<index_t>(typical / 10 + 0.5));
    };
    auto const all = quoin::regionprops(w.threads(), found.labels.view(), pixels.view());
    found.nuclei = drop_small(w, found.labels, all, least());
    return found;
}

} // namespace

nuclei_findings find_nuclei(workers const& w, quoin::image<std::uint16_t> const& pixels,
                            nuclei_options const& options) {
    nuclei_findings const none{quoin::image<std::uint32_t>(pixels.size()), {}, options.diameter};
    if (pixels.empty()) return none;
    auto const flat = flattened(w, pixels, options.background);
    if (auto const values = range(w, flat.view()); values.min == values.max) return none;
    if (options.diameter > 0) return at_scale(w, flat, pixels, options, options.diameter, true);
    // From clumps that Otsu's threshold joins to the nuclei in them, in two steps.
    nuclei_findings found = at_scale(w, flat, pixels, options, 0, false);
    for (int step = 0; step < 2 && !found.nuclei.empty(); ++step)
        found = at_scale(w, flat, pixels, options, typical_diameter(found.nuclei), true);
    return found;
}

} // namespace examples

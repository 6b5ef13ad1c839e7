// SPDX-License-Identifier: BSL-1.0
// The sums over the runs of regions for region_properties.
#pragma once

#include <quoin/core/detail/wide_int.hpp>
#include <quoin/image/view.hpp>
#include <quoin/label/components.hpp>

#include <algorithm>
#include <limits>
#include <vector>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Sums over columns u and rows v, counted from a pixel near the centroid. This keeps them small: the sums of u and v
/// stay below the area.
struct moment_sums {
    wide_int uu = 0;
    wide_int uv = 0;
    wide_int vv = 0;
    index_t u = 0;
    index_t v = 0;

    /// Adds the n pixels from (begin, row) on.
    constexpr void add_run(index_t begin, index_t row, index_t n) {
        wide_int const pairs = wide_int{n} * (n - 1);
        index_t const sum = n * begin + n * (n - 1) / 2;
        uu += wide_int{n} * (begin * begin) + pairs * begin + pairs * (2 * n - 1) / 6;
        uv += wide_int{sum} * row;
        vv += wide_int{n} * (row * row);
        u += sum;
        v += n * row;
    }
    constexpr void add(moment_sums const& other) {
        uu += other.uu;
        uv += other.uv;
        vv += other.vv;
        u += other.u;
        v += other.v;
    }
};

/// sum - a * b / area
inline double about_mean(wide_int sum, index_t a, index_t b, index_t area) {
    wide_int const product = wide_int{a} * b;
    return static_cast<double>(sum - product / area) - static_cast<double>(product % area) / static_cast<double>(area);
}

struct intensity_sums {
    index_t sum = 0;
    index_t least = std::numeric_limits<index_t>::max();
    index_t most = std::numeric_limits<index_t>::lowest();

    constexpr void add(intensity_sums const& other) {
        sum += other.sum;
        least = std::min(least, other.least);
        most = std::max(most, other.most);
    }
};

/// Adds no pixels to the intensities of a region.
struct no_intensities {
    void operator()(intensity_sums&, index_t, pixel_run) const {}
};

/// Adds the pixels of a run of row y to the intensities of its region.
template <concepts::view View>
struct intensities_in {
    View const& image;

    void operator()(intensity_sums& into, index_t y, pixel_run run) const {
        using T = typename View::pixel_type;
        index_t sum = 0;
        T least = image.load(run.begin, y);
        T most = least;
        for (index_t x = run.begin; x < run.end; ++x) {
            T const value = image.load(x, y);
            sum += static_cast<index_t>(value);
            least = std::min(least, value);
            most = std::max(most, value);
        }
        into.add({sum, static_cast<index_t>(least), static_cast<index_t>(most)});
    }
};

struct region_sums {
    moment_sums moments;
    index_t half_sides = 0; ///< half the number of pixel sides on the region's boundary
    intensity_sums intensity;

    constexpr void add(region_sums const& other) {
        moments.add(other.moments);
        half_sides += other.half_sides;
        intensity.add(other.intensity);
    }
};

/// The number of pixels of each run that have a pixel of the same region above them.
class covered_pixels {
public:
    /// The calls must pass the runs of row y from left to right.
    covered_pixels(component_map const& map, index_t y)
        : map_(map), up_(y > 0 ? map.runs.first[y - 1] : 0), end_(y > 0 ? map.runs.first[y] : 0) {}

    index_t operator()(pixel_run run, index_t region) {
        index_t covered = 0;
        for (; up_ < end_; ++up_) {
            pixel_run const above = map_.runs.all[up_];
            if (above.begin >= run.end) break;
            if (above.end > run.begin && map_.label[up_] == region)
                covered += std::min(above.end, run.end) - std::max(above.begin, run.begin);
            if (above.end > run.end) break; // the next run may lie below the same one
        }
        return covered;
    }

private:
    component_map const& map_;
    index_t up_;
    index_t end_;
};

/// The sums of each region of the map. add_pixels(intensities, y, run) adds the pixels of a run. All sums are exact, so
/// their order does not matter, and the strips may depend on the number of threads.
template <concepts::policy Policy, class AddPixels>
std::vector<region_sums> sum_regions(Policy const& p, component_map const& map, AddPixels const& add_pixels) {
    index_t const height = map.runs.height();
    index_t const strips = p.concurrency() > 1 ? index_t{4} * p.concurrency() : 1;
    chunks const cut{height, std::max(tuning::least_sum_rows, (height + strips - 1) / strips)};
    std::vector<region_sums> result(map.components.size());
    // A region inside one strip is summed directly. Other regions have a sum for each strip that they reach.
    auto const reach = [&](component const& c) { return (c.box.bottom() - 1) / cut.grain - c.box.y / cut.grain + 1; };
    std::vector<index_t> place(result.size());
    for (std::size_t k = 0; k < place.size(); ++k)
        if (index_t const n = reach(map.components[k]); n > 1) place[k] = n;
    std::vector<region_sums> parts(static_cast<std::size_t>(exclusive_scan(place)));
    p.bulk(cut.count(), [&](index_t s) {
        for (index_t y = cut.begin(s); y < cut.end(s); ++y) {
            covered_pixels covered(map, y);
            map.for_each_run(y, [&](pixel_run run, index_t k) {
                component const& of = map.components[k];
                bool const inside = of.box.y >= cut.begin(s) && of.box.bottom() <= cut.end(s);
                region_sums& into = inside ? result[k] : parts[place[k] + s - of.box.y / cut.grain];
                index_t const n = index_t{run.end} - run.begin;
                // The two ends of the run, and its upper sides; a whole region has as many lower sides as upper ones.
                into.half_sides += 1 + n - covered(run, k);
                into.moments.add_run(run.begin - static_cast<index_t>(of.centroid_x),
                                     y - static_cast<index_t>(of.centroid_y), n);
                add_pixels(into.intensity, y, run);
            });
        }
    });
    for (std::size_t k = 0; k < place.size(); ++k)
        if (index_t const n = reach(map.components[k]); n > 1)
            for (index_t i = 0; i < n; ++i) result[k].add(parts[place[k] + i]);
    return result;
}

} // namespace detail
QUOIN_NAMESPACE_END

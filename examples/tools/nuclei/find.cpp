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
#include <quoin/mask/morphology.hpp>
#include <quoin/mask/squared_distance_transform.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/measure/estimate_background.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/otsu.hpp>
#include <quoin/pipe/zip.hpp>

#include <quoin/exec/serial.hpp>
#include <quoin/label/components.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <sstream>
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

/// The values of an image without its background. Smoothed or not, `zero` stands for the background, so that noise
/// below it is kept too.
struct flat_image {
    static constexpr float zero = 16384;
    static constexpr float range = 65535 - zero; ///< of the brightest above the background

    image<std::uint16_t> values;
    double step = 0; ///< what one unit of the file's values is
};

/// Pointwise: the difference of two values, scaled, above the zero of a flat_image.
struct scaled_difference {
    using vectorized = void;
    float factor;

    template <class V>
    QUOIN_INLINE V operator()(V const& value, V const& below) const {
        return (value - below) * V(factor) + V(flat_image::zero);
    }
};

/// The means of tiles of 8 x 8 pixels; what is left over at the right and at the bottom belongs to no tile.
image<float> tile_means(workers const& w, image<float> const& values) {
    constexpr index_t side = 8;
    image<float> tiles(std::max<index_t>(1, values.width() / side), std::max<index_t>(1, values.height() / side));
    quoin::for_each_chunk(w.threads(), {tiles.height(), 8}, [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            for (index_t x = 0; x < tiles.width(); ++x) {
                double sum = 0;
                index_t const right = std::min(values.width(), (x + 1) * side);
                index_t const bottom = std::min(values.height(), (y + 1) * side);
                for (index_t v = y * side; v < bottom; ++v)
                    for (index_t u = x * side; u < right; ++u) sum += static_cast<double>(values(u, v));
                tiles(x, y) = static_cast<float>(sum / static_cast<double>((right - x * side) * (bottom - y * side)));
            }
    });
    return tiles;
}

/// A polynomial of degree two in the place within the image, from -1 to 1.
struct surface {
    static constexpr int terms = 6;
    std::array<double, terms> factor{};

    static std::array<double, terms> at(double x, double y) { return {1, x, y, x * x, x * y, y * y}; }
    double operator()(double x, double y) const {
        auto const t = at(x, y);
        return std::inner_product(t.begin(), t.end(), factor.begin(), 0.0);
    }
};

double place(index_t at, index_t count) {
    return (2 * static_cast<double>(at) + 1) / static_cast<double>(count) - 1;
}

/// Solves the symmetric system sums * x = right by elimination; a direction without data keeps 0.
surface solved(std::array<std::array<double, surface::terms + 1>, surface::terms> m) {
    constexpr int n = surface::terms;
    for (int i = 0; i < n; ++i) {
        auto const pivot = std::max_element(m.begin() + i, m.end(), [i](auto const& a, auto const& b) {
            return std::abs(a[static_cast<std::size_t>(i)]) < std::abs(b[static_cast<std::size_t>(i)]);
        });
        std::swap(m[static_cast<std::size_t>(i)], *pivot);
        auto& row = m[static_cast<std::size_t>(i)];
        double const lead = row[static_cast<std::size_t>(i)];
        if (std::abs(lead) < 1e-9) return {};
        for (double& v : row) v /= lead;
        for (int k = 0; k < n; ++k) {
            if (k == i) continue;
            auto& other = m[static_cast<std::size_t>(k)];
            double const share = other[static_cast<std::size_t>(i)];
            for (std::size_t j = 0; j <= n; ++j) other[j] -= share * row[j];
        }
    }
    surface s;
    for (std::size_t i = 0; i < n; ++i) s.factor[i] = m[i][n];
    return s;
}

/// How far the darkest fifth of some values reaches above their least, but for the darkest fiftieth.
double spread_of_dark(std::vector<double>& values) {
    auto const at = [&](double share) {
        auto const nth = values.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(values.size()) * share);
        std::nth_element(values.begin(), nth, values.end());
        return *nth;
    };
    return at(0.2) - at(0.02);
}

/// The surface below the tiles: tiles above it, where nuclei may be, count a fiftieth of those below. Tiles above it by
/// more than 30 times what a quarter of the tiles are off count as if they were at that height: the brightest nuclei do
/// not bend it.
surface surface_below(image<float> const& tiles) {
    surface s;
    if (tiles.width() < 4 || tiles.height() < 4) return s;
    double highest = std::numeric_limits<double>::max(); // above the surface
    std::vector<double> off;
    for (int step = 0; step < 20; ++step) {
        std::array<std::array<double, surface::terms + 1>, surface::terms> sums{};
        off.clear();
        for (index_t y = 0; y < tiles.height(); ++y)
            for (index_t x = 0; x < tiles.width(); ++x) {
                double const u = place(x, tiles.width());
                double const v = place(y, tiles.height());
                auto const value = static_cast<double>(tiles(x, y));
                double const above = value - s(u, v);
                off.push_back(std::abs(above));
                double const weight = step == 0 || above < 0 ? 1 : 0.02 * std::min(1.0, highest / above);
                auto const t = surface::at(u, v);
                for (std::size_t i = 0; i < t.size(); ++i) {
                    for (std::size_t k = 0; k < t.size(); ++k) sums[i][k] += weight * t[i] * t[k];
                    sums[i][t.size()] += weight * t[i] * value;
                }
            }
        s = solved(sums);
        auto const quarter = off.begin() + static_cast<std::ptrdiff_t>(off.size() / 4);
        std::nth_element(off.begin(), quarter, off.end());
        if (step > 0) highest = 30 * *quarter;
    }
    return s;
}

/// Whether the surface makes the ground less even than it is: nuclei that fill the middle of an image, or nearly all of
/// it, bend the surface. A ground of one value may be off by half a unit everywhere: it was rounded.
bool bends(surface const& s, image<float> const& values) {
    index_t const step = std::max<index_t>(1, std::max(values.width(), values.height()) / 256);
    std::vector<double> flat, bent;
    for (index_t y = 0; y < values.height(); y += step)
        for (index_t x = 0; x < values.width(); x += step) {
            auto const value = static_cast<double>(values(x, y));
            flat.push_back(value);
            bent.push_back(value - s(place(x, values.width()), place(y, values.height())));
        }
    return spread_of_dark(bent) > 2 * std::max(spread_of_dark(flat), 0.5);
}

/// Subtracts the surface below an image: uneven light.
void level_ground(workers const& w, image<float>& values) {
    image<float> const tiles = tile_means(w, values);
    surface s = surface_below(tiles);
    if (bends(s, tiles) || bends(s, values)) s = {};
    quoin::for_each_chunk(w.threads(), {values.height(), 64}, [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            for (index_t x = 0; x < values.width(); ++x)
                values(x, y) -= static_cast<float>(s(place(x, values.width()), place(y, values.height())));
    });
}

/// Whether the opening of that radius leaves bright things: what it leaves rises by half of what the image does.
bool leaves_things(workers const& w, image<float> const& values, index_t radius) {
    auto const rise_of = [&](image<float> const& of) {
        auto const values_of = range(w, of.view());
        return values_of.max - values_of.min;
    };
    return rise_of(quoin::estimate_background(w.threads(), values.view(), radius)) >=
           0.5f * rise_of(tile_means(w, values));
}

/// The least of the radii 50, 100, 200 ... at which the opening takes out all bright things.
index_t first_radius(workers const& w, image<float> const& values) {
    index_t radius = 50;
    while (2 * radius < std::max(values.width(), values.height()) && leaves_things(w, values, radius)) radius *= 2;
    return radius;
}

flat_image flattened(workers const& w, image<float> const& values, index_t radius) {
    image<float> const ground =
        radius > 0 ? quoin::estimate_background(w.threads(), values.view(), radius) : image<float>(values.size());
    auto const above = [&](float factor) {
        return quoin::zip(values.view(), ground.view()) | scaled_difference{factor};
    };
    float const most = range(w, above(1)).max - flat_image::zero;
    float const factor = most > 0 ? flat_image::range / most : 0.0f;
    return {computed(w, above(factor) | quoin::convert_to<std::uint16_t>), factor};
}

/// The ground of a smoothed flat_image: its value, and the standard deviation of its noise.
struct ground_statistics {
    double value = 0;
    double noise = 0;
};

/// The value at which `share` of the counts below `end` are reached.
double quantile(std::vector<index_t> const& counts, std::size_t end, double share) {
    index_t total = 0;
    for (std::size_t v = 0; v < end; ++v) total += counts[v];
    double const wanted = share * static_cast<double>(total);
    double sum = 0;
    for (std::size_t v = 0; v < end; ++v) {
        auto const here = static_cast<double>(counts[v]);
        if (sum + here >= wanted && here > 0) return static_cast<double>(v) + (wanted - sum) / here;
        sum += here;
    }
    return 0;
}

/// The median of the ground, and how far the darker half of it spreads: what is brighter may be nuclei. Starts from the
/// pixels below `level` and takes those within three deviations of their median, until that changes nothing.
ground_statistics ground_of(std::vector<index_t> const& counts, index_t level, double least_noise) {
    ground_statistics ground;
    auto end = static_cast<std::size_t>(level) + 1;
    for (int step = 0; step < 20; ++step) {
        double const middle = quantile(counts, end, 0.5);
        // In half of a normal distribution 15.9 % of the whole is further away than one deviation.
        double const noise = std::max(least_noise, middle - quantile(counts, end, 0.1587));
        ground = {middle, noise};
        auto const next = std::min(counts.size(), static_cast<std::size_t>(middle + 3 * noise) + 1);
        if (next == end) break;
        end = next;
    }
    return ground;
}

/// Otsu's threshold of scale(v), v from 0 for the background to flat_image::range, as a value of the image. The scale
/// rises, from 0 to 1.
template <class Scale>
index_t level_of(std::vector<index_t> const& counts, Scale const& scale) {
    constexpr auto zero = static_cast<std::size_t>(flat_image::zero);
    auto const scaled = [&](std::size_t v) {
        return static_cast<std::size_t>(scale(static_cast<double>(v > zero ? v - zero : 0)) * 65535);
    };
    std::vector<index_t> classes(65536);
    for (std::size_t v = 0; v < counts.size(); ++v) classes[scaled(v)] += counts[v];
    auto const threshold = static_cast<std::size_t>(quoin::otsu_level(classes));
    std::size_t level = zero;
    while (level + 1 < counts.size() && scaled(level + 1) <= threshold) ++level;
    return static_cast<index_t>(level);
}

/// The levels between ground and nuclei. Square roots have the same noise everywhere that photons make, and between a
/// few bright nuclei and many faint ones they give a lower level than the values themselves.
index_t usual_level(std::vector<index_t> const& counts) {
    return level_of(counts, [](double v) { return std::sqrt(v / flat_image::range); });
}

/// Nearly logarithms above the noise: the ratio of bright to faint hardly counts, but haze does.
index_t low_level(std::vector<index_t> const& counts, double noise) {
    double const unit = 3 * noise;
    double const most = std::asinh(flat_image::range / unit);
    return level_of(counts, [=](double v) { return std::asinh(v / unit) / most; });
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

/// The region of a label within its box, with a free pixel on each side.
quoin::bit_image region_in_box(image<std::uint32_t> const& labels, std::uint32_t label, quoin::rect const& box) {
    quoin::bit_image mask(box.width + 2, box.height + 2);
    for (index_t y = 0; y < box.height; ++y)
        for (index_t x = 0; x < box.width; ++x)
            if (labels(box.x + x, box.y + y) == label) mask.set(x + 1, y + 1);
    return mask;
}

/// f(component, y, run) for every run of the components, in raster order.
template <class F>
void for_each_run(quoin::component_map const& map, F const& f) {
    for (index_t y = 0; y < map.runs.height(); ++y)
        map.for_each_run(y, [&](quoin::pixel_run run, index_t k) { f(static_cast<std::size_t>(k), y, run); });
}

/// Leaves the largest 4-connected part of a mask, the first of equal ones.
quoin::bit_image largest_part(quoin::bit_image const& mask) {
    quoin::component_map const map = quoin::components(quoin::serial{}, mask);
    if (map.components.size() < 2) return mask;
    auto const largest =
        static_cast<std::size_t>(std::max_element(map.components.begin(), map.components.end(),
                                                  [](auto const& a, auto const& b) { return a.area < b.area; }) -
                                 map.components.begin());
    quoin::bit_image part(mask.size());
    for_each_run(map, [&](std::size_t k, index_t y, quoin::pixel_run run) {
        for (index_t x = run.begin; k == largest && x < run.end; ++x) part.set(x, y);
    });
    return part;
}

/// Makes each region one 4-connected part without holes of at most max_hole pixels. Regions are numbers `all`.
void tidy(workers const& w, image<std::uint32_t>& labels, std::vector<quoin::region_properties> const& all,
          index_t max_hole) {
    std::vector<quoin::bit_image> parts(all.size());
    quoin::for_each_chunk(w.threads(), {static_cast<index_t>(all.size()), 16}, [&](index_t begin, index_t end) {
        for (index_t k = begin; k < end; ++k) {
            auto const i = static_cast<std::size_t>(k);
            // Holes are 4-connected too: seen from either connectivity there is none.
            if (all[i].area > 0)
                parts[i] = quoin::fill_holes(
                    quoin::serial{}, largest_part(region_in_box(labels, static_cast<std::uint32_t>(k + 1), all[i].box)),
                    max_hole, quoin::connectivity::eight);
        }
    });
    relabel(w, labels, [&](std::uint32_t label, index_t x, index_t y) {
        quoin::rect const& box = all[label - 1].box;
        return parts[label - 1].get(x - box.x + 1, y - box.y + 1) ? label : 0;
    });
    // What a filled hole held, be it another region, becomes a part of the region around it.
    for (std::size_t i = 0; i < all.size(); ++i)
        for (index_t y = 0; y < all[i].box.height; ++y)
            for (index_t x = 0; x < all[i].box.width; ++x)
                if (parts[i].get(x + 1, y + 1))
                    labels(all[i].box.x + x, all[i].box.y + y) = static_cast<std::uint32_t>(i + 1);
}

/// Drops the regions that keep(index) refuses, and numbers the others 1, 2, ... in raster order of their first pixels.
template <class Keep>
void renumber(workers const& w, image<std::uint32_t>& labels, std::size_t count, Keep const& keep) {
    std::vector<std::uint32_t> number(count);
    std::vector<bool> seen(count);
    std::uint32_t last = 0;
    for (index_t y = 0; y < labels.height(); ++y)
        for (index_t x = 0; x < labels.width(); ++x) {
            std::uint32_t const label = labels(x, y);
            if (label == 0 || seen[label - 1]) continue;
            seen[label - 1] = true;
            if (keep(label - 1)) number[label - 1] = ++last;
        }
    relabel(w, labels, [&](std::uint32_t label, index_t, index_t) { return number[label - 1]; });
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

/// The depths by which regions are cut: distances to the background, smoothed.
image<std::uint16_t> depths_of(workers const& w, quoin::bit_image const& mask, double rounding) {
    auto const exact = distances(w, mask);
    return computed(w, exact.view() | quoin::gaussian(rounding));
}

/// The components of a mask that have some of these holes.
quoin::bit_image around_holes(workers const& w, quoin::bit_image const& mask, quoin::bit_image const& holes) {
    quoin::bit_image result = mask;
    quoin::component_map const map = quoin::components(w.threads(), mask, quoin::connectivity::eight);
    std::vector<bool> pierced(map.components.size());
    for_each_run(map, [&](std::size_t k, index_t y, quoin::pixel_run run) {
        if (run.end < mask.width() && holes.get(run.end, y)) pierced[k] = true;
    });
    for_each_run(map, [&](std::size_t k, index_t y, quoin::pixel_run run) {
        for (index_t x = run.begin; !pierced[k] && x < run.end; ++x) result.set(x, y, false);
    });
    return result;
}

/// Fills the holes that lie within one nucleus and have at most max_hole pixels, or, if that is negative, at most half
/// of the disc that fits into the nucleus around. A gap between nuclei that touch is no hole: clear necks cut what is
/// around it into three parts or more. Holes of at most `speck` pixels are filled before.
void fill_nuclei(workers const& w, quoin::bit_image& mask, double rounding, double clear_neck, index_t max_hole,
                 index_t speck) {
    constexpr std::size_t parts = 2; ///< noise may cut a wall in two
    mask = quoin::fill_holes(w.threads(), std::move(mask), max_hole < 0 ? speck : std::min(speck, max_hole));
    index_t const any = std::numeric_limits<index_t>::max();
    quoin::bit_image holes = quoin::fill_holes(w.threads(), mask, max_hole < 0 ? any : max_hole);
    if (holes == mask) return;
    for (index_t y = 0; y < mask.height(); ++y)
        for (index_t i = 0; i < mask.words_per_row(); ++i) holes.row(y)[i] &= ~mask.row(y)[i];

    quoin::bit_image const pierced = around_holes(w, mask, holes);
    auto const depths = depths_of(w, pierced, rounding);
    auto const labels = quoin::watershed(w.threads(), depths.view(), pierced, clear_neck);
    std::vector<index_t> limit;
    for (auto const& r : quoin::regionprops(w.threads(), labels.view(), depths.view()))
        limit.push_back(static_cast<index_t>(std::numbers::pi / 2 * std::pow(r.intensity_max / 64, 2)));
    quoin::component_map const map = quoin::components(w.threads(), holes, quoin::connectivity::eight);
    std::vector<std::vector<std::uint32_t>> around(map.components.size());
    std::vector<index_t> most(map.components.size(), std::max<index_t>(0, max_hole));
    for_each_run(
        map, [&](std::size_t hole, index_t y, quoin::pixel_run run) { // a hole does not touch the border of the image
            auto const touch = [&](std::uint32_t label) {
                if (label == 0 || std::find(around[hole].begin(), around[hole].end(), label) != around[hole].end())
                    return;
                around[hole].push_back(label);
                if (max_hole < 0) most[hole] = std::max(most[hole], limit[label - 1]);
            };
            for (index_t x = run.begin - 1; x <= run.end; ++x)
                for (index_t v = y - 1; v <= y + 1; ++v) touch(labels(x, v));
        });
    for_each_run(map, [&](std::size_t hole, index_t y, quoin::pixel_run run) {
        index_t const area = map.components[hole].area;
        if (area > most[hole] || around[hole].size() > parts) return;
        for (index_t x = run.begin; x < run.end; ++x) mask.set(x, y);
    });
}

/// The usual radius of the background is that of clumps; wider things may be light.
constexpr double largest_without_edge = 50;

double area_of(double diameter) {
    return std::numbers::pi / 4 * diameter * diameter;
}

double radius_of(quoin::component const& r) {
    return std::sqrt(static_cast<double>(r.area) / std::numbers::pi);
}

/// The standard deviation of the ground by the second differences of pixels far enough apart to be independent: slow
/// changes of the light do not count. Half of the differences are below 0.6745 deviations.
template <class P, class IsGround>
double unevenness(image<P> const& values, quoin::rect const& box, index_t apart, double otherwise,
                  IsGround const& is_ground) {
    index_t const rows = std::max<index_t>(1, box.height / 256);
    std::vector<float> differences;
    for (index_t y = box.y; y < box.y + box.height; y += rows)
        for (index_t x = box.x + apart; x + apart < box.x + box.width; ++x) {
            auto const a = static_cast<float>(values(x - apart, y)), b = static_cast<float>(values(x, y)),
                       c = static_cast<float>(values(x + apart, y));
            if (is_ground(std::max({a, b, c}))) differences.push_back(std::abs(a - 2 * b + c));
        }
    if (differences.size() < 100) return otherwise;
    auto const middle = differences.begin() + static_cast<std::ptrdiff_t>(differences.size() / 2);
    std::nth_element(differences.begin(), middle, differences.end());
    return static_cast<double>(*middle) / 0.6745 / std::sqrt(6.0);
}

/// How the nuclei of one segmentation are told from the ground.
struct smooth_image {
    image<std::uint16_t> values;
    ground_statistics ground;
    index_t usual = 0; ///< the level of a few bright nuclei, or of all
    index_t low = 0;   ///< the level of many faint ones, if asked for

    smooth_image(workers const& w, flat_image const& flat, nuclei_options const& options, double sigma, bool with_low)
        : values(computed(w, flat.values.view() | quoin::gaussian(sigma))) {
        auto const counts = w.on_lanes([&](auto const& p) { return quoin::histogram(p, values.view()); });
        usual = usual_level(counts);
        // Less noise than rounding to integers makes is none that is known of.
        double const rounding = 0.3 * flat.step;
        ground = ground_of(counts, usual, rounding);
        double const top = ground.value + 3 * ground.noise;
        double const uneven = unevenness(values, {0, 0, values.width(), values.height()}, 8, ground.noise,
                                         [&](float v) { return static_cast<double>(v) <= top; });
        ground.noise = std::max(rounding, std::min(ground.noise, uneven));
        low = with_low ? std::min(usual, low_level(counts, ground.noise)) : usual;
        // A nucleus ends at half of its height: below that level would be only nuclei that are too faint.
        auto const least = static_cast<index_t>(std::min(65535.0, ground.value + options.min_snr * ground.noise / 2));
        usual = std::max(usual, least);
        low = std::max(low, least);
    }
    bool stands_out(nuclei_options const& options, double mean) const {
        return mean - ground.value >= options.min_snr * ground.noise;
    }
};

/// Whether the usual level misses at least as many nuclei of the found ones' size as were found.
bool many_are_faint(workers const& w, smooth_image const& smooth, nuclei_options const& options,
                    nuclei_findings const& found) {
    if (smooth.low == smooth.usual || found.nuclei.empty()) return false;
    auto const mask = w.on_lanes(
        [&](auto const& p) { return quoin::to_bits(p, smooth.values.view() | quoin::threshold(smooth.low)); });
    auto const map = quoin::components(w.threads(), mask);
    double const typical = area_of(typical_diameter(found.nuclei));
    std::size_t faint = 0;
    for (auto const& r : quoin::regionprops(w.threads(), map, smooth.values.view())) {
        auto const area = static_cast<double>(r.area);
        faint += r.intensity_max <= static_cast<double>(smooth.usual) && area > typical / 2 && area < typical * 2 &&
                 smooth.stands_out(options, r.intensity_mean);
    }
    return faint >= found.nuclei.size();
}

/// A region of a label image and what is around it, without other regions. `near` is the mean within an eighth of the
/// region's width, `far` from a quarter to a half. Each is that of `inside` where all is other regions.
struct surroundings {
    double inside = 0, near = 0, far = 0;
    double plateau = 0; ///< of the pixels above a quarter of the height over `far`, the share above three quarters
    double side = 0;    ///< the least drop over the edge at one of the four sides, as a share of inside - far
};

/// The box of a region, larger by a margin, within the image.
quoin::rect widened(quoin::rect const& box, index_t margin, quoin::extent const& size) {
    index_t const left = std::max<index_t>(0, box.x - margin), top = std::max<index_t>(0, box.y - margin);
    return {left, top, std::min(size.width, box.x + box.width + margin) - left,
            std::min(size.height, box.y + box.height + margin) - top};
}

template <class P>
surroundings look_around(image<std::uint32_t> const& labels, std::vector<char> const& counts, image<P> const& values,
                         std::size_t index, quoin::region_properties const& r) {
    double const width = std::sqrt(static_cast<double>(r.area));
    auto const reach = [&](double share) { return static_cast<index_t>(width * share) + 1; };
    quoin::rect const box = widened(r.box, reach(0.5), labels.size());
    quoin::bit_image own(box.width, box.height);
    quoin::bit_image other(box.width, box.height);
    for (index_t y = 0; y < box.height; ++y)
        for (index_t x = 0; x < box.width; ++x) {
            std::uint32_t const label = labels(box.x + x, box.y + y);
            if (label == index + 1) own.set(x, y);
            else if (label == 0 || counts[label - 1] == 0) other.set(x, y);
        }
    auto const grown = [&](double share) { return quoin::dilation(quoin::serial{}, own, reach(share)); };
    quoin::bit_image const first = grown(0.125), second = grown(0.25), third = grown(0.5);
    quoin::bit_image const outer = quoin::dilation(quoin::serial{}, other, reach(0.125));
    struct sum {
        double total = 0, count = 0;
        void operator+=(double v) { total += v, ++count; }
        double mean(double otherwise) const { return count > 0 ? total / count : otherwise; }
    };
    sum inside, near, far;
    std::array<sum, 4> rim, beyond;
    std::vector<double> heights, all;
    for (index_t y = 0; y < box.height; ++y)
        for (index_t x = 0; x < box.width; ++x) {
            bool const mine = own.get(x, y);
            if (!mine && (!other.get(x, y) || !third.get(x, y))) continue;
            auto const v = static_cast<double>(values(box.x + x, box.y + y));
            double const dx = static_cast<double>(box.x + x) - r.centroid_x;
            double const dy = static_cast<double>(box.y + y) - r.centroid_y;
            std::size_t const k = std::abs(dx) > std::abs(dy) ? (dx > 0 ? 1 : 0) : (dy > 0 ? 3 : 2);
            all.push_back(v);
            if (mine) {
                heights.push_back(v);
                inside += v;
                if (outer.get(x, y)) rim[k] += v;
            } else if (first.get(x, y)) {
                near += v;
                beyond[k] += v;
            } else if (!second.get(x, y)) far += v;
        }
    double const mean = inside.mean(0);
    surroundings m{mean, near.mean(mean), far.mean(mean)};
    auto const top = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() * 8 / 10);
    std::nth_element(heights.begin(), top, heights.end());
    auto const above = [&](double share) {
        double const level = m.far + share * (*top - m.far);
        return static_cast<double>(std::count_if(all.begin(), all.end(), [&](double v) { return v > level; }));
    };
    m.plateau = above(0.75) / std::max(1.0, above(0.25));
    m.side = 1;
    for (std::size_t k = 0; k < rim.size(); ++k)
        if (rim[k].count > 0 && beyond[k].count > 0)
            m.side = std::min(m.side, (rim[k].mean(0) - beyond[k].mean(0)) / (mean - m.far));
    return m;
}

/// Whether a large region falls off at its edge. Light falls off slowly, and no opening that leaves nuclei of that size
/// takes it out.
bool has_edge(surroundings const& m, double ground) {
    return m.near == m.inside || m.inside - m.near >= 0.6 * (m.inside - ground);
}

/// The same for a region of any size, in an image from which no opening was subtracted. A small nucleus may be as
/// blurred as light. Of light that the border cuts, the steep part may be what is seen.
bool has_sharp_edge(surroundings const& m, double radius, bool at_border) {
    double const share =
        radius < 20 ? std::max(0.5, 0.7 - (20 - radius) / 40) : std::min(0.74, 0.7 + (radius - 20) / 500);
    return m.inside - m.near >= (share + (at_border && radius > 12 ? 0.1 : 0)) * (m.inside - m.far);
}

/// Whether a region is round on top, and not steep at some side, as a spot of light. Clumps of nuclei are not flat on
/// top either, but they are steep.
bool is_round(surroundings const& m, double radius) {
    return m.plateau < std::min(0.38, 0.2 + 0.02 * radius) && m.side < 0.5 &&
           m.inside - m.near < 0.8 * (m.inside - m.far);
}

bool touches_border(quoin::rect const& box, quoin::extent const& size) {
    return box.x == 0 || box.y == 0 || box.x + box.width == size.width || box.y + box.height == size.height;
}

/// What one segmentation tells the next.
struct scale {
    double diameter = 0; ///< of a typical nucleus
    bool faint = false;  ///< many nuclei are faint
    bool light = false;  ///< there are bright regions without a sharp edge
};

/// One segmentation at a known scale, or, if the diameter is 0, the first one, which finds the scale, and whether many
/// nuclei are faint.
nuclei_findings at_scale(workers const& w, image<float> const& values, flat_image const& flat,
                         image<std::uint16_t> const& pixels, nuclei_options const& options, scale& at) {
    double const diameter = at.diameter;
    bool const refined = diameter > 0;
    // What is finer than a fortieth of a nucleus is noise.
    double const sigma = refined ? std::clamp(diameter / 40, 0.6, 42.0) : 1.0;
    smooth_image const seen(w, flat, options, sigma, at.faint || !refined);
    image<std::uint16_t> const& smooth = seen.values;
    index_t const level = at.faint ? seen.low : seen.usual;
    quoin::bit_image mask =
        w.on_lanes([&](auto const& p) { return quoin::to_bits(p, smooth.view() | quoin::threshold(level)); });
    if (refined && options.local) {
        auto const offset =
            static_cast<index_t>(options.contrast * (static_cast<double>(level) - flat_image::zero) + 0.5);
        auto const radius = std::max<index_t>(1, static_cast<index_t>(diameter / 2 + 0.5));
        intersect(w, mask, quoin::local_threshold(w.threads(), smooth.view(), radius, offset));
    }
    double const rounding = refined ? std::clamp(diameter / 20, 0.5, 42.0) : 1.0;
    auto const share = [&](double part) { return static_cast<index_t>(area_of(diameter) * part + 0.5); };
    index_t const max_hole = options.max_hole >= 0 ? options.max_hole : refined ? share(0.5) : -1;
    fill_nuclei(w, mask, rounding, refined ? 0.85 : 0.9, max_hole, refined ? std::max<index_t>(4, share(0.03)) : 12);

    auto const depths = depths_of(w, mask, rounding);
    nuclei_findings found{quoin::watershed(w.threads(), depths.view(), mask, options.neck),
                          {},
                          diameter,
                          seen.ground.noise / flat.step,
                          ""};

    // A blurred nucleus ends where it has half of its brightness, which a bright one's halo has not.
    auto const bright = quoin::regionprops(w.threads(), found.labels.view(), smooth.view());
    relabel(w, found.labels, [&](std::uint32_t label, index_t x, index_t y) {
        return 2 * smooth(x, y) < bright[label - 1].intensity_mean + flat_image::zero ? 0 : label;
    });
    tidy(w, found.labels, quoin::regionprops(w.threads(), found.labels.view()),
         options.max_hole >= 0 ? options.max_hole
         : refined             ? share(0.5)
                               : std::numeric_limits<index_t>::max());

    index_t const least = options.min_area >= 0 ? options.min_area : std::max<index_t>(12, share(0.1));
    auto const height = quoin::regionprops(w.threads(), found.labels.view(), smooth.view());
    std::vector<char> tall(height.size()); // bytes: threads write neighbors
    for (std::size_t i = 0; i < tall.size(); ++i)
        tall[i] = height[i].area >= least && seen.stands_out(options, height[i].intensity_mean);
    std::vector<char> keep(height.size()), clear(height.size());
    std::vector<surroundings> around(height.size());
    quoin::for_each_chunk(w.threads(), {static_cast<index_t>(height.size()), 16}, [&](index_t begin, index_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            auto const& r = height[i];
            if (tall[i] == 0) continue;
            auto const m = around[i] = look_around(found.labels, tall, values, i, r);
            double noise = seen.ground.noise / flat.step;
            if (m.inside - m.far < 5 * options.min_snr * noise) {
                // Where the ground is bright, its noise may be larger. A blur takes this share of it.
                auto const box = widened(r.box, static_cast<index_t>(2 * radius_of(r)) + 16, smooth.size());
                double const pixel = unevenness(values, box, 1, 0.0, [](float) { return true; });
                noise = std::max(noise, pixel / (2 * std::sqrt(std::numbers::pi) * sigma));
            }
            bool const covered = m.near == m.inside;
            clear[i] = covered || m.inside - std::max(m.near, m.far) >= 2 * options.min_snr * noise;
            keep[i] = (covered || m.inside - std::min(m.near, m.far) >= 0.8 * options.min_snr * noise) &&
                      (options.background == 0 || static_cast<double>(r.area) < area_of(largest_without_edge) ||
                       has_edge(look_around(found.labels, tall, smooth, i, r), seen.ground.value));
        }
    });
    // Light makes few regions, and is no smaller than most of them. Where it is, its unevenness counts as noise, and a
    // nucleus must fall off on all sides.
    constexpr std::size_t many = 8;
    std::vector<index_t> areas;
    for (std::size_t i = 0; i < keep.size(); ++i)
        if (keep[i] != 0) areas.push_back(height[i].area);
    std::sort(areas.begin(), areas.end());
    bool const few = areas.size() < many;
    double const largest = few ? 0 : 2 * static_cast<double>(areas[areas.size() - many]);
    for (std::size_t i = 0; i < keep.size() && options.background != 0; ++i) {
        auto const& m = around[i];
        double const radius = radius_of(height[i]);
        bool const covered = m.near == m.inside;
        bool const sharp = has_sharp_edge(m, radius, touches_border(height[i].box, smooth.size()));
        if (keep[i] == 0 || covered || static_cast<double>(height[i].area) <= largest) continue;
        if (sharp && !(few && is_round(m, radius))) continue;
        keep[i] = 0;
        at.light = true;
    }
    bool const on_all_sides = areas.size() < 4 * many;
    renumber(w, found.labels, height.size(), [&](std::size_t i) {
        auto const& m = around[i];
        return keep[i] != 0 &&
               (!at.light || (clear[i] != 0 && (m.near == m.inside || !on_all_sides || m.plateau + m.side >= 0.95)));
    });
    found.nuclei = quoin::regionprops(w.threads(), found.labels.view(), pixels.view());
    at.diameter = typical_diameter(found.nuclei);
    if (!refined) {
        at.faint = many_are_faint(w, seen, options, found);
        // What is much larger than the disc that fits into it is a clump of such discs.
        auto parts = found.nuclei;
        auto const deep = quoin::regionprops(w.threads(), found.labels.view(), depths.view());
        for (std::size_t i = 0; i < parts.size(); ++i) {
            auto const disc = std::numbers::pi * std::pow(deep[i].intensity_max / 64, 2);
            if (static_cast<double>(parts[i].area) > 1.9 * disc) parts[i].area = static_cast<index_t>(disc);
        }
        at.diameter = typical_diameter(parts);
    }
    return found;
}

/// The radius of the background's opening for nuclei of that diameter.
index_t radius_for(double diameter) {
    return std::max<index_t>(50, static_cast<index_t>(2 * diameter + 0.5));
}

double largest_of(nuclei_findings const& found) {
    double largest = 0;
    for (quoin::region_properties const& r : found.nuclei) largest = std::max(largest, r.axis_major_length());
    return largest;
}

} // namespace

nuclei_findings find_nuclei(workers const& w, quoin::image<std::uint16_t> const& pixels,
                            nuclei_options const& options) {
    nuclei_findings none{quoin::image<std::uint32_t>(pixels.size()), {}, options.diameter, 0, {}};
    if (pixels.empty()) return none;
    auto const extremes = range(w, pixels.view());
    if (extremes.min == extremes.max) {
        none.note = {"without nuclei: all pixels have one value",
                     "no nuclei: all pixels have the value " + std::to_string(extremes.min)};
        return none;
    }
    image<float> values = computed(w, pixels.view() | quoin::convert_to<float>);
    if (options.invert) values = computed(w, values.view() | [](auto v) { return -v; });
    if (options.background != 0) level_ground(w, values);
    index_t radius = options.background >= 0 ? options.background
                     : options.diameter > 0  ? radius_for(options.diameter)
                                             : first_radius(w, values);
    flat_image flat = flattened(w, values, radius);
    nuclei_findings found = none;
    scale at{options.diameter};
    found = at_scale(w, values, flat, pixels, options, at);
    // An opening of a smaller radius takes out narrower light.
    while (options.diameter == 0 && at.light && found.nuclei.empty() && options.background < 0 && radius > 12) {
        radius /= 2;
        flat = flattened(w, values, radius);
        found = at_scale(w, values, flat, pixels, options, at);
    }
    bool const light = at.light;
    // From clumps that Otsu's threshold joins to the nuclei in them, in two steps.
    for (int step = 0; options.diameter == 0 && step < 2 && !found.nuclei.empty(); ++step) {
        if (std::abs(at.diameter - found.diameter) < 0.03 * at.diameter) break; // it would find the same
        index_t const wanted = light ? static_cast<index_t>(1.5 * at.diameter + 0.5) : radius_for(at.diameter);
        if (options.background < 0 && (light ? wanted != radius : wanted > radius)) {
            radius = wanted;
            flat = flattened(w, values, radius);
        }
        found = at_scale(w, values, flat, pixels, options, at);
    }
    std::ostringstream text;
    text.precision(3);
    double const largest = largest_of(found);
    if (options.background > 0 &&
        (static_cast<double>(2 * options.background) < largest || leaves_things(w, values, options.background))) {
        text << "--background " << options.background << " takes light from nuclei that are larger than a square of "
             << 2 * options.background + 1 << " pixels; give more than their diameter, or leave it out";
        found.note = {"with nuclei from which --background takes light", text.str()};
    } else if (found.nuclei.empty() && at.light) {
        found.note = {
            "without nuclei: what is bright falls off slowly",
            "no nuclei: what is bright falls off slowly, as uneven light does; --background 0 takes it for nuclei"};
    } else if (found.nuclei.empty()) {
        text << "no nuclei: nothing of a nucleus' size is " << options.min_snr << " times the noise of the ground, "
             << found.noise << ", above it; --min-snr and --min-area change what counts";
        found.note = {"without nuclei: nothing stands out from the noise", text.str()};
    }
    return found;
}

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// region_properties: size, place, shape and brightness of components, and of the regions of a label image.
#pragma once

#include <quoin/image/view.hpp>
#include <quoin/label/detail/labeled_runs.hpp>
#include <quoin/label/detail/region_sums.hpp>

#include <concepts>
#include <numbers>

QUOIN_NAMESPACE_BEGIN

/// Sums over the pixels (x, y) of a region with the centroid (cx, cy). Divided by the area they are the covariance of
/// its pixels.
struct second_moments {
    double mu20 = 0; ///< of (x - cx)^2
    double mu11 = 0; ///< of (x - cx) * (y - cy)
    double mu02 = 0; ///< of (y - cy)^2
    friend bool operator==(second_moments const&, second_moments const&) = default;
};

/// What is known of a region: of a component area, box and centroid, and what regionprops adds. The names are those of
/// scikit-image's regionprops, where it has one; where the numbers differ it is said.
struct region_properties : component {
    second_moments moments_central;
    double perimeter_crofton = 0; ///< pi / 4 times the pixel sides at which the region ends (Crofton's formula with two
                                  ///< directions; scikit-image takes four unless told otherwise): right for discs, 21 %
                                  ///< too short for upright squares, 11 % too long for tilted ones
    double intensity_mean = 0;    ///< of its pixels in the image; these are 0 where no image was given
    double intensity_min = 0;
    double intensity_max = 0;

    /// The variances of the columns and of the rows, and their covariance, over the region's area, where each pixel is
    /// a unit square: hence 1 / 12 above moment by area, which scikit-image leaves out.
    double variance_x() const { return area > 0 ? moments_central.mu20 / pixels() + 1.0 / 12 : 0; }
    double variance_y() const { return area > 0 ? moments_central.mu02 / pixels() + 1.0 / 12 : 0; }
    double covariance() const { return area > 0 ? moments_central.mu11 / pixels() : 0; }

    /// The axes of the ellipse with the same variances, from one end to the other.
    double axis_major_length() const { return 4 * sqrt(half_trace() + half_difference()); }
    double axis_minor_length() const { return 4 * sqrt(std::max(0.0, half_trace() - half_difference())); }
    /// sqrt(1 - (minor / major)^2): 0 for a disc, near 1 for a long thin region.
    double eccentricity() const {
        double const major = half_trace() + half_difference();
        return major > 0 ? sqrt(std::clamp(2 * half_difference() / major, 0.0, 1.0)) : 0;
    }
    /// The angle of the major axis in radians, -pi / 2 < angle <= pi / 2, from the x axis towards rising y;
    /// scikit-image counts from the y axis towards rising x.
    double orientation() const {
        // Not <cmath>: see floor in lanes/arithmetic.hpp.
        return half_difference() > 0 ? __builtin_atan2(2 * covariance(), variance_x() - variance_y()) / 2 : 0;
    }

    friend bool operator==(region_properties const&, region_properties const&) = default;

private:
    double pixels() const { return static_cast<double>(area); }
    double half_trace() const { return (variance_x() + variance_y()) / 2; }
    double half_difference() const {
        double const d = variance_x() - variance_y();
        return sqrt(d * d / 4 + covariance() * covariance());
    }
};

/// The properties of each component of the map, and those of its pixels in `image`, which is as large as the mask of
/// which the map was made and has pixels that are integers. Sums are exact, in 128 bits for the moments and in 64 bits
/// for intensities; a property is rounded when it is turned into a double. So it is the same under every policy. Cost:
/// one pass over the runs, and the pixels in them; 96 bytes a component.
/// @throws invalid_argument for an image of another extent.
template <concepts::policy Policy>
std::vector<region_properties> regionprops(Policy const& p, component_map const& map);
template <concepts::policy Policy, concepts::view Image>
std::vector<region_properties> regionprops(Policy const& p, component_map const& map, Image const& image);

/// The same for the regions of a label image: result[k] describes the pixels whose label is k + 1, whether they are
/// connected or not, and is region_properties{} where there are none; 0 is no region. Of the label image of a map it is
/// what the map gives. Labels are unsigned integers. Cost: two passes over the labels more; 16 bytes for each run of
/// equal labels and some 250 bytes for each label up to the largest.
/// @throws invalid_argument for an image of another extent, or labels with a side above 2^31 - 1 pixels.
template <concepts::policy Policy, concepts::view Labels>
std::vector<region_properties> regionprops(Policy const& p, Labels const& labels);
template <concepts::policy Policy, concepts::view Labels, concepts::view Image>
std::vector<region_properties> regionprops(Policy const& p, Labels const& labels, Image const& image);

namespace detail {

inline region_properties finish(component const& known, region_sums const& s) {
    region_properties r{known, {}};
    if (known.area == 0) return r;
    moment_sums const& m = s.moments;
    r.moments_central = {about_mean(m.uu, m.u, m.u, known.area), about_mean(m.uv, m.u, m.v, known.area),
                         about_mean(m.vv, m.v, m.v, known.area)};
    r.perimeter_crofton = std::numbers::pi / 4 * static_cast<double>(2 * s.half_sides);
    if (s.intensity.least > s.intensity.most) return r; // none was seen
    r.intensity_mean = static_cast<double>(s.intensity.sum) / static_cast<double>(known.area);
    r.intensity_min = static_cast<double>(s.intensity.least);
    r.intensity_max = static_cast<double>(s.intensity.most);
    return r;
}

/// add(intensity sums, y, run) adds the pixels of a run.
template <concepts::policy Policy, class Add>
std::vector<region_properties> region_properties_of(Policy const& p, component_map const& map, Add const& add) {
    std::vector<region_sums> const sums = sum_regions(p, map, add);
    std::vector<region_properties> result(sums.size());
    for_each_chunk(p, {static_cast<index_t>(sums.size()), 4096}, [&](index_t begin, index_t end) {
        for (index_t k = begin; k < end; ++k) result[k] = finish(map.components[k], sums[k]);
    });
    return result;
}

} // namespace detail

template <concepts::policy Policy>
std::vector<region_properties> regionprops(Policy const& p, component_map const& map) {
    return detail::region_properties_of(p, map, [](detail::intensity_sums&, index_t, pixel_run) {});
}

template <concepts::policy Policy, concepts::view Image>
std::vector<region_properties> regionprops(Policy const& p, component_map const& map, Image const& image) {
    static_assert(std::integral<typename Image::pixel_type>,
                  "quoin::regionprops: the pixels are not integers; end a pipeline with gray and convert_to, and give "
                  "the view of its image");
    if (image.width() != map.runs.width || image.height() != map.runs.height())
        detail::raise("quoin::regionprops: the regions are those of ", map.runs.width, " x ", map.runs.height(),
                      " pixels, the image has ", image.width(), " x ", image.height(),
                      "; give the image of which the mask or the labels were made");
    return detail::region_properties_of(p, map, [&](detail::intensity_sums& into, index_t y, pixel_run run) {
        detail::add_intensities(into, image, y, run);
    });
}

template <concepts::policy Policy, concepts::view Labels>
std::vector<region_properties> regionprops(Policy const& p, Labels const& labels) {
    return regionprops(p, detail::labeled_runs(p, labels));
}

template <concepts::policy Policy, concepts::view Labels, concepts::view Image>
std::vector<region_properties> regionprops(Policy const& p, Labels const& labels, Image const& image) {
    return regionprops(p, detail::labeled_runs(p, labels), image);
}

QUOIN_NAMESPACE_END

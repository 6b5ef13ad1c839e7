// SPDX-License-Identifier: BSL-1.0
// regionprops: area, position, shape and intensity of components, and of the regions of a label image.
#pragma once

#include <quoin/image/view.hpp>
#include <quoin/label/detail/labeled_runs.hpp>
#include <quoin/label/detail/region_sums.hpp>

#include <concepts>
#include <numbers>

QUOIN_NAMESPACE_BEGIN

/// Sums over the pixels (x, y) of a region with the centroid (cx, cy). Divided by the area they are the covariance of
/// the pixel coordinates.
struct second_moments {
    double mu20 = 0; ///< the sum of (x - cx)^2
    double mu11 = 0; ///< the sum of (x - cx) * (y - cy)
    double mu02 = 0; ///< the sum of (y - cy)^2
    friend bool operator==(second_moments const&, second_moments const&) = default;
};

/// The properties of a region: area, box and centroid of a component, and those that regionprops adds. Names are those
/// of scikit-image's regionprops if it has the property. The comments name each difference in value.
struct region_properties : component {
    second_moments moments_central;
    double perimeter_crofton = 0; ///< pi / 4 times the number of pixel sides on the boundary: Crofton's formula of two
                                  ///< directions (the default of scikit-image is four). It is right for discs, 21 %
                                  ///< too short for upright squares and 11 % too long for tilted ones
    double intensity_mean = 0;    ///< the mean of its pixels in the image; the three intensities are 0 without an image
    double intensity_min = 0;
    double intensity_max = 0;

    /// The variances of x and y, and their covariance, over the area of the region, where each pixel is a unit square.
    /// The variance of a unit square adds 1 / 12 to moment / area; scikit-image omits it.
    double variance_x() const { return area > 0 ? moments_central.mu20 / pixels() + 1.0 / 12 : 0; }
    double variance_y() const { return area > 0 ? moments_central.mu02 / pixels() + 1.0 / 12 : 0; }
    double covariance() const { return area > 0 ? moments_central.mu11 / pixels() : 0; }

    /// The full lengths of the axes of the ellipse with the same variances.
    double axis_major_length() const { return 4 * sqrt(half_trace() + half_difference()); }
    double axis_minor_length() const { return 4 * sqrt(std::max(0.0, half_trace() - half_difference())); }
    /// sqrt(1 - (minor / major)^2): 0 for a disc, near 1 for a long thin region.
    double eccentricity() const {
        double const major = half_trace() + half_difference();
        return major > 0 ? sqrt(std::clamp(2 * half_difference() / major, 0.0, 1.0)) : 0;
    }
    /// The angle of the major axis in radians, -pi / 2 < angle <= pi / 2, from the x axis towards rising y.
    /// scikit-image measures from the y axis towards rising x.
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

/// The properties of each component of the map, in the order of the map. The intensities are those of its pixels in
/// `image`, which has the extent of the mask and integer pixels. Rounding: sums are exact, in 128 bits for moments and
/// 64 bits for intensities, and only the conversion to double rounds. The result is therefore the same under every
/// policy. Cost: one pass over the runs and over the pixels in them. Memory: 96 bytes a component.
/// @throws invalid_argument unless the image has the extent of the mask.
template <concepts::policy Policy>
std::vector<region_properties> regionprops(Policy const& p, component_map const& map);
template <concepts::policy Policy, concepts::view Image>
std::vector<region_properties> regionprops(Policy const& p, component_map const& map, Image const& image);

/// The properties of the regions of a label image. Labels are unsigned integers. result[k] describes the pixels with
/// the label k + 1, connected or not; it is region_properties{} if there are none. The label 0 is the background. For
/// the label image of a map the result is that of the map. Cost: two additional passes over the labels. Memory: 16
/// bytes for each run of equal labels, and about 250 bytes for each label up to the largest.
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
    if (s.intensity.least > s.intensity.most) return r; // no pixel was added, so there is no image
    r.intensity_mean = static_cast<double>(s.intensity.sum) / static_cast<double>(known.area);
    r.intensity_min = static_cast<double>(s.intensity.least);
    r.intensity_max = static_cast<double>(s.intensity.most);
    return r;
}

/// add_pixels(intensities, y, run) adds the pixels of a run.
template <concepts::policy Policy, class AddPixels>
std::vector<region_properties> region_properties_of(Policy const& p, component_map const& map,
                                                    AddPixels const& add_pixels) {
    std::vector<region_sums> const sums = sum_regions(p, map, add_pixels);
    std::vector<region_properties> result(sums.size());
    for_each_chunk(p, {static_cast<index_t>(sums.size()), 4096}, [&](index_t begin, index_t end) {
        for (index_t k = begin; k < end; ++k) result[k] = finish(map.components[k], sums[k]);
    });
    return result;
}

} // namespace detail

template <concepts::policy Policy>
std::vector<region_properties> regionprops(Policy const& p, component_map const& map) {
    return detail::region_properties_of(detail::policy_ref::to(p), map, detail::no_intensities{});
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
    return detail::region_properties_of(detail::policy_ref::to(p), map, detail::intensities_in<Image>{image});
}

template <concepts::policy Policy, concepts::view Labels>
std::vector<region_properties> regionprops(Policy const& p, Labels const& labels) {
    return regionprops(p, detail::labeled_runs(detail::policy_ref::to(p), labels));
}

template <concepts::policy Policy, concepts::view Labels, concepts::view Image>
std::vector<region_properties> regionprops(Policy const& p, Labels const& labels, Image const& image) {
    return regionprops(p, detail::labeled_runs(detail::policy_ref::to(p), labels), image);
}

QUOIN_NAMESPACE_END

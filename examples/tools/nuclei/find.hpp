// SPDX-License-Identifier: BSL-1.0
// find_nuclei: from a fluorescence image to one label for each nucleus.
#pragma once

#include "../common/images.hpp"

#include <quoin/image/image.hpp>
#include <quoin/label/region_properties.hpp>

#include <string>
#include <vector>

namespace examples {

class workers;

struct nuclei_options {
    quoin::index_t background = -1; ///< radius in pixels; 0: nothing is subtracted; negative: two typical diameters
    double diameter = 0;            ///< of a typical nucleus in pixels; 0: estimated
    bool local = true;              ///< Otsu's threshold and a local one, or Otsu's alone
    double contrast = 0.085;        ///< of the local threshold, in shares of Otsu's
    double neck = 0.9;              ///< regions are cut where they are narrower than this share of the smaller part
    quoin::index_t min_area = -1;   ///< in pixels; negative: a tenth of a typical nucleus
    quoin::index_t max_hole = -1;   ///< in pixels; negative: half of a typical nucleus
    double min_snr = 5;             ///< least mean brightness, in standard deviations of the ground
    bool invert = false;            ///< the nuclei are dark
};

struct nuclei_findings {
    quoin::image<std::uint32_t> labels;           ///< 0, or 1 + the index into nuclei
    std::vector<quoin::region_properties> nuclei; ///< in raster order of their first pixels; intensities of the input
    double diameter = 0;                          ///< given or estimated
    double noise = 0;                             ///< standard deviation of the smoothed ground, in the input's units
    examples::note note;                          ///< what the user should know, or nothing
};

/// Flattens the background, thresholds, fills holes and cuts touching nuclei at their necks; docs/nuclei.md tells how.
/// The same under every policy.
/// @throws quoin::invalid_argument for an option out of range.
nuclei_findings find_nuclei(workers const& w, quoin::image<std::uint16_t> const& pixels, nuclei_options const& options);

} // namespace examples

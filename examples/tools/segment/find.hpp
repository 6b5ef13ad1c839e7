// SPDX-License-Identifier: BSL-1.0
// From the pixels of one image to its regions, as quoin-segment and quoin-batch find them.
#pragma once

#include "../common/pixels.hpp"
#include "foreground.hpp"
#include "outputs.hpp"

#include <quoin/mask/to_bits.hpp>
#include <quoin/measure/otsu.hpp>

namespace examples {

/// @throws std::runtime_error for a level that leaves no foreground whatever the image.
template <class P>
void check_level(segment_work const& work, std::string const& input) {
    constexpr quoin::index_t white = quoin::white<quoin::channel_t<P>>;
    if (!work.otsu && work.level > white)
        throw std::runtime_error("--threshold " + std::to_string(work.level) + " is above every value of " + input +
                                 ", whose white is " + std::to_string(white));
}

/// The level and the regions of what is above it, or is not. `before(mask)` is called where the mask is known and most
/// of the memory is still to be taken.
template <quoin::concepts::policy Policy, class Gray, class Before>
void find_regions(Policy const& policy, segment_work const& work, Gray const& gray, findings& found,
                  Before const& before) {
    found.level = work.otsu ? quoin::otsu(policy, gray) : work.level;
    quoin::bit_image const mask = quoin::to_bits(policy, gray | foreground_of(found.level, work.invert));
    before(mask);
    found.result = quoin::segment(policy, mask, work.steps);
}

} // namespace examples

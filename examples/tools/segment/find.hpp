// SPDX-License-Identifier: BSL-1.0
// From the pixels of one image to its regions, as quoin-segment and quoin-batch find them.
#pragma once

#include "outputs.hpp"

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace examples {

class workers;

/// @throws std::runtime_error for a level that leaves no foreground whatever the image.
template <class P>
void check_level(segment_work const& work, std::string const& input) {
    constexpr quoin::index_t white = quoin::white<quoin::channel_t<P>>;
    if (!work.otsu && work.level > white)
        throw std::runtime_error("--threshold " + std::to_string(work.level) + " is above every value of " + input +
                                 ", whose white is " + std::to_string(white));
}

/// How often each gray value occurs.
template <class P>
std::vector<quoin::index_t> gray_histogram(workers const& w, quoin::image_view<P const> const& pixels);

/// The lowest and the highest gray value.
template <class P>
std::pair<quoin::index_t, quoin::index_t> gray_range(workers const& w, quoin::image_view<P const> const& pixels);

/// The pixels whose gray value is above the level or, inverted, is not.
template <class P>
quoin::bit_image foreground_of(workers const& w, quoin::image_view<P const> const& pixels, quoin::index_t level,
                               bool inverted);

/// The mask opened, then closed.
quoin::bit_image smoothed(workers const& w, quoin::bit_image const& mask, quoin::index_t open, quoin::index_t close);

/// The level and the regions of what is above it, or is not. `before(mask)` is called where the mask is known and most
/// of the memory is still to be taken.
template <class P>
void find_regions(workers const& w, segment_work const& work, quoin::image_view<P const> const& pixels, findings& found,
                  std::function<void(quoin::bit_image const&)> const& before);

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// What is done to masks.
#include "find.hpp"

#include "../common/workers.hpp"

#include <quoin/mask/morphology.hpp>
#include <quoin/measure/otsu.hpp>

namespace examples {

quoin::bit_image smoothed(workers const& w, quoin::bit_image const& mask, quoin::index_t open, quoin::index_t close) {
    return closing(w.threads(), opening(w.threads(), mask, open), close);
}

template <class P>
void find_regions(workers const& w, segment_work const& work, quoin::image_view<P const> const& pixels, findings& found,
                  std::function<void(quoin::bit_image const&)> const& before) {
    found.level = work.otsu ? quoin::otsu_level(gray_histogram<P>(w, pixels)) : work.level;
    quoin::bit_image const mask = foreground_of<P>(w, pixels, found.level, work.invert);
    before(mask);
    found.result = quoin::segment(w.threads(), mask, work.steps);
}

#define EXAMPLES_PIXELS(P)                                                                                             \
    template void find_regions<P>(workers const&, segment_work const&, quoin::image_view<P const> const&, findings&,   \
                                  std::function<void(quoin::bit_image const&)> const&);
EXAMPLES_PIXELS(std::uint8_t)
EXAMPLES_PIXELS(std::uint16_t)
EXAMPLES_PIXELS(quoin::rgb8)
EXAMPLES_PIXELS(quoin::rgb16)

} // namespace examples

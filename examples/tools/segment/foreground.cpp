// SPDX-License-Identifier: BSL-1.0
// From pixels to masks.
#include "foreground.hpp"

#include "../common/gray.hpp"
#include "../common/workers.hpp"
#include "find.hpp"

#include <quoin/mask/to_bits.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/min_max.hpp>

namespace examples {

template <class P>
std::vector<quoin::index_t> gray_histogram(workers const& w, quoin::image_view<P const> const& pixels) {
    return w.on_lanes([&](auto const& p) { return quoin::histogram(p, gray_pipeline(pixels)); });
}

template <class P>
std::pair<quoin::index_t, quoin::index_t> gray_range(workers const& w, quoin::image_view<P const> const& pixels) {
    return w.on_lanes([&](auto const& p) -> std::pair<quoin::index_t, quoin::index_t> {
        auto const range = quoin::min_max(p, gray_pipeline(pixels));
        return {range.min, range.max};
    });
}

template <class P>
quoin::bit_image foreground_of(workers const& w, quoin::image_view<P const> const& pixels, quoin::index_t level,
                               bool inverted) {
    foreground const chosen(level, inverted);
    return w.on_lanes([&](auto const& p) { return quoin::to_bits(p, gray_pipeline(pixels) | chosen); });
}

#define EXAMPLES_PIXELS(P)                                                                                             \
    template std::vector<quoin::index_t> gray_histogram<P>(workers const&, quoin::image_view<P const> const&);         \
    template std::pair<quoin::index_t, quoin::index_t> gray_range<P>(workers const&,                                   \
                                                                     quoin::image_view<P const> const&);               \
    template quoin::bit_image foreground_of<P>(workers const&, quoin::image_view<P const> const&, quoin::index_t, bool);
EXAMPLES_PIXELS(std::uint8_t)
EXAMPLES_PIXELS(std::uint16_t)
EXAMPLES_PIXELS(quoin::rgb8)
EXAMPLES_PIXELS(quoin::rgb16)

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// The pixels as which the executables read a file, chosen by its header, and their gray values.
#pragma once

#include <quoin/filter/color/gray.hpp>
#include <quoin/io/image_info.hpp>
#include <quoin/pipe/pipeline.hpp>

#include <cstdint>

namespace examples {

/// f.operator()<P>() with the pixels as which a file is read: gray or rgb, 8 or 16 bits; alpha is dropped.
template <class F>
auto with_pixel_of(quoin::image_info const& info, F const& f) {
    bool const color = info.channels >= 3;
    if (info.bits == 16) return color ? f.template operator()<quoin::rgb16>() : f.template operator()<std::uint16_t>();
    return color ? f.template operator()<quoin::rgb8>() : f.template operator()<std::uint8_t>();
}

/// The gray pixels of a view.
template <class View>
auto gray_pipeline(View const& pixels) {
    if constexpr (quoin::channels_v<typename View::pixel_type> == 1) return quoin::as_pipeline(pixels);
    else return pixels | quoin::gray;
}

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// Reads what quoin-nuclei and quoin-batch find nuclei in.
#pragma once

#include <quoin/algorithm/to_image.hpp>
#include <quoin/filter/convert_to.hpp>
#include <quoin/filter/gray.hpp>
#include <quoin/io/read_image.hpp>
#include <quoin/io/read_info.hpp>

#include <filesystem>

namespace examples {

template <class P>
quoin::image<std::uint16_t> read_gray_of(std::filesystem::path const& file, quoin::read_limits const& limits) {
    quoin::image<P> const pixels = quoin::read_image<P>(file, limits);
    if constexpr (quoin::channels_v<P> == 1)
        return quoin::to_image(quoin::serial{}, pixels.view() | quoin::convert_to<std::uint16_t>);
    else return quoin::to_image(quoin::serial{}, pixels.view() | quoin::gray | quoin::convert_to<std::uint16_t>);
}

/// The file's own gray values, in 16 bits.
inline quoin::image<std::uint16_t> read_gray(std::filesystem::path const& file, quoin::read_limits const& limits = {}) {
    quoin::image_info const info = quoin::read_info(file);
    bool const colour = info.channels >= 3;
    if (info.bits == 16)
        return colour ? read_gray_of<quoin::rgb16>(file, limits) : quoin::read_image<std::uint16_t>(file, limits);
    return colour ? read_gray_of<quoin::rgb8>(file, limits) : read_gray_of<std::uint8_t>(file, limits);
}

} // namespace examples

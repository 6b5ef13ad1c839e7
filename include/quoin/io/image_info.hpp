// SPDX-License-Identifier: BSL-1.0
// image_info: the properties in the header of an image file.
#pragma once

#include <quoin/core/geometry.hpp>

QUOIN_NAMESPACE_BEGIN

enum class image_format { png, jpeg, bmp, tga, pnm, pfm, tiff };

/// The usual name of the format: "PNG", "JPEG", "BMP", "TGA", "PNM", "PFM", "TIFF".
constexpr char const* to_string(image_format format) {
    constexpr char const* names[] = {"PNG", "JPEG", "BMP", "TGA", "PNM", "PFM", "TIFF"};
    return names[static_cast<int>(format)];
}

struct image_info {
    index_t width = 0;
    index_t height = 0;
    int channels = 0;   ///< after decoding: 1 gray, 2 gray and alpha, 3 color, 4 color and alpha; palettes are resolved
    int bits = 0;       ///< bits of a channel after decoding: 8, 16 or 32; fewer bits in the file are expanded to 8
    index_t maxval = 0; ///< the value of white in the file: 2^bits - 1, in a PNM any up to that; 1 for floating point
    image_format format = image_format::png;
    bool floating = false; ///< channels are floating-point numbers
    int orientation = 1;   ///< the tag of Exif, 1 to 8, by which upright() turns the image; width and height are stored

    constexpr extent size() const { return {width, height}; }
    friend constexpr bool operator==(image_info const&, image_info const&) = default;
};

QUOIN_NAMESPACE_END

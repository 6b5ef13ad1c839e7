// SPDX-License-Identifier: BSL-1.0
// stroke: how thick lines and outlines are drawn, and how much covers what was there.
#pragma once

#include <quoin/core/geometry.hpp>

QUOIN_NAMESPACE_BEGIN

/// The thickness and the opacity of a line or an outline. Functions that fill take the opacity alone.
///
/// A pixel becomes ((255 - alpha) * old + alpha * color) / 255, channel by channel. An alpha channel is blended as any
/// other. Integers of up to 32 bits are exact and rounded to nearest; no value lies halfway. Floating point is computed
/// in double and rounded to the channel's type once. With alpha 255 the pixel becomes the color itself, and what was
/// there is not read. With alpha 0 nothing is written. A shape blends each of its pixels once, also where it crosses
/// itself.
struct stroke {
    index_t thickness = 1; ///< in pixels, from 1 to 32767
    int alpha = 255;       ///< from 0, which draws nothing, to 255, which covers
};

QUOIN_NAMESPACE_END

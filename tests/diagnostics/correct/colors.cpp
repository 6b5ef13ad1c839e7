// SPDX-License-Identifier: BSL-1.0
// What every compiler must take without an error: colors, tables, fixed-point blurs and a reduction under simd;
// with no warning about signs.
#include <quoin/exec/simd.hpp>
#include <quoin/quoin.hpp>

quoin::image<std::uint8_t> edges(quoin::image_view<quoin::rgb8 const> view) {
    using namespace quoin;
    auto const smooth = view | brightness(1.1f) | gaussian(1.5) | box(3) | sharpen;
    auto const luma = smooth | gray | gaussian5 | sobel_magnitude;
    return to_image(simd{}, luma | threshold(otsu(simd{}, luma)) | brightness(0.5f));
}

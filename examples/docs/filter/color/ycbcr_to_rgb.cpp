// SPDX-License-Identifier: BSL-1.0
// ycbcr_to_rgb: colors from luma and differences, and video frames.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/rgb_to_ycbcr.hpp>
#include <quoin/filter/color/ycbcr_to_rgb.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/image/video_view.hpp>

#include "picture.hpp"

#include <cassert>
#include <span>
#include <vector>

using namespace quoin;

int main(int argc, char** argv) {
    ycbcr8 const pixels[] = {{255, 128, 128}, {76, 85, 255}};
    image_view<ycbcr8 const> const view(pixels, 2, 1);
    image<rgb8> const colors = to_image(serial{}, view | ycbcr_to_rgb());
    assert((colors(0, 0) == rgb8{255, 255, 255}));
    assert((colors(1, 0) == rgb8{254, 0, 0})); // 76 + 1.402 * 127 = 254.05

    // A frame of 4 x 2 pixels in NV12, as a decoder has it: luma, then pairs of differences.
    std::vector<std::uint8_t> const nv12{16, 235, 126, 126, 16, 235, 126, 126, 128, 128, 128, 200};
    auto const to_rgb = ycbcr_to_rgb(ycbcr_matrix::bt709, ycbcr_range::limited);
    auto const frame = nv12_view(std::span(nv12), 4, 2);
    image<rgb8> const shown = to_image(serial{}, frame | to_rgb);
    assert((shown(0, 0) == rgb8{0, 0, 0}));
    assert(shown(3, 1).r == 255); // 128.1 + 1.793 * 72 is above white

    // From frame to frame in one pass: decode, brighten, encode.
    std::vector<std::uint8_t> result(12);
    auto const to_video = rgb_to_ycbcr(ycbcr_matrix::bt709, ycbcr_range::limited);
    run(serial{}, frame | to_rgb | brightness(0.5f) | to_video, nv12_view(std::span(result), 4, 2));
    assert(result[0] == 16 && result[4] == 16); // black stays black
    assert(result[2] < 126 && result[6] < 126);

    // The pictures of its page: what half as many differences do to a photograph.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    std::vector<std::uint8_t> buffer(static_cast<std::size_t>(photo.width() * photo.height() * 3));
    run(serial{}, photo.view() | rgb_to_ycbcr(), nv12_view(std::span(buffer), photo.width(), photo.height()));
    pages.save("ycbcr_to_rgb", "ycbcr_to_rgb of the photograph as NV12", photo,
               to_image(serial{}, nv12_view(std::span(buffer), photo.width(), photo.height()) | ycbcr_to_rgb()));
}

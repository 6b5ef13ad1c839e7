// SPDX-License-Identifier: BSL-1.0
// to_tensor, prepare: images of any size as the input of a model.
#undef NDEBUG
#include <quoin/exec/simd.hpp>
#include <quoin/tensor/to_tensor.hpp>

#include <algorithm>
#include <cassert>
#include <vector>

int main() {
    std::vector<std::uint8_t> const white(3 * 40 * 20, 255), dark(3 * 6 * 9, 51);
    std::vector<quoin::image_view<quoin::rgb8 const>> const frames{{white.data(), 40, 20}, {dark.data(), 6, 9}};
    quoin::simd const policy;

    // For a classifier: the middle of each image, normalized as in torchvision, in planes.
    quoin::tensor_spec const classifier{.size = {8, 8},
                                        .fit = quoin::tensor_fit::crop,
                                        .mean = {0.485f, 0.456f, 0.406f},
                                        .deviation = {0.229f, 0.224f, 0.225f}};
    std::vector<float> values(2 * 3 * 8 * 8);
    to_tensor(policy, frames, classifier, std::span(values));
    assert(values[0] == (1.0f - 0.485f) / 0.229f);             // red of the first image
    assert(values[64] == (1.0f - 0.456f) / 0.224f);            // green
    assert(values[3 * 64] == (51 / 255.0f - 0.485f) / 0.229f); // red of the second image

    // For a detector: whole images with a gray border, in half.
    quoin::tensor_spec const detector{.size = {8, 8}, .fit = quoin::tensor_fit::letterbox};
    std::vector<quoin::half> halves(2 * 3 * 8 * 8);
    auto const places = to_tensor(policy, frames, detector, std::span(halves));
    assert(halves[0] == quoin::half(114 / 255.0f) && halves[2 * 8] == quoin::half(1.0f));

    // A point that the detector found, in the pixels of the image: 40 x 20 became 8 x 4, two rows below the top.
    assert(places[0] == (quoin::placement{0.2, 0.2, 0, 2}));
    assert(places[0].image_x(8) == 40 && places[0].image_y(2) == 0 && places[0].image_y(6) == 20);

    // Again and again: the second call allocates nothing.
    quoin::tensor_maker make = quoin::prepare(detector);
    for (int frame = 0; frame < 2; ++frame) {
        std::vector<quoin::half> again(halves.size());
        assert(make(policy, frames, std::span(again))[0] == places[0]);
        assert(std::equal(again.begin(), again.end(), halves.begin()));
    }
}

// SPDX-License-Identifier: BSL-1.0
// by_label: the statistics of each component of a mask, in one reading of the image.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/image/image.hpp>
#include <quoin/label/label_image.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/measure/by_label.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/mean_std.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/sum.hpp>

#include <cassert>

int main() {
    quoin::serial const policy;

    // Two spots on a dark ground: one of 2 x 2 pixels, and one of 3 pixels in a row.
    quoin::image<quoin::rgb8> photo(8, 6);
    for (quoin::index_t y = 0; y < 6; ++y)
        for (quoin::index_t x = 0; x < 8; ++x) photo(x, y) = {10, 10, 10};
    for (quoin::index_t y = 1; y < 3; ++y)
        for (quoin::index_t x = 1; x < 3; ++x) photo(x, y) = {200, 200, 200};
    for (quoin::index_t x = 4; x < 7; ++x) {
        auto const v = static_cast<std::uint8_t>(20 * x);
        photo(x, 4) = {v, v, v};
    }
    auto const gray = std::as_const(photo).view() | quoin::gray;

    // 0 is the background, k + 1 component k.
    quoin::component_map const map = components(policy, to_bits(policy, gray | quoin::threshold(50)));
    auto const count = static_cast<quoin::index_t>(map.components.size());
    quoin::image<std::uint32_t> const labels = label_image(policy, map);

    auto const [light, range, counts] =
        statistics(policy, gray, by_label(labels.view(), count), quoin::mean_std, quoin::min_max, quoin::histogram);
    assert(light.size() == 3); // one more than there are components
    assert(light[0]->mean == 10 && light[1]->mean == 200 && light[2]->mean == 100);
    assert(range[2]->min == 80 && range[2]->max == 120);
    assert((*counts[1])[200] == 4 && (*counts[0])[10] == 48 - 4 - 3);

    // Statistics are functions by themselves, too. A label without a pixel has no result.
    auto const sums = quoin::pixel_sum(policy, gray, by_label(labels.view(), 5));
    assert(sums[2] == 300 && !sums[4]);
}

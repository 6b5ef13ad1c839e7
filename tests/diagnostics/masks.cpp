// SPDX-License-Identifier: BSL-1.0
// Pixels where a mask belongs, and a mask where its components belong.
// expect: quoin::bit_image: pixels are no mask of one bit a pixel; make one by to_bits\(policy, view \|
// expect: quoin::bit_image: pixels are no mask of one bit a pixel
// expect: quoin::bit_image: pixels are no mask of one bit a pixel
// expect: quoin::bit_image: pixels are no mask of one bit a pixel
// expect: quoin::bit_image: pixels are no mask of one bit a pixel
// expect: quoin::component_map: this function takes the components of a mask; find them by components\(policy, mask\)
// expect: quoin::component_map: this function takes the components of a mask

#include <quoin/exec/serial.hpp>
#include <quoin/filter.hpp>
#include <quoin/label.hpp>
#include <quoin/mask.hpp>
#include <quoin/rect.hpp>

int main() {
    using namespace quoin;
    image<std::uint8_t> picture(8, 8);
    image<rgb8> photo(8, 8);
    bit_image mask(8, 8);
    auto const light = picture.view() | gaussian3;
#ifdef FIXED
    mask = to_bits(serial{}, light | threshold(3));
    auto const map = components(serial{}, mask);
    label_image(serial{}, map);
    regionprops(serial{}, map, picture.view());
#elif CASE == 1
    auto const all = segment(serial{}, picture);
#elif CASE == 2
    auto const all = components(serial{}, picture.view());
#elif CASE == 3
    auto const all = fill_holes(serial{}, light | threshold(3), 9);
#elif CASE == 4
    auto const all = watershed(serial{}, picture.view(), photo);
#elif CASE == 5
    mask = picture;
#elif CASE == 6
    auto const all = label_image(serial{}, mask);
#elif CASE == 7
    auto const all = regionprops(serial{}, mask, picture.view());
#endif
}

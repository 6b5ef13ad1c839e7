// SPDX-License-Identifier: BSL-1.0
// A border that is none, or none for these pixels.
// expect: quoin::extend: this is no border; give replicate, reflect, reflect_101, wrap or constant\(value\)
// expect: quoin::extend: the constant of this border has another number of channels than the pixels that the local
// expect: quoin::extend: the constant of this border has another number of chann
// expect: quoin::extend: the constant of this border has another number of chann
// expect: quoin::operator\|: a border is no stage; write extend\(border\) before the local stages
// expect: quoin::operator\|: the constant of this stage's border has another number of channels than the pixels

#include <quoin/exec.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter.hpp>
#include <quoin/geometry.hpp>

int main() {
    using namespace quoin;
    image<std::uint8_t> const picture(8, 8);
    image<rgb8> const photo(8, 8);
#ifdef FIXED
    to_image(serial{}, picture.view() | extend(constant(0)) | gaussian3);
    to_image(serial{}, photo.view() | extend(constant(rgb16{1, 2, 3})) | box(3) | extend(constant(0.5)) | gaussian3);
    to_image(serial{}, photo.view() | extend(constant(rgb8{1, 2, 3})) | gray | extend(replicate) | gaussian3);
    to_image(serial{}, photo.view() | pad(1, 1, 1, 1, constant(rgb8{1, 2, 3})) | gray | pad(1, 1, 1, 1, constant(0)));
#elif CASE == 1
    to_image(serial{}, picture.view() | extend(0) | gaussian3);
#elif CASE == 2
    to_image(serial{}, picture.view() | extend(constant(rgb8{1, 2, 3})) | gaussian3);
#elif CASE == 3
    to_image(serial{}, picture.view() | extend(constant(rgb8{1, 2, 3})) | gaussian(1.5));
#elif CASE == 4
    to_image(serial{}, photo.view() | extend(constant(rgba8{1, 2, 3, 4})) | box(3) | gray | gaussian3);
#elif CASE == 5
    auto const all = picture.view() | replicate | gaussian3;
#elif CASE == 6
    to_image(serial{}, picture.view() | pad(1, 1, 1, 1, constant(rgb8{1, 2, 3})));
#endif
}

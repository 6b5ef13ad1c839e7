// SPDX-License-Identifier: BSL-1.0
// The view of an image that nothing keeps.
// expect: quoin::image::view: this image has no name and is gone before its view is read; give it a name
// expect: quoin::image::view: this image has no name
// expect: quoin::operator\|: an owning image cannot be the source of a pipeline

#include <quoin/exec.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter.hpp>

quoin::image<quoin::rgb8> read() {
    return {8, 8};
}

int main() {
    using namespace quoin;
#ifdef FIXED
    auto const photo = read();
    auto const light = to_image(serial{}, to_image(serial{}, photo.view() | gray));
#elif CASE == 1
    auto const light = read().view() | gray;
#elif CASE == 2
    auto const view = planar_image<rgb8>(3, 3).view();
#elif CASE == 3
    auto const light = read() | gray;
#endif
}

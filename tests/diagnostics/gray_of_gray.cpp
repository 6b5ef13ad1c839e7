// SPDX-License-Identifier: BSL-1.0
// gray of pixels that are gray, and of pixels whose channels have no names.
// expect: quoin::gray: these pixels are gray already; leave it out
// expect: quoin::gray: pixel_traits does not say which channels are red, green and blue; give it `static constexpr
// expect: quoin::gray: these pixels are gray already; leave it out

#include <quoin/exec.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter.hpp>

template <class T>
struct bgr {
    T b, g, r;
};
template <class T>
struct quoin::pixel_traits<bgr<T>> : quoin::pixel_layout<bgr, T, 3> {
#ifdef FIXED
    static constexpr int red = 2, green = 1, blue = 0;
#endif
};

int main() {
    using namespace quoin;
    image<bgr<std::uint8_t>> const photo(8, 8);
    image<std::uint8_t> const picture(8, 8);
#ifdef FIXED
    to_image(serial{}, photo.view() | gray | gaussian3);
#elif CASE == 1
    auto const all = picture.view() | gray | gaussian3;
#elif CASE == 2
    auto const all = photo.view() | gray | gaussian3;
#elif CASE == 3
    auto const all = picture.view() | (gaussian3 | sharpen | gray);
#endif
}

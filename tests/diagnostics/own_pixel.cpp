// SPDX-License-Identifier: BSL-1.0
// A pixel type of the user's own with more channels than there can be.
// expect: quoin::pixel_layout: a pixel of several channels has 2, 3 or 4

#include <quoin/image/image.hpp>

template <class T>
struct spectrum {
#ifdef FIXED
    T bands[4];
#else
    T bands[5];
#endif
};
template <class T>
struct quoin::pixel_traits<spectrum<T>> : quoin::pixel_layout<spectrum, T, sizeof(spectrum<T>) / sizeof(T)> {};

int main() {
    return static_cast<int>(quoin::channels_v<spectrum<float>>) > 4;
}

// SPDX-License-Identifier: BSL-1.0
// A functor with a footprint that cannot be called with a window.
// expect: quoin::operator\|: this is no stage for these pixels; .* a local stage has a footprint and is callable as
// f\(window\)

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>

struct left_neighbor {
    static constexpr quoin::footprint footprint{1, 0};
#ifdef FIXED
    template <class Window>
    std::uint8_t operator()(Window const& w) const {
        return w(-1, 0);
    }
#else
    std::uint8_t operator()(std::uint8_t v) const { return v; }
#endif
};

int main() {
    quoin::image<std::uint8_t> const picture(8, 8);
    return quoin::to_image(quoin::serial{}, picture.view() | left_neighbor{})(0, 0);
}

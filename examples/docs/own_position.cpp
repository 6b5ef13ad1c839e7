// SPDX-License-Identifier: BSL-1.0
// A stage of one's own that depends on the place of its pixel.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/geometry/crop.hpp>

#include "picture.hpp"

#include <cassert>

// Undoes light that changes along a plane, light(x, y) = a + b x + c y: a flat field that is fitted and not stored.
// Written for lanes, at.x is x, x + 1, x + 2, ... of the step's pixels.
struct flat_field {
    using vectorized = void;
    using channelwise = void;
    using takes_position = void;
    float a, b, c;

    template <class V, class I>
    QUOIN_INLINE V operator()(V const& v, quoin::position<I> const& at) const {
        auto const light = quoin::convert<float>(at.x) * b + quoin::convert<float>(at.y) * c + a;
        return quoin::saturate<quoin::scalar_t<V>>(quoin::convert<float>(v) / light);
    }
};

int main(int argc, char** argv) {
    quoin::image<std::uint8_t> even(70, 3), lit(70, 3);
    for (int y = 0; y < 3; ++y)
        for (int x = 0; x < 70; ++x) {
            even(x, y) = static_cast<std::uint8_t>(40 + 2 * x);
            lit(x, y) = static_cast<std::uint8_t>(even(x, y) / 2); // half the light
        }
    auto const doubled = quoin::to_image(quoin::simd{}, lit.view() | flat_field{0.5f, 0, 0});
    for (int x = 0; x < 70; ++x) assert(doubled(x, 1) == even(x, 1));

    // A lambda gets its position by positioned(f); it is called for one pixel after the other.
    auto const checkered = quoin::positioned([](std::uint8_t v, auto at) {
        return (at.x / 8 + at.y / 8) % 2 == 0 ? v : static_cast<std::uint8_t>(255 - v);
    });
    auto const board = quoin::to_image(quoin::serial{}, even.view() | checkered);
    assert(board(7, 0) == 54 && board(8, 0) == 255 - 56);

    // Positions are those of the result of the stage before: behind a crop they begin anew.
    auto const part = quoin::to_image(quoin::serial{}, even.view() | quoin::crop(8, 0, 62, 3) | checkered);
    assert(part(0, 0) == 56);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::gray_photo();
    pages.save("own_position", "flat_field, light that falls to the right", photo,
               quoin::to_image(quoin::serial{}, photo.view() | flat_field{1.2f, -0.003f, 0}));
}

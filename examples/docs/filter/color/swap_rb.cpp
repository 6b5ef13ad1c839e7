// SPDX-License-Identifier: BSL-1.0
// swap_rb: red and blue change places.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/swap_rb.hpp>

#include "picture.hpp"

#include <cassert>

int main(int argc, char** argv) {
    // Bytes as OpenCV stores them, blue first, read as if red came first.
    std::uint8_t const bytes[] = {30, 20, 10, 255, 0, 0};
    quoin::image_view<quoin::rgb8 const> const wrong(reinterpret_cast<quoin::rgb8 const*>(bytes), 2, 1);

    quoin::image<quoin::rgb8> const right = quoin::to_image(quoin::serial{}, wrong | quoin::swap_rb);

    assert((right(0, 0) == quoin::rgb8{10, 20, 30}));
    assert((right(1, 0) == quoin::rgb8{0, 0, 255}));

    // Alpha stays where it is.
    static_assert(quoin::swap_rb(quoin::rgba8{1, 2, 3, 4}) == quoin::rgba8{3, 2, 1, 4});

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const photo = picture::photo();
    pages.save("swap_rb", "swap_rb", photo, quoin::to_image(quoin::serial{}, photo.view() | quoin::swap_rb));
}

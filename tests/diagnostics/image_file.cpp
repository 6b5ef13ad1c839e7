// SPDX-License-Identifier: BSL-1.0
// Pixels that no image file has, and what is no image.
// expect: quoin: an image file has no pixels of this type, .* write view \| convert_to<std::uint8_t>
// expect: quoin: an image file has no pixels of this type
// expect: quoin: an image file has no pixels of this type
// expect: quoin::write_image: this is neither an image nor a view; evaluate a pipeline first
// expect: quoin::read_image: the type of the pixels is missing; write read_image<quoin::rgb8>
// expect: quoin::write_image: the path of the file is the first argument; write write_image
// expect: quoin::pnm_reader: a PNM file has no pixels of this type; read gray, rgb or rgba
// expect: quoin::pnm_writer: a PNM file has no pixels of this type; write gray, rgb or rgba

#include <quoin/exec.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter.hpp>
#include <quoin/io.hpp>

int main() {
    using namespace quoin;
    image<std::int16_t> const depth(8, 8);
    image<std::int32_t> const counts(8, 8);
#ifdef FIXED
    write_image("depth.png", to_image(serial{}, depth.view() | convert_to<std::uint16_t>));
    write_image("copy.png", read_image<rgb8>("photo.png"));
#elif CASE == 1
    write_image("depth.png", depth);
#elif CASE == 2
    write_image("counts.png", counts.view());
#elif CASE == 3
    auto const read = read_image<std::int16_t>("depth.png");
#elif CASE == 4
    write_image("depth.png", depth.view() | convert_to<std::uint8_t>);
#elif CASE == 5
    auto const photo = read_image("photo.png");
#elif CASE == 6
    write_image(depth, "depth.png");
#elif CASE == 7
    pnm_reader<std::int16_t> in("depth.pgm");
#elif CASE == 8
    pnm_writer<std::int16_t> out("depth.pgm", 8, 8);
#endif
}

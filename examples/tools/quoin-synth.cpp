// SPDX-License-Identifier: BSL-1.0
// quoin-synth: a synthetic printed chip layer, and the rectangles that were drawn.

#include "common/command_line.hpp"
#include "common/fastest_policy.hpp"
#include "common/images.hpp"
#include "common/observation.hpp"
#include "common/program.hpp"
#include "common/text_file.hpp"
#include "synth/print.hpp"

#include <iostream>

namespace {

using namespace examples;

struct synth_arguments {
    quoin::extent size;
    std::uint64_t seed = 1;
    std::string out;
    std::string truth;
    print_options print;
    bool rgb = false;
};

constexpr char const* footer = R"(
The layer has wires, corners, tees, pads and vias on a grid of 4 pixels. The ground truth is the
drawn rectangles, in raster order, with the columns x,y,w,h: disjoint, the two of a corner or a
tee touching, all others at least 12 pixels apart. Printed, corners are rounded, edges rough and
gray, values noisy; background is about 60, foreground about 180, with specks and pinholes. The
same options give the same bytes on every machine.

With the default options `quoin-segment --open 1 --fill-holes 30 --min-area 60` finds one
component for each shape.

Examples:
  quoin-synth --width 4096 --height 4096 --seed 7 --out layer.png --truth layer.csv
  quoin-synth --width 2048 --height 2048 --seed 7 --out hard.png --noise 30 --roughness 1.5 --specks 1000
  quoin-synth --width 1920 --height 1080 --seed 7 --out color.png --rgb

Exit status: 0 success, 1 a file could not be written, 2 a wrong command line.)";

void write_truth(std::string const& path, layout const& drawn) {
    text_file out(path);
    out.put("x,y,w,h\n");
    for (quoin::rect const& r : drawn.rectangles()) out.put(r.x, ",", r.y, ",", r.width, ",", r.height, "\n");
    out.commit();
}

/// Three exposures of one layer, each with a contrast and a noise of its own.
template <quoin::concepts::policy Policy>
quoin::image<quoin::rgb8> print_rgb(Policy const& policy, quoin::image<std::uint16_t> const& drawn,
                                    synth_arguments const& a) {
    quoin::image<std::uint8_t> channels[3];
    constexpr int levels[3][2] = {{40, 210}, {60, 160}, {90, 70}};
    for (std::uint64_t c = 0; c < 3; ++c)
        channels[c] = print_layer(policy, drawn, a.print, a.seed + (c << 32), levels[c][0], levels[c][1]);
    return quoin::to_image(
        policy, quoin::zip(channels[0].view(), channels[1].view(), channels[2].view()) |
                    [](std::uint8_t r, std::uint8_t g, std::uint8_t b) { return quoin::rgb8{r, g, b}; });
}

/// Now rather than after the image is computed.
void check_format(synth_arguments const& a) {
    char const* const pnm = a.rgb ? ".ppm" : ".pgm";
    for (char const* extension : {".png", ".jpg", ".jpeg", ".bmp", ".tga", ".pnm", pnm})
        if (has_extension(a.out, extension)) return;
    throw usage_error("--out " + a.out + ": the name must end in .png, .jpg, .bmp, .tga, .pnm or " + pnm);
}

int synthesize(synth_arguments const& a) {
    check_format(a);
    if (!a.truth.empty() && same_file(a.out, a.truth))
        throw usage_error(a.out + " is named twice, and would be overwritten");
    check_folder_of(a.out);
    check_folder_of(a.truth);
    layout const layer(a.size, scramble(a.seed));
    quoin::image<std::uint16_t> const drawn = draw(a.size, layer.rectangles());
    auto const policy = fastest_policy(); // any would do: all of them give the same bytes
    if (a.rgb) {
        quoin::image<quoin::rgb8> const color = print_rgb(policy, drawn, a);
        write_pixels(a.out, color.view());
    } else {
        quoin::image<std::uint8_t> gray = print_layer(policy, drawn, a.print, a.seed);
        add_spots(gray, drawn, a.print, a.seed);
        write_pixels(a.out, std::as_const(gray).view());
    }
    if (!a.truth.empty()) write_truth(a.truth, layer);
    std::cout << a.out << ": " << a.size.width << " x " << a.size.height << ", " << layer.shapes() << " shapes of "
              << layer.rectangles().size() << " rectangles\n";
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    observation const seen;
    command_line line("Makes a synthetic printed chip layer with known ground truth.", "quoin-synth", footer);
    synth_arguments a;
    line.add("--width", a.size.width, "Pixels in a row, 1 to 65535")
        .required()
        .within(1, quoin::index_t{65535})
        .type_name("W");
    line.add("--height", a.size.height, "Rows, 1 to 65535").required().within(1, quoin::index_t{65535}).type_name("H");
    line.add("--seed", a.seed, "Another seed, another layer")
        .within(std::uint64_t{0}, ~std::uint64_t{0})
        .type_name("S")
        .show_default();
    line.add("--out", a.out, "The image: .png, .bmp, .tga, .pgm").required().type_name("FILE.png");
    line.add("--truth", a.truth, "The rectangles that were drawn").type_name("FILE.csv");
    auto const amount = [&](char const* name, double& value, double least, double most, char const* text) {
        line.add(name, value, text).within(least, most).type_name("X").show_default();
    };
    amount("--blur", a.print.blur, 0.1, 42, "Sigma of the optics, pixels");
    amount("--roughness", a.print.roughness, 0, 10, "Standard deviation of the edges, pixels");
    amount("--noise", a.print.noise, 0, 255, "Standard deviation of the gray values");
    amount("--specks", a.print.specks, 0, 1e5, "False spots, for a million pixels");
    amount("--pinholes", a.print.pinholes, 0, 1e5, "Holes in shapes, for a million pixels");
    line.add_flag("--rgb", a.rgb, "As a color picture, without spots: each channel has its own contrast and noise");
    return line.run(argc, argv, [&] { return synthesize(a); });
}

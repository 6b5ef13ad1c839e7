// SPDX-License-Identifier: BSL-1.0
// quoin-segment: the bright (or dark) regions of an image as disjoint rectangles.

#include "common/images.hpp"
#include "segment/find.hpp"
#include "segment/stream.hpp"

#include <iostream>

namespace {

using namespace examples;

template <class P>
findings find(segment_arguments const& arguments, quoin::image<P> const& pixels) {
    findings found{arguments.policy.name, 1, pixels.size()};
    found.threads = with_policy(arguments.policy, arguments.seen, [&](workers const& w) {
        found.ms_median = median_milliseconds(arguments.repeat, [&] {
            arguments.seen.restart();
            find_regions<P>(w, arguments, pixels.view(), found, [](auto const&) {});
        });
    });
    found.rectangles = static_cast<quoin::index_t>(found.result.rectangles.size());
    found.components = static_cast<quoin::index_t>(found.result.components.size());
    return found;
}

void print_summary(segment_arguments const& arguments, findings const& found) {
    if (arguments.time) print_json(summary_json(arguments, found));
    else std::cout << summary_text(arguments, found) << '\n';
}

template <class P>
void process_stream(segment_arguments const& arguments, quoin::extent size) {
    check_level<P>(arguments, arguments.input);
    findings const found = find_in_stream<P>(arguments, size);
    arguments.seen.write();
    print_summary(arguments, found);
}

template <class P>
void process(segment_arguments const& arguments) {
    quoin::image<P> pixels;
    double const ms_decode = milliseconds([&] { pixels = read_pixels<P>(arguments.input, whole_image); });
    check_level<P>(arguments, arguments.input);
    findings found = find(arguments, pixels);
    found.ms_decode = ms_decode;
    arguments.seen.check();
    arguments.seen.write();
    write_tables(arguments, found);
    arguments.seen.check();
    // Drawing is no part of the work that is measured, so it need not follow the policy.
    if (!arguments.overlay.empty()) write_overlay(arguments.overlay, gray_image(pixels), found.result);
    print_summary(arguments, found);
}

int segment_file(segment_arguments const& arguments) {
    quoin::image_info const info = info_of_input(arguments.input);
    bool const pnm = info.format == quoin::image_format::pnm;
    if (arguments.stream && !pnm)
        throw std::runtime_error(arguments.input + " is a " + to_string(info.format) +
                                 " file, which cannot be read in bands; convert it to PNM or leave --stream out");
    if (!arguments.stream)
        check_whole_image(arguments.input, info, pnm ? "give --stream" : "convert it to PNM and give --stream");
    if (has_extension(arguments.rects, ".gds")) quoin::gds_writer::check(info.size(), arguments.gds);
    with_pixel_of(info, [&]<class P>() {
        if (arguments.stream) process_stream<P>(arguments, info.size());
        else process<P>(arguments);
    });
    arguments.seen.check();
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    command_line line("Turns the bright regions of an image into exact, disjoint rectangles.", "quoin-segment",
                      segment_footer);
    segment_arguments arguments;
    add_segment_options(line, arguments);
    return line.run(argc, argv, [&] {
        check_segment_arguments(arguments);
        return segment_file(arguments);
    });
}

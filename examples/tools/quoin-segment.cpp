// SPDX-License-Identifier: BSL-1.0
// quoin-segment: the bright (or dark) regions of an image as disjoint rectangles.

#include "common/images.hpp"
#include "mpi/segment.hpp"
#include "segment/find.hpp"
#include "segment/stream.hpp"

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

template <class P>
void process_stream(segment_arguments const& arguments, quoin::image_info const& info) {
    check_level<P>(arguments, arguments.input);
    findings const found = find_in_stream<P>(arguments, info);
    arguments.seen.write();
    print_summary(arguments, found);
}

template <class P>
void process(segment_arguments const& arguments, quoin::image_info const& file) {
    quoin::image<P> pixels;
    double const ms_decode =
        milliseconds([&] { pixels = read_pixels<P>(arguments.input, arguments.how, whole_image); });
    check_level<P>(arguments, arguments.input);
    print_note("quoin-segment", arguments.input, file, arguments.how, pixels);
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
    quoin::image_info const file = arguments.stream ? info_of_rows(arguments.input) : info_of(arguments.input);
    quoin::image_info const info = picture_of(arguments.input, file, arguments.how);
    bool const in_rows = reads_in_rows(info);
    if (arguments.stream && !in_rows)
        throw std::runtime_error(arguments.input + " is a " + to_string(info.format) +
                                 " file, which cannot be read in bands; convert it to PNM or leave --stream out");
    if (arguments.stream && file.orientation != info.orientation)
        throw std::runtime_error(arguments.input + " is to be turned, which needs the whole image; give --no-orient or "
                                                   "leave --stream out");
    if (!arguments.stream)
        check_whole_image(arguments.input, info, in_rows ? "give --stream" : "convert it to PNM and give --stream");
    if (has_extension(arguments.rects, ".gds")) quoin::gds_writer::check(info.size(), arguments.gds);
    with_pixel_of(info, [&]<class P>() {
        if (arguments.stream) process_stream<P>(arguments, info);
        else process<P>(arguments, file);
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
        if (arguments.policy.name == policy_of_processes) return segment_on_processes(arguments);
        check_segment_arguments(arguments);
        return segment_file(arguments);
    });
}

// SPDX-License-Identifier: BSL-1.0
// The options and the help of quoin-segment.
#include "options.hpp"

#include "../common/program.hpp"

#include <charconv>

namespace examples {

namespace {

/// @throws usage_error for what cannot be done in bands.
void check_stream(segment_arguments const& a) {
    if (!a.stream && a.band_rows > 0) throw usage_error("--band-rows is for --stream; add it");
    if (!a.stream) return;
    auto const refuse = [](bool given, char const* what) {
        if (given) throw usage_error(std::string(what) + " needs the whole image; leave it or --stream out");
    };
    refuse(a.steps.method != quoin::segment_method::run_merge, "any --method but run-merge");
    refuse(a.steps.fill_holes > 0, "--fill-holes");
    refuse(!a.overlay.empty(), "--overlay");
    refuse(has_extension(a.rects, ".json"), "--rects in .json");
    refuse(a.repeat > 1, "--repeat");
    refuse(!a.how.channel.empty() && a.how.channel != "luma", "--channel");
    if (a.otsu && a.input == "-")
        throw usage_error("--stream of standard input needs --threshold N, since Otsu's takes a pass of its own");
}

/// @throws usage_error for what several processes do not do.
void check_processes(segment_arguments const& a) {
    if (a.policy.name != policy_of_processes) return;
    auto const refuse = [](bool given, char const* what) {
        if (given)
            throw usage_error(std::string(what) + " cannot be had under --policy mpi, where each process has a band of "
                                                  "rows; leave it out or give another policy");
    };
    refuse(a.stream, "--stream");
    refuse(!a.seen.file().empty(), "--trace");
}

} // namespace

char const* const segment_footer = R"(
Foreground is value > N, with --invert value <= N. Color images are made gray first; images of
16 bits keep them, and N is then in 0..65535. Steps run in this order: threshold, open, close,
fill holes, minimum area, components (4-connected), rectangles. The rectangles are disjoint and
cover the cleaned foreground exactly (or nearly, see below); they come in raster order of their
top-left corners, and are the same under every policy and number of threads.

Methods: run-merge merges equal runs of consecutive rows and is fastest; minimum finds the
fewest rectangles there can be, and says so in "optimal". Dense noise can take it long: stopped
by --max-phases or --max-seconds, its "gap" is how many rectangles it has too many, at most.
regularize first moves edges to either
side, where that saves rectangles: no further than --max-edge-error, changing no more than
--max-area-error of the foreground, joining and losing no component. What it came to is in
"iou", "edge_error" and "area_error". Its rectangles cover that foreground, not the given one.

Files: - is standard input or output; the summary then goes to stderr. --rects .csv has the
columns x,y,w,h,component, .json an object with the same and what was asked for, .gds a BOUNDARY
for each in GDSII: y points up there, the image is upright with its lower left corner at (0, 0),
and a pixel is a database unit. Components are not in it. --components has
component,area,x,y,w,h,cx,cy, with the bounding box and the centroid. --overlay shows the
rectangles over the dimmed image, one color for each component.

--time prints one line of JSON instead of the summary. ms_median is the median of --repeat
evaluations from the decoded pixels to the rectangles, ms_decode the time to read the file.
--trace shows the last evaluation, block by block; the table on stderr sums it up by stage.

--stream takes a PNM, PNG or TIFF file of any size, twice where the threshold is Otsu's, and writes the same
tables as without it. What cannot be known from a band is refused: --fill-holes, --overlay, any
method but run-merge, tables in .json, --repeat. Temporary files without a name take 40 bytes a
rectangle and 72 a component in the folder of the tables.

--policy mpi deals the rows of the image to all processes that mpirun has started. All of them
read a PNM, and the first one reads other formats, prints and writes; it needs memory for the
rectangles of all, and with --overlay for the image. --method regularize, and a minimum with
--max-phases or --max-seconds, run on the first one alone. --stream and --trace are refused.
--threads is of each process (0: a part of what they may use on a machine).

Ctrl-C stops within a row of pixels or a block of runs, but neither reading nor writing an image;
files are written whole or not at all.

Examples:
  quoin-segment layer.png --rects layer.csv
  quoin-segment layer.png --threshold 127 --open 1 --min-area 40 --method minimum --overlay seen.png
  quoin-segment print.png --method regularize --max-edge-error 3 --max-area-error 0.05
  quoin-segment nuclei.pgm --fill-holes 50 --min-area 30 --components nuclei.csv
  quoin-segment layer.png --rects layer.gds --gds-cell METAL1 --gds-layer 7:0 --gds-unit 5
  quoin-segment wafer.png --policy parallel_simd --threads 4 --repeat 9 --time
  quoin-segment wafer.png --tuning tuning.json --rects wafer.csv
  quoin-segment wafer.pgm --stream --threshold 127 --rects wafer.csv --components parts.csv
  mpirun -np 4 quoin-segment wafer.pgm --policy mpi --threshold 127 --rects wafer.csv

Exit status: 0 success, 1 a file could not be read or written, 2 a wrong command line,
130, 143 or 129 interrupted (SIGINT, SIGTERM, SIGHUP).)";

void add_segment_work_options(command_line& line, segment_work& a) {
    a.given = [line](char const* option) { return line.has(option); };
    line.add_function(
            "--threshold",
            [&a](std::string const& text) {
                a.otsu = text == "otsu";
                if (a.otsu) return;
                auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), a.level);
                if (error != std::errc() || end != text.data() + text.size() || a.level < 0 || a.level > 65535)
                    throw usage_error("--threshold: '" + text + "' is neither otsu nor a whole number from 0 to 65535");
            },
            "Foreground is what is brighter than this; otsu finds it by itself")
        .type_name("otsu|N")
        .show_default("otsu");
    line.add_flag("--invert", a.invert, "Foreground is what is not brighter than the threshold");

    auto const count = [&](char const* name, quoin::index_t& value, char const* text) {
        line.add(name, value, text).within(0, quoin::index_t{1} << 40).type_name("N");
    };
    count("--open", a.steps.open, "Radius of an opening, which removes what is narrower than 2 N + 1 pixels");
    count("--close", a.steps.close, "Radius of a closing, which fills gaps narrower than 2 N + 1 pixels");
    count("--fill-holes", a.steps.fill_holes, "Fill holes of at most N pixels");
    count("--min-area", a.steps.min_area, "Drop components of fewer than N pixels");

    line.add_function(
            "--method",
            [&a](std::string const& name) {
                using quoin::segment_method;
                a.steps.method = name == "minimum"      ? segment_method::minimum
                                 : name == "regularize" ? segment_method::regularize
                                                        : segment_method::run_merge;
            },
            "How regions are cut into rectangles")
        .one_of({"run-merge", "minimum", "regularize"})
        .show_default("run-merge");
    count("--max-phases", a.steps.budget.max_phases,
          "For minimum: stop the matching after N phases; the same result always");
    line.add("--max-seconds", a.steps.budget.max_seconds,
             "For minimum: stop the matching after S seconds; the result then depends on the machine")
        .within(0.0, 1e9)
        .type_name("S");
    quoin::regularize_options& bounds = a.steps.regularize;
    line.add("--max-edge-error", bounds.max_edge_error, "regularize: edges move by at most so many pixels")
        .within(0, 63)
        .type_name("N")
        .show_default();
    line.add("--max-area-error", bounds.max_area_error,
             "regularize: at most this part of the foreground changes; 1 is no bound")
        .within(0.0, 1.0)
        .type_name("PART")
        .show_default();
    line.add("--min-side", bounds.min_side, "regularize: rectangles with shorter sides go where the bounds let them")
        .within(1, quoin::index_t{1} << 31)
        .type_name("N")
        .show_default();
}

void add_gds_options(command_line& line, quoin::gds_options& gds) {
    line.add("--gds-cell", gds.cell, "The name of the cell in a .gds").type_name("NAME").show_default();
    line.add_function(
            "--gds-layer",
            [&gds](std::string const& text) {
                char const* const end = text.data() + text.size();
                auto read = std::from_chars(text.data(), end, gds.layer);
                gds.datatype = 0;
                if (read.ec == std::errc() && read.ptr != end && *read.ptr == ':')
                    read = std::from_chars(read.ptr + 1, end, gds.datatype);
                if (read.ec != std::errc() || read.ptr != end)
                    throw usage_error("--gds-layer: '" + text + "' is neither LAYER nor LAYER:DATATYPE");
            },
            "The layer, and perhaps the datatype, of the rectangles in a .gds")
        .type_name("L[:D]")
        .show_default("1:0");
    line.add_function(
            "--gds-unit",
            [&gds](std::string const& text) {
                double nanometers = 0;
                auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), nanometers);
                if (error != std::errc() || end != text.data() + text.size() ||
                    !(nanometers >= 1e-6 && nanometers <= 1e9))
                    throw usage_error("--gds-unit: '" + text + "' is no number of nanometers from 1e-6 to 1e9");
                gds.unit = nanometers / 1e9;
            },
            "Nanometers of a pixel's side, the database unit of a .gds")
        .type_name("NM")
        .show_default("1");
    line.add("--gds-split", gds.cell_rectangles,
             "At most N rectangles in a cell of a .gds; NAME then places cells NAME_0, NAME_1, ...")
        .within(1000, quoin::index_t{1} << 40)
        .type_name("N");
}

void check_gds_options(quoin::gds_options const& gds, bool used, char const* user) {
    quoin::gds_options const usual;
    auto const needs = [&](char const* option, bool given) {
        if (given && !used) throw usage_error(std::string(option) + " is for " + user + "; add that or leave it out");
    };
    needs("--gds-cell", gds.cell != usual.cell);
    needs("--gds-layer", gds.layer != usual.layer || gds.datatype != usual.datatype);
    needs("--gds-unit", gds.unit != usual.unit);
    needs("--gds-split", gds.cell_rectangles != usual.cell_rectangles);
    try {
        quoin::gds_writer::check({1, 1}, gds);
    } catch (quoin::invalid_argument const& wrong) {
        throw usage_error(wrong.what());
    }
}

void add_segment_options(command_line& line, segment_arguments& a) {
    line.add("INPUT", a.input, "A PNG, JPEG, BMP, TGA, PNM or TIFF image; - is standard input").required();
    add_reading_options(line, a.how);
    add_segment_work_options(line, a);
    add_policy_options(line, a.policy, true);
    add_tuning_option(line, a.policy, "segment");
    line.add("--rects", a.rects, "Write the rectangles").type_name("FILE.csv|FILE.json|FILE.gds");
    add_gds_options(line, a.gds);
    line.add("--components", a.components, "Write the connected components").type_name("FILE.csv");
    line.add("--overlay", a.overlay, "Write a picture of the rectangles over the image").type_name("FILE.png");
    line.add_flag("--stream", a.stream,
                  "Read a PNM, PNG or TIFF file in bands of rows, in memory that follows its width");
    line.add("--band-rows", a.band_rows, "Rows of a band; the result is the same for all")
        .within(1, quoin::index_t{1} << 31)
        .type_name("N");
    add_timing_options(line, a.repeat, a.time);
    a.seen.add_options(line);
}

void check_segment_work(segment_work const& a) {
    using quoin::segment_method;
    auto const refuse = [&](std::initializer_list<char const*> options, char const* method) {
        for (char const* option : options)
            if (a.given(option))
                throw usage_error(std::string(option) + " is for --method " + method + "; add that or leave it out");
    };
    if (a.steps.method != segment_method::regularize)
        refuse({"--max-edge-error", "--max-area-error", "--min-side"}, "regularize");
    if (a.steps.method == segment_method::run_merge) refuse({"--max-phases", "--max-seconds"}, "minimum");
}

void check_segment_arguments(segment_arguments const& a) {
    check_segment_work(a);
    bool const gds = has_extension(a.rects, ".gds");
    if (!a.rects.empty() && a.rects != "-" && !has_extension(a.rects, ".csv") && !has_extension(a.rects, ".json") &&
        !gds)
        throw usage_error("--rects " + a.rects + ": the name must end in .csv, .json or .gds");
    check_gds_options(a.gds, gds, "--rects in .gds");
    if (a.rects == "-" && a.components == "-")
        throw usage_error("--rects and --components cannot both be standard output; name a file for one");
    if (!a.components.empty() && a.components != "-" && !has_extension(a.components, ".csv"))
        throw usage_error("--components " + a.components + ": the name must end in .csv");
    if (!a.overlay.empty() && !has_extension(a.overlay, ".png"))
        throw usage_error("--overlay " + a.overlay + ": the name must end in .png");
    check_stream(a);
    check_processes(a);
    check_files({a.input, a.rects, a.components, a.overlay, a.seen.file()});
}

} // namespace examples

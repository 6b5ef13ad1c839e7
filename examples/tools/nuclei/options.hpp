// SPDX-License-Identifier: BSL-1.0
// The command line of quoin-nuclei.
#pragma once

#include "../common/observation.hpp"
#include "../common/policies.hpp"
#include "../common/program.hpp"
#include "../common/tuning.hpp"
#include "find.hpp"

namespace examples {

/// The options that say what a nucleus is.
inline void add_nuclei_options(CLI::App& app, nuclei_options& o) {
    app.add_option("--background", o.background,
                   "Radius of the opening that finds the background; above that of the largest nucleus. 0 leaves the "
                   "image as it is")
        ->check(within<quoin::index_t>(0, 1 << 20))
        ->type_name("N")
        ->capture_default_str();
    app.add_option("--diameter", o.diameter, "Of a typical nucleus, in pixels; 0 finds it from the image")
        ->check(within(0.0, 2000.0))
        ->type_name("D")
        ->default_str("0");
    app.add_option_function<std::string>(
           "--threshold", [&o](std::string const& name) { o.local = name == "local"; },
           "otsu: one level for the image; local: also brighter than the mean of a square of one diameter around")
        ->check(CLI::IsMember({"local", "otsu"}))
        ->default_str("local");
    app.add_option("--contrast", o.contrast, "How much brighter than that mean, in shares of Otsu's level")
        ->check(within(0.0, 1.0))
        ->type_name("C")
        ->capture_default_str();
    app.add_option("--neck", o.neck, "Cut where a region is narrower than this share of the smaller part's width")
        ->check(within(0.0, 1.0))
        ->type_name("S")
        ->capture_default_str();
    app.add_option("--min-area", o.min_area, "Drop what has fewer pixels; the default is 12 or more")
        ->check(within<quoin::index_t>(0, quoin::index_t{1} << 40))
        ->type_name("N")
        ->default_str("a tenth of a typical nucleus");
}

struct nuclei_arguments {
    std::string input;
    nuclei_options steps;
    policy_choice policy;
    std::string csv;
    std::string overlay;
    std::string labels;
    int repeat = 1;
    bool time = false;
    observation seen;
};

inline constexpr char const* nuclei_footer = R"(
Bright nuclei on a dark background, gray images of 8 or 16 bits (color images are made gray).
Steps: the background is subtracted; Otsu's threshold of the square roots, and the local one; holes
are filled; touching nuclei are cut where the distance from the background has a neck; each nucleus
ends where it has half of its mean brightness; small ones are dropped. The results are the same
under every policy and number of threads.

Files: --csv has a row for each nucleus, in raster order of their first pixels, with the columns
id,area,x,y,w,h,cx,cy,perimeter,major_axis,minor_axis,eccentricity,orientation,mean_intensity:
pixels, the bounding box, the centroid, the length of the outline, the axes of the ellipse with the
same second moments, its angle to the x axis in degrees (y points down), and the mean value.
--labels has the id of the nucleus in each pixel, 16 bits, 0 where there is none; --overlay shows
the outlines over the image.

--time prints one line of JSON instead of the summary. ms_median is the median of --repeat
evaluations from the decoded pixels to the statistics, ms_decode the time to read the file.

Ctrl-C stops within a row of pixels or a block of rows, but neither reading nor writing an image;
files are written whole or not at all.

Examples:
  quoin-nuclei cells.pgm --csv cells.csv --overlay seen.png
  quoin-nuclei cells.png --diameter 24 --min-area 60 --labels labels.png --csv cells.csv
  quoin-nuclei cells.pgm --threshold otsu --background 0 --policy serial --time

Exit status: 0 success, 1 a file could not be read or written, 2 a wrong command line,
130 interrupted.)";

inline void add_nuclei_arguments(CLI::App& app, nuclei_arguments& a) {
    app.footer(nuclei_footer);
    add_version(app);
    app.add_option("INPUT", a.input, "A PNG, JPEG, BMP, TGA or PNM image")->required();
    add_nuclei_options(app, a.steps);
    add_policy_options(app, a.policy);
    add_tuning_option(app, a.policy, "segment");
    app.add_option("--csv", a.csv, "Write the nuclei as a table")->type_name("FILE.csv");
    app.add_option("--overlay", a.overlay, "Write a picture of the outlines over the image")->type_name("FILE.png");
    app.add_option("--labels", a.labels, "Write the label image, 16 bits")->type_name("FILE.png|FILE.pgm");
    add_timing_options(app, a.repeat, a.time);
    a.seen.add_options(app);
}

/// @throws usage_error for file names that cannot be right, std::runtime_error for a missing folder, before any work.
inline void check_nuclei_arguments(nuclei_arguments const& a) {
    if (!a.csv.empty() && !has_extension(a.csv, ".csv"))
        throw usage_error("--csv " + a.csv + ": the name must end in .csv");
    if (!a.overlay.empty() && !has_extension(a.overlay, ".png"))
        throw usage_error("--overlay " + a.overlay + ": the name must end in .png");
    if (!a.labels.empty() && !has_extension(a.labels, ".png") && !has_extension(a.labels, ".pgm"))
        throw usage_error("--labels " + a.labels + ": the name must end in .png or .pgm");
    check_files({a.input, a.csv, a.overlay, a.labels, a.seen.file()});
}

} // namespace examples

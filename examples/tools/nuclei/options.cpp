// SPDX-License-Identifier: BSL-1.0
// The options and the help of quoin-nuclei.
#include "options.hpp"

#include "../common/program.hpp"

namespace examples {

char const* const nuclei_footer = R"(
Bright nuclei on a dark background (with --invert dark ones on a bright one), gray images of 8 or 16
bits (color images are made gray).
Steps: the background is subtracted; Otsu's threshold of the square roots, and the local one; holes
within a nucleus are filled; touching nuclei are cut where the distance from the background has a
neck; each nucleus ends where it has half of its mean brightness; what is small, or does not stand
above the noise of the ground, is dropped. The results are the same under every policy and number of
threads. A note on stderr says why no nuclei were found, or that --background is too small.

Files: --csv has a row for each nucleus, in raster order of their first pixels, with the columns
id,area,x,y,w,h,cx,cy,perimeter,major_axis,minor_axis,eccentricity,orientation,mean_intensity:
pixels, the bounding box, the centroid, the length of the outline, the axes of the ellipse with the
same second moments, its angle to the x axis in degrees (y points down), and the mean value.
--labels has the id of the nucleus in each pixel, 0 where there is none; --overlay shows
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
130, 143 or 129 interrupted (SIGINT, SIGTERM, SIGHUP).)";

void add_nuclei_options(command_line& line, nuclei_options& o) {
    line.add("--background", o.background,
             "Radius of the opening that finds the background; above the diameter of the largest nucleus. 0 leaves "
             "the image as it is")
        .within(0, 1 << 20)
        .type_name("N")
        .show_default("two typical diameters, 50 or more");
    line.add("--diameter", o.diameter, "Of a typical nucleus, in pixels; 0 finds it from the image")
        .within(0.0, 2000.0)
        .type_name("D")
        .show_default("0");
    line.add_function(
            "--threshold", [&o](std::string const& name) { o.local = name == "local"; },
            "otsu: one level for the image; local: also brighter than the mean of a square of one diameter around")
        .one_of({"local", "otsu"})
        .show_default("local");
    line.add("--contrast", o.contrast, "How much brighter than that mean, in shares of Otsu's level")
        .within(0.0, 1.0)
        .type_name("C")
        .show_default();
    line.add("--neck", o.neck, "Cut where a region is narrower than this share of the smaller part's width")
        .within(0.0, 1.0)
        .type_name("S")
        .show_default();
    line.add("--min-area", o.min_area, "Drop what has fewer pixels; the default is 12 or more")
        .within(0, quoin::index_t{1} << 40)
        .type_name("N")
        .show_default("a tenth of a typical nucleus");
    line.add("--max-hole", o.max_hole, "Fill holes within a nucleus that have at most so many pixels")
        .within(0, quoin::index_t{1} << 40)
        .type_name("N")
        .show_default("half of a typical nucleus");
    line.add("--min-snr", o.min_snr,
             "Drop nuclei whose mean is less than so many standard deviations of the ground's noise above the ground")
        .within(0.0, 1000.0)
        .type_name("S")
        .show_default();
    line.add_flag("--invert", o.invert, "The nuclei are dark on a bright ground");
}

void add_nuclei_arguments(command_line& line, nuclei_arguments& a) {
    line.add("INPUT", a.input, "A PNG, JPEG, BMP, TGA, PNM or TIFF image; - is standard input").required();
    add_reading_options(line, a.how);
    add_nuclei_options(line, a.steps);
    add_policy_options(line, a.policy);
    add_tuning_option(line, a.policy, "segment");
    line.add("--csv", a.csv, "Write the nuclei as a table; - is standard output").type_name("FILE.csv");
    line.add("--overlay", a.overlay, "Write a picture of the outlines over the image").type_name("FILE.png");
    line.add("--labels", a.labels, "Write the label image, of 16 bits, or in a .tif of 32")
        .type_name("FILE.png|FILE.pgm|FILE.tif");
    add_timing_options(line, a.repeat, a.time);
    a.seen.add_options(line);
}

void check_nuclei_arguments(nuclei_arguments const& a) {
    if (!a.csv.empty() && a.csv != "-" && !has_extension(a.csv, ".csv"))
        throw usage_error("--csv " + a.csv + ": the name must end in .csv");
    if (!a.overlay.empty() && !has_extension(a.overlay, ".png"))
        throw usage_error("--overlay " + a.overlay + ": the name must end in .png");
    if (!a.labels.empty() && !has_extension(a.labels, ".png") && !has_extension(a.labels, ".pgm") &&
        !has_extension(a.labels, ".tif"))
        throw usage_error("--labels " + a.labels + ": the name must end in .png, .pgm or .tif");
    check_files({a.input, a.csv, a.overlay, a.labels, a.seen.file()});
}

} // namespace examples

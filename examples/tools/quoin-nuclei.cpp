// SPDX-License-Identifier: BSL-1.0
// quoin-nuclei: the nuclei of a fluorescence image, one by one, with their shapes and brightness.

#include "common/images.hpp"
#include "common/json.hpp"
#include "common/program.hpp"
#include "nuclei/options.hpp"
#include "nuclei/outputs.hpp"

#include <iostream>
#include <sstream>

namespace {

using namespace examples;

int run_on_file(nuclei_arguments const& a) {
    quoin::image_info const file = info_of(a.input);
    check_whole_image(a.input, picture_of(a.input, file, a.how), "cut it into parts");
    quoin::image<std::uint16_t> pixels;
    double const ms_decode = milliseconds([&] { pixels = read_gray(a.input, a.how, whole_image); });
    print_note("quoin-nuclei", a.input, file, a.how, pixels);
    nuclei_findings found;
    double ms_median = 0;
    int const threads = with_policy(a.policy, a.seen, [&](workers const& w) {
        ms_median = median_milliseconds(a.repeat, [&] {
            a.seen.restart();
            found = find_nuclei(w, pixels, a.steps);
        });
    });
    a.seen.check();
    a.seen.write();
    if (!found.note.kind.empty()) report("quoin-nuclei", "note: " + a.input + ": " + found.note.text);
    if (!a.csv.empty()) write_nuclei_csv(a.csv, found);
    if (!a.labels.empty()) write_nuclei_labels(a.labels, found);
    a.seen.check();
    if (!a.overlay.empty()) write_nuclei_overlay(a.overlay, pixels, found);
    std::ostream& out = a.csv == "-" ? std::cerr : std::cout;
    if (a.time) {
        print_json({{"policy", a.policy.name},
                    {"threads", threads},
                    {"width", pixels.width()},
                    {"height", pixels.height()},
                    {"nuclei", static_cast<quoin::index_t>(found.nuclei.size())},
                    {"diameter", found.diameter},
                    {"ms_median", rounded_to_microseconds(ms_median)},
                    {"ms_decode", rounded_to_microseconds(ms_decode)}},
                   out);
        return 0;
    }
    std::ostringstream text;
    text.precision(3);
    text << a.input << ": " << pixels.width() << " x " << pixels.height() << ", " << found.nuclei.size()
         << " nuclei, typical diameter " << found.diameter << " pixels";
    out << text.str() << '\n';
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    command_line line("Finds the nuclei of a fluorescence image, and measures them.", "quoin-nuclei", nuclei_footer);
    nuclei_arguments arguments;
    add_nuclei_arguments(line, arguments);
    return line.run(argc, argv, [&] {
        check_nuclei_arguments(arguments);
        int const status = run_on_file(arguments);
        arguments.seen.check();
        return status;
    });
}

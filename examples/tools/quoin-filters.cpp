// SPDX-License-Identifier: BSL-1.0
// quoin-filters: a chain of filters over images.

#include "common/policies.hpp"
#include "common/program.hpp"
#include "common/workers.hpp"
#include "filters/files.hpp"
#include "filters/listing.hpp"
#include "mpi/filters.hpp"

namespace {

using namespace examples;

constexpr char const* footer[] = {R"(
Each result goes to DIR as the input's name with .png; for one INPUT --out may name the file
instead, in any of the formats. 8-bit images give 8 bits, 16-bit ones 16: of other values, as
derivatives have them, the magnitude is taken at the end, saturated. Images of 32 bits and of
floating-point numbers, as a PFM or a TIFF may have them, are computed in float, with the numbers
of the file; the result is then a .pfm or .tif file, or the chain ends with convert_to=u8 or u16.
A .pfm gets floats, with their signs, of any image and chain. Color stays color unless the chain
has gray; alpha is dropped unless the chain has an operation that needs it, as over.

)",
                                  R"text(
Operations that combine images have a (CHAIN) for each further one: absdiff(gray) reads the next
file of --with and makes it gray, absdiff alone reads it as it is, absdiff(#3,gray) reads the
second file of --with, and absdiff(#1,gaussian=3) the INPUT once more. remap reads two maps in the
same way, of the columns and of the rows that its pixels come from: gray images of floats.

A chain is computed in one pass: the image is read once and the result written once, with a few
lines for each operation and thread between, under every policy and number of threads with the
same bytes. In a program, quoin::any_pipeline takes the same text. Under kokkos on a GPU the chain
runs on the host.

--time prints one line of JSON for each image. ms_median is the median of --repeat evaluations
from decoded pixels to pixels, ms_decode and ms_encode are the times to read and to write the
files. --trace takes one INPUT; FILE.json shows its last evaluation, block by block, and the table
on stderr sums it up by what is computed together.

--policy mpi deals the rows of each image to all processes that mpirun has started. All of them
read and write PNM files, and the first one others, for which it needs memory for the whole image.
What needs all pixels, as equalize does, is computed by each process. --threads is of each process
(0: a part of what they may use on a machine). --trace is refused.

Ctrl-C stops within a row of pixels, but neither reading nor writing an image; files are written
whole or not at all.

Examples:
  quoin-filters photo.jpg --out edges
  quoin-filters photo.jpg --out edges.jpg --chain "gray, gaussian=1.5, sobel_magnitude"
  quoin-filters scans/*.png --out smooth --chain gaussian=1.5,brightness=1.1
  quoin-filters layer.png --out derivative --chain gray,box=5,sobel_x
  quoin-filters photo.png --out out --chain "correlate=1 2 1/2 4 2/1 2 1@16" --repeat 9 --time
  quoin-filters scans/*.png --out edges --tuning tuning.json
  quoin-filters after.png --with before.png --out changed --chain "gray,absdiff(gray),threshold=20"
  quoin-filters photo.jpg --out details --chain "subtract(#1,gaussian=3)"
  quoin-filters fisheye.png --with x.pfm --with y.pfm --out flat.png --chain remap=cubic
  quoin-filters depth.pfm --out slope.pfm --chain gaussian=1.5,sobel_x
  quoin-filters radiance.tif --out seen.png --chain brightness=255,convert_to=u8
  mpirun -np 4 quoin-filters wafer.pgm --policy mpi --chain gaussian=3 --out smooth.pgm
  quoin-filters --list

Exit status: 0 success, 1 a file could not be read or written (the others are done all the
same), 2 a wrong command line, 130, 143 or 129 interrupted (SIGINT, SIGTERM, SIGHUP).)text"};

/// The images of --with, read once.
struct other_images {
    std::vector<quoin::any_image> images;

    std::vector<quoin::any_pipeline::result> formats() const {
        std::vector<quoin::any_pipeline::result> all;
        for (auto const& i : images) all.push_back({i.format(), i.size()});
        return all;
    }
    std::vector<quoin::any_view> beside(quoin::any_view const& first) const {
        std::vector<quoin::any_view> all{first};
        for (auto const& i : images) all.push_back(i.view());
        return all;
    }
};

other_images read_others(workers const& w, filter_arguments const& a, quoin::any_pipeline const& chain) {
    other_images all;
    for (std::string const& path : a.others) {
        quoin::image_info const file = info_of(path);
        quoin::image_info const info = picture_of(path, file, a.how);
        check_whole_image(path, info, "cut it into parts");
        with_pixel_for(chain, info, [&]<class P>() {
            quoin::image<P> const source = read_pixels<P>(path, a.how, whole_image);
            print_note("quoin-filters", path, file, a.how, source);
            all.images.push_back(evaluate(w, quoin::any_pipeline(), {source.view()}));
        });
    }
    return all;
}

filter_times process(workers const& w, filter_arguments const& a, quoin::any_pipeline const& chain,
                     std::string const& input, other_images const& others, std::filesystem::path const& output) {
    quoin::image_info const file = info_of(input);
    quoin::image_info const info = picture_of(input, file, a.how);
    check_whole_image(input, info, "cut it into parts");
    auto formats = others.formats();
    quoin::any_pipeline const steps = picture_chain(chain, info, output, formats);
    formats.insert(formats.begin(), {format_of_input(steps, info), info.size()});
    check_picture_file(output, steps.result_of(formats));
    filter_times t;
    t.size = info.size();
    t.threads = w.concurrency();
    quoin::any_image result;
    with_pixel_for(steps, info, [&]<class P>() {
        quoin::image<P> source;
        t.decode = milliseconds([&] { source = read_pixels<P>(input, a.how, whole_image); });
        print_note("quoin-filters", input, file, a.how, source);
        t.median = median_milliseconds(a.repeat, [&] {
            a.seen.restart();
            result = {}; // so that one result is in memory at a time
            result = evaluate(w, steps, others.beside(source.view()));
        });
    });
    a.seen.check();
    t.encode = milliseconds([&] { write_picture(output, result); });
    return t;
}

/// @throws usage_error where the trace would be of several images or replace one, std::runtime_error for a
/// missing folder.
void check_trace_file(filter_arguments const& a, std::filesystem::path const& output) {
    if (a.seen.file().empty()) return;
    if (a.inputs.size() > 1)
        throw usage_error("--trace is of one evaluation, and there are " + std::to_string(a.inputs.size()) +
                          " images; give one INPUT");
    if (same_file(a.seen.file(), a.inputs[0]))
        throw usage_error("--trace: the input " + a.inputs[0] + " would be overwritten");
    if (same_file(a.seen.file(), output))
        throw usage_error("--trace: the output " + output.string() + " would be overwritten");
    check_folder_of(a.seen.file());
}

int filter_in_process(workers const& w, filter_arguments const& a, quoin::any_pipeline const& chain,
                      std::vector<std::filesystem::path> const& outputs) {
    if (auto const folder = outputs.front().parent_path(); !folder.empty()) make_folder("--out", folder);
    other_images const others = read_others(w, a, chain);
    filter_job job;
    job.process = [&](std::string const& input, std::filesystem::path const& output) {
        filter_times const t = process(w, a, chain, input, others, output);
        a.seen.write();
        return t;
    };
    job.check = [&] { a.seen.check(); };
    return filter_files(a, outputs, job);
}

} // namespace

int main(int argc, char** argv) {
    command_line line("Runs a chain of operations over images, in one pass.", "quoin-filters",
                      footer[0] + operations_help() + footer[1]);
    filter_arguments a;
    a.how.floats = true;
    line.add("INPUT", a.inputs, "PNG, JPEG, BMP, TGA, PNM, PFM or TIFF images; - is standard input").required();
    line.add("--out", a.out,
             "The folder for the results, or the file of the one result; folders are made. - is a PNM or, of floats, a "
             "PFM on standard output")
        .required()
        .type_name("DIR|FILE");
    line.add("--with", a.others,
             "A further image for operations that combine images, as absdiff; may be repeated. Each INPUT is combined "
             "with it")
        .type_name("FILE");
    add_reading_options(line, a.how);
    add_chain_option(line, a.chain);
    add_list_option(line);
    add_policy_options(line, a.policy, true);
    add_tuning_option(line, a.policy, "filters");
    add_timing_options(line, a.repeat, a.time, "Evaluate each image so many times, for the median",
                       "Print times as one line of JSON for each image");
    a.seen.add_options(line);
    return line.run(argc, argv, [&] {
        quoin::any_pipeline const chain = parse_chain(a.chain);
        if (chain.inputs() > 1 + static_cast<int>(a.others.size()))
            throw usage_error("--chain reads " + std::to_string(chain.inputs()) + " images, and " +
                              std::to_string(1 + a.others.size()) + " are given; name the others by --with FILE");
        if (a.policy.name == policy_of_processes) return filter_on_processes(a, chain);
        auto const outputs = plan_outputs(a);
        check_trace_file(a, outputs.front());
        int status = 0;
        with_policy(a.policy, a.seen, [&](workers const& w) { status = filter_in_process(w, a, chain, outputs); });
        return status;
    });
}

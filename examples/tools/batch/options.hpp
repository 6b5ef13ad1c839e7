// SPDX-License-Identifier: BSL-1.0
// The command line of quoin-batch.
#pragma once

#include "job.hpp"
#include "memory.hpp"

#include <quoin/core/detail/usable_threads.hpp>

namespace examples {

struct batch_arguments {
    std::string input, output, job_name, report;
    std::string manifest, units, worker; ///< for work that several programs share
    std::unique_ptr<job> work;
    std::string options; ///< the job's, as text: what the outputs depend on beside the inputs
    int workers = 0;
    quoin::index_t memory = 0;
    bool recursive = false, resume = false;
    std::vector<int> compare;
};

inline constexpr char const* batch_footer = R"(
Every file of IN_DIR that is an image, whatever it is called, goes through the job; OUT_DIR gets
  segment   NAME.rects.csv, NAME.components.csv and with --overlay NAME.overlay.png
  filters   NAME.png, or the extension of --format
  nuclei    NAME.nuclei.csv, with --labels NAME.labels.png and with --overlay NAME.overlay.png
with the NAME of the file without its extension, or with it where two images differ in it alone.
quoin-batch --job JOB --help lists the options of a job, which are those of quoin-JOB. Folders
inside IN_DIR are entered with --recursive and mirrored in OUT_DIR; links to folders are not
followed, hidden files and what is no image by name and by content are skipped. So are images that
quoin does not read (WebP, GIF, ...), which the summary counts. Where an output would replace
an input nothing is begun.

A file that is damaged, cannot be read or written, vanishes or changes while it is read, or takes
more than --memory, is reported and concerns no other. The outputs of a file appear when all of
them are complete, or not at all; outputs of an earlier run are replaced then.

--resume leaves out what is finished: the same job and options, the input's size and time of
modification as they were, all outputs in place with the sizes they had. OUT_DIR/.quoin-batch
keeps the journal that says so. Ended runs of any kind, also by kill -9, can be resumed. Without
--resume everything is done again.

--memory bounds what the program takes in all. What a file takes is known from its header, before
it is decoded, and for segment again when its regions are known; files wait until there is room.
--report writes files.csv, summary.json and report.html. Notes on files that are done, such as
that they have one value everywhere, are counted by kind in the summary and named in the report.
--compare times up to 200 of the files with each number of workers, without keeping outputs, then
recommends one and does the job.

--manifest and --units are for several workers on one folder: quoin-spread uses them. A worker writes
OUT_DIR/.quoin-batch/workers/NAME.journal, and a line on stdout for each part.

Ctrl-C, SIGTERM and SIGHUP stop it within a second; it says what is done. A second one stops at
once.

Examples:
  quoin-batch scans out --job filters --chain gray,gaussian3 --format jpg
  quoin-batch wafers out --job segment --method minimum --memory 8G --report out/report
  quoin-batch wafers out --job segment --method minimum --memory 8G --report out/report --resume
  quoin-batch sample out --job segment --compare 1,2,4,8 --report out/report

Exit status: 0 every file is done, kept or skipped, 1 the run could not begin or its report not be
written, 2 a wrong command line, 3 some files failed or are over-sized, or
there are images but none that quoin reads, 130, 143 or 129 interrupted (SIGINT, SIGTERM, SIGHUP).)";

/// What the process may use, but for one where there are more than two.
inline int default_workers() {
    int const threads = quoin::detail::usable_threads();
    return threads > 2 ? threads - 1 : threads;
}

/// The job that the command line names, before it is parsed: it brings options along.
inline std::string job_named_in(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        std::string_view const a = argv[i];
        if (a == "--job" && i + 1 < argc) return argv[i + 1];
        if (a.starts_with("--job=")) return std::string(a.substr(6));
    }
    return {};
}

/// @throws usage_error
inline void check_units(batch_arguments const& a) {
    if (a.units.empty() != a.worker.empty())
        throw usage_error("--units and --worker go together: each worker has a name of its own; give both");
    if (a.worker.find('/') != a.worker.npos || a.worker.starts_with('.'))
        throw usage_error("--worker: '" + a.worker + "' is no name of a file; give one without / and leading dot");
    if (!a.units.empty() && (a.resume || a.recursive || !a.report.empty() || !a.manifest.empty() || !a.compare.empty()))
        throw usage_error("--units does what is named, so --manifest, --recursive, --resume, --report and --compare do "
                          "not go with it; leave them out");
}

inline void add_batch_options(command_line& line, batch_arguments& a, std::string const& job_name) {
    line.add("IN_DIR", a.input, "The folder of the images").required();
    line.add("OUT_DIR", a.output, "The folder for the results; made if it is not there").required();
    line.add("--job", a.job_name, "What is done to each image")
        .required()
        .one_of({std::begin(job_names), std::end(job_names)});
    line.add("--workers", a.workers, "Threads (0: as many as it may use, but for one of them where there are three)")
        .within(0, 4096)
        .type_name("N")
        .show_default();
    line.add_function(
            "--memory", [&a](std::string const& text) { a.memory = parse_bytes(text); },
            "What the program may take, as in 512M or 2G; else half of what it may: what is free, and what its "
            "control groups and ulimit allow")
        .type_name("BYTES");
    line.add_flag("--recursive", a.recursive, "Enter the folders in IN_DIR");
    line.add_flag("--resume", a.resume, "Leave out what an earlier run has finished");
    line.add("--report", a.report, "Write what became of every file; the folder is made").type_name("DIR");
    line.add("--compare", a.compare, "Time these numbers of workers first")
        .separated_by(',')
        .within(1, 4096)
        .type_name("N,N,...");
    line.add("--manifest", a.manifest, "Write the inputs and the names of their outputs to FILE, and do no more")
        .type_name("FILE");
    line.add("--units", a.units, "Do the parts of a manifest that FILE names, one a line, as they come (-: stdin)")
        .type_name("FILE");
    line.add("--worker", a.worker, "The name of this worker among those that share OUT_DIR, with --units")
        .type_name("NAME");
    a.work = make_job(job_name);
    if (!a.work) return;
    command_line group = line.add_group("Options of " + job_name);
    add_reading_options(group, a.work->how);
    a.work->add_options(group);
    line.when_parsed([&a, group, job_name] {
        a.work->check();
        check_units(a);
        a.options = job_name + group.values();
    });
}

} // namespace examples

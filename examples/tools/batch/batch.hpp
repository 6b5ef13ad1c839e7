// SPDX-License-Identifier: BSL-1.0
// A run of quoin-batch from the command line to the report.
#pragma once

#include "../common/usable_memory.hpp"
#include "journal.hpp"
#include "options.hpp"
#include "progress.hpp"
#include "report.hpp"
#include "run.hpp"
#include "units.hpp"

namespace examples {

inline constexpr int some_files_failed = 3;

/// What the program takes beside the files: itself, stacks, and what the threads keep of small pieces of memory.
inline quoin::index_t overhead_bytes(int workers) {
    return resident_bytes() + (8 + 4 * quoin::index_t{workers}) * mebibyte;
}

/// Times each number of workers on up to 200 pending files that are spread evenly; one worker is always among them.
/// Nothing where a stop is requested; `give_up` is called where that does not end it soon.
inline std::vector<compared> compare_workers(batch_arguments const& a, observation const& seen, journal const& log,
                                             quoin::index_t memory, std::vector<file_record*> const& pending,
                                             std::function<void()> const& give_up) {
    std::vector<int> numbers = a.compare;
    numbers.push_back(1);
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    numbers.insert(numbers.begin(), numbers.back()); // is not counted, so that none pays for reading the files first
    std::size_t const each = std::min<std::size_t>(200, pending.size());
    std::vector<file_record> copies;
    for (std::size_t i = 0; i < numbers.size() * each; ++i)
        copies.push_back(*pending[i % each * pending.size() / each]);
    std::vector<file_record*> files;
    for (file_record& r : copies) files.push_back(&r);

    std::vector<compared> all;
    run_monitor* monitor = nullptr;
    batch_run run(*a.work, seen, a.input, a.output, memory, [&](file_record const& r) { monitor->finished(r); });
    run_monitor watching(files, seen.token(), give_up, "comparing: ", false);
    monitor = &watching;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        auto const first = files.begin() + static_cast<std::ptrdiff_t>(i * each);
        double const ms = run({first, first + static_cast<std::ptrdiff_t>(each)}, numbers[i], log.staging(), nullptr);
        if (seen.token().stop_requested()) return {};
        if (i > 0) all.push_back({numbers[i], static_cast<quoin::index_t>(each), ms, 1});
    }
    for (compared& c : all) c.speed_up = all.front().ms / c.ms;
    return all;
}

/// observation::when_given_up, for as long as it lives.
class on_giving_up {
public:
    on_giving_up(observation const& seen, std::function<void()> f) : seen_(seen) { seen_.when_given_up(std::move(f)); }
    ~on_giving_up() { seen_.when_given_up({}); }
    on_giving_up(on_giving_up const&) = delete;
    on_giving_up& operator=(on_giving_up const&) = delete;

private:
    observation const& seen_;
};

/// The work of quoin-batch on a command line that was parsed; the exit status.
inline int batch(batch_arguments& a, observation const& seen) {
    namespace fs = std::filesystem;
    if (a.workers == 0) a.workers = default_workers();
    bool const given = a.memory > 0;
    if (!given) a.memory = usable_memory() / 2;
    if (!fs::is_directory(a.input)) throw std::runtime_error(a.input + " is no folder; give one of images as IN_DIR");
    if (fs::exists(a.output) && !fs::is_directory(a.output))
        throw std::runtime_error(a.output + " is no folder; give another name as OUT_DIR");
    if (same_file(a.input, a.output))
        throw usage_error("the inputs in " + a.input + " could be overwritten; give another folder as OUT_DIR");
    int most_workers = a.workers;
    for (int const workers : a.compare) most_workers = std::max(most_workers, workers);
    quoin::index_t const beside = overhead_bytes(most_workers);
    if (a.memory < beside + 16 * mebibyte)
        throw usage_error(
            (given ? "--memory: " + std::to_string(a.memory) + " bytes are too few; "
                   : "half of what this process may use, " + std::to_string(a.memory) + " bytes, is too little; ") +
            std::to_string(most_workers) + " workers take at least " + std::to_string(beside / mebibyte + 17) + "M");
    quoin::index_t const memory = a.memory - beside;
    if (!a.units.empty()) {
        make_folder("OUT_DIR", a.output);
        return work_on_units(a, seen, memory);
    }
    input_files inputs = list_inputs(a.input, a.output, a.recursive, seen);
    std::vector<file_record>& records = inputs.records;
    std::vector<std::string> const suffixes = a.work->suffixes();
    check_that_inputs_stay(a.input, a.output, records, suffixes, seen);
    if (!a.manifest.empty()) {
        write_manifest(a.manifest, a.options, suffixes, records);
        return 0;
    }
    if (!a.report.empty()) make_folder("--report", a.report);
    make_folder("OUT_DIR", a.output);

    journal log(a.output, a.job_name, a.options);
    if (a.resume && !log.load()) report("quoin-batch", "the earlier run had other options; everything is done again");
    std::atomic<batch_run*> running{nullptr};
    on_giving_up const cleaning(seen, [&] {
        if (batch_run* const run = running) run->freeze();
        log.clean();
    });
    std::vector<file_record*> pending;
    for (file_record& r : records) {
        if (r.status == file_status::failed) report("quoin-batch", r.name.string() + ": failed: " + r.message);
        if (r.status != file_status::pending) continue;
        std::vector<std::string> outputs;
        for (std::string const& suffix : suffixes) outputs.push_back(r.stem + suffix);
        if (log.has(r, outputs)) r.status = file_status::kept;
        else pending.push_back(&r);
    }
    log.begin();

    batch_summary summary;
    summary.job = a.job_name;
    summary.options = a.options;
    summary.input = a.input;
    summary.output = a.output;
    summary.workers = a.workers;
    summary.memory = a.memory;
    summary.folders_left_out = inputs.folders_left_out;
    auto start = run_monitor::clock::now();
    auto const conclude = [&] {
        summary.interrupted = seen.token().stop_requested();
        // Other threads may still be at work on what is pending.
        std::vector<file_record> ends;
        for (file_record const& r : records)
            if (r.status == file_status::pending)
                ends.push_back({r.name, r.stem, {}, {}, 0, file_status::pending, {}, {}, nullptr});
            else ends.push_back(r);
        summary.add_up(ends, std::chrono::duration<double, std::milli>(run_monitor::clock::now() - start).count());
        std::cout << summary_text(summary) << std::flush;
        if (!a.report.empty()) write_report(a.report, ends, summary);
        if (summary.interrupted) return interrupted_status();
        if (summary.nothing_was_read()) report("quoin-batch", a.input + ": nothing is done: " + unread_text(summary));
        return summary.all_good() ? 0 : some_files_failed;
    };
    auto const give_up = [&] {
        int status = interrupted_status();
        try {
            status = conclude();
        } catch (std::exception const& e) {
            report("quoin-batch", e.what());
        }
        quoin::detail::temporary_files::of_program().give_up();
        log.clean();
        std::_Exit(status);
    };
    if (!a.compare.empty() && !pending.empty())
        summary.comparison = compare_workers(a, seen, log, memory, pending, give_up);

    start = run_monitor::clock::now();
    run_monitor* monitor = nullptr;
    batch_run run(*a.work, seen, a.input, a.output, memory, [&](file_record const& r) { monitor->finished(r); });
    {
        run_monitor watching(pending, seen.token(), [&] {
            run.freeze();
            give_up();
        });
        monitor = &watching;
        running = &run;
        run(pending, a.workers, log.staging(), &log);
        running = nullptr;
    }
    return conclude();
}

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// quoin-batch --units: the files of parts of a manifest, as these are named.
#pragma once

#include "manifest.hpp"
#include "options.hpp"
#include "progress.hpp"
#include "run.hpp"
#include "worker_journal.hpp"

#include <poll.h>

#include <optional>

namespace examples {

/// The lines of a file, as they come. A last line without its end does not count: who wrote it has died.
class coming_lines {
public:
    coming_lines(std::string const& file, std::stop_token stop) : stop_(std::move(stop)) {
        file_ = file == "-" ? dup(STDIN_FILENO) : open(file.c_str(), O_RDONLY | O_CLOEXEC);
        if (file_ < 0)
            throw std::runtime_error(file + ": cannot be opened: " + quoin::detail::system_reason(errno) +
                                     "; give a file as --units");
    }
    ~coming_lines() { close(file_); }
    coming_lines(coming_lines const&) = delete;
    coming_lines& operator=(coming_lines const&) = delete;

    /// Nothing at the end, or when a stop is requested.
    std::optional<std::string> next() {
        while (!stop_.stop_requested()) {
            if (auto const end = text_.find('\n'); end != text_.npos) {
                std::string line = text_.substr(0, end);
                text_.erase(0, end + 1);
                return line;
            }
            pollfd ready{file_, POLLIN, 0};
            if (poll(&ready, 1, 100) <= 0) continue; // a stop is noticed between
            char piece[4096];
            ssize_t const size = read(file_, piece, sizeof piece);
            if (size < 0 && errno == EINTR) continue;
            if (size <= 0) return {};
            text_.append(piece, static_cast<std::size_t>(size));
        }
        return {};
    }

private:
    int file_;
    std::string text_;
    std::stop_token stop_;
};

/// Whether each byte of a file can be read here. A file that fails although it can is damaged.
inline bool can_be_read(std::filesystem::path const& path, quoin::index_t bytes) {
    std::ifstream in(path, std::ios::binary);
    std::vector<char> piece(1 << 16);
    while (in && in.read(piece.data(), static_cast<std::streamsize>(piece.size())).gcount() > 0) bytes -= in.gcount();
    return bytes == 0;
}

/// Does the units that `a.units` names, one after the other. For each there is a line on stdout: "unit", its file, how
/// many files are done, have failed, and may be done elsewhere, and the seconds.
inline int work_on_units(batch_arguments& a, observation const& seen, quoin::index_t memory) {
    worker_journal log(a.output, a.worker, a.options);
    coming_lines lines(a.units, seen.token());
    while (auto const unit = lines.next()) {
        auto const start = run_monitor::clock::now();
        worker_journal::unit_lock const locked(log);
        std::vector<file_record> records = read_manifest(*unit, a.options);
        bool noted = true;
        auto const failed = [&](file_record& r) {
            if (r.status == file_status::done) return;
            r.elsewhere = r.elsewhere || !can_be_read(std::filesystem::path(a.input) / r.name, r.version.bytes);
            noted = log.add_failed(r) && noted;
        };
        std::vector<file_record*> pending;
        for (file_record& r : records) {
            if (version_of(std::filesystem::path(a.input) / r.name) == r.version) {
                pending.push_back(&r);
                continue;
            }
            r.status = file_status::failed;
            r.elsewhere = true;
            r.message = "is not there, or is not what it was when the work was planned; plan again if it has changed";
            report("quoin-batch", r.name.string() + ": failed: " + r.message);
            failed(r);
        }
        run_monitor* monitor = nullptr;
        batch_run run(*a.work, seen, a.input, a.output, memory, [&](file_record const& r) { monitor->finished(r); });
        {
            run_monitor watching(pending, seen.token(), [&] {
                run.freeze();
                quoin::detail::temporary_files::of_program().give_up();
                log.clean();
                std::_Exit(interrupted_status());
            });
            monitor = &watching;
            run(pending, a.workers, log.staging(), &log);
        }
        if (seen.token().stop_requested()) break;
        quoin::index_t done = 0, bad = 0, again = 0;
        for (file_record* const r : pending) failed(*r);
        for (file_record const& r : records) ++(r.elsewhere ? again : r.status == file_status::done ? done : bad);
        double const seconds = std::chrono::duration<double>(run_monitor::clock::now() - start).count();
        noted = log.add_unit(std::filesystem::path(*unit).filename().string(), seconds) && noted;
        if (!noted) report("quoin-batch", *unit + ": the journal of " + a.worker + " cannot be written");
        std::cout << "unit\t" << *unit << '\t' << done << '\t' << bad << '\t' << (noted ? again : std::ssize(records))
                  << '\t' << seconds << '\n'
                  << std::flush;
        if (!std::cout) throw std::runtime_error("what becomes of the units cannot be told: stdout is closed");
    }
    return seen.token().stop_requested() ? interrupted_status() : 0;
}

} // namespace examples

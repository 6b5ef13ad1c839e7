// SPDX-License-Identifier: BSL-1.0
// What a worker has done of a folder that it shares with other workers.
#pragma once

#include "fields.hpp"
#include "finished_log.hpp"

#include <sys/file.h>

#include <chrono>
#include <sstream>
#include <thread>

namespace examples {

/// OUT_DIR/.quoin-batch/workers/NAME.journal, to which lines are only appended, and the files that are being written,
/// beside it. The first line has the options. Then come
///
///     done    FILE BYTES MODIFIED MILLISECONDS OUTPUT BYTES...   all outputs are in place
///     failed  FILE BYTES MODIFIED MILLISECONDS WHY               it would fail on any machine
///     again   FILE BYTES MODIFIED MILLISECONDS WHY               another machine, or a later time, may do it
///     unit    NAME SECONDS                                       all files of the unit are in lines before
///
/// with tabs between. Any number of workers may write to an OUT_DIR, each under its own name; while one does a unit,
/// quoin-batch on the whole folder does not begin.
class worker_journal : public finished_log {
public:
    worker_journal(std::filesystem::path const& outputs, std::string const& name, std::string const& options)
        : folder_(outputs / ".quoin-batch" / "workers"), staging_(folder_ / (name + ".staging")) {
        namespace fs = std::filesystem;
        fs::create_directories(folder_);
        fs::path const all = outputs / ".quoin-batch" / "lock", file = folder_ / (name + ".journal");
        lock_ = open(all.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (lock_ < 0) fail(all, "cannot be opened");
        if (!lines_.open(file, O_CREAT)) fail(file, "cannot be opened");
        if (flock(lines_.descriptor(), LOCK_EX | LOCK_NB) != 0)
            throw std::runtime_error(file.string() + ": another worker has this name; give each its own by --worker");
        std::string const header = "quoin-worker 1\t" + escaped(options);
        std::string first(header.size() + 1, '\0');
        ssize_t const size = pread(lines_.descriptor(), first.data(), first.size(), 0);
        if (size == 0) {
            if (!lines_.add(header + '\n')) fail(file, "cannot be written");
        } else if (first != header + '\n')
            throw std::runtime_error(file.string() + " is of a run with other options; remove it, or give another "
                                                     "--worker");
        fs::remove_all(staging_);
        fs::create_directory(staging_);
    }
    ~worker_journal() override {
        clean();
        close(lock_);
    }

    std::filesystem::path const& staging() const { return staging_; }
    void clean() const noexcept {
        std::error_code ignored;
        std::filesystem::remove_all(staging_, ignored);
    }

    /// From construction to destruction a unit is being done. Waits for who else has the folder, some seconds at most.
    class unit_lock {
    public:
        explicit unit_lock(worker_journal const& log) : lock_(log.lock_) {
            for (int tries = 0; flock(lock_, LOCK_SH | LOCK_NB) != 0; ++tries) {
                if (errno != EWOULDBLOCK && errno != EINTR) fail(log.folder_, "cannot be locked");
                if (tries == 100)
                    throw std::runtime_error(log.folder_.parent_path().parent_path().string() +
                                             ": a quoin-batch without --units is writing to this folder; wait for it, "
                                             "or give another one");
                std::this_thread::sleep_for(std::chrono::milliseconds(100));
            }
        }
        ~unit_lock() { flock(lock_, LOCK_UN); }
        unit_lock(unit_lock const&) = delete;
        unit_lock& operator=(unit_lock const&) = delete;

    private:
        int lock_;
    };

    bool shared() const override { return true; }

    bool add(file_record const& r, std::vector<output_file> const& outputs) override {
        std::ostringstream line;
        line << begin("done", r);
        for (output_file const& o : outputs) line << '\t' << escaped(o.name) << '\t' << o.bytes;
        line << '\n';
        return lines_.add(line.str());
    }

    bool add_failed(file_record const& r) {
        return lines_.add(begin(r.elsewhere ? "again" : "failed", r) + '\t' + escaped(r.message) + '\n');
    }

    bool add_unit(std::string const& name, double seconds) {
        return lines_.add("unit\t" + escaped(name) + '\t' + std::to_string(seconds) + '\n');
    }

private:
    [[noreturn]] static void fail(std::filesystem::path const& file, char const* problem) {
        throw std::runtime_error(file.string() + ": " + problem + ": " + quoin::detail::system_reason(errno) +
                                 "; give a folder that can be written to");
    }

    static std::string begin(char const* kind, file_record const& r) {
        std::ostringstream line;
        line << kind << '\t' << escaped(r.name.string()) << '\t' << r.version.bytes << '\t' << r.version.modified
             << '\t' << r.times.decode + r.times.compute + r.times.encode;
        return line.str();
    }

    std::filesystem::path folder_, staging_;
    appended_lines lines_;
    int lock_ = -1;
};

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// What is finished in a folder of outputs, so that a run can go on where another one was ended.
#pragma once

#include "fields.hpp"
#include "finished_log.hpp"

#include <quoin/io/atomic_file.hpp>

#include <sys/file.h>

#include <fstream>
#include <sstream>

namespace examples {

/// The folder .quoin-batch within that of the outputs, for one run at a time: a journal for each job, and the files
/// that are being written. The journal has a line for the options, then one for each file whose outputs are in place,
/// written after they are. An input counts as finished if its size and time of modification are those of its line,
/// the options those of the first, and all outputs are there with the sizes in the line. A line that a dying run left
/// half-written does not count.
class journal : public finished_log {
public:
    journal(std::filesystem::path const& outputs, std::string const& job, std::string options)
        : outputs_(outputs), folder_(outputs / ".quoin-batch"), file_(folder_ / (job + ".journal")),
          options_(std::move(options)) {
        std::filesystem::create_directories(folder_);
        lock_ = open((folder_ / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (lock_ < 0) fail(folder_ / "lock", "cannot be opened");
        if (flock(lock_, LOCK_EX | LOCK_NB) != 0) {
            if (errno != EWOULDBLOCK) fail(folder_ / "lock", "cannot be locked");
            throw std::runtime_error(outputs.string() + ": another quoin-batch is writing to this folder; wait for it, "
                                                        "or give another one");
        }
        std::filesystem::remove_all(staging());
        std::filesystem::create_directory(staging());
    }
    ~journal() override {
        clean();
        close(lock_);
    }
    journal(journal const&) = delete;
    journal& operator=(journal const&) = delete;

    /// Where outputs are written before they take their places.
    std::filesystem::path staging() const { return folder_ / "staging"; }

    /// Nothing half-written stays.
    void clean() const noexcept {
        std::error_code ignored;
        std::filesystem::remove_all(staging(), ignored);
    }

    /// Reads what earlier runs have finished. @returns whether that was under the same options.
    bool load() {
        std::ifstream in(file_, std::ios::binary);
        std::string line;
        if (!in || !std::getline(in, line) || line != header()) return !std::filesystem::exists(file_);
        while (std::getline(in, line) && !in.eof()) { // the last one is whole only with its end of line
            auto const fields = split(line);
            finished f;
            if (fields.size() < 4 || fields.size() % 2 != 0 || fields.front() != "done" ||
                !number(fields[2], f.version.bytes) || !number(fields[3], f.version.modified))
                continue;
            bool good = true;
            for (std::size_t i = 4; i < fields.size(); i += 2) {
                f.outputs.push_back({unescaped(fields[i]), 0});
                good = good && number(fields[i + 1], f.outputs.back().bytes);
            }
            if (good) finished_.insert_or_assign(unescaped(fields[1]), std::move(f));
        }
        return true;
    }

    bool has(file_record const& r, std::vector<std::string> const& outputs) const {
        auto const found = finished_.find(r.name.string());
        if (found == finished_.end() || found->second.version != r.version ||
            found->second.outputs.size() != outputs.size())
            return false;
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            output_file const& o = found->second.outputs[i];
            auto const version = version_of(outputs_ / o.name);
            if (o.name != outputs[i] || !version || version->bytes != o.bytes) return false;
        }
        return true;
    }

    /// From here on finished files are written down; what was loaded stays.
    void begin() {
        quoin::atomic_file out(file_, "quoin-batch");
        out.write(header() + '\n');
        for (auto const& [name, f] : finished_) out.write(line_of(name, f));
        out.commit();
        if (!log_.open(file_)) fail(file_, "cannot be opened");
    }

    bool add(file_record const& r, std::vector<output_file> const& outputs) override {
        return log_.add(line_of(r.name.string(), {r.version, outputs}));
    }

private:
    struct finished {
        file_version version;
        std::vector<output_file> outputs;
    };

    [[noreturn]] static void fail(std::filesystem::path const& file, char const* problem) {
        throw std::runtime_error(file.string() + ": " + problem + ": " + quoin::detail::system_reason(errno) +
                                 "; give a folder that can be written to");
    }

    std::string header() const { return "quoin-batch 1\t" + escaped(options_); }

    static std::string line_of(std::string const& name, finished const& f) {
        std::ostringstream line;
        line << "done\t" << escaped(name) << '\t' << f.version.bytes << '\t' << f.version.modified;
        for (output_file const& o : f.outputs) line << '\t' << escaped(o.name) << '\t' << o.bytes;
        line << '\n';
        return line.str();
    }

    std::filesystem::path outputs_, folder_, file_;
    std::string options_;
    std::map<std::string, finished> finished_;
    appended_lines log_;
    int lock_ = -1;
};

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// What is finished in a folder of outputs, so that a run can go on where another one was ended.
#pragma once

#include "inputs.hpp"

#include <quoin/io/atomic_file.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>
#include <mutex>
#include <sstream>

namespace examples {

struct output_file {
    std::string name; ///< within the folder of outputs
    quoin::index_t bytes = 0;
    friend bool operator==(output_file const&, output_file const&) = default;
};

/// The folder .quoin-batch within that of the outputs, for one run at a time: a journal for each job, and the files
/// that are being written. The journal has a line for the options, then one for each file whose outputs are in place,
/// written after they are. An input counts as finished if its size and time of modification are those of its line,
/// the options those of the first, and all outputs are there with the sizes in the line. A line that a dying run left
/// half-written does not count.
class journal {
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
    ~journal() {
        clean();
        if (log_ >= 0) close(log_);
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
        log_ = open(file_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
        if (log_ < 0) fail(file_, "cannot be opened");
    }

    /// @returns false where the line cannot be written: the file will then be done again.
    bool add(file_record const& r, std::vector<output_file> const& outputs) {
        std::string line = line_of(r.name.string(), {r.version, outputs});
        std::lock_guard const lock(mutex_);
        if (torn_) line.insert(0, 1, '\n');
        ssize_t const written = write(log_, line.data(), line.size());
        torn_ = written != static_cast<ssize_t>(line.size()) && (written > 0 || torn_);
        return written == static_cast<ssize_t>(line.size());
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

    /// Names may hold any byte but 0 and /.
    static std::string escaped(std::string const& text) {
        std::string result;
        for (char const c : text) {
            if (c == '\t') result += "%09";
            else if (c == '\n') result += "%0a";
            else if (c == '%') result += "%25";
            else result += c;
        }
        return result;
    }
    static std::string unescaped(std::string_view text) {
        std::string result;
        for (std::size_t i = 0; i < text.size(); ++i) {
            std::string_view const code = text.substr(i, 3);
            if (text[i] != '%') result += text[i];
            else result += code == "%09" ? '\t' : code == "%0a" ? '\n' : '%';
            if (text[i] == '%') i += 2;
        }
        return result;
    }

    static std::vector<std::string> split(std::string const& line) {
        std::vector<std::string> fields(1);
        for (char const c : line)
            if (c == '\t') fields.emplace_back();
            else fields.back() += c;
        return fields;
    }
    static bool number(std::string const& text, auto& value) {
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc() && end == text.data() + text.size();
    }

    std::filesystem::path outputs_, folder_, file_;
    std::string options_;
    std::map<std::string, finished> finished_;
    int lock_ = -1, log_ = -1;
    bool torn_ = false;
    std::mutex mutex_;
};

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// Where finished files are written down.
#pragma once

#include "inputs.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <mutex>

namespace examples {

struct output_file {
    std::string name; ///< within the folder of outputs
    quoin::index_t bytes = 0;
    friend bool operator==(output_file const&, output_file const&) = default;
};

class finished_log {
public:
    virtual ~finished_log() = default;
    /// @returns false where the line cannot be written: the file will then be done again.
    virtual bool add(file_record const& r, std::vector<output_file> const& outputs) = 0;
    /// Whether other programs may write the same outputs at the same time.
    virtual bool shared() const { return false; }
};

/// A file to which lines are appended, each at once. What a full disk cut off is closed by an end of line.
class appended_lines {
public:
    appended_lines() = default;
    ~appended_lines() {
        if (file_ >= 0) close(file_);
    }
    appended_lines(appended_lines const&) = delete;
    appended_lines& operator=(appended_lines const&) = delete;

    bool open(std::filesystem::path const& path, int more_flags = 0) {
        file_ = ::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | more_flags, 0666);
        if (file_ < 0) return false;
        char last = '\n';
        off_t const size = lseek(file_, 0, SEEK_END);
        torn_ = size > 0 && pread(file_, &last, 1, size - 1) == 1 && last != '\n';
        return true;
    }
    int descriptor() const { return file_; }

    /// `line` ends with an end of line. @returns false where it is not written whole
    bool add(std::string line) {
        std::lock_guard const lock(mutex_);
        if (torn_) line.insert(0, 1, '\n');
        ssize_t const written = write(file_, line.data(), line.size());
        torn_ = written != static_cast<ssize_t>(line.size()) && (written > 0 || torn_);
        return written == static_cast<ssize_t>(line.size());
    }

private:
    int file_ = -1;
    bool torn_ = false;
    std::mutex mutex_;
};

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// What the executables share: messages, files, times, the progress bar.
#pragma once

#include <quoin/core/geometry.hpp>

#include <sys/types.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace examples {

/// A message of the library without the names of its functions, which say nothing to who gave a file or an option.
std::string without_functions(std::string text);

void report(std::string const& program, std::string const& message);

/// What of the executables' results goes to standard output. @throws std::runtime_error where it cannot be written.
void write_standard_output(void const* bytes, std::size_t size);
void flush_standard_output();

/// From the root, without links and dots; a name that the system cannot follow keeps its links.
std::filesystem::path full_path(std::filesystem::path const& p);

/// Two names of one file: the same file where both exist, the same path otherwise.
bool same_file(std::filesystem::path const& a, std::filesystem::path const& b);

/// Which file it is, by whatever name; nothing where there is none. A link is what it leads to, or else itself.
using file_identity = std::pair<dev_t, ino_t>;
std::optional<file_identity> identity_of(std::filesystem::path const& file, bool follow_link = true);

/// Makes the folder that an option or argument names, and those above it.
/// @throws std::runtime_error with the system's reason.
void make_folder(char const* option, std::filesystem::path const& folder);

/// An error now rather than after the work.
void check_folder_of(std::filesystem::path const& file);

/// The first file is read, the others are written; an empty name is none, and "-" is standard input or output.
/// @throws usage_error where two are one, std::runtime_error for a missing folder.
void check_files(std::vector<std::string> const& files);

bool has_extension(std::filesystem::path const& path, char const* expected);

/// Milliseconds that f() takes.
template <class F>
double milliseconds(F const& f) {
    auto const start = std::chrono::steady_clock::now();
    f();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// The median time of `count` >= 1 calls.
template <class F>
double median_milliseconds(int count, F const& f) {
    std::vector<double> times;
    for (int i = 0; i < count; ++i) times.push_back(milliseconds(f));
    std::sort(times.begin(), times.end());
    std::size_t const middle = times.size() / 2;
    return times.size() % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
}

inline double rounded_to_microseconds(double ms) {
    return static_cast<double>(static_cast<long long>(ms * 1000 + 0.5)) / 1000;
}

/// A bar on stderr for more than one file, where that is a terminal.
class progress_bar {
public:
    explicit progress_bar(std::size_t total);
    ~progress_bar() { clear(); }
    progress_bar(progress_bar const&) = delete;
    progress_bar& operator=(progress_bar const&) = delete;

    void show(std::size_t done, std::string const& current) const;
    /// Makes room for a line.
    void clear() const;

private:
    std::size_t total_;
    bool shown_;
};

} // namespace examples

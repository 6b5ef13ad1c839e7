// SPDX-License-Identifier: BSL-1.0
// What the executables share: exit statuses, messages, times, the progress bar.
#pragma once

#include <quoin/core/detail/nearest_word.hpp>
#include <quoin/core/error.hpp>
#include <quoin/version.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <new>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace examples {

/// A mistake in the command line that shows only when options are seen together: exit status 2.
class usage_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Adds --version.
inline void add_version(CLI::App& app) {
    std::string text = app.get_name();
    int const numbers[] = {QUOIN_VERSION_MAJOR, QUOIN_VERSION_MINOR, QUOIN_VERSION_PATCH};
    for (char separator = ' '; int const n : numbers) {
        text += separator + std::to_string(n);
        separator = '.';
    }
    app.set_version_flag("--version", text);
}

/// A message of the library without the names of its functions, which say nothing to who gave a file or an option.
inline std::string without_functions(std::string text) {
    constexpr std::string_view library = "quoin::";
    for (std::size_t at = 0; (at = text.find(library, at)) != text.npos;) {
        std::size_t end = at;
        while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_' ||
                                     (text[end] == ':' && end + 1 < text.size() && text[end + 1] != ' ') ||
                                     (text[end] == ':' && text[end - 1] == ':')))
            ++end;
        if (text.compare(end, 2, ": ") == 0) text.erase(at, end + 2 - at);
        else at = end;
    }
    return text;
}

inline void report(std::string const& program, std::string const& message) {
    std::cerr << program << ": " << without_functions(message) << '\n';
}

namespace detail {

inline void add_names(CLI::App const& app, std::vector<std::string>& names) {
    for (CLI::Option const* option : app.get_options())
        for (std::string const& name : option->get_lnames()) names.push_back("--" + name);
    for (CLI::App const* group : app.get_subcommands([](CLI::App const*) { return true; })) add_names(*group, names);
}

} // namespace detail

/// A sentence on the first argument that looks like an option and is none; empty where there is none.
inline std::string unknown_option(CLI::App const& app) {
    for (std::string const& given : app.remaining()) {
        if (given.size() < 2 || given[0] != '-') continue;
        std::string const name = given.substr(0, given.find('='));
        std::vector<std::string> names;
        detail::add_names(app, names);
        std::string_view const near = quoin::detail::nearest_word(name, names);
        return "'" + name + "' is no option" + (near.empty() ? "" : "; did you mean " + std::string(near) + "?");
    }
    return {};
}

/// The status that shells give to a program that Ctrl-C ended.
inline constexpr int interrupted = 130;

/// Parses the command line, then returns body(): 0 or 1. A failure is one line on stderr and the status 1, a
/// wrong command line the status 2, work that Ctrl-C stopped the status 130.
template <class Body>
int run_program(CLI::App& app, int argc, char** argv, Body const& body) {
    std::string const name = app.get_name();
    std::signal(SIGXFSZ, SIG_IGN); // a file that the system does not let grow is an error of writing
    try {
        app.parse(argc, argv);
        int const status = body();
        std::cout.flush();
        if (!std::cout) throw std::runtime_error("standard output cannot be written");
        return status;
    } catch (CLI::Success const& e) {
        // Help and the like; only what they print is CLI11's business.
        if (e.get_name() == "Success") std::cout << e.what() << '\n';
        else app.exit(e);
        return 0;
    } catch (CLI::Error const& e) {
        // What is missing may be what was written wrong.
        bool const missing = dynamic_cast<CLI::ExtrasError const*>(&e) || dynamic_cast<CLI::RequiredError const*>(&e);
        std::string const unknown = missing ? unknown_option(app) : "";
        report(name, (unknown.empty() ? e.what() : unknown) + "; see " + name + " --help");
        return 2;
    } catch (usage_error const& e) {
        report(name, std::string(e.what()) + "; see " + name + " --help");
        return 2;
    } catch (quoin::canceled const&) {
        report(name, "interrupted, no partial file is left");
        return interrupted;
    } catch (std::bad_alloc const&) {
        report(name, "the system has no memory left for this image");
    } catch (std::exception const& e) {
        report(name, e.what());
    }
    return 1;
}

/// From the root, without links and dots; a name that the system cannot follow keeps its links.
inline std::filesystem::path full_path(std::filesystem::path const& p) {
    std::error_code unknown;
    auto const absolute = std::filesystem::absolute(p, unknown);
    auto const full = std::filesystem::weakly_canonical(absolute, unknown);
    return unknown ? absolute.lexically_normal() : full;
}

/// Two names of one file: the same file where both exist, the same path otherwise.
inline bool same_file(std::filesystem::path const& a, std::filesystem::path const& b) {
    std::error_code unknown;
    return std::filesystem::equivalent(a, b, unknown) || full_path(a) == full_path(b);
}

/// Which file it is, by whatever name; nothing where there is none. A link is what it leads to, or else itself.
using file_identity = std::pair<dev_t, ino_t>;
inline std::optional<file_identity> identity_of(std::filesystem::path const& file, bool follow_link = true) {
    struct stat s;
    if ((follow_link ? stat : lstat)(file.c_str(), &s) != 0) return {};
    return file_identity{s.st_dev, s.st_ino};
}

/// Makes the folder that an option or argument names, and those above it.
/// @throws std::runtime_error with the system's reason.
inline void make_folder(char const* option, std::filesystem::path const& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw std::runtime_error(std::string(option) + ": the folder " + folder.string() +
                                 " cannot be made: " + error.message() + "; give another one");
}

/// An error now rather than after the work.
inline void check_folder_of(std::filesystem::path const& file) {
    auto const folder = file.parent_path();
    std::error_code unknown;
    if (!folder.empty() && !std::filesystem::is_directory(folder, unknown))
        throw std::runtime_error(file.string() + " cannot be written: there is no folder " + folder.string() +
                                 "; make it first");
}

/// The first file is read, the others are written; an empty name is none.
/// @throws usage_error where two are one, std::runtime_error for a missing folder.
inline void check_files(std::vector<std::string> const& files) {
    for (std::size_t i = 0; i < files.size(); ++i)
        for (std::size_t j = i + 1; j < files.size(); ++j)
            if (!files[i].empty() && !files[j].empty() && same_file(files[i], files[j]))
                throw usage_error(files[j] + " is named twice, and would be overwritten");
    for (std::size_t i = 1; i < files.size(); ++i) check_folder_of(files[i]);
}

/// A number within bounds, which the option's text names; NaN is not.
template <class T>
CLI::Validator within(T least, T most) {
    auto const check = [least, most](std::string const& text) {
        using CLI::detail::lexical_cast;
        T value{};
        std::ostringstream message;
        if (!lexical_cast(text, value) || !(value >= least && value <= most))
            message << "'" << text << "' does not fit; give " << (std::is_integral_v<T> ? "a whole number" : "a number")
                    << " from " << least << " to " << most;
        return message.str();
    };
    return {check, ""};
}

inline bool has_extension(std::filesystem::path const& path, char const* expected) {
    std::string extension = path.extension().string();
    for (char& c : extension)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return extension == expected;
}

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

/// Adds --repeat and --time.
inline void add_timing_options(CLI::App& app, int& repeat, bool& time,
                               char const* repeat_text = "Evaluate so many times, for the median",
                               char const* time_text = "Print times and counts as one line of JSON") {
    app.add_option("--repeat", repeat, repeat_text)->check(within(1, 1000000))->type_name("K")->capture_default_str();
    app.add_flag("--time", time, time_text);
}

inline double rounded_to_microseconds(double ms) {
    return static_cast<double>(static_cast<long long>(ms * 1000 + 0.5)) / 1000;
}

/// One line on stdout.
inline void print_json(nlohmann::ordered_json const& object) {
    // A file name need not be UTF-8.
    std::cout << object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n' << std::flush;
}

/// A bar on stderr for more than one file, where that is a terminal.
class progress_bar {
public:
    explicit progress_bar(std::size_t total)
        : total_(total), shown_(total > 1 && isatty(STDERR_FILENO) != 0) {}
    ~progress_bar() { clear(); }
    progress_bar(progress_bar const&) = delete;
    progress_bar& operator=(progress_bar const&) = delete;

    void show(std::size_t done, std::string const& current) const {
        if (!shown_) return;
        constexpr std::size_t width = 30;
        std::size_t const filled = done * width / total_;
        std::cerr << "\r\033[K[" << std::string(filled, '#') << std::string(width - filled, '.') << "] "
                  << done << '/' << total_ << ' ' << current << std::flush;
    }
    /// Makes room for a line.
    void clear() const {
        if (shown_) std::cerr << "\r\033[K" << std::flush;
    }

private:
    std::size_t total_;
    bool shown_;
};

} // namespace examples

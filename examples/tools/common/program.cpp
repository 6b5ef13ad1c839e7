// SPDX-License-Identifier: BSL-1.0
// The part of program.hpp that is compiled once.
#include "program.hpp"

#include "command_line.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <stdexcept>

namespace examples {

std::string without_functions(std::string text) {
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

namespace {
[[noreturn]] void fail_standard_output() {
    throw std::runtime_error("standard output cannot be written: " + std::string(std::strerror(errno)));
}
} // namespace

void write_standard_output(void const* bytes, std::size_t size) {
    if (std::fwrite(bytes, 1, size, stdout) != size) fail_standard_output();
}

void flush_standard_output() {
    if (std::fflush(stdout) != 0) fail_standard_output();
}

void report(std::string const& program, std::string const& message) {
    std::cerr << program + ": " + without_functions(message) + '\n'; // one write, which others do not cut
}

std::filesystem::path full_path(std::filesystem::path const& p) {
    std::error_code unknown;
    auto const absolute = std::filesystem::absolute(p, unknown);
    auto const full = std::filesystem::weakly_canonical(absolute, unknown);
    return unknown ? absolute.lexically_normal() : full;
}

bool same_file(std::filesystem::path const& a, std::filesystem::path const& b) {
    std::error_code unknown;
    return std::filesystem::equivalent(a, b, unknown) || full_path(a) == full_path(b);
}

std::optional<file_identity> identity_of(std::filesystem::path const& file, bool follow_link) {
    struct stat s;
    if ((follow_link ? stat : lstat)(file.c_str(), &s) != 0) return {};
    return file_identity{s.st_dev, s.st_ino};
}

void make_folder(char const* option, std::filesystem::path const& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw std::runtime_error(std::string(option) + ": the folder " + folder.string() +
                                 " cannot be made: " + error.message() + "; give another one");
}

void check_folder_of(std::filesystem::path const& file) {
    auto const folder = file.parent_path();
    std::error_code unknown;
    if (!folder.empty() && !std::filesystem::is_directory(folder, unknown))
        throw std::runtime_error(file.string() + " cannot be written: there is no folder " + folder.string() +
                                 "; make it first");
}

void check_files(std::vector<std::string> const& files) {
    for (std::size_t i = 0; i < files.size(); ++i)
        for (std::size_t j = i + 1; j < files.size(); ++j)
            if (!files[i].empty() && !files[j].empty() && files[j] != "-" && same_file(files[i], files[j]))
                throw usage_error(files[j] + " is named twice, and would be overwritten");
    for (std::size_t i = 1; i < files.size(); ++i) check_folder_of(files[i]);
}

bool has_extension(std::filesystem::path const& path, char const* expected) {
    std::string extension = path.extension().string();
    for (char& c : extension)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return extension == expected;
}

progress_bar::progress_bar(std::size_t total) : total_(total), shown_(total > 1 && isatty(STDERR_FILENO) != 0) {}

void progress_bar::show(std::size_t done, std::string const& current) const {
    if (!shown_) return;
    constexpr std::size_t width = 30;
    std::size_t const filled = done * width / total_;
    std::cerr << "\r\033[K[" << std::string(filled, '#') << std::string(width - filled, '.') << "] " << done << '/'
              << total_ << ' ' << current << std::flush;
}
void progress_bar::clear() const {
    if (shown_) std::cerr << "\r\033[K" << std::flush;
}

} // namespace examples

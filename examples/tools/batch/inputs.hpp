// SPDX-License-Identifier: BSL-1.0
// The files of a folder, each with the name of its outputs, and what becomes of it.
#pragma once

#include "../common/images.hpp"
#include "../common/observation.hpp"
#include "../common/program.hpp"
#include "unread_formats.hpp"

#include <sys/stat.h>

#include <cstring>
#include <map>
#include <optional>

namespace examples {

enum class file_status { pending, done, kept, skipped, failed, oversized };

inline char const* to_string(file_status status) {
    constexpr char const* names[] = {"not started", "done", "kept", "skipped", "failed", "over-sized"};
    return names[static_cast<int>(status)];
}

/// What tells one content of a file from the next.
struct file_version {
    quoin::index_t bytes = 0;
    std::int64_t modified = 0; ///< nanoseconds
    friend bool operator==(file_version const&, file_version const&) = default;
};

/// Milliseconds; began and ended count from the beginning of the run.
struct file_times {
    double began = 0, decode = 0, compute = 0, encode = 0, ended = 0;
};

struct file_record {
    std::filesystem::path name; ///< within the folder
    std::string stem;           ///< of the outputs, within theirs
    file_version version;
    std::optional<quoin::image_info> info; ///< of the picture, once the header was read
    quoin::index_t needs = 0;              ///< bytes of memory, once they are known
    file_status status = file_status::pending;
    std::string message;
    file_times times;
    char const* unread = nullptr;      ///< its format, where that is one of images that quoin does not read
    quoin::index_t needs_at_first = 0; ///< what the header told of `needs`
    quoin::image_info in_file{};       ///< what the header says
    std::vector<note> notes{};         ///< of a file that is done
    bool elsewhere = false;            ///< has failed for want of what another machine may have: memory, disk, a mount
};

/// What is said of an image that quoin does not read.
inline std::string unread_message(char const* format) {
    return std::string("is an image that quoin does not read: ") + format +
           "; convert it to PNG, JPEG, BMP, TGA or PNM";
}

inline bool named_as_image(std::filesystem::path const& path) {
    for (char const* extension :
         {".png", ".jpg", ".jpeg", ".bmp", ".tga", ".pnm", ".pbm", ".pgm", ".ppm", ".pam", ".pfm", ".tif", ".tiff"})
        if (has_extension(path, extension)) return true;
    return false;
}

/// Nothing for what is not there or is no regular file.
inline std::optional<file_version> version_of(std::filesystem::path const& path) {
    struct stat s;
    if (stat(path.c_str(), &s) != 0 || !S_ISREG(s.st_mode)) return {};
    return file_version{s.st_size, std::int64_t{s.st_mtim.tv_sec} * 1'000'000'000 + s.st_mtim.tv_nsec};
}

struct input_files {
    std::vector<file_record> records; ///< by name
    quoin::index_t folders_left_out = 0;
};

namespace detail {

inline void list_folder(std::filesystem::path const& root, std::filesystem::path const& below,
                        std::filesystem::path const& excluded, bool recursive, observation const& seen,
                        input_files& found) {
    namespace fs = std::filesystem;
    std::error_code error;
    fs::directory_iterator entries(root / below, error);
    for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
        seen.check();
        file_record r{below / entries->path().filename(), {}, {}, {}, 0, file_status::pending, {}, {}, nullptr};
        std::error_code unknown;
        bool const hidden = r.name.filename().native().front() == '.';
        if (entries->is_directory(unknown) && !entries->is_symlink(unknown)) {
            if (hidden || fs::equivalent(entries->path(), excluded, unknown)) continue;
            if (recursive) list_folder(root, r.name, excluded, recursive, seen, found);
            else ++found.folders_left_out;
            continue;
        }
        auto const end = [&](file_status status, std::string const& why) {
            r.status = status;
            r.message = why;
        };
        std::error_code problem;
        auto const type = fs::status(entries->path(), problem).type();
        auto const version = version_of(entries->path());
        if (version) r.version = *version;
        if (hidden) end(file_status::skipped, "hidden: its name begins with a dot");
        else if (type == fs::file_type::not_found) end(file_status::failed, "vanished, or is a link to nothing");
        else if (problem) end(file_status::failed, "cannot be looked at: " + problem.message());
        else if (!version) end(file_status::skipped, "is no regular file");
        else if (!named_as_image(r.name)) {
            try {
                if (!image_by_content(entries->path())) {
                    r.unread = unread_format(entries->path());
                    end(file_status::skipped,
                        r.unread ? unread_message(r.unread) : "is no image by name, nor by content");
                }
            } catch (quoin::io_error const& e) {
                end(file_status::failed, e.what());
            }
        }
        found.records.push_back(std::move(r));
    }
    if (error) {
        file_record r{below.empty() ? "." : below,
                      {},
                      {},
                      {},
                      0,
                      file_status::failed,
                      "the folder cannot be listed: " + error.message(),
                      {},
                      nullptr};
        found.records.push_back(std::move(r));
    }
}

} // namespace detail

/// Names of outputs: that of the file without its extension or, where files differ in it alone, with it. The same
/// whatever the order of the files.
inline void name_outputs(std::vector<file_record>& records) {
    std::vector<file_record*> left;
    for (file_record& r : records)
        if (r.status == file_status::pending) {
            r.stem = (r.name.parent_path() / r.name.stem()).string();
            left.push_back(&r);
        }
    for (bool changed = true; changed;) {
        changed = false;
        std::map<std::string, std::vector<file_record*>> taken;
        for (file_record* const r : left) taken[r->stem].push_back(r);
        for (auto const& [stem, sharing] : taken)
            for (file_record* const r : sharing)
                if (sharing.size() > 1 && r->stem != r->name.string()) {
                    r->stem = r->name.string();
                    changed = true;
                }
    }
}

/// An input that an output would replace, under whatever names: folders may be links, and names differ in case alone.
/// @throws usage_error
inline void check_that_inputs_stay(std::filesystem::path const& inputs, std::filesystem::path const& outputs,
                                   std::vector<file_record> const& records, std::vector<std::string> const& suffixes,
                                   observation const& seen) {
    std::map<file_identity, std::pair<file_record const*, std::string>> there; // outputs, of which record
    for (file_record const& r : records)
        if (r.status == file_status::pending)
            for (std::string const& suffix : suffixes) {
                seen.check();
                auto const path = outputs / (r.stem + suffix);
                // A link in this place would be replaced itself.
                if (auto const id = identity_of(path, false)) there.try_emplace(*id, &r, path.string());
            }
    if (there.empty()) return;
    for (file_record const& r : records) {
        if (r.status == file_status::skipped) continue;
        auto const path = inputs / r.name;
        for (bool const follow_link : {false, true}) {
            auto const id = identity_of(path, follow_link);
            auto const found = id ? there.find(*id) : there.end();
            if (found == there.end()) continue;
            auto const& [from, output] = found->second;
            throw usage_error("the output " + output + " of " + (inputs / from->name).string() +
                              " would replace the input " + path.string() + "; give another folder as OUT_DIR");
        }
    }
}

/// Every file of a folder, and of those below it with `recursive`; links to folders are not followed. What is below
/// `excluded` is no input.
inline input_files list_inputs(std::filesystem::path const& root, std::filesystem::path const& excluded, bool recursive,
                               observation const& seen) {
    input_files found;
    detail::list_folder(root, {}, excluded, recursive, seen, found);
    std::sort(found.records.begin(), found.records.end(),
              [](file_record const& a, file_record const& b) { return a.name.native() < b.name.native(); });
    name_outputs(found.records);
    return found;
}

} // namespace examples

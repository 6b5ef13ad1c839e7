// SPDX-License-Identifier: BSL-1.0
// The inputs of a run as a file, so that parts of it can be done by other programs.
#pragma once

#include "../common/text_file.hpp"
#include "fields.hpp"
#include "inputs.hpp"

namespace examples {

inline constexpr char const* manifest_mark = "quoin-manifest 1";

/// The first line has the options of the job and what the names of its outputs end with. Each further line is a file:
/// its status, name, size, time of modification, and the name of its outputs or, where it has none, the reason.
inline void write_manifest(std::filesystem::path const& path, std::string const& options,
                           std::vector<std::string> const& suffixes, std::vector<file_record> const& records) {
    text_file out(path);
    out.put(manifest_mark, "\t", escaped(options));
    for (std::string const& suffix : suffixes) out.put("\t", escaped(suffix));
    out.put("\n");
    for (file_record const& r : records) {
        bool const pending = r.status == file_status::pending;
        out.put(pending ? "file" : to_string(r.status), "\t", escaped(r.name.string()), "\t", r.version.bytes, "\t",
                r.version.modified, "\t", escaped(pending ? r.stem : r.message), "\n");
    }
    out.commit();
}

/// Whether a name of a manifest stays within its folder.
inline bool stays_within(std::filesystem::path const& name) {
    return !name.empty() && name.is_relative() && std::find(name.begin(), name.end(), "..") == name.end();
}

/// The files of a manifest, or of a part of one, for a job with these options.
/// @throws std::runtime_error
inline std::vector<file_record> read_manifest(std::filesystem::path const& path, std::string const& options) {
    std::ifstream in(path, std::ios::binary);
    std::string line;
    auto const fail = [&](std::string const& problem) {
        throw std::runtime_error(path.string() + ": " + problem + "; write it by quoin-batch --manifest");
    };
    if (!in || !std::getline(in, line)) fail("is no manifest that can be read");
    std::vector<std::string> fields = split(line);
    if (fields.size() < 2 || fields[0] != manifest_mark) fail("does not begin as a manifest does");
    if (unescaped(fields[1]) != options)
        fail("is for the options '" + unescaped(fields[1]) + "', and these are '" + options + "'");
    std::vector<file_record> records;
    for (int number_of_line = 2; std::getline(in, line); ++number_of_line) {
        fields = split(line);
        if (!fields.empty() && fields[0] != "file") continue;
        file_record r;
        if (in.eof() || fields.size() != 5 || !number(fields[2], r.version.bytes) ||
            !number(fields[3], r.version.modified))
            fail("line " + std::to_string(number_of_line) + " is damaged");
        r.name = unescaped(fields[1]);
        r.stem = unescaped(fields[4]);
        if (!stays_within(r.name) || !stays_within(r.stem))
            fail("line " + std::to_string(number_of_line) + " names a file outside of the folders");
        records.push_back(std::move(r));
    }
    return records;
}

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// control_groups: where Linux tells the limits of the control groups that a process is in.
#pragma once

#include <quoin/config.hpp>

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The streams and paths of the standard library would take half a second to compile in every file with a policy.

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// What is in a small file; empty where it cannot be read.
inline std::string text_of(std::string const& file) {
    std::string text;
    if (std::FILE* const in = std::fopen(file.c_str(), "rb")) {
        char part[4096];
        while (std::size_t const read = std::fread(part, 1, sizeof part, in)) text.append(part, read);
        std::fclose(in);
    }
    return text;
}

/// Takes the part before the next separator, or else all, from the front of a text.
inline std::string_view take_until(std::string_view& text, char separator) {
    std::string_view const part = text.substr(0, text.find(separator));
    text.remove_prefix(part.size() < text.size() ? part.size() + 1 : part.size());
    return part;
}

/// Whether one of the words between commas is `word`.
inline bool lists(std::string_view list, std::string_view word) {
    while (!list.empty())
        if (take_until(list, ',') == word) return true;
    return false;
}

/// A path as mountinfo writes it, where \040 is a blank; "" for the root.
inline std::string unescaped_path(std::string_view text) {
    std::string path;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 3 >= text.size()) path += text[i];
        else {
            path += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
            i += 3;
        }
    }
    return path == "/" ? "" : path;
}

/// The folders of the groups that this process is in, its own and those above it, whose limits all hold: in the
/// hierarchy of `controller` (cpu, memory), which is version 1, and in the unified one, which is version 2. A mount may
/// show a part of a hierarchy alone, that below its root. Tests give a folder in place of the root.
inline std::vector<std::string> control_groups(std::string_view controller, std::string const& root = "") {
    std::vector<std::pair<std::string, bool>> groups; // with whether it is in the unified hierarchy
    std::string const own = text_of(root + "/proc/self/cgroup"), mountinfo = text_of(root + "/proc/self/mountinfo");
    for (std::string_view text = own; !text.empty();) { // number:controllers:path
        std::string_view path = take_until(text, '\n');
        take_until(path, ':');
        std::string_view const controllers = take_until(path, ':');
        if (controllers.empty() || lists(controllers, controller))
            groups.emplace_back(path == "/" ? "" : path, controllers.empty());
    }

    std::vector<std::string> folders;
    for (std::string_view text = mountinfo; !text.empty();) {
        // number parent device root mount-point options [tag...] - type source options
        std::string_view words = take_until(text, '\n');
        for (int i = 0; i < 3; ++i) take_until(words, ' ');
        std::string const top = unescaped_path(take_until(words, ' '));
        std::string const mount = root + unescaped_path(take_until(words, ' '));
        while (!words.empty() && take_until(words, ' ') != "-") {
        }
        bool const unified = words.starts_with("cgroup2 ");
        if (!unified && !words.starts_with("cgroup ")) continue;
        for (int i = 0; i < 2; ++i) take_until(words, ' ');
        if (!unified && !lists(words, controller)) continue;

        for (auto const& [group, in_unified] : groups) {
            if (in_unified != unified) continue;
            // Names begin with /.. where they are outside of the process's namespace.
            std::string_view below;
            if (group.starts_with(top) && (group.size() == top.size() || group[top.size()] == '/')) {
                below = std::string_view(group).substr(top.size());
                if (below == "/.." || below.starts_with("/../")) continue; // beside what is mounted
            } else if (top.find_first_not_of("/.") != top.npos) {
                continue; // of other groups; one of dots alone is above the own one, by a way that is not told
            }
            std::string folder = mount;
            folders.push_back(folder);
            while (!below.empty())
                if (auto const part = take_until(below, '/'); !part.empty())
                    folders.push_back(folder.append("/").append(part));
        }
    }
    return folders;
}

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// --tuning: the policy and the number of threads from what bench/report.sh has measured on this machine.
#pragma once

#include "policies.hpp"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

namespace examples {

namespace detail {

/// The first entry of the file that is not as it must be ends the program with a sentence.
[[noreturn]] inline void tuning_error(std::string const& file, std::string const& what) {
    throw std::runtime_error(file + ": " + what +
                             "; give the tuning.json of bench/report.sh, or --policy and --threads");
}

inline nlohmann::json parse_tuning(std::string const& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) tuning_error(file, std::string("cannot be opened: ") + std::strerror(errno));
    if (std::filesystem::is_directory(file)) tuning_error(file, "is a folder");
    try {
        return nlohmann::json::parse(in);
    } catch (nlohmann::json::parse_error const& e) {
        tuning_error(file, "is no JSON: wrong at byte " + std::to_string(e.byte));
    } catch (nlohmann::json::exception const&) {
        tuning_error(file, "holds a number that is too large");
    }
}

} // namespace detail

/// What the file says for a job.
/// @throws std::runtime_error for a file that cannot be read or is no tuning file, a job that is not in it, and a
/// policy that this build does not have.
inline policy_choice read_tuning(std::string const& file, std::string const& job) {
    nlohmann::json const all = detail::parse_tuning(file);
    if (!all.is_object() || !all.contains("quoin_tuning") || !all.contains("jobs") || !all["jobs"].is_object())
        detail::tuning_error(file, "is no tuning file: it has no 'quoin_tuning' and 'jobs'");
    if (all["quoin_tuning"] != 1)
        detail::tuning_error(file,
                             "has version " + all["quoin_tuning"].dump() + " of the format, this program reads 1");
    if (!all["jobs"].contains(job)) detail::tuning_error(file, "has no job '" + job + "'");
    nlohmann::json const& entry = all["jobs"][job];
    std::string const where = "job '" + job + "': ";
    if (!entry.is_object() || !entry.contains("policy") || !entry["policy"].is_string())
        detail::tuning_error(file, where + "has no 'policy' that is a text");
    if (!entry.contains("threads") || !entry["threads"].is_number_integer() || entry["threads"] < 1 ||
        entry["threads"] > 4096)
        detail::tuning_error(file, where + "has no 'threads' in 1..4096");

    policy_choice choice;
    choice.name = entry["policy"];
    choice.threads = entry["threads"];
    for (policy_entry const& p : policy_table)
        if (choice.name == p.name) {
            if (p.present) return choice;
            detail::tuning_error(file, where + "the policy '" + choice.name + "' is not in this build: " + p.missing +
                                           " was not found when it was configured");
        }
    detail::tuning_error(file, where + "there is no policy '" + choice.name + "'");
}

/// Adds --tuning, which takes the place of --policy where that is not given; call after add_policy_options. A given
/// --threads goes before the file's number.
inline void add_tuning_option(CLI::App& app, policy_choice& choice, std::string const& job) {
    auto const file = std::make_shared<std::string>();
    app.add_option("--tuning", *file,
                   "Where --policy is not given: the policy and threads that this file names for \"" + job +
                       "\"; bench/report.sh writes it as tuning.json from what it measures")
        ->type_name("FILE.json");
    app.parse_complete_callback([&app, &choice, file, job] {
        if (app.count("--tuning") == 0) return;
        policy_choice const tuned = read_tuning(*file, job);
        if (app.count("--policy") != 0) return;
        choice.name = tuned.name;
        if (app.count("--threads") == 0) choice.threads = tuned.threads;
    });
}

} // namespace examples

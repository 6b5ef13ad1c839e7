// SPDX-License-Identifier: BSL-1.0
// The one place that includes nlohmann/json: what is written, and --tuning, the policy and the number of threads from
// what bench/report.sh has measured on this machine.
#include "json.hpp"

#include "policies.hpp"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

namespace examples {

namespace {

nlohmann::ordered_json converted(json_value const& value);

template <class T>
nlohmann::ordered_json converted(T const& value) {
    return value;
}
nlohmann::ordered_json converted(json_array const& values) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (json_value const& value : values) all.push_back(converted(value));
    return all;
}
nlohmann::ordered_json converted(json_object const& object) {
    nlohmann::ordered_json all = nlohmann::ordered_json::object();
    for (auto const& [key, value] : object) all[key] = converted(value);
    return all;
}
nlohmann::ordered_json converted(json_value const& value) {
    return std::visit([](auto const& v) { return converted(v); }, value);
}

std::string text_of(json_object const& object, int indent) {
    return converted(object).dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

/// The first entry of the file that is not as it must be ends the program with a sentence.
[[noreturn]] void tuning_error(std::string const& file, std::string const& what) {
    throw std::runtime_error(file + ": " + what +
                             "; give the tuning.json of bench/report.sh, or --policy and --threads");
}

nlohmann::ordered_json parse_tuning(std::string const& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) tuning_error(file, std::string("cannot be opened: ") + std::strerror(errno));
    if (std::filesystem::is_directory(file)) tuning_error(file, "is a folder");
    try {
        return nlohmann::ordered_json::parse(in);
    } catch (nlohmann::json::parse_error const& e) {
        tuning_error(file, "is no JSON: wrong at byte " + std::to_string(e.byte));
    } catch (nlohmann::json::exception const&) {
        tuning_error(file, "holds a number that is too large");
    }
}

/// What the file says for a job.
/// @throws std::runtime_error for a file that cannot be read or is no tuning file, a job that is not in it, and a
/// policy that this build does not have.
policy_choice read_tuning(std::string const& file, std::string const& job) {
    nlohmann::ordered_json const all = parse_tuning(file);
    if (!all.is_object() || !all.contains("quoin_tuning") || !all.contains("jobs") || !all["jobs"].is_object())
        tuning_error(file, "is no tuning file: it has no 'quoin_tuning' and 'jobs'");
    if (all["quoin_tuning"] != 1)
        tuning_error(file, "has version " + all["quoin_tuning"].dump() + " of the format, this program reads 1");
    if (!all["jobs"].contains(job)) tuning_error(file, "has no job '" + job + "'");
    nlohmann::ordered_json const& entry = all["jobs"][job];
    std::string const where = "job '" + job + "': ";
    if (!entry.is_object() || !entry.contains("policy") || !entry["policy"].is_string())
        tuning_error(file, where + "has no 'policy' that is a text");
    if (!entry.contains("threads") || !entry["threads"].is_number_integer() || entry["threads"] < 1 ||
        entry["threads"] > 4096)
        tuning_error(file, where + "has no 'threads' in 1..4096");

    policy_choice choice;
    choice.name = entry["policy"];
    choice.threads = entry["threads"];
    for (policy_entry const& p : policy_table())
        if (choice.name == p.name) {
            if (p.present) return choice;
            tuning_error(file, where + "the policy '" + choice.name + "' is not in this build: " + p.missing +
                                   " was not found when it was configured");
        }
    tuning_error(file, where + "there is no policy '" + choice.name + "'");
}

} // namespace

std::string json_text(json_object const& object) {
    return text_of(object, 2);
}
void print_json(json_object const& object, std::ostream& out) {
    out << text_of(object, -1) << '\n' << std::flush;
}

void add_tuning_option(command_line& line, policy_choice& choice, std::string const& job) {
    auto const file = std::make_shared<std::string>();
    line.add("--tuning", *file,
             "Where --policy is not given: the policy and threads that this file names for \"" + job +
                 "\"; bench/report.sh writes it as tuning.json from what it measures")
        .type_name("FILE.json");
    line.when_parsed([&line, &choice, file, job] {
        if (!line.has("--tuning")) return;
        policy_choice const tuned = read_tuning(*file, job);
        if (line.has("--policy")) return;
        choice.name = tuned.name;
        if (!line.has("--threads")) choice.threads = tuned.threads;
    });
}

} // namespace examples

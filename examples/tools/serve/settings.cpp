// SPDX-License-Identifier: BSL-1.0
// The one place that includes toml++.
#include "settings.hpp"

#include "../common/command_line.hpp"

#include <quoin/core/detail/nearest_word.hpp>

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace examples {

std::vector<setting> settings_in(serve_settings& s) {
    using quoin::index_t;
    constexpr index_t hour = 3'600'000;
    return {
        {"server.host", &s.host, 0, 0, "The address on which requests are taken; 0.0.0.0 is every one of the machine"},
        {"server.port", &s.port, 0, 65535, "Its port; 0 is any that is free"},
        {"server.health_host", &s.health_host, 0, 0, "The address of /livez, /readyz and /metrics"},
        {"server.health_port", &s.health_port, 0, 65535, "Its port; 0 is any that is free"},
        {"server.connections", &s.connections, 1, 1'000'000, "Connections at a time; above them the answer is 503"},
        {"server.socket_kib", &s.socket_kib, 0, 65536,
         "What the system holds of a body in each direction, at most net.core.rmem_max and wmem_max; 0: its own "
         "choice"},
        {"server.grace_ms", &s.grace_ms, 0, hour,
         "After SIGTERM /readyz is 503 and requests are served for so long, until balancers have seen it"},

        {"work.workers", &s.workers, 0, 4096, "Requests that are computed at a time; 0: the CPUs it may use"},
        {"work.threads", &s.threads, 1, 4096, "Threads that compute one request"},
        {"work.memory_mib", &s.memory_mib, 0, index_t{1} << 30,
         "What all requests together may hold; 0: half of what the process may use"},
        {"work.release_ms", &s.release_ms, 0, hour,
         "After so long without work free memory goes back to the system; 0: it is kept"},

        {"queue.requests", &s.queue_requests, 1, 1'000'000, "Requests that wait; above them the answer is 429"},
        {"queue.wait_ms", &s.queue_ms, 0, hour,
         "While the oldest request waits longer, the answer is 429; 0: no bound"},
        {"queue.batch", &s.batch, 1, 4096, "Requests with one chain that a worker takes together"},
        {"queue.batch_wait_us", &s.batch_wait_us, 0, 10'000'000,
         "How long a request waits for others with its chain while a worker is free"},

        {"limits.head_bytes", &s.head_bytes, 256, 65536, "Of the head of a request; above them the answer is 431"},
        {"limits.body_mib", &s.body_mib, 1, 65536, "Of the body of a request; above them the answer is 413"},
        {"limits.megapixels", &s.megapixels, 1, 1024, "Of an image; above them the answer is 413"},
        {"limits.result_megapixels", &s.result_megapixels, 1, 1024, "Of a result, likewise"},
        {"limits.operations", &s.operations, 1, 1024, "Of a chain; above them the answer is 400"},
        {"limits.images", &s.images, 1, 64, "That a chain reads, of a body of several parts; above them it is 400"},
        {"limits.reach", &s.reach, 1, 1'000'000,
         "Rows and columns around a pixel that its result may depend on, for all operations of a chain together"},

        {"time.idle_ms", &s.idle_ms, 1, hour, "A connection without a request is closed after so long"},
        {"time.head_ms", &s.head_ms, 1, hour, "For the head of a request; then the answer is 408"},
        {"time.body_ms", &s.body_ms, 1, hour, "For its body; then the answer is 408"},
        {"time.request_ms", &s.request_ms, 1, hour, "From there to the answer; then it is 504"},
        {"time.answer_ms", &s.answer_ms, 1, hour, "Until the client has taken the answer"},

        {"cache.chains", &s.chains, 0, 1'000'000, "Texts of chains that are kept parsed"},
        {"cache.memory_mib", &s.cache_memory_mib, 0, index_t{1} << 30,
         "Results that are kept in memory, beside work.memory_mib; 0: none"},
        {"cache.memory_us_per_mib", &s.cache_memory_us_per_mib, 0, hour,
         "A result is kept in memory if it took at least so long for each MiB of it"},
        {"cache.folder", &s.cache_folder, 0, 0,
         "A folder for results, which several processes may share; empty: none are kept in files"},
        {"cache.disk_mib", &s.cache_disk_mib, 1, index_t{1} << 40, "Of the files in it"},
        {"cache.disk_us_per_mib", &s.cache_disk_us_per_mib, 0, hour,
         "A result is kept in a file if it took at least so long for each MiB of it"},
        {"cache.redis_host", &s.cache_redis_host, 0, 0, "A Redis that keeps results for several machines; empty: none"},
        {"cache.redis_port", &s.cache_redis_port, 1, 65535, "Its port"},
        {"cache.redis_kib", &s.cache_redis_kib, 1, 65536, "Of a result that it gets; larger ones are not sent"},
        {"cache.redis_ms", &s.cache_redis_ms, 1, 10'000,
         "Within which it connects, and answers; if it does not, it is left alone for a second"},
        {"cache.redis_us_per_mib", &s.cache_redis_us_per_mib, 0, hour,
         "It gets a result that took at least so long for each MiB of it"},
        {"cache.life_s", &s.cache_life_s, 0, index_t{1} << 31, "A result that is older is computed again; 0: none is"},
        {"cache.digest",
         &s.cache_digest,
         0,
         0,
         "How images are told apart: sha256, or xxh3, which is faster, where every client is trusted",
         {"sha256", "xxh3"}},

        {"log.level",
         &s.log_level,
         0,
         0,
         "Answers that are written to standard error, a line of JSON each: off, error (from 500 on), warning (from 400 "
         "on) or info (all)",
         {"off", "error", "warning", "info"}},
        {"log.every", &s.log_every, 1, 1'000'000, "Of the answers with one status each so-many-th is written"},
    };
}

namespace {

class settings_reader {
public:
    settings_reader(serve_settings& s, std::string const& file) : all_(settings_in(s)), file_(file) {}

    void read(toml::table const& table, std::string const& prefix) {
        for (auto const& [key, node] : table) {
            std::string const name = prefix + std::string(key.str());
            if (auto const* inner = node.as_table()) {
                if (!is_table(name + '.')) unknown(name, node);
                read(*inner, name + '.');
            } else {
                set(name, node);
            }
        }
    }

private:
    bool is_table(std::string const& prefix) const {
        for (setting const& s : all_)
            if (s.name.starts_with(prefix)) return true;
        return false;
    }

    [[noreturn]] void fail(toml::node const& node, std::string const& what) const {
        throw usage_error(file_ + ", line " + std::to_string(node.source().begin.line) + ": " + what);
    }
    [[noreturn]] void unknown(std::string const& name, toml::node const& node) const {
        std::vector<std::string> names;
        for (setting const& s : all_) names.push_back(s.name);
        std::string_view const near = quoin::detail::nearest_word(name, names);
        fail(node, "'" + name + "' is no setting" +
                       (near.empty() ? "; quoin-serve --list-settings names all"
                                     : "; did you mean " + std::string(near) + "?"));
    }

    void check_word(setting const& s, std::string const& given, toml::node const& node) const {
        if (s.words.empty() || std::find(s.words.begin(), s.words.end(), given) != s.words.end()) return;
        std::string all;
        for (std::string const& word : s.words) all += (all.empty() ? "" : ", ") + word;
        fail(node, s.name + " = \"" + given + "\" is none of " + all);
    }

    void set(std::string const& name, toml::node const& node) const {
        for (setting const& s : all_) {
            if (s.name != name) continue;
            if (auto* const* text = std::get_if<std::string*>(&s.value)) {
                auto const given = node.value_exact<std::string>();
                if (!given) fail(node, name + " is no text; write it in quotes");
                check_word(s, *given, node);
                **text = *given;
                return;
            }
            auto const given = node.value_exact<std::int64_t>();
            std::string const range =
                "a whole number from " + std::to_string(s.least) + " to " + std::to_string(s.most);
            if (!given) fail(node, name + " is no whole number; give " + range);
            if (*given < s.least || *given > s.most)
                fail(node, name + " = " + std::to_string(*given) + " does not fit; give " + range);
            *std::get<quoin::index_t*>(s.value) = *given;
            return;
        }
        unknown(name, node);
    }

    std::vector<setting> all_;
    std::string file_;
};

} // namespace

void read_settings(serve_settings& s, std::string const& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) throw usage_error(file + " cannot be read; give a file of settings");
    try {
        settings_reader(s, file).read(toml::parse(text.str()), "");
    } catch (toml::parse_error const& e) {
        throw usage_error(file + ", line " + std::to_string(e.source().begin.line) +
                          ": is no TOML: " + std::string(e.description()));
    }
}

std::string settings_text(serve_settings s) {
    std::string all, table;
    for (setting const& each : settings_in(s)) {
        std::size_t const dot = each.name.find('.');
        if (each.name.substr(0, dot) != table) {
            table = each.name.substr(0, dot);
            all += (all.empty() ? "[" : "\n[") + table + "]\n";
        }
        all += "# " + each.text;
        if (auto* const* number = std::get_if<quoin::index_t*>(&each.value)) {
            all += " (" + std::to_string(each.least) + " to " + std::to_string(each.most) + ")\n" +
                   each.name.substr(dot + 1) + " = " + std::to_string(**number) + "\n";
        } else {
            all += "\n" + each.name.substr(dot + 1) + " = \"" + *std::get<std::string*>(each.value) + "\"\n";
        }
    }
    return all;
}

} // namespace examples

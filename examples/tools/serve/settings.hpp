// SPDX-License-Identifier: BSL-1.0
// The settings of quoin-serve: one list, from which the file, the check, the command line and the reference are made.
#pragma once

#include <quoin/core/geometry.hpp>

#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace examples {

struct serve_settings {
    std::string host = "127.0.0.1";
    quoin::index_t port = 8080;
    std::string health_host = "127.0.0.1";
    quoin::index_t health_port = 8081;
    quoin::index_t connections = 4096;
    quoin::index_t socket_kib = 0;
    quoin::index_t grace_ms = 0;

    quoin::index_t workers = 0;
    quoin::index_t threads = 1;
    quoin::index_t memory_mib = 0;
    quoin::index_t release_ms = 0;

    quoin::index_t queue_requests = 256;
    quoin::index_t queue_ms = 1000;
    quoin::index_t batch = 8;
    quoin::index_t batch_wait_us = 0;

    quoin::index_t head_bytes = 8192;
    quoin::index_t body_mib = 64;
    quoin::index_t megapixels = 50;
    quoin::index_t result_megapixels = 100;
    quoin::index_t operations = 32;
    quoin::index_t images = 8;
    quoin::index_t reach = 1024;

    quoin::index_t idle_ms = 60'000;
    quoin::index_t head_ms = 10'000;
    quoin::index_t body_ms = 30'000;
    quoin::index_t request_ms = 30'000;
    quoin::index_t answer_ms = 60'000;

    quoin::index_t chains = 256;
    quoin::index_t cache_memory_mib = 0;
    quoin::index_t cache_memory_us_per_mib = 500;
    std::string cache_folder;
    quoin::index_t cache_disk_mib = 1024;
    quoin::index_t cache_disk_us_per_mib = 4000;
    std::string cache_redis_host;
    quoin::index_t cache_redis_port = 6379;
    quoin::index_t cache_redis_kib = 256;
    quoin::index_t cache_redis_ms = 50;
    quoin::index_t cache_redis_us_per_mib = 20'000;
    quoin::index_t cache_life_s = 0;
    std::string cache_digest = "sha256";

    std::string log_level = "error";
    quoin::index_t log_every = 1;
};

/// One setting, and where its value is.
struct setting {
    std::string name; ///< table.key of the file
    std::variant<quoin::index_t*, std::string*> value;
    quoin::index_t least = 0, most = 0; ///< of a number
    std::string text;
    std::vector<std::string> words{}; ///< what a text may be; empty: any
};

/// All settings, in the order of the reference.
std::vector<setting> settings_in(serve_settings& s);

/// Reads a TOML file over what is there. @throws usage_error that names the file, the line, and for an unknown key the
/// nearest one.
void read_settings(serve_settings& s, std::string const& file);

/// The settings as a file that read_settings() reads, each under a line that says what it is.
std::string settings_text(serve_settings s);

} // namespace examples

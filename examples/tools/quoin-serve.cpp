// SPDX-License-Identifier: BSL-1.0
// quoin-serve: chains, rectangles, nuclei, tensors and statistics of images over HTTP.

#include "common/command_line.hpp"
#include "common/json.hpp"
#include "common/observation.hpp"
#include "common/usable_memory.hpp"
#include "serve/service.hpp"

#include <malloc.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <optional>

namespace {

using namespace examples;

constexpr char const* footer = R"(
POST /v1/run?chain=CHAIN&format=png|jpg|bmp|pnm|pfm|npy   the file that quoin-filters writes
POST /v1/segment?threshold=N&...&format=json|csv|gds      the rectangles of quoin-segment
POST /v1/nuclei?diameter=D&...&format=json|csv|png        the nuclei of quoin-nuclei
POST /v1/tensor?size=WxH&fit=letterbox&...                the .npy file of quoin-tensor
POST /v1/statistics                                       the values of each channel, as JSON
GET  /v1/operations                                       the operations of chains, as JSON
GET  /openapi.json                                        all of this for programs
GET  / and /status                                        pages for browsers

The body is an image: PNG, JPEG, BMP, TGA, PNM, PFM or TIFF, by its content. For a chain that
combines images it is multipart/form-data, with an image in each part. Names and values of a query
are the options of quoin-filters, quoin-segment, quoin-nuclei and quoin-tensor, with the same
results and the same errors; channel and no-orient are known to all. An error is {"error": "..."}: 400 for the
query, 404, 405, 411, 413 for too many bytes or pixels, 415 for no known image, 422 for a damaged
one, 429 (with Retry-After) where the queue or the memory is full, 503 while the service ends, 504
where the time of a request is over. What a request takes is known from the header of its image
and counted before a pixel is decoded.

GET /livez, /readyz, /metrics (Prometheus) are on the other port.

--config FILE is TOML; --list-settings prints it with all settings, their presets and what they
mean. Options go before the file.

SIGTERM, SIGHUP or Ctrl-C: /readyz says 503, after server.grace_ms no more connections are taken,
what was taken is answered, and the program ends with status 0. A second one ends it at once.

Examples:
  quoin-serve --port 8080 --health-port 8081
  curl --data-binary @photo.jpg 'localhost:8080/v1/run?chain=gray,gaussian=1.5&format=png' -o out.png
  curl --data-binary @layer.png 'localhost:8080/v1/segment?threshold=127&method=minimum'

Exit status: 0 success, 1 it cannot listen, 2 a wrong command line or file of settings.)";

struct serve_arguments {
    std::string config;
    bool check = false, list = false;
    std::string host, health_host;
    int port = -1, health_port = -1;
};

serve_settings settings_of(serve_arguments const& a) {
    serve_settings s;
    if (!a.config.empty()) read_settings(s, a.config);
    if (!a.host.empty()) s.host = a.host;
    if (!a.health_host.empty()) s.health_host = a.health_host;
    if (a.port >= 0) s.port = a.port;
    if (a.health_port >= 0) s.health_port = a.health_port;
    return s;
}

http_limits limits_of(serve_settings const& s) {
    using ms = std::chrono::milliseconds;
    return {.head_bytes = static_cast<std::size_t>(s.head_bytes),
            .body_bytes = static_cast<std::size_t>(s.body_mib) << 20,
            .connections = static_cast<std::size_t>(s.connections),
            .socket_bytes = static_cast<int>(s.socket_kib << 10),
            .idle = ms(s.idle_ms),
            .head = ms(s.head_ms),
            .body = ms(s.body_ms),
            .request = ms(s.request_ms),
            .answer = ms(s.answer_ms)};
}

log_level log_level_of(std::string const& name) {
    if (name == "info") return log_level::info;
    if (name == "warning") return log_level::warning;
    return name == "error" ? log_level::error : log_level::off;
}

std::size_t memory_of(serve_settings const& s) {
    return s.memory_mib > 0 ? static_cast<std::size_t>(s.memory_mib) << 20
                            : static_cast<std::size_t>(usable_memory() / 2);
}

void add_gauges(service_metrics& metrics, byte_budget const& budget, image_service const& service,
                http_server const& server) {
    metrics.gauge("quoin_queue_length", "Requests that wait.",
                  [&service] { return static_cast<double>(service.waiting()); });
    metrics.gauge("quoin_working", "Requests that are computed.", [&service] { return service.working(); });
    metrics.gauge("quoin_connections", "Connections that are open.",
                  [&server] { return static_cast<double>(server.connections()); });
    metrics.gauge("quoin_in_flight_bytes", "Memory that requests hold, by their own count.",
                  [&budget] { return static_cast<double>(budget.used()); });
    metrics.gauge("quoin_memory_budget_bytes", "Memory that requests may hold.",
                  [&budget] { return static_cast<double>(budget.all()); });
}

/// Of the levels of the cache that there are.
void add_cache_counts(service_metrics& metrics, result_cache const* cache) {
    if (!cache) return;
    using value = std::pair<std::string, std::function<double()>>;
    auto const add = [&](char const* name, char const* help, std::atomic<std::uint64_t> cache_counts::*which) {
        std::vector<value> by_tier;
        auto const tier = [&](char const* level, cache_counts const& counts) {
            by_tier.emplace_back(level, [&counts, which] { return static_cast<double>((counts.*which).load()); });
        };
        if (auto const* memory = cache->memory()) tier("memory", memory->counts());
        if (auto const* disk = cache->disk()) tier("disk", disk->counts());
        if (auto const* redis = cache->redis()) tier("redis", redis->counts());
        metrics.counts(name, help, "tier", by_tier);
    };
    add("quoin_cache_hits_total", "Results that were found.", &cache_counts::hits);
    add("quoin_cache_misses_total", "Results that were not found.", &cache_counts::misses);
    add("quoin_cache_evictions_total", "Results that made room for others.", &cache_counts::evictions);
    add("quoin_cache_failures_total", "Results that could not be stored, or were damaged.", &cache_counts::failures);
    if (auto const* memory = cache->memory())
        metrics.gauge("quoin_cache_memory_bytes", "Results in memory.",
                      [memory] { return static_cast<double>(memory->bytes()); });
    if (auto const* disk = cache->disk())
        metrics.gauge("quoin_cache_disk_bytes", "Results in files, as far as this process knows.",
                      [disk] { return static_cast<double>(disk->bytes()); });
}

int serve(serve_settings const& s, std::stop_token const& stop) {
    byte_budget budget(memory_of(s)), small(std::size_t{1} << 20);
    service_metrics metrics;
    service_log log(log_level_of(s.log_level), static_cast<std::uint64_t>(s.log_every), STDERR_FILENO);
    image_service service(s, budget, metrics, log);
    http_server server(service, limits_of(s), budget);
    health_service health(metrics);
    http_limits health_limits;
    health_limits.body_bytes = 0;
    health_limits.connections = 64;
    http_server health_server(health, health_limits, small);
    add_gauges(metrics, budget, service, server);
    add_cache_counts(metrics, service.cache());
    metrics.counts("quoin_log_dropped_total", "Lines of the log that nobody took in time.", "",
                   {{"", [&log] { return static_cast<double>(log.dropped()); }}});

    int const port = server.listen(s.host, static_cast<int>(s.port));
    int const health_port = health_server.listen(s.health_host, static_cast<int>(s.health_port));
    print_json({{"host", s.host},
                {"port", port},
                {"health_port", health_port},
                {"workers", service.worker_count()},
                {"memory_mib", static_cast<quoin::index_t>(budget.all() >> 20)}},
               std::cout);

    bool released = true;
    server.every(std::chrono::milliseconds(100), [&] {
        health.beat();
        if (s.release_ms == 0) return;
        bool const rests = service.rests(std::chrono::milliseconds(s.release_ms));
        if (rests && !released) malloc_trim(0);
        released = rests;
    });
    std::optional<std::jthread> ending;
    std::stop_callback const stopped(stop, [&] {
        health.set_ready(false);
        ending.emplace([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(s.grace_ms));
            server.drain();
        });
    });
    health.set_ready(!stop.stop_requested());
    std::jthread const beside([&] { health_server.run(); });
    server.run();
    service.finish(); // before the server ends, to which late answers go
    health_server.abort();
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    command_line line("Answers requests for chains, rectangles, nuclei, tensors and statistics of images over HTTP.",
                      "quoin-serve", footer);
    serve_arguments a;
    line.add("--host", a.host, "The address on which requests are taken; before server.host of the file")
        .type_name("ADDRESS");
    line.add("--port", a.port, "Its port; 0 is any that is free").within(0, 65535).type_name("P");
    line.add("--health-host", a.health_host, "The address of /livez, /readyz and /metrics").type_name("ADDRESS");
    line.add("--health-port", a.health_port, "Its port").within(0, 65535).type_name("Q");
    line.add("--config", a.config, "A file of settings").type_name("FILE.toml");
    line.add_flag("--check-config", a.check, "Check the file and the options, and end");
    line.add_flag("--list-settings", a.list, "Print all settings as such a file, and end");
    std::signal(SIGPIPE, SIG_IGN); // who read the log may go away
    // Work is given up at the second signal; until then all that was taken is answered.
    observation const seen(std::chrono::hours(24));
    return line.run(argc, argv, [&] {
        serve_settings const s = settings_of(a);
        if (a.list) std::cout << settings_text(s);
        if (a.list || a.check) return 0;
        return serve(s, seen.token());
    });
}

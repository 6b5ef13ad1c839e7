// SPDX-License-Identifier: BSL-1.0
// image_service: takes requests within its limits, and has them answered by workers.
#pragma once

#include "batcher.hpp"
#include "cache.hpp"
#include "http_server.hpp"
#include "plans.hpp"
#include "service_log.hpp"
#include "service_metrics.hpp"
#include "single_flight.hpp"

#include <atomic>
#include <list>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace examples {

/// What a query asks for.
struct question {
    std::shared_ptr<plan const> asked;
    std::string text; ///< with which the key of its results begins: two queries with one text ask the same
};

/// Questions by the target of their requests, the least recently used of which are forgotten. Used by one thread.
class plan_cache {
public:
    explicit plan_cache(std::size_t most) : most_(most) {}

    /// @throws usage_error for a query with which nothing can be done, which is not kept.
    question find(endpoint const& at, http_head const& head, serve_settings const& limits);

private:
    using entry = std::pair<std::string, question>;
    std::size_t most_;
    std::list<entry> all_; // the last used first
    std::unordered_map<std::string_view, std::list<entry>::iterator> places_;
};

class image_service : public http_handler {
public:
    image_service(serve_settings const& settings, byte_budget& budget, service_metrics& metrics, service_log& log);
    ~image_service() override { finish(); }

    /// Waits until all that was taken is answered, and takes nothing more.
    void finish();

    std::unique_ptr<http_response> refuse(http_head const& head) override;
    void handle(http_request&& request, std::function<void(http_response&&)> reply) override;
    void answered(http_head const& head, http_response const* answer, std::chrono::nanoseconds time) override;

    std::size_t waiting() const { return queue_.items(); }
    /// Nothing where none is kept.
    result_cache const* cache() const { return cache_ ? &*cache_ : nullptr; }
    int working() const { return working_.load(std::memory_order_relaxed); }
    int worker_count() const { return static_cast<int>(threads_.size()); }
    /// Whether it has had nothing to do for so long.
    bool rests(std::chrono::milliseconds time) const;

private:
    using clock = std::chrono::steady_clock;
    struct work {
        question what;
        http_request request;
        std::vector<std::span<std::byte const>> images; ///< parts of the request's body
        std::function<void(http_response&&)> reply;
        clock::time_point came;
        std::optional<cache_key> key{}; ///< where it is known already
        clock::duration queued{};       ///< how long it waited
    };
    using flights = single_flight<cache_key, work, cache_key::hash>;

    void run();
    /// Answers from the cache, by computing, or when another one has computed the same.
    void serve(work w);
    void compute_for_all(work w);
    http_response computed(work const& w, std::stop_token const& stop, clock::duration& took);
    /// Whether it was answered.
    bool answer_from(std::optional<cached_result> const& found, char const* level, work& w);
    cache_key key_of(work const& w) const;
    /// The settings and the metrics, for the page at /status.
    http_response status();

    serve_settings const settings_;
    byte_budget const& budget_;
    service_metrics& metrics_;
    service_log& log_;
    plan_cache plans_;
    std::optional<result_cache> cache_;
    flights flights_;
    batcher<plan const*, work> queue_;
    std::atomic<int> working_ = 0;
    std::atomic<clock::rep> last_work_;
    std::vector<std::jthread> threads_;
};

/// Answers whether the service lives, whether it is ready for requests, and with its metrics. The names of the Open
/// Inference Protocol are other names of these.
class health_service : public http_handler {
public:
    explicit health_service(service_metrics const& metrics) : metrics_(metrics) { beat(); }

    /// From the thread of the service: it turns.
    void beat() { beaten_ = std::chrono::steady_clock::now().time_since_epoch().count(); }
    void set_ready(bool ready) { ready_ = ready; }

    std::unique_ptr<http_response> refuse(http_head const& head) override;
    void handle(http_request&& request, std::function<void(http_response&&)> reply) override;
    void answered(http_head const&, http_response const*, std::chrono::nanoseconds) override {}

private:
    service_metrics const& metrics_;
    std::atomic<std::chrono::steady_clock::rep> beaten_;
    std::atomic<bool> ready_ = false;
};

} // namespace examples

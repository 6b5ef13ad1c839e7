// SPDX-License-Identifier: BSL-1.0
// The service.
#include "service.hpp"

#include "../common/command_line.hpp"
#include "../common/fastest_policy.hpp"
#include "../common/json.hpp"
#include "../common/program.hpp"
#include "../common/version_text.hpp"
#include "../common/workers.hpp"
#include "../filters/chain.hpp"
#include "multipart.hpp"
#include "pages.hpp"

#include <quoin/core/detail/nearest_word.hpp>
#include <quoin/core/detail/usable_threads.hpp>
#include <quoin/exec/serial.hpp>

#include <algorithm>
#include <new>

namespace examples {

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

endpoint const* endpoint_at(std::string const& path) {
    for (endpoint const& e : endpoints())
        if (path == e.path) return &e;
    return nullptr;
}

/// The refusal of a path or method that there is not.
template <class Paths>
std::unique_ptr<http_response> unknown_path(std::string const& path, Paths const& paths) {
    std::string_view const near = quoin::detail::nearest_word(path, paths);
    std::string text = "there is no " + path;
    if (!near.empty()) text += "; did you mean " + std::string(near) + "?";
    return std::make_unique<http_response>(http_error(404, text));
}
std::unique_ptr<http_response> wrong_method(http_head const& head, bool post) {
    http_response r = http_error(405, head.path + " is for " + (post ? "POST" : "GET") + ", not for " + head.method);
    r.fields.emplace_back("Allow", post ? "POST" : "GET, HEAD");
    return std::make_unique<http_response>(std::move(r));
}
constexpr std::string_view status_path = "/v1/status";

page const* page_at(std::string const& path) {
    for (page const& p : pages())
        if (path == p.path) return &p;
    return nullptr;
}
/// Pages run their own scripts alone, show pictures that they made, and ask this service alone.
http_response page_answer(page const& p) {
    return {200,
            std::string(p.type),
            bytes_of(p.text),
            {{"Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; "
              "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
             {"X-Content-Type-Options", "nosniff"},
             {"Referrer-Policy", "no-referrer"},
             {"Cache-Control", "no-cache"}}};
}

/// The images of a body, as many as are asked for. @throws refusal
std::vector<std::span<std::byte const>> images_of(http_request const& request, std::size_t count) {
    if (count == 0) return {};
    auto const body = request.body.bytes();
    std::string boundary;
    auto fault = read_boundary(request.head.content_type, boundary);
    std::vector<std::string_view> parts;
    if (!fault && boundary.empty()) parts.emplace_back(reinterpret_cast<char const*>(body.data()), body.size());
    else if (!fault)
        fault = read_multipart({reinterpret_cast<char const*>(body.data()), body.size()}, boundary, {.parts = count},
                               parts);
    if (fault) throw refusal{fault->status, fault->message};
    if (parts.size() != count)
        throw refusal{400, std::to_string(count) + " images are read, and " + std::to_string(parts.size()) +
                               " sent; send them as parts of multipart/form-data"};
    std::vector<std::span<std::byte const>> images;
    for (std::string_view const part : parts) images.push_back(std::as_bytes(std::span(part)));
    return images;
}

bool reads(http_head const& head) {
    return head.method == "GET" || head.method == "HEAD";
}

/// A query as a text: the name of the endpoint, and the options by name; the chain as any_pipeline writes it.
std::string text_of(endpoint const& at, http_query query) {
    std::stable_sort(query.begin(), query.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
    std::string text = "quoin " + version_text() + '\n' + at.name + '\n';
    for (auto const& [name, value] : query)
        text += name + '=' + (name == "chain" ? parse_chain(value).text() : value) + '\n';
    return text;
}

cache_limits limits_of_cache(serve_settings const& s) {
    std::chrono::seconds const life(s.cache_life_s);
    return {.memory_bytes = static_cast<std::size_t>(s.cache_memory_mib) << 20,
            .disk = {s.cache_folder, static_cast<std::uint64_t>(s.cache_disk_mib) << 20, life},
            .redis = {.host = s.cache_redis_host,
                      .port = static_cast<int>(s.cache_redis_port),
                      .most_bytes = static_cast<std::size_t>(s.cache_redis_kib) << 10,
                      .time = std::chrono::milliseconds(s.cache_redis_ms),
                      .life = life},
            .memory_per_mib = std::chrono::microseconds(s.cache_memory_us_per_mib),
            .disk_per_mib = std::chrono::microseconds(s.cache_disk_us_per_mib),
            .redis_per_mib = std::chrono::microseconds(s.cache_redis_us_per_mib),
            .life = life,
            .digest = s.cache_digest == "xxh3" ? body_digest::xxh3 : body_digest::sha256};
}

batch_limits queue_limits(serve_settings const& s, byte_budget const& budget) {
    return {.items = static_cast<std::size_t>(s.queue_requests),
            .bytes = budget.all(),
            .age = std::chrono::milliseconds(s.queue_ms),
            .batch = static_cast<std::size_t>(s.batch),
            .wait = std::chrono::microseconds(s.batch_wait_us)};
}

} // namespace

question plan_cache::find(endpoint const& at, http_head const& head, serve_settings const& limits) {
    if (auto const there = places_.find(head.target); there != places_.end()) {
        all_.splice(all_.begin(), all_, there->second);
        return all_.front().second;
    }
    question const fresh{at.read(head.query, limits), text_of(at, head.query)};
    if (most_ == 0) return fresh;
    if (all_.size() == most_) {
        places_.erase(all_.back().first);
        all_.pop_back();
    }
    all_.emplace_front(head.target, fresh);
    places_.emplace(all_.front().first, all_.begin());
    return fresh;
}

image_service::image_service(serve_settings const& settings, byte_budget& budget, service_metrics& metrics,
                             service_log& log)
    : settings_(settings), budget_(budget), metrics_(metrics), log_(log),
      plans_(static_cast<std::size_t>(settings.chains)), queue_(queue_limits(settings, budget)),
      last_work_(clock::now().time_since_epoch().count()) {
    if (settings.cache_memory_mib > 0 || !settings.cache_folder.empty() || !settings.cache_redis_host.empty())
        cache_.emplace(limits_of_cache(settings));
    int const count = settings.workers > 0 ? static_cast<int>(settings.workers) : quoin::detail::usable_threads();
    for (int i = 0; i < count; ++i) threads_.emplace_back([this] { run(); });
}

void image_service::finish() {
    queue_.close();
    threads_.clear();
}

std::unique_ptr<http_response> image_service::refuse(http_head const& head) {
    bool const is_page = page_at(head.path) || head.path == status_path;
    endpoint const* const at = endpoint_at(head.path);
    if (!at && !is_page) {
        std::vector<std::string_view> paths{status_path};
        for (page const& p : pages()) paths.emplace_back(p.path);
        for (endpoint const& e : endpoints()) paths.emplace_back(e.path);
        return unknown_path(head.path, paths);
    }
    bool const takes_body = at && at->takes_body;
    if (takes_body ? head.method != "POST" : !reads(head)) return wrong_method(head, takes_body);
    if (!takes_body && head.has_body())
        return std::make_unique<http_response>(http_error(400, head.path + " takes no body"));
    if (is_page) return nullptr;
    if (takes_body && !head.chunked && !head.content_length)
        return std::make_unique<http_response>(http_error(411, "the request has no Content-Length; send an image"));
    try { // before a body is read that nothing can be done with
        plans_.find(*at, head, settings_);
        std::string boundary;
        auto const fault = read_boundary(head.content_type, boundary);
        return fault ? std::make_unique<http_response>(http_error(fault->status, fault->message)) : nullptr;
    } catch (usage_error const& e) {
        return std::make_unique<http_response>(http_error(400, e.what()));
    }
}

void image_service::handle(http_request&& request, std::function<void(http_response&&)> reply) {
    if (auto const* const page = page_at(request.head.path)) return reply(page_answer(*page));
    if (request.head.path == status_path) return reply(status());
    try {
        work w{plans_.find(*endpoint_at(request.head.path), request.head, settings_),
               std::move(request),
               {},
               std::move(reply),
               clock::now()};
        reply = w.reply;
        if (w.what.asked->images() == 0) { // nothing to compute, and nothing to wait for
            plan::times unused;
            return reply(w.what.asked->answer(workers(quoin::serial{}), {}, unused));
        }
        // What is found at once takes no place in the queue, and no memory for its computing.
        if (cache_ && cache_->is_quick(w.request.body.size())) {
            w.key = key_of(w);
            if (answer_from(cache_->find_in_memory(*w.key, true), "memory", w)) return;
        }
        w.images = images_of(w.request, w.what.asked->images());
        std::size_t const bytes = w.request.body.capacity() + w.what.asked->memory(w.images);
        if (bytes > budget_.all())
            return reply(http_error(413, "the request takes up to " + std::to_string(bytes / mebibyte + 1) +
                                             " MiB, and all requests together may hold " +
                                             std::to_string(budget_.all() / mebibyte) + " MiB"));
        if (!w.request.charge.grow_to(bytes))
            return reply(http_error(429, "other requests hold the memory; come back in a moment"));
        using enum batcher<plan const*, work>::outcome;
        plan const* const kind = w.what.asked.get();
        auto const deadline = w.request.deadline;
        auto const came = w.came;
        switch (queue_.push(kind, w, bytes, deadline, came)) {
        case taken:
            return;
        case closed:
            return reply(http_error(503, "the service is about to end"));
        default:
            return reply(http_error(429, "too many requests wait; come back in a moment"));
        }
    } catch (refusal const& r) {
        reply(http_error(r.status, r.message));
    } catch (usage_error const& e) {
        reply(http_error(400, e.what()));
    } catch (std::exception const& e) {
        reply(http_error(500, without_functions(e.what())));
    }
}

http_response image_service::status() {
    json_object settings;
    serve_settings now = settings_;
    for (setting const& s : settings_in(now)) {
        // Whoever may send requests need not know the machine's addresses and folders.
        if (std::holds_alternative<std::string*>(s.value) && s.words.empty()) continue;
        json_value const value = std::visit([](auto const* v) { return json_value(*v); }, s.value);
        settings.emplace_back(s.name, json_object{{"value", value}, {"about", s.text}});
    }
    return {200, "application/json",
            bytes_of(json_text({{"settings", std::move(settings)}, {"metrics", metrics_.text()}}) + "\n")};
}

void image_service::answered(http_head const& head, http_response const* answer, std::chrono::nanoseconds time) {
    endpoint const* const at = endpoint_at(head.path);
    bool const is_page = page_at(head.path) || head.path == status_path;
    char const* const name = at ? at->name : is_page ? "page" : "";
    int const status = answer ? answer->status : 499;
    metrics_.request(name, status, time);
    if (!log_.takes(status)) return;
    answer_record record{.time = std::chrono::system_clock::now(),
                         .endpoint = name,
                         .traceparent = head.traceparent,
                         .status = status,
                         .ms = std::chrono::duration<double, std::milli>(time).count(),
                         .bytes_in = head.content_length.value_or(0)};
    if (answer) {
        record.steps = answer->origin.steps;
        record.cache = answer->origin.cache;
        record.bytes_out = answer->body.size();
    }
    log_.answer(std::move(record));
}

bool image_service::rests(std::chrono::milliseconds time) const {
    return working() == 0 && waiting() == 0 &&
           clock::now().time_since_epoch().count() - last_work_ >
               std::chrono::duration_cast<clock::duration>(time).count();
}

void image_service::run() {
    while (auto batch = queue_.wait_and_take({})) {
        working_.fetch_add(1, std::memory_order_relaxed);
        metrics_.batch(batch->items.size());
        for (work& w : batch->late) w.reply(http_error(504, "the request waited longer than its time"));
        for (work& w : batch->items) serve(std::move(w));
        batch.reset();
        last_work_ = clock::now().time_since_epoch().count();
        working_.fetch_sub(1, std::memory_order_relaxed);
    }
}

cache_key image_service::key_of(work const& w) const {
    // The parts of a body are told by their boundary.
    std::string boundary;
    read_boundary(w.request.head.content_type, boundary);
    return cache_->key(boundary.empty() ? w.what.text : w.what.text + "parts " + boundary, w.request.body.bytes());
}

bool image_service::answer_from(std::optional<cached_result> const& found, char const* level, work& w) {
    if (!found || !w.request.charge.grow_to(w.request.body.capacity() + found->bytes.size())) return false;
    w.request.body = {};
    w.reply({200, found->type, found->bytes, {}, std::move(w.request.charge), {{}, level}});
    return true;
}

void image_service::serve(work w) {
    w.queued = clock::now() - w.came;
    metrics_.step(request_step::queue, w.queued);
    if (!cache_) return compute_for_all(std::move(w));
    try {
        if (!w.key) w.key = key_of(w);
        if (answer_from(cache_->find_in_memory(*w.key), "memory", w)) return;
        if (answer_from(cache_->find_in_files(*w.key), "disk", w)) return;
        if (answer_from(cache_->find_in_redis(*w.key), "redis", w)) return;
    } catch (std::exception const&) {
        // Without a key or memory for what was found it is computed, and fails there if it must.
    }
    compute_for_all(std::move(w));
}

void image_service::compute_for_all(work w) {
    std::shared_ptr<flights::flight> flight;
    if (w.key && !(flight = flights_.join(*w.key, w.request.stop, w))) return; // another one computes it
    clock::duration took{};
    http_response answer = computed(w, flight ? flight->token() : w.request.stop, took);
    if (flight) {
        if (answer.status == 200 && answer.fields.empty()) cache_->put(*w.key, {answer.type, answer.body}, took);
        for (work& follower : flights_.land(flight)) {
            if (answer.status >= 500) compute_for_all(std::move(follower)); // it need not fail again
            else {
                http_response same{answer.status, answer.type, answer.body, answer.fields, {}, {{}, "flight"}};
                follower.request.body = {};
                same.charge = std::move(follower.request.charge);
                follower.reply(std::move(same));
            }
        }
    }
    w.request.body = {};
    answer.charge = std::move(w.request.charge);
    w.reply(std::move(answer));
}

http_response image_service::computed(work const& w, std::stop_token const& stop, clock::duration& took) {
    try {
        if (stop.stop_requested()) throw quoin::canceled("nobody waits");
        plan::times taken;
        workers const policy(fastest_policy(static_cast<int>(settings_.threads)), stop);
        http_response answer = w.what.asked->answer(policy, w.images, taken);
        auto const count = [&](request_step s, double ms) {
            auto const time = std::chrono::nanoseconds(static_cast<std::int64_t>(ms * 1e6));
            metrics_.step(s, time);
            took += time;
        };
        count(request_step::decode, taken.decode);
        count(request_step::compute, taken.compute);
        count(request_step::encode, taken.encode);
        answer.origin.steps = {{"queue", std::chrono::duration<double, std::milli>(w.queued).count()},
                               {"decode", taken.decode},
                               {"compute", taken.compute},
                               {"encode", taken.encode}};
        return answer;
    } catch (refusal const& r) {
        return http_error(r.status, r.message);
    } catch (quoin::canceled const&) {
        return http_error(504, "the request was given up"); // its client is gone, or was told
    } catch (std::bad_alloc const&) {
        return http_error(503, "the system has no memory left for this image");
    } catch (std::exception const& e) {
        return http_error(500, without_functions(e.what()));
    }
}

std::unique_ptr<http_response> health_service::refuse(http_head const& head) {
    static constexpr std::string_view paths[] = {"/livez", "/readyz", "/v2/health/live", "/v2/health/ready",
                                                 "/metrics"};
    if (std::find(std::begin(paths), std::end(paths), head.path) == std::end(paths))
        return unknown_path(head.path, paths);
    if (!reads(head)) return wrong_method(head, false);
    return nullptr;
}

void health_service::handle(http_request&& request, std::function<void(http_response&&)> reply) {
    std::string const& path = request.head.path;
    if (path == "/metrics") return reply({200, "text/plain; version=0.0.4; charset=utf-8", bytes_of(metrics_.text())});
    bool const lives = std::chrono::steady_clock::now().time_since_epoch().count() - beaten_ <
                       std::chrono::steady_clock::duration(std::chrono::seconds(2)).count();
    bool const asks_ready = path == "/readyz" || path == "/v2/health/ready";
    if (lives && (!asks_ready || ready_)) return reply({200, "text/plain", bytes_of("ok\n")});
    reply(http_error(503, lives ? "the service is not ready for requests" : "the service does not turn"));
}

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// http_server: connections, and requests one after the other on each, within limits of time and memory.
#pragma once

#include "budget.hpp"
#include "bytes.hpp"
#include "http_text.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace examples {

struct http_request {
    http_head head;
    byte_buffer body;
    byte_charge charge; ///< for the body; whoever needs more memory for the request lets it grow
    std::chrono::steady_clock::time_point deadline;
    std::stop_token stop; ///< the client is gone, or the deadline is over
};

/// How an answer came about, for whoever is told of it.
struct answer_origin {
    std::vector<std::pair<char const*, double>> steps{}; ///< their names and times, ms
    char const* cache = "";                              ///< where it was kept; empty: nowhere
};

struct http_response {
    int status = 200;
    std::string type = "application/json";
    shared_bytes body{};
    std::vector<std::pair<std::string, std::string>> fields{}; ///< further lines of the head
    byte_charge charge{};                                      ///< for the body
    answer_origin origin{};
};

/// {"error": message}, as the Open Inference Protocol has it.
http_response http_error(int status, std::string const& message);
std::vector<std::byte> bytes_of(std::string_view text);

/// What a server does with requests. All but `reply` is called by the thread of the server.
class http_handler {
public:
    virtual ~http_handler() = default;
    /// Before the body is read, for which memory is taken only then: the answer to a head that is refused.
    virtual std::unique_ptr<http_response> refuse(http_head const& head) = 0;
    /// Answers by one call of reply, at once or later, on any thread.
    virtual void handle(http_request&& request, std::function<void(http_response&&)> reply) = 0;
    /// Each request is told once: with its answer, or with none where the client went away before it.
    virtual void answered(http_head const& head, http_response const* answer, std::chrono::nanoseconds time) = 0;
};

struct http_limits {
    std::size_t head_bytes = 8192;
    std::size_t body_bytes = std::size_t{64} << 20;
    std::size_t connections = 4096;
    int socket_bytes = 0; ///< that the system holds for a connection in each direction; 0: what it chooses
    std::chrono::milliseconds idle{60'000};    ///< until the first byte of a request
    std::chrono::milliseconds head{10'000};    ///< from there to the end of the head
    std::chrono::milliseconds body{30'000};    ///< from there to the end of the body
    std::chrono::milliseconds request{30'000}; ///< from there to the answer
    std::chrono::milliseconds answer{60'000};  ///< from there until the client has taken it
};

/// Serves HTTP/1.1 on one thread; the handler may have others. It answers what is wrong with a request itself: 400 for
/// a head that read_http_head() refuses, 408 for one that comes too slowly, 413 for a body above the limit, 431 for a
/// long head, 429 where the budget has no memory for the body, 503 above so many connections, and 504 where the
/// deadline of a request is over, whose work is then asked to stop, as it is when its client goes away.
class http_server {
public:
    http_server(http_handler& handler, http_limits const& limits, byte_budget& budget);
    ~http_server();
    http_server(http_server const&) = delete;
    http_server& operator=(http_server const&) = delete;

    /// Begins to listen. Port 0 is any that is free. @returns the port. @throws std::runtime_error with the system's
    /// reason.
    int listen(std::string const& host, int port);

    /// Serves until drain() was called and the last answer is sent, or abort().
    void run();

    /// From any thread: takes no new connections and no further requests on those that there are.
    void drain();
    /// From any thread: leaves all connections.
    void abort();
    /// From any thread: calls f on the thread of run().
    void post(std::function<void()> f);
    /// On the thread of run(): calls f again and again, until run() ends.
    void every(std::chrono::milliseconds period, std::function<void()> f);

    std::size_t connections() const;

private:
    class state;
    std::unique_ptr<state> state_;
};

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// service_metrics: what a service counts, and the text in which Prometheus reads it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace examples {

/// The steps of a request whose time is counted.
enum class request_step { queue, decode, compute, encode };

/// Counts of requests by endpoint and outcome, and their times. The functions may be called by several threads. Labels
/// come from closed sets, never from a client.
class service_metrics {
public:
    service_metrics();
    ~service_metrics();

    /// A request of an endpoint, or of none that there is: "".
    void request(std::string const& endpoint, int status, std::chrono::nanoseconds time);
    void step(request_step s, std::chrono::nanoseconds time);
    void batch(std::size_t requests);
    /// A number that is read when the text is made.
    void gauge(char const* name, char const* help, std::function<double()> read);

    /// Counts that are read when the text is made, by the value of a label, or without one. What is read never gets
    /// less.
    void counts(char const* name, char const* help, char const* label,
                std::vector<std::pair<std::string, std::function<double()>>> const& by_value);

    /// In Prometheus' text format.
    std::string text() const;

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace examples

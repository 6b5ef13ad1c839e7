// SPDX-License-Identifier: BSL-1.0
// The one place that includes prometheus-cpp.
#include "service_metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/summary.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <vector>

namespace examples {

namespace {

prometheus::Histogram::BucketBoundaries const& seconds() {
    static prometheus::Histogram::BucketBoundaries const all{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                             0.25,  0.5,    1,     2.5,  5,     10};
    return all;
}

char const* outcome_of(int status) {
    switch (status) {
    case 200:
        return "ok";
    case 408:
        return "slow_client";
    case 413:
        return "too_large";
    case 415:
        return "unknown_type";
    case 422:
        return "damaged";
    case 429:
        return "queue_full";
    case 499:
        return "client_gone";
    case 503:
        return "unavailable";
    case 504:
        return "deadline";
    default:
        return status < 300 ? "ok" : status < 500 ? "bad_request" : "error";
    }
}

double in_seconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double>(time).count();
}

} // namespace

struct service_metrics::state {
    using histograms = prometheus::Family<prometheus::Histogram>;

    state()
        : requests(prometheus::BuildCounter()
                       .Name("quoin_requests_total")
                       .Help("Requests by endpoint and outcome.")
                       .Register(registry)),
          durations(prometheus::BuildHistogram()
                        .Name("quoin_request_duration_seconds")
                        .Help("From the first byte of a request to its answer.")
                        .Register(registry)),
          steps(prometheus::BuildHistogram()
                    .Name("quoin_stage_duration_seconds")
                    .Help("Time in the queue, and to decode, compute and encode.")
                    .Register(registry)),
          batches(prometheus::BuildHistogram()
                      .Name("quoin_batch_size")
                      .Help("Requests that a worker took together.")
                      .Register(registry)
                      .Add({}, prometheus::Histogram::BucketBoundaries{1, 2, 4, 8, 16, 32, 64, 128})) {
        auto& quantiles = prometheus::BuildSummary()
                              .Name("quoin_stage_quantile_seconds")
                              .Help("Quantiles of the stages' times in this process during the last minute.")
                              .Register(registry);
        for (char const* name : {"queue", "decode", "compute", "encode"}) {
            step.push_back(&steps.Add({{"stage", name}}, seconds()));
            quantile.push_back(&quantiles.Add({{"stage", name}},
                                              prometheus::Summary::Quantiles{{0.5, 0.02}, {0.95, 0.005}, {0.99, 0.001}},
                                              std::chrono::minutes(1), 4));
        }
    }

    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests;
    histograms &durations, &steps;
    prometheus::Histogram& batches;
    std::vector<prometheus::Histogram*> step;
    std::vector<prometheus::Summary*> quantile;
    std::vector<std::pair<prometheus::Gauge*, std::function<double()>>> gauges;
    std::vector<std::pair<prometheus::Counter*, std::function<double()>>> counters;
    std::mutex reading;
};

service_metrics::service_metrics() : state_(std::make_unique<state>()) {}
service_metrics::~service_metrics() = default;

void service_metrics::request(std::string const& endpoint, int status, std::chrono::nanoseconds time) {
    std::string const name = endpoint.empty() ? "none" : endpoint;
    state_->requests.Add({{"endpoint", name}, {"outcome", outcome_of(status)}}).Increment();
    state_->durations.Add({{"endpoint", name}}, seconds()).Observe(in_seconds(time));
}
void service_metrics::step(request_step s, std::chrono::nanoseconds time) {
    state_->step[static_cast<std::size_t>(s)]->Observe(in_seconds(time));
    state_->quantile[static_cast<std::size_t>(s)]->Observe(in_seconds(time));
}
void service_metrics::batch(std::size_t requests) {
    state_->batches.Observe(static_cast<double>(requests));
}
void service_metrics::gauge(char const* name, char const* help, std::function<double()> read) {
    auto& all = prometheus::BuildGauge().Name(name).Help(help).Register(state_->registry);
    state_->gauges.emplace_back(&all.Add({}), std::move(read));
}

void service_metrics::counts(char const* name, char const* help, char const* label,
                             std::vector<std::pair<std::string, std::function<double()>>> const& by_value) {
    auto& all = prometheus::BuildCounter().Name(name).Help(help).Register(state_->registry);
    for (auto const& [value, read] : by_value)
        state_->counters.emplace_back(&all.Add(*label ? prometheus::Labels{{label, value}} : prometheus::Labels()),
                                      read);
}

std::string service_metrics::text() const {
    std::lock_guard const lock(state_->reading);
    for (auto const& [counter, read] : state_->counters) counter->Increment(read() - counter->Value());
    for (auto const& [gauge, read] : state_->gauges) gauge->Set(read());
    return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

} // namespace examples

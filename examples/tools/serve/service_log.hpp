// SPDX-License-Identifier: BSL-1.0
// service_log: a line of JSON for each answer, with the times of its steps and the trace that it belongs to.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace examples {

/// Which answers are written: none, those of a status from 500 on, from 400 on, or all.
enum class log_level { off, error, warning, info };

/// One answer.
struct answer_record {
    std::chrono::system_clock::time_point time{};
    std::string endpoint{};    ///< empty: none that there is
    std::string traceparent{}; ///< of the request, in the form of W3C Trace Context; empty: it begins a trace
    int status = 200;
    double ms = 0;                                       ///< from the first byte of the request
    std::vector<std::pair<char const*, double>> steps{}; ///< their names and times, ms
    std::string cache{};                                 ///< where the answer was kept; empty: it was computed
    std::uint64_t bytes_in = 0, bytes_out = 0;
};

/// Writes records as lines on a thread of its own, so that nobody waits for who reads them. Where a thousand lines wait
/// further ones are dropped, and counted. The functions may be called by several threads.
class service_log {
public:
    /// Of the answers with one status each `every`-th is written.
    service_log(log_level level, std::uint64_t every, int file);
    ~service_log(); ///< writes what waits, as far as that takes no longer than a second

    /// Whether an answer with this status may be written.
    bool takes(int status) const;
    void answer(answer_record&& record);
    std::uint64_t dropped() const;

private:
    void run(std::stop_token const& stop);
    bool write(std::string const& line, std::stop_token const& stop);

    log_level const level_;
    std::uint64_t const every_;
    int const file_; // a number of the system
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::map<int, std::uint64_t> seen_; // by status
    std::deque<answer_record> waiting_;
    std::uint64_t dropped_ = 0;
    std::chrono::steady_clock::time_point end_{}; // of what is written after the stop
    std::jthread thread_;
};

} // namespace examples

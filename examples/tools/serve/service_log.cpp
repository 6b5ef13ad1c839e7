// SPDX-License-Identifier: BSL-1.0
// The lines of the log.
#include "service_log.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <ctime>
#include <random>

namespace examples {

namespace {

constexpr std::size_t most_waiting = 1000;

log_level level_of(int status) {
    return status >= 500 ? log_level::error : status >= 400 ? log_level::warning : log_level::info;
}
char const* name_of(log_level level) {
    constexpr char const* names[] = {"off", "error", "warning", "info"};
    return names[static_cast<int>(level)];
}

/// As 2026-11-30T22:41:25.123Z.
std::string utc(std::chrono::system_clock::time_point time) {
    auto const ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    std::time_t const seconds = ms / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[40];
    std::size_t const size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(text + size, sizeof text - size, ".%03dZ", static_cast<int>(ms % 1000));
    return text;
}

std::string hex(std::mt19937_64& random, int words) {
    std::string all;
    for (int i = 0; i < words; ++i) {
        char text[17];
        std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(random()));
        all += text;
    }
    return all;
}

/// No text in it needs an escape: names are the program's own, and a trace has digits.
std::string line_of(answer_record const& r, std::mt19937_64& random) {
    std::string line = "{";
    auto const put = [&](std::string const& name, std::string const& value) {
        line += (line.back() == '{' ? "\"" : ",\"") + name + "\":" + value;
    };
    auto const text = [](std::string const& value) { return '"' + value + '"'; };
    auto const ms = [](double value) {
        char number[40];
        std::snprintf(number, sizeof number, "%.3f", value);
        return std::string(number);
    };
    put("time", text(utc(r.time)));
    put("level", text(name_of(level_of(r.status))));
    put("event", text("answer"));
    put("endpoint", text(r.endpoint.empty() ? "none" : r.endpoint));
    put("status", std::to_string(r.status));
    put("ms", ms(r.ms));
    if (!r.steps.empty()) {
        put("steps_ms", "{");
        for (auto const& [name, time] : r.steps) put(name, ms(time));
        line += '}';
    }
    if (!r.cache.empty()) put("cache", text(r.cache));
    put("bytes_in", std::to_string(r.bytes_in));
    put("bytes_out", std::to_string(r.bytes_out));
    bool const traced = !r.traceparent.empty();
    put("trace_id", text(traced ? r.traceparent.substr(3, 32) : hex(random, 2)));
    if (traced) put("parent_id", text(r.traceparent.substr(36, 16)));
    put("span_id", text(hex(random, 1)));
    return line + "}\n";
}

} // namespace

service_log::service_log(log_level level, std::uint64_t every, int file) : level_(level), every_(every), file_(file) {
    if (level != log_level::off) thread_ = std::jthread([this](std::stop_token const& stop) { run(stop); });
}
service_log::~service_log() = default;

bool service_log::takes(int status) const {
    return level_of(status) <= level_;
}

void service_log::answer(answer_record&& record) {
    if (!takes(record.status)) return;
    {
        std::lock_guard const lock(mutex_);
        if (seen_[record.status]++ % every_ != 0) return;
        if (waiting_.size() == most_waiting) {
            ++dropped_;
            return;
        }
        waiting_.push_back(std::move(record));
    }
    changed_.notify_one();
}

std::uint64_t service_log::dropped() const {
    std::lock_guard const lock(mutex_);
    return dropped_;
}

void service_log::run(std::stop_token const& stop) {
    std::mt19937_64 random{std::random_device()() * std::uint64_t{0x9e3779b97f4a7c15} ^ std::random_device()()};
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [&] { return !waiting_.empty(); }) || !waiting_.empty()) {
        answer_record const next = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        bool const written = write(line_of(next, random), stop);
        lock.lock();
        if (!written) ++dropped_;
    }
}

/// A pipe for which poll() says so takes PIPE_BUF bytes at once, and a line has less. So this waits for nobody who does
/// not read.
bool service_log::write(std::string const& line, std::stop_token const& stop) {
    using clock = std::chrono::steady_clock;
    for (std::size_t done = 0; done < line.size();) {
        if (stop.stop_requested()) {
            if (end_ == clock::time_point()) end_ = clock::now() + std::chrono::seconds(1);
            if (clock::now() > end_) return false;
        }
        pollfd ready{file_, POLLOUT, 0};
        if (::poll(&ready, 1, 100) <= 0) continue;
        ssize_t const n = ::write(file_, line.data() + done, std::min<std::size_t>(line.size() - done, PIPE_BUF));
        if (n < 0 && errno != EINTR && errno != EAGAIN) return false;
        if (n > 0) done += static_cast<std::size_t>(n);
    }
    return true;
}

} // namespace examples

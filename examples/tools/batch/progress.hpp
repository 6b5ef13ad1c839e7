// SPDX-License-Identifier: BSL-1.0
// What is seen of a run while it runs: failures at once, a bar on a terminal, a line now and then elsewhere.
#pragma once

#include "summary.hpp"

#include <condition_variable>
#include <iostream>
#include <thread>

namespace examples {

/// Watches a run from a thread of its own, from construction to destruction.
class run_monitor {
public:
    using clock = std::chrono::steady_clock;

    /// `give_up` is called, and must not return, where the run does not end soon after a stop was requested. Lines
    /// begin with `what`; failures are told where `failures`.
    run_monitor(std::vector<file_record*> const& files, std::stop_token stop, std::function<void()> give_up,
                char const* what = "", bool failures = true)
        : stop_(std::move(stop)), give_up_(std::move(give_up)), what_(what), failures_(failures), total_(files.size()),
          start_(clock::now()) {
        for (file_record const* r : files) bytes_ += r->version.bytes + per_file;
        thread_ = std::thread([this] { watch(); });
    }
    ~run_monitor() {
        {
            std::lock_guard const lock(mutex_);
            ended_ = true;
        }
        changed_.notify_all();
        thread_.join();
        clear();
    }
    run_monitor(run_monitor const&) = delete;
    run_monitor& operator=(run_monitor const&) = delete;

    void finished(file_record const& r) {
        std::lock_guard const lock(mutex_);
        ++done_;
        bytes_done_ += r.version.bytes + per_file;
        bool const bad = r.status == file_status::failed || r.status == file_status::oversized;
        failed_ += bad;
        if (!failures_) return;
        if (!bad && (r.status != file_status::done || r.message.empty())) return;
        clear();
        report("quoin-batch", r.name.string() + ": " + to_string(r.status) + ": " + r.message);
    }

private:
    /// What a file costs beside its bytes, for the time that is left.
    static constexpr quoin::index_t per_file = 4096;

    void watch() {
        std::unique_lock lock(mutex_);
        auto next_line = start_ + std::chrono::seconds(10);
        clock::time_point stopped{};
        while (!changed_.wait_for(lock, std::chrono::milliseconds(100), [this] { return ended_; })) {
            auto const now = clock::now();
            if (stop_.stop_requested()) {
                if (stopped == clock::time_point{}) stopped = now;
                if (now - stopped > std::chrono::milliseconds(500)) {
                    clear();
                    lock.unlock();
                    give_up_();
                }
            }
            if (terminal_) {
                std::cerr << "\r\033[K" << bar() << text(now) << std::flush;
                shown_ = true;
            } else if (now >= next_line) {
                std::cerr << text(now) << '\n';
                next_line = now + std::chrono::seconds(10);
            }
        }
    }

    void clear() {
        if (shown_) std::cerr << "\r\033[K" << std::flush;
        shown_ = false;
    }
    std::string bar() const {
        constexpr std::size_t width = 24;
        std::size_t const filled = done_ * width / std::max<std::size_t>(total_, 1);
        return "[" + std::string(filled, '#') + std::string(width - filled, '.') + "] ";
    }
    std::string text(clock::time_point now) const {
        double const ms = std::chrono::duration<double, std::milli>(now - start_).count();
        std::string line = what_ + std::to_string(done_) + "/" + std::to_string(total_) + " files";
        if (failed_ > 0) line += ", " + std::to_string(failed_) + " failed";
        line += ", " + fixed(static_cast<double>(done_) * 1000 / ms, 1) + " files/s";
        double const left = static_cast<double>(bytes_ - bytes_done_);
        if (bytes_done_ > 0) line += ", " + duration_text(ms * left / static_cast<double>(bytes_done_)) + " left";
        return line;
    }

    std::stop_token stop_;
    std::function<void()> give_up_;
    std::string what_;
    bool failures_;
    std::size_t total_, done_ = 0, failed_ = 0;
    quoin::index_t bytes_ = 0, bytes_done_ = 0;
    clock::time_point start_;
    bool const terminal_ = isatty(STDERR_FILENO) != 0;
    bool shown_ = false, ended_ = false;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::thread thread_;
};

} // namespace examples

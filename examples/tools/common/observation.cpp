// SPDX-License-Identifier: BSL-1.0
// The thread that waits for signals, and the file of --trace.
#include "observation.hpp"

#include "program.hpp"

#include <quoin/io/atomic_file.hpp>
#include <quoin/observe/trace.hpp>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <thread>
#include <utility>

namespace examples {

namespace {

std::atomic<int> stopped_by{0};
std::mutex telling;
bool told = false; // guarded by it

} // namespace

int interrupted_status() {
    return 128 + stopped_by;
}

void tell_interrupted(std::string const& program) {
    std::lock_guard const lock(telling);
    if (!told) report(program, "interrupted, no partial file is left");
    told = true;
}

void tell_no_interruption() {
    std::lock_guard const lock(telling);
    told = true;
}

/// Signals are waited for on a thread, since a signal handler may do next to nothing. Threads that are started later
/// inherit that they are blocked for them.
class interruption {
public:
    explicit interruption(std::chrono::milliseconds patience) : patience_(patience) {
        sigemptyset(&signals_);
        sigaddset(&signals_, wake_up);
        for (int const signal : {SIGINT, SIGTERM, SIGHUP}) {
            struct sigaction action;
            if (sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_DFL) sigaddset(&signals_, signal);
        }
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
        waiting_ = std::thread([this] { wait(); });
    }
    ~interruption() {
        ended_ = true;
        pthread_kill(waiting_.native_handle(), wake_up);
        waiting_.join();
        // The signals stay blocked: the program ends, with a status that is known.
    }
    interruption(interruption const&) = delete;
    interruption& operator=(interruption const&) = delete;

    std::stop_token token() const { return source_.get_token(); }

    void when_given_up(std::function<void()> f) {
        std::lock_guard const lock(mutex_);
        when_given_up_ = std::move(f);
    }

private:
    using clock = std::chrono::steady_clock;
    static constexpr int wake_up = SIGUSR1;

    /// The next signal that requests a stop; 0 where there is none until then, or at the end of the program.
    int next(clock::time_point until) const {
        while (!ended_ && clock::now() < until) {
            auto const left = std::min<clock::duration>(until - clock::now(), std::chrono::hours(1));
            auto const ns = std::max<long long>(std::chrono::nanoseconds(left).count(), 0);
            timespec const time{static_cast<time_t>(ns / 1'000'000'000), static_cast<long>(ns % 1'000'000'000)};
            int const signal = sigtimedwait(&signals_, nullptr, &time);
            if (signal > 0 && signal != wake_up) return signal;
        }
        return 0;
    }

    void wait() {
        int const first = next(clock::time_point::max());
        if (first == 0) return;
        stopped_by = first;
        source_.request_stop();
        auto& files = quoin::detail::temporary_files::of_program();
        int second = next(clock::now() + patience_);
        while (!ended_ && second == 0 && files.direct > 0) second = next(clock::now() + std::chrono::milliseconds(20));
        if (ended_) return;
        std::lock_guard const lock(mutex_);
        files.give_up();
        if (when_given_up_) when_given_up_();
        if (isatty(STDERR_FILENO) != 0) std::cerr << "\r\033[K"; // of a bar
        tell_interrupted(program_invocation_short_name);
        std::_Exit(interrupted_status());
    }

    std::chrono::milliseconds patience_;
    sigset_t signals_{};
    std::stop_source source_;
    std::function<void()> when_given_up_;
    std::mutex mutex_;
    std::atomic<bool> ended_{false};
    std::thread waiting_;
};

observation::observation(std::chrono::milliseconds patience)
    : interruption_(std::make_unique<interruption>(patience)), trace_(std::make_unique<quoin::trace>()) {}
observation::~observation() = default;

void observation::add_options(command_line& line) {
    line.add("--trace", file_,
             "Write when each thread computed what, for chrome://tracing and Perfetto, and print "
             "the time of each stage on stderr; of the last evaluation")
        .type_name("FILE.json");
}
std::stop_token observation::token() const {
    return interruption_->token();
}
void observation::when_given_up(std::function<void()> f) const {
    interruption_->when_given_up(std::move(f));
}
void observation::restart() const {
    if (trace()) trace_->clear();
}
void observation::check() const {
    if (token().stop_requested()) throw quoin::canceled("stopped between two steps");
}
void observation::write() const {
    if (!trace()) return;
    quoin::atomic_file out(file_, "writing");
    trace_->write_chrome(out);
    out.commit();
    std::cerr << trace_->table() << std::flush;
}

} // namespace examples

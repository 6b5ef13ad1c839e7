// SPDX-License-Identifier: BSL-1.0
// observation: what the executables see of their evaluations: --trace, and Ctrl-C as a request to stop.
#pragma once

#include <quoin/exec/any_policy.hpp>
#include <quoin/io/atomic_file.hpp>
#include <quoin/observe/trace.hpp>
#include <quoin/observe/watched.hpp>

#include <CLI/CLI.hpp>

#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <iostream>
#include <string>
#include <thread>

namespace examples {

/// The first SIGINT requests a stop, a second one ends the program as usual. The signal is waited for on a thread,
/// since a signal handler may do next to nothing. Threads that are started later inherit that it is blocked for them;
/// where the program was started with SIGINT ignored, it stays ignored.
class interruption {
public:
    interruption() {
        sigemptyset(&signals_);
        sigaddset(&signals_, wake_up);
        struct sigaction action;
        if (sigaction(SIGINT, nullptr, &action) == 0 && action.sa_handler == SIG_DFL) sigaddset(&signals_, SIGINT);
        pthread_sigmask(SIG_BLOCK, &signals_, &before_);
        waiting_ = std::thread([this] { wait(); });
    }
    ~interruption() {
        ended_ = true;
        ended_.notify_all();
        pthread_kill(waiting_.native_handle(), wake_up);
        waiting_.join();
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    interruption(interruption const&) = delete;
    interruption& operator=(interruption const&) = delete;

    std::stop_token token() const { return source_.get_token(); }

private:
    static constexpr int wake_up = SIGUSR1;

    void wait() {
        int signal = 0;
        sigwait(&signals_, &signal);
        if (signal != SIGINT) return;
        source_.request_stop();
        sigset_t second;
        sigemptyset(&second);
        sigaddset(&second, SIGINT);
        pthread_sigmask(SIG_UNBLOCK, &second, nullptr);
        ended_.wait(false);
    }

    sigset_t signals_{}, before_{};
    std::stop_source source_;
    std::atomic<bool> ended_{false};
    std::thread waiting_;
};

/// The policy behind one type for each lane family, so that pipelines are compiled for two policies and not for all;
/// except one that runs whole pipelines, on a device.
template <quoin::concepts::policy Policy>
auto workers_of(Policy const& policy) {
    if constexpr (requires { policy.host(); }) return policy;
    else return quoin::any_policy<typename Policy::lanes>::of(policy);
}

/// Policies go through it, traced or not.
class observation {
public:
    void add_options(CLI::App& app) {
        app.add_option("--trace", file_,
                       "Write when each thread computed what, for chrome://tracing and Perfetto, and print "
                       "the time of each stage on stderr; of the last evaluation")
            ->type_name("FILE.json");
    }
    std::string const& file() const { return file_; }
    std::stop_token token() const { return interruption_.token(); }

    template <quoin::concepts::policy Policy>
    auto operator()(Policy const& policy) const {
        return quoin::traced(quoin::watched(policy, {interruption_.token(), {}}), file_.empty() ? nullptr : &trace_);
    }

    /// Before each repetition.
    void restart() const {
        if (!file_.empty()) trace_.clear();
    }
    /// Between steps that cannot be stopped. @throws quoin::canceled
    void check() const {
        if (interruption_.token().stop_requested()) throw quoin::canceled("stopped between two steps");
    }
    void write() const {
        if (file_.empty()) return;
        quoin::atomic_file out(file_, "writing");
        trace_.write_chrome(out);
        out.commit();
        std::cerr << trace_.table() << std::flush;
    }

private:
    interruption interruption_;
    mutable quoin::trace trace_;
    std::string file_;
};

} // namespace examples

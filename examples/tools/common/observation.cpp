// SPDX-License-Identifier: BSL-1.0
// The thread that waits for Ctrl-C, and the file of --trace.
#include "observation.hpp"

#include <quoin/io/atomic_file.hpp>
#include <quoin/observe/trace.hpp>

#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <iostream>
#include <thread>

namespace examples {

/// The signal is waited for on a thread, since a signal handler may do next to nothing. Threads that are started later
/// inherit that it is blocked for them.
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

observation::observation()
    : interruption_(std::make_unique<interruption>()), trace_(std::make_unique<quoin::trace>()) {}
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

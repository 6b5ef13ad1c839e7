// SPDX-License-Identifier: BSL-1.0
// How the processes of --policy mpi begin and end.
#if QUOIN_WITH_MPI
#include "processes.hpp"

#include "../common/program.hpp"

#include <quoin/core/detail/usable_threads.hpp>

#include <errno.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace examples {

namespace {

/// Those that the user wants, or a part of the machine, which processes share.
int threads_of(policy_choice const& choice) {
    if (choice.threads > 0) return choice.threads;
    MPI_Comm here;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &here);
    int neighbors = 1;
    MPI_Comm_size(here, &neighbors);
    MPI_Comm_free(&here);
    return std::max(1, quoin::detail::usable_threads() / neighbors);
}

int status_of(std::exception_ptr const& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (usage_error const&) {
        return 2;
    } catch (quoin::canceled const&) {
        return interrupted_status();
    } catch (...) {
        return 1;
    }
}

void report_failure(std::exception_ptr const& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (std::exception const& e) {
        report(program_invocation_short_name, e.what());
    } catch (...) {
    }
}

} // namespace

processes::processes(policy_choice const& choice, observation const& seen)
    : seen_(seen), policy_(MPI_COMM_WORLD, quoin::watched(fastest_policy(threads_of(choice)), {seen.token(), {}})) {}

int processes::failed_together(std::exception_ptr const& failure) const {
    int status = status_of(failure);
    int all = status;
    MPI_Request told;
    MPI_Iallreduce(&status, &all, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD, &told);
    auto const patience = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    for (int done = 0;;) {
        MPI_Test(&told, &done, MPI_STATUS_IGNORE);
        if (done) return all;
        if (std::chrono::steady_clock::now() > patience) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    report_failure(failure);
    MPI_Abort(MPI_COMM_WORLD, status);
    return status;
}

int on_processes(policy_choice const& choice, observation const& seen, std::function<int(processes const&)> const& f) {
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
    int status = 0;
    bool first = true;
    std::exception_ptr failure;
    {
        processes const all(choice, seen);
        first = all.first();
        try {
            status = f(all);
        } catch (...) {
            failure = std::current_exception();
            status = all.failed_together(failure);
        }
    }
    MPI_Finalize();
    if (failure && first) {
        // The signal may have come to another process.
        if (status > 2) tell_interrupted(program_invocation_short_name);
        else std::rethrow_exception(failure);
    }
    return status;
}

} // namespace examples
#endif

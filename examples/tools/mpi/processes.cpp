// SPDX-License-Identifier: BSL-1.0
// How the processes of --policy mpi begin and end.
#if QUOIN_WITH_MPI
#include "processes.hpp"

#include "../common/program.hpp"

#include <quoin/core/detail/usable_threads.hpp>

#include <errno.h>

#include <algorithm>
#include <chrono>
#include <iostream>
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
    } catch (...) {
        return status_of_exception();
    }
}

void report_failure(std::exception_ptr const& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (...) {
        (void)report_exception(program_invocation_short_name);
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
    {
        processes const all(choice, seen);
        try {
            status = f(all);
        } catch (...) {
            status = all.failed_together(std::current_exception());
            if (all.first()) report_failure(std::current_exception());
        }
    }
    tell_no_interruption();
    std::cout.flush(); // a process that ends with another status than 0 ends those that are behind it
    MPI_Finalize();
    return status;
}

} // namespace examples
#endif

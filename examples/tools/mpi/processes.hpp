// SPDX-License-Identifier: BSL-1.0
// processes: those that mpirun has started, of which this is one, for --policy mpi. Only in a build with MPI.
#pragma once

#include "../common/fastest_policy.hpp"
#include "../common/observation.hpp"
#include "../common/policies.hpp"

#include <quoin/mpi/mpi.hpp>
#include <quoin/observe/watched.hpp>

#include <exception>
#include <filesystem>
#include <functional>

namespace examples {

class processes {
public:
    processes(policy_choice const& choice, observation const& seen);

    /// Whether this is the one that speaks, and that reads and writes what one process must.
    bool first() const { return policy_.rank() == 0; }
    int count() const { return policy_.ranks(); }
    auto const& policy() const { return policy_; }
    /// Collective, as mpi's agree(): f() must not call MPI. All throw what the first that fails throws.
    template <class F>
    void agree(F const& f) const {
        policy_.group()->agree(f);
    }
    template <class F>
    void on_first(F const& f) const {
        agree([&] {
            if (first()) f();
        });
    }
    /// Collective. @throws quoin::canceled on all where one was asked to stop.
    void check() const {
        agree([this] { seen_.check(); });
    }
    /// Collective: what the first one has, for all.
    template <class T>
    requires std::is_trivially_copyable_v<T>
    void share(T& value) const { MPI_Bcast(&value, sizeof value, MPI_BYTE, 0, policy_.group()->comm()); }
    /// Collective, where all have caught an exception: the exit status that it means, the same for all. Where the
    /// others go on and would wait for this one, it reports the exception, and all are ended.
    int failed_together(std::exception_ptr const& failure) const;

private:
    observation const& seen_;
    quoin::mpi<quoin::watched_policy<quoin::any_policy<fastest_lanes>>> policy_;
};

/// The exit status: f(all), or that of its exception, which the first process reports. To be called once: MPI is
/// started for the call, and cannot be started again.
int on_processes(policy_choice const& choice, observation const& seen, std::function<int(processes const&)> const& f);

} // namespace examples

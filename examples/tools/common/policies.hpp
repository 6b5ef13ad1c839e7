// SPDX-License-Identifier: BSL-1.0
// The execution policy as a choice at run time: a name and a number of threads.
#pragma once

#include "command_line.hpp"

#include <functional>
#include <span>
#include <string>

namespace examples {

/// A policy of quoin, and what a build needs to have it.
struct policy_entry {
    char const* name;
    bool present;
    char const* missing; ///< what was not found where it is not present
};

std::span<policy_entry const> policy_table();

/// Of the fastest policy that this build has on a CPU.
char const* fastest_policy_name();

struct policy_choice {
    std::string name = fastest_policy_name();
    int threads = 0; ///< 0: as many as the process may use
};

/// That of all processes that mpirun has started, which is no policy of one process.
inline constexpr char const* policy_of_processes = "mpi";

/// Adds --policy, --threads and --list-policies. With `processes` there is policy_of_processes, too.
void add_policy_options(command_line& line, policy_choice& choice, bool processes = false);

/// @throws std::runtime_error for a policy that this build does not have, where `missing` was not found.
[[noreturn]] void refuse_policy(std::string const& name, char const* missing);

/// Adds --tuning, which takes the place of --policy where that is not given: the policy and the number of threads from
/// what bench/report.sh has measured on this machine. Call after add_policy_options. A given --threads goes before the
/// file's number.
void add_tuning_option(command_line& line, policy_choice& choice, std::string const& job);

class observation;
class workers;

/// f(workers), whose evaluations are seen; returns how many threads they have. To be called once: Kokkos is started for
/// the call, and cannot be started again. @throws std::runtime_error for a policy that this build does not have.
int with_policy(policy_choice const& choice, observation const& seen, std::function<void(workers const&)> const& f);

} // namespace examples

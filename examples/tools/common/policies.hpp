// SPDX-License-Identifier: BSL-1.0
// The execution policy as a choice at run time: a name and a number of threads become a call with a policy
// object.
#pragma once

#include "program.hpp"

#include <quoin/exec/serial.hpp>

#if QUOIN_WITH_SIMD
#include <quoin/exec/simd.hpp>
#define EXAMPLES_HAVE_SIMD 1
#else
#define EXAMPLES_HAVE_SIMD 0
#endif
#if QUOIN_WITH_PARALLEL
#include <quoin/exec/parallel.hpp>
#define EXAMPLES_HAVE_PARALLEL 1
#else
#define EXAMPLES_HAVE_PARALLEL 0
#endif
#if QUOIN_WITH_SIMD && QUOIN_WITH_PARALLEL
#include <quoin/exec/parallel_simd.hpp>
#endif
#if QUOIN_WITH_KOKKOS
#include <quoin/exec/kokkos.hpp>
#if QUOIN_WITH_SIMD
#define EXAMPLES_KOKKOS_LANES quoin::simd_lanes
#else
#define EXAMPLES_KOKKOS_LANES quoin::scalar_lanes
#endif
#define EXAMPLES_HAVE_KOKKOS 1
#else
#define EXAMPLES_HAVE_KOKKOS 0
#endif

#include <CLI/CLI.hpp>

#include <stdexcept>
#include <string>
#include <vector>

namespace examples {

/// A policy of quoin, and what a build needs to have it.
struct policy_entry {
    char const* name;
    bool present;
    char const* missing; ///< what was not found where it is not present
};

inline constexpr policy_entry policy_table[] = {
    {"serial", true, ""},
    {"simd", EXAMPLES_HAVE_SIMD == 1, "xsimd 13 or later"},
    {"parallel", EXAMPLES_HAVE_PARALLEL == 1, "oneTBB"},
    {"parallel_simd", EXAMPLES_HAVE_SIMD == 1 && EXAMPLES_HAVE_PARALLEL == 1,
     "xsimd 13 or later, or oneTBB,"},
    {"kokkos", EXAMPLES_HAVE_KOKKOS == 1, "Kokkos 4.7 or later"},
};

/// The fastest policy that this build has on a CPU.
#if QUOIN_WITH_SIMD && QUOIN_WITH_PARALLEL
using fastest_policy = quoin::parallel_simd;
inline constexpr char const* fastest_policy_name = "parallel_simd";
#elif QUOIN_WITH_PARALLEL
using fastest_policy = quoin::parallel;
inline constexpr char const* fastest_policy_name = "parallel";
#elif QUOIN_WITH_SIMD
using fastest_policy = quoin::simd;
inline constexpr char const* fastest_policy_name = "simd";
#else
using fastest_policy = quoin::serial;
inline constexpr char const* fastest_policy_name = "serial";
#endif

struct policy_choice {
    std::string name = fastest_policy_name;
    int threads = 0; ///< 0: as many as the machine has
};

/// Adds --policy, --threads and --list-policies.
inline void add_policy_options(CLI::App& app, policy_choice& choice) {
    std::vector<std::string> names;
    for (policy_entry const& p : policy_table) names.emplace_back(p.name);
    app.add_option("--policy", choice.name, "How the work is run; the result is the same under all of them")
        ->check(CLI::IsMember(names))
        ->capture_default_str();
    app.add_option(
           "--threads", choice.threads,
           "Threads of parallel, parallel_simd and kokkos (0: one for each core); serial and simd use one")
        ->check(within(0, 4096))
        ->type_name("N")
        ->capture_default_str();
    app.add_flag_callback(
        "--list-policies",
        [] {
            std::string list;
            for (policy_entry const& p : policy_table)
                if (p.present) list += list.empty() ? p.name : std::string("\n") + p.name;
            throw CLI::Success(list, CLI::ExitCodes::Success);
        },
        "Print the policies that this build has, one a line");
}

/// f(policy object); f must return the same type for all of them. To be called once: Kokkos is started for
/// the call, and cannot be started again.
/// @throws std::runtime_error for a policy that this build does not have.
template <class F>
auto with_policy(policy_choice const& choice, F const& f) {
#if QUOIN_WITH_SIMD
    if (choice.name == "simd") return f(quoin::simd{});
#endif
#if QUOIN_WITH_PARALLEL
    if (choice.name == "parallel") return f(quoin::parallel(choice.threads));
#endif
#if QUOIN_WITH_SIMD && QUOIN_WITH_PARALLEL
    if (choice.name == "parallel_simd") return f(quoin::parallel_simd(choice.threads));
#endif
#if QUOIN_WITH_KOKKOS
    if (choice.name == "kokkos") {
        // Its warnings are about pinning threads for the last bit of speed.
        auto settings = Kokkos::InitializationSettings().set_disable_warnings(true);
        if (choice.threads > 0) settings.set_num_threads(choice.threads);
        Kokkos::ScopeGuard const guard(settings);
        return f(quoin::kokkos<Kokkos::DefaultExecutionSpace, EXAMPLES_KOKKOS_LANES>{});
    }
#endif
    if (choice.name == "serial") return f(quoin::serial{});
    for (policy_entry const& p : policy_table)
        if (choice.name == p.name)
            throw std::runtime_error(
                "the policy '" + choice.name + "' is not in this build: " + p.missing +
                " was not found when it was configured; on Debian 12 and 13 run "
                "cmake/setup.sh --kokkos, which installs what all policies need, elsewhere install "
                "it, then configure and build again");
    throw std::runtime_error("there is no policy '" + choice.name + "'; see --help");
}

} // namespace examples

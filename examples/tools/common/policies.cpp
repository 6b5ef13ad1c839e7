// SPDX-License-Identifier: BSL-1.0
// The one place that includes the policies.
#include "policies.hpp"

#include "fastest_policy.hpp"
#include "workers.hpp"

#include <quoin/core/detail/usable_threads.hpp>
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
#define EXAMPLES_HAVE_KOKKOS 1
#else
#define EXAMPLES_HAVE_KOKKOS 0
#endif
#if EXAMPLES_WITH_MPI
#define EXAMPLES_HAVE_MPI true
#else
#define EXAMPLES_HAVE_MPI false
#endif

#include <stdexcept>
#include <vector>

namespace examples {

namespace {

constexpr policy_entry table[] = {
    {"serial", true, ""},
    {"simd", EXAMPLES_HAVE_SIMD == 1, "xsimd 13 or later"},
    {"parallel", EXAMPLES_HAVE_PARALLEL == 1, "oneTBB"},
    {"parallel_simd", EXAMPLES_HAVE_SIMD == 1 && EXAMPLES_HAVE_PARALLEL == 1, "xsimd 13 or later, or oneTBB,"},
    {"kokkos", EXAMPLES_HAVE_KOKKOS == 1, "Kokkos 4.7 or later"},
};

} // namespace

std::span<policy_entry const> policy_table() {
    return table;
}

#if QUOIN_WITH_SIMD && QUOIN_WITH_PARALLEL
using fastest = quoin::parallel_simd;
char const* fastest_policy_name() {
    return "parallel_simd";
}
#elif QUOIN_WITH_PARALLEL
using fastest = quoin::parallel;
char const* fastest_policy_name() {
    return "parallel";
}
#elif QUOIN_WITH_SIMD
using fastest = quoin::simd;
char const* fastest_policy_name() {
    return "simd";
}
#else
using fastest = quoin::serial;
char const* fastest_policy_name() {
    return "serial";
}
#endif

quoin::any_policy<fastest_lanes> fastest_policy(int threads) {
#if QUOIN_WITH_PARALLEL
    return quoin::any_policy<fastest_lanes>::of(fastest(threads));
#else
    (void)threads;
    return quoin::any_policy<fastest_lanes>::of(fastest());
#endif
}

void add_policy_options(command_line& line, policy_choice& choice, bool processes) {
    std::vector<std::string> names;
    for (policy_entry const& p : table) names.emplace_back(p.name);
    if (processes) names.emplace_back(policy_of_processes);
    line.add("--policy", choice.name, "How the work is run; the result is the same under all of them")
        .one_of(names)
        .show_default();
    line.add("--threads", choice.threads,
             "Threads of parallel, parallel_simd and kokkos (0: as many as the process may use); serial and simd use "
             "one")
        .within(0, 4096)
        .type_name("N")
        .show_default();
    line.add_flag(
        "--list-policies",
        [processes](std::string const&) {
            std::string list;
            for (policy_entry const& p : table)
                if (p.present) list += list.empty() ? p.name : std::string("\n") + p.name;
            if (processes && EXAMPLES_HAVE_MPI) list += std::string("\n") + policy_of_processes;
            throw print_and_exit{list};
        },
        "Print the policies that this build has, one a line");
}

int with_policy(policy_choice const& choice, observation const& seen, std::function<void(workers const&)> const& f) {
    auto const run = [&](workers const& w) {
        f(w);
        return w.concurrency();
    };
#if QUOIN_WITH_SIMD
    if (choice.name == "simd") return run({quoin::simd{}, seen});
#endif
#if QUOIN_WITH_PARALLEL
    if (choice.name == "parallel") return run({quoin::parallel(choice.threads), seen});
#endif
#if QUOIN_WITH_SIMD && QUOIN_WITH_PARALLEL
    if (choice.name == "parallel_simd") return run({quoin::parallel_simd(choice.threads), seen});
#endif
#if QUOIN_WITH_KOKKOS
    if (choice.name == "kokkos") {
        // Its warnings are about pinning threads for the last bit of speed.
        auto settings = Kokkos::InitializationSettings().set_disable_warnings(true);
        settings.set_num_threads(choice.threads > 0 ? choice.threads : quoin::detail::usable_threads());
        Kokkos::ScopeGuard const guard(settings);
        return run({quoin::kokkos<Kokkos::DefaultExecutionSpace, fastest_lanes>{}, seen});
    }
#endif
    if (choice.name == "serial") return run({quoin::serial{}, seen});
    for (policy_entry const& p : table)
        if (choice.name == p.name) refuse_policy(choice.name, p.missing);
    throw std::runtime_error("there is no policy '" + choice.name + "'; see --help");
}

void refuse_policy(std::string const& name, char const* missing) {
    throw std::runtime_error("the policy '" + name + "' is not in this build: " + missing +
                             " was not found when it was configured; on Debian 12 and 13 run cmake/setup.sh --kokkos "
                             "--mpi, which installs what all policies need, elsewhere install it, then configure and "
                             "build again");
}

} // namespace examples

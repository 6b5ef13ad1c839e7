// SPDX-License-Identifier: BSL-1.0
// The policies of this build at several thread counts, behind one type for each lane family.
#pragma once

#include "strips.hpp"

#include <quoin/exec/any_policy.hpp>
#include <quoin/exec/serial.hpp>

#if QUOIN_WITH_SIMD
#include <quoin/exec/simd.hpp>
#endif
#if QUOIN_WITH_PARALLEL
#include <quoin/exec/parallel.hpp>
#endif
#if QUOIN_WITH_SIMD && QUOIN_WITH_PARALLEL
#include <quoin/exec/parallel_simd.hpp>
#endif
#if QUOIN_WITH_KOKKOS
#include <quoin/exec/kokkos.hpp>
#endif

#include <string>
#include <utility>
#include <vector>

namespace bench {

using quoin::index_t;

/// Any policy with these lanes, so that every job is compiled once for each lane family and not once for each policy.
/// Counts its calls where a strip_counter is active.
template <class Lanes>
struct any_policy : quoin::any_policy<Lanes> {
    void bulk(index_t n, auto const& f) const {
        strip_counter* const counter = strip_counter::active();
        if (counter == nullptr) return quoin::any_policy<Lanes>::bulk(n, f);
        quoin::any_policy<Lanes>::bulk(n, [&](index_t i) {
            counter->add();
            f(i);
        });
    }
};

/// Every policy of this build, made once for each thread count, so that all benchmarks share the threads. Kokkos has
/// one number of threads for as long as it runs: the largest.
class policy_set {
public:
    /// Thread counts in rising order.
    explicit policy_set(std::vector<int> threads) : threads_(std::move(threads)) {
        add("serial", quoin::serial{});
#if QUOIN_WITH_SIMD
        add("simd", quoin::simd{});
#endif
        for ([[maybe_unused]] int const n : threads_) {
#if QUOIN_WITH_PARALLEL
            add(with_threads("parallel", n), quoin::parallel(n));
#endif
#if QUOIN_WITH_SIMD && QUOIN_WITH_PARALLEL
            add(with_threads("parallel_simd", n), quoin::parallel_simd(n));
#endif
        }
#if QUOIN_WITH_KOKKOS
        using host = Kokkos::DefaultHostExecutionSpace;
        if constexpr (!device) add(with_threads("kokkos", threads_.back()), quoin::kokkos<host>{});
#if QUOIN_WITH_SIMD
        add(with_threads("kokkos_simd", threads_.back()), quoin::kokkos<host, quoin::simd_lanes>{});
#endif
#endif
    }

    std::vector<int> const& threads() const {
        return threads_;
    }

    static std::string with_threads(std::string const& name, int threads) {
        return name + ':' + std::to_string(threads);
    }

    /// f(name, policy)
    template <class F>
    void for_each(F const& f) const {
        for (auto const& [name, policy] : scalar_) f(name, policy);
#if QUOIN_WITH_SIMD
        for (auto const& [name, policy] : simd_) f(name, policy);
#endif
#if QUOIN_WITH_KOKKOS
        if constexpr (device)
            f(with_threads("kokkos", threads_.back()), quoin::kokkos<Kokkos::DefaultExecutionSpace>{});
#endif
    }

private:
#if QUOIN_WITH_KOKKOS
    // A device evaluates whole pipelines itself, so its policy keeps its type.
    static constexpr bool device = !std::same_as<Kokkos::DefaultExecutionSpace, Kokkos::DefaultHostExecutionSpace>;
#endif

    template <class Policy>
    void add(std::string const& name, Policy const& policy) {
        if constexpr (Policy::lanes::count == 1)
            scalar_.emplace_back(name, any_policy<quoin::scalar_lanes>{any_policy<quoin::scalar_lanes>::of(policy)});
#if QUOIN_WITH_SIMD
        else simd_.emplace_back(name, any_policy<quoin::simd_lanes>{any_policy<quoin::simd_lanes>::of(policy)});
#endif
    }

    std::vector<int> threads_;
    std::vector<std::pair<std::string, any_policy<quoin::scalar_lanes>>> scalar_;
#if QUOIN_WITH_SIMD
    std::vector<std::pair<std::string, any_policy<quoin::simd_lanes>>> simd_;
#endif
};

} // namespace bench

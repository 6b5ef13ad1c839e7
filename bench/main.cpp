// SPDX-License-Identifier: BSL-1.0
// The benchmark program: registers everything and runs what --benchmark_filter names; --threads=N for the
// policies that use threads (0: one for each core).
#include "support.hpp"

#include <charconv>
#include <cstdio>
#include <cstring>
#include <memory>
#include <set>
#include <string_view>
#include <thread>

namespace bench {

void add(std::string const& job, named_size const& at, std::string const& policy, int bytes_per_pixel,
         std::function<void(benchmark::State&)> body) {
    auto const measured = [=, area = at.size.area()](benchmark::State& state) {
        body(state);
        auto const pixels = static_cast<std::int64_t>(state.iterations()) * area;
        state.SetBytesProcessed(pixels * bytes_per_pixel);
        state.counters["pixels_per_second"] =
            benchmark::Counter(static_cast<double>(pixels), benchmark::Counter::kIsRate);
        state.counters["pixels"] = static_cast<double>(area);
        state.counters["bytes_per_pixel"] = bytes_per_pixel;
    };
    benchmark::RegisterBenchmark((job + '/' + at.name + '/' + policy).c_str(), measured)
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
}

void add_memcpy(int bytes_per_pixel, named_size const& at, policy_set const& policies) {
    static std::set<std::string> registered;
    std::string const job = "memcpy-" + std::to_string(bytes_per_pixel) + 'B';
    if (!registered.insert(job + at.name).second) return;

    index_t const bytes = at.size.area() * bytes_per_pixel / 2;
    auto const add_copy = [&](std::string const& name, auto const& policy) {
        add(job, at, name, bytes_per_pixel, [=](benchmark::State& state) {
            std::vector<char> from(static_cast<std::size_t>(bytes), 1), to(from.size());
            quoin::chunks const pieces{bytes, policy.concurrency() == 1 ? bytes : index_t{1} << 20};
            for (auto _ : state) {
                quoin::for_each_chunk(policy, pieces, [&](index_t begin, index_t end) {
                    std::memcpy(to.data() + begin, from.data() + begin,
                                static_cast<std::size_t>(end - begin));
                });
                benchmark::ClobberMemory();
            }
        });
    };
    add_copy("serial", quoin::serial{});
#if QUOIN_WITH_PARALLEL
    add_copy(policies.with_threads("parallel"), policies.parallel);
#endif
}

} // namespace bench

int main(int argc, char** argv) {
    int threads = 0;
    benchmark::Initialize(&argc, argv);
    for (int i = 1; i < argc; ++i) {
        constexpr std::string_view option = "--threads=";
        std::string_view const argument = argv[i];
        std::string_view const value = argument.substr(std::min(option.size(), argument.size()));
        auto const [end, failure] = std::from_chars(value.data(), value.data() + value.size(), threads);
        if (!argument.starts_with(option) || failure != std::errc{} || end != value.data() + value.size() ||
            threads < 0) {
            std::fprintf(stderr, "quoin-bench: unknown argument '%s'; see --help, and --threads=N\n",
                         argv[i]);
            return 2;
        }
    }
    if (threads == 0) threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    benchmark::AddCustomContext("instruction_set", QUOIN_ISA_NAME);
    benchmark::AddCustomContext("threads", std::to_string(threads));
#if QUOIN_WITH_KOKKOS
    Kokkos::ScopeGuard const kokkos(
        Kokkos::InitializationSettings().set_num_threads(threads).set_disable_warnings(true));
#endif
    bench::policy_set const policies{threads};
    for (auto const& registration : bench::registrations()) registration(policies);
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}

// SPDX-License-Identifier: BSL-1.0
// The benchmark program: registers everything and times what --benchmark_filter names.
//   --threads=N[,N...]   the numbers of threads for the policies that use them (0: as many as the process may use)
//   --probe=NAME         instead: the memory and the strips of one benchmark, as a line of JSON
//   --images=FOLDER      instead: the images and results that other programs are held against, of --size=4k or another
#include "peers/opencv/version.hpp"
#include "support/copy.hpp"
#include "support/energy.hpp"
#include "support/images.hpp"
#include "support/probe.hpp"
#include "support/waiting.hpp"

#include <quoin/core/detail/usable_threads.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <string_view>

namespace {

struct arguments {
    std::vector<int> threads = {0};
    std::string probe, images, size = "1080p";
};

/// "1,2,0" as numbers; nothing where it is no such list.
std::vector<int> parse_threads(std::string_view text) {
    std::vector<int> threads;
    for (char const* at = text.data(); at <= text.data() + text.size();) {
        int n = 0;
        auto const [end, failure] = std::from_chars(at, text.data() + text.size(), n);
        bool const last = end == text.data() + text.size();
        if (failure != std::errc{} || n < 0 || (!last && *end != ',')) return {};
        threads.push_back(n);
        at = end + 1;
    }
    return threads;
}

/// What Google Benchmark has left; false where it makes no sense.
bool parse(int argc, char** argv, arguments& a) {
    auto const value = [](std::string_view argument, std::string_view option) {
        return argument.starts_with(option) ? argument.substr(option.size()) : std::string_view();
    };
    for (int i = 1; i < argc; ++i) {
        std::string_view const argument = argv[i];
        if (auto const list = value(argument, "--threads="); !list.empty()) a.threads = parse_threads(list);
        else if (auto const name = value(argument, "--probe="); !name.empty()) a.probe = name;
        else if (auto const folder = value(argument, "--images="); !folder.empty()) a.images = folder;
        else if (auto const size = value(argument, "--size="); !size.empty()) a.size = size;
        else a.threads.clear();
        if (a.threads.empty()) {
            std::fprintf(stderr,
                         "quoin-bench: unknown argument '%s'; see --help, and --threads=N[,N...], "
                         "--probe=NAME, --images=FOLDER, --size=NAME\n",
                         argv[i]);
            return false;
        }
    }
    for (int& n : a.threads)
        if (n == 0) n = quoin::detail::usable_threads();
    std::sort(a.threads.begin(), a.threads.end());
    a.threads.erase(std::unique(a.threads.begin(), a.threads.end()), a.threads.end());
    return true;
}

void time(benchmark::State& state, bench::benchmark_entry const& entry, bench::energy_meter const& meter) {
    using benchmark::Counter;
    try {
        if (entry.difference) state.counters["max_difference"] = entry.difference(entry.at.size);
        bench::work const once = entry.prepare(entry.at.size);
        once(); // what others keep between calls of one size is there, and so are the threads
        auto const waited = bench::waited_seconds();
        auto const start = std::chrono::steady_clock::now();
        auto const before = meter.now();
        for (auto _ : state) once();
        std::chrono::duration<double> const passed = std::chrono::steady_clock::now() - start;
        if (auto const now = bench::waited_seconds(); waited && now)
            state.counters["waited"] = (*now - *waited) / passed.count();
        if (meter.exposed()) state.counters["joules"] = Counter(meter.joules_since(before), Counter::kAvgIterations);
    } catch (std::exception const& e) {
        state.SkipWithError(e.what());
        return;
    }
    state.counters["pixels"] = static_cast<double>(entry.at.size.area());
    state.counters["bytes_per_pixel"] = entry.bytes_per_pixel;
}

void add_context(std::vector<int> const& threads, bench::energy_meter const& meter) {
    std::string list;
    for (int const n : threads) list += (list.empty() ? "" : ",") + std::to_string(n);
    benchmark::AddCustomContext("instruction_set", QUOIN_ISA_NAME);
    benchmark::AddCustomContext("threads", list);
    benchmark::AddCustomContext("energy", meter.exposed() ? "exposed" : "not exposed");
    benchmark::AddCustomContext("opencv", bench::opencv_version());
#if QUOIN_WITH_KOKKOS
    benchmark::AddCustomContext("kokkos_space", Kokkos::DefaultExecutionSpace::name());
#endif
}

} // namespace

constexpr char const* own_options = R"(quoin-bench: the benchmarks of quoin

  [--threads=N[,N...]]    the numbers of threads for the policies that use them (0: as many as the process may use)
  [--probe=NAME]          runs one benchmark once, and prints its peak of memory and its strips as JSON
  [--images=FOLDER]       writes the images that are measured on, and ends
  [--size=720p|1080p|4k|8k]    their size

)";

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv, [] {
        std::fputs(own_options, stdout);
        benchmark::PrintDefaultHelp();
    });
    arguments a;
    if (!parse(argc, argv, a)) return 2;
    bench::energy_meter const meter;
    add_context(a.threads, meter);
#if QUOIN_WITH_KOKKOS
    Kokkos::ScopeGuard const kokkos(
        Kokkos::InitializationSettings().set_num_threads(a.threads.back()).set_disable_warnings(true));
#endif
    if (!a.images.empty()) return bench::write_images(a.images, a.size);

    bench::policy_set const policies(a.threads);
    bench::entries all;
    for (auto const& registration : bench::registrations()) registration(policies, all);
    bench::add_copies(policies, all);
    if (!a.probe.empty()) {
        auto const found = std::find_if(all.begin(), all.end(), [&](auto const& e) { return e.name() == a.probe; });
        if (found != all.end()) return bench::probe(*found);
        std::fprintf(stderr, "quoin-bench: there is no benchmark '%s'; see --benchmark_list_tests\n", a.probe.c_str());
        return 2;
    }
    for (bench::benchmark_entry const& entry : all)
        benchmark::RegisterBenchmark(entry.name().c_str(), [&](benchmark::State& state) { time(state, entry, meter); })
            ->UseRealTime()
            ->Unit(benchmark::kMillisecond);
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}

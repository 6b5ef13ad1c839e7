// SPDX-License-Identifier: BSL-1.0
// Memory from the marks of the kernel, strips from the policies.
#include "probe.hpp"

#include <malloc.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace bench {

namespace {

/// A line of /proc/self/status in bytes, -1 where there is none.
long long status_bytes(std::string const& key) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(key + ':')) return 1024 * std::stoll(line.substr(key.size() + 1));
    return -1;
}

/// Sets the high-water mark of resident memory to what is resident now.
bool reset_peak() {
    std::ofstream file("/proc/self/clear_refs");
    return static_cast<bool>(file << "5" << std::flush);
}

} // namespace

int probe(benchmark_entry const& entry) {
    constexpr int least_evaluations = 5;
    constexpr std::chrono::milliseconds least_time(100);
    entry.prepare({256, 256})(); // threads and code are there before memory is looked at
    work const once = entry.prepare(entry.at.size);
    malloc_trim(0); // so that what preparing has left does not hide what evaluating takes
    if (!reset_peak()) {
        std::fprintf(stderr, "quoin-bench: /proc/self/clear_refs cannot be written, so peaks are not known\n");
        return 1;
    }
    long long const before = status_bytes("VmRSS");
    once();
    long long const peak = status_bytes("VmHWM");

    strip_counter counter;
    strip_counter::active() = &counter;
    int evaluations = 0;
    auto const start = std::chrono::steady_clock::now();
    for (; evaluations < least_evaluations || std::chrono::steady_clock::now() - start < least_time; ++evaluations)
        once();
    strip_counter::active() = nullptr;

    std::ostringstream strips;
    for (char const* separator = ""; auto const& [where, count] : counter.counts()) {
        strips << separator << "{\"core\": " << where.first << ", \"thread\": " << where.second
               << ", \"strips\": " << count << '}';
        separator = ", ";
    }
    std::printf("{\"name\": \"%s\", \"extra_bytes\": %lld, \"evaluations\": %d, \"strips\": [%s]}\n",
                entry.name().c_str(), std::max(0LL, peak - before), evaluations, strips.str().c_str());
    return 0;
}

} // namespace bench

// SPDX-License-Identifier: BSL-1.0
// The default of quoin-batch's --memory.
#include "tools/common/usable_memory.hpp"

#include "support/fake_system.hpp"

#include <catch2/catch_test_macros.hpp>

namespace {

constexpr quoin::index_t mebibytes = quoin::index_t{1} << 20;
constexpr char const* meminfo = "MemTotal:       999999999 kB\nMemFree:  8 kB\nMemAvailable:    409600 kB\n";
constexpr char const* unified = "29 23 0:26 / /c rw - cgroup2 cgroup2 rw\n";
constexpr char const* alone = "29 23 0:26 /a /c rw - cgroup cgroup rw,memory\n";

} // namespace

TEST_CASE("usable_memory: the tightest limit of what holds for the process", "[examples]") {
    using test::fake_system;
    auto const usable = [](fake_system const& s) { return examples::usable_memory(s.root); };
    CHECK(usable({{"/proc/meminfo", meminfo}}) == 400 * mebibytes);
    CHECK(usable({{"/proc/meminfo", meminfo},
                  {"/proc/self/cgroup", "0::/a/b\n"},
                  {"/proc/self/mountinfo", unified},
                  {"/c/a/memory.max", "268435456\n"},
                  {"/c/a/memory.high", "max\n"},
                  {"/c/a/b/memory.max", "max\n"},
                  {"/c/a/b/memory.high", "max\n"}}) == 256 * mebibytes);
    CHECK(usable({{"/proc/meminfo", meminfo},
                  {"/proc/self/cgroup", "0::/a/b\n"},
                  {"/proc/self/mountinfo", unified},
                  {"/c/a/memory.max", "268435456\n"},
                  {"/c/a/b/memory.high", "134217728\n"},
                  {"/c/a/b/other/memory.high", "1\n"}}) == 128 * mebibytes);
    CHECK(usable({{"/proc/meminfo", meminfo},
                  {"/proc/self/cgroup", "9:memory:/a/b\n"},
                  {"/proc/self/mountinfo", alone},
                  {"/c/memory.limit_in_bytes", "268435456\n"},
                  {"/c/b/memory.limit_in_bytes", "9223372036854771712\n"}}) == 256 * mebibytes);
    CHECK(usable({{"/proc/meminfo", meminfo},
                  {"/proc/self/cgroup", "9:memory:/a/b\n"},
                  {"/proc/self/mountinfo", alone},
                  {"/c/b/memory.limit_in_bytes", "9223372036854771712\n"},
                  {"/c/b/memory.stat", "cache 0\nrss 0\nhierarchical_memory_limit 67108864\n"
                                       "hierarchical_memsw_limit 9223372036854771712\n"}}) == 64 * mebibytes);
}

TEST_CASE("usable_memory: the limits of the process itself", "[examples]") {
    if (QUOIN_SANITIZED) SKIP("a sanitizer needs more addresses than there is memory");
    test::fake_system const system{{"/proc/meminfo", "MemAvailable: 409600000 kB\n"}};
    quoin::index_t const before = examples::usable_memory(system.root);
    for (auto const resource : {RLIMIT_AS, RLIMIT_DATA}) {
        rlimit old{};
        REQUIRE(getrlimit(resource, &old) == 0);
        rlimit const low{static_cast<rlim_t>(before / 2), old.rlim_max};
        REQUIRE(setrlimit(resource, &low) == 0);
        rlimit now{};
        REQUIRE(getrlimit(resource, &now) == 0);
        if (now.rlim_cur != low.rlim_cur) SKIP("limits are not kept here, as under qemu");
        quoin::index_t const limited = examples::usable_memory(system.root);
        REQUIRE(setrlimit(resource, &old) == 0);
        CHECK(limited == before / 2);
    }
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/core/detail/usable_threads.hpp>

#include "support/fake_system.hpp"

#include <catch2/catch_test_macros.hpp>

#include <thread>

using namespace quoin;

TEST_CASE("usable_threads: the quota is rounded up, within the CPUs", "[core]") {
    double const none = std::numeric_limits<double>::infinity();
    CHECK(detail::usable_threads(8, none) == 8);
    CHECK(detail::usable_threads(8, 1.5) == 2);
    CHECK(detail::usable_threads(8, 2.0) == 2);
    CHECK(detail::usable_threads(8, 0.01) == 1);
    CHECK(detail::usable_threads(8, 8.5) == 8);
    CHECK(detail::usable_threads(1, 1e300) == 1);
}

TEST_CASE("usable_threads: the least quota of the group and those above it", "[core]") {
    double const none = std::numeric_limits<double>::infinity();
    char const* const unified = "29 23 0:26 / /c rw - cgroup2 cgroup2 rw\n";
    {
        test::fake_system const system{{"/proc/self/cgroup", "0::/a/b\n"},
                                       {"/proc/self/mountinfo", unified},
                                       {"/c/a/cpu.max", "150000 100000\n"},
                                       {"/c/a/b/cpu.max", "max 100000\n"},
                                       {"/c/a/b/c/cpu.max", "1000 100000\n"}};
        CHECK(detail::cpu_quota(system.root) == 1.5);
    }
    {
        test::fake_system const system{{"/proc/self/cgroup", "0::/a/b\n"},
                                       {"/proc/self/mountinfo", unified},
                                       {"/c/a/cpu.max", "400000 100000\n"},
                                       {"/c/a/b/cpu.max", "50000 20000\n"}};
        CHECK(detail::cpu_quota(system.root) == 2.5);
    }
    {
        test::fake_system const system{{"/proc/self/cgroup", "4:cpu,cpuacct:/a/b\n"},
                                       {"/proc/self/mountinfo", "29 23 0:26 /a /c rw - cgroup x rw,cpuacct,cpu\n"},
                                       {"/c/cpu.cfs_quota_us", "300000\n"},
                                       {"/c/cpu.cfs_period_us", "100000\n"},
                                       {"/c/b/cpu.cfs_quota_us", "-1\n"},
                                       {"/c/b/cpu.cfs_period_us", "100000\n"}};
        CHECK(detail::cpu_quota(system.root) == 3);
    }
    for (char const* const text : {"max 100000\n", "", "100000", "0 100000", "-1 100000", "100000 0", "many few\n"}) {
        INFO(text);
        test::fake_system const system{
            {"/proc/self/cgroup", "0::/\n"}, {"/proc/self/mountinfo", unified}, {"/c/cpu.max", text}};
        CHECK(detail::cpu_quota(system.root) == none);
    }
}

#if defined(__linux__)
TEST_CASE("usable_threads: the affinity of the calling thread", "[core]") {
    int on_one = 0;
    std::thread([&] {
        cpu_set_t mine;
        CPU_ZERO(&mine);
        CPU_SET(static_cast<std::size_t>(sched_getcpu()), &mine);
        REQUIRE(sched_setaffinity(0, sizeof mine, &mine) == 0);
        on_one = detail::usable_threads();
    }).join();
    CHECK(on_one == 1);
}
#endif

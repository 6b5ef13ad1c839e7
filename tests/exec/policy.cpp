// SPDX-License-Identifier: BSL-1.0
#include <quoin/exec/policy.hpp>

#include "support/policies.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/any_policy.hpp>
#include <quoin/exec/parallel.hpp>
#include <quoin/exec/parallel_simd.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

using namespace quoin;

namespace {

struct no_bulk {
    using lanes = scalar_lanes;
    int concurrency() const { return 1; }
    std::string name() const { return ""; }
};

constexpr bool test_chunks() {
    for (index_t n = 0; n < 20; ++n)
        for (index_t grain = 1; grain < 7; ++grain) {
            chunks const c{n, grain};
            index_t next = 0;
            for (index_t i = 0; i < c.count(); ++i) {
                if (c.begin(i) != next || c.end(i) <= next || c.end(i) - next > grain) return false;
                next = c.end(i);
            }
            if (next != n) return false;
        }
    return true;
}

template <class Policy>
void check_primitives(Policy const& p) {
    CAPTURE(p.name());
    for (index_t n : {0, 1, 2, 7, 100, 1000}) {
        std::vector<std::atomic<int>> calls(static_cast<std::size_t>(n));
        p.bulk(n, [&](index_t i) { ++calls[static_cast<std::size_t>(i)]; });
        CHECK(std::all_of(calls.begin(), calls.end(), [](auto const& c) { return c == 1; }));
    }
    // Text does not commute, so the order of combination shows.
    std::string const joined = reduce_chunks(
        p, chunks{26, 3}, std::string("<"),
        [](index_t b, index_t e) {
            std::string part;
            for (index_t i = b; i < e; ++i) part += static_cast<char>('a' + i);
            return part;
        },
        [](std::string const& a, std::string const& b) { return a + b; });
    CHECK(joined == "<abcdefghijklmnopqrstuvwxyz");
    CHECK_THROWS_AS(p.bulk(50,
                           [](index_t i) {
                               if (i == 37) throw 5;
                           }),
                    int);
    std::atomic<index_t> sum{0};
    for_each_chunk(p, chunks{100, 9}, [&](index_t b, index_t e) {
        for (index_t i = b; i < e; ++i) sum += i;
    });
    CHECK(sum == 4950);
}

} // namespace

TEST_CASE("policy: what is one and what is not", "[exec]") {
    STATIC_CHECK(concepts::policy<serial>);
    STATIC_CHECK(concepts::policy<simd>);
    STATIC_CHECK(concepts::policy<parallel>);
    STATIC_CHECK(concepts::policy<parallel_simd>);
    STATIC_CHECK(concepts::policy<test::thread_policy>);
    STATIC_CHECK(concepts::policy<any_policy<scalar_lanes>>);
    STATIC_CHECK(!concepts::policy<int>);
    STATIC_CHECK(!concepts::policy<no_bulk>);
    STATIC_CHECK(std::is_empty_v<serial>);
    CHECK(serial{}.name() == "serial");
    CHECK(simd{}.name() == "simd");
    CHECK(parallel(2).name() == "parallel");
    CHECK(parallel_simd(2).name() == "parallel_simd");
    CHECK(any_policy<scalar_lanes>::of(parallel_simd(2)).name() == "parallel_simd");
    CHECK(any_policy<scalar_lanes>::of(parallel_simd(2)).concurrency() == 2);
    CHECK(parallel(3).concurrency() == 3);
    CHECK(parallel().concurrency() >= 1);
    CHECK_THROWS_AS(parallel(-1), invalid_argument);
}

TEST_CASE("policy: chunks cover the range once, whatever the grain", "[exec]") {
    static_assert(test_chunks());
    CHECK(test_chunks());
}

TEST_CASE("policy: bulk calls each index once, reductions combine in order, exceptions arrive", "[exec]") {
    for (auto const& p : test::scalar_policies()) check_primitives(p);
    for (auto const& p : test::vector_policies()) check_primitives(p);
}

TEST_CASE("policy: exclusive_scan", "[exec]") {
    std::vector<int> counts{3, 0, 5, 1};
    CHECK(exclusive_scan(counts) == 9);
    CHECK(counts == std::vector<int>{0, 3, 3, 8});
    std::vector<index_t> none;
    CHECK(exclusive_scan(none) == 0);
}

TEST_CASE(
    "parallel: n threads work at the same time, more than there are cores too, beside policies of fewer",
    "[exec]") {
    parallel const fewer(2);
    for (int n : {1, 2, 5}) {
        std::mutex m;
        std::condition_variable all_here;
        int now = 0, most = 0;
        parallel(n).bulk(64, [&](index_t) {
            std::unique_lock lock(m);
            most = std::max(most, ++now);
            all_here.notify_all();
            if (most < n) all_here.wait_for(lock, std::chrono::seconds(2), [&] { return most >= n; });
            --now;
        });
        CAPTURE(n);
        CHECK(most == n);
    }
}

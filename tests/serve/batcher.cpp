// SPDX-License-Identifier: BSL-1.0
// batcher under a clock of the test's own: each rule for itself, and random calls against a plain model.
#include "tools/serve/batcher.hpp"
#include "tools/serve/budget.hpp"

#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>

#include <random>
#include <string>
#include <thread>

namespace {

using std::chrono::milliseconds;

struct test_clock {
    using duration = std::chrono::nanoseconds;
    using time_point = std::chrono::time_point<test_clock>;
};
using queue = examples::batcher<std::string, int, test_clock>;
using outcome = queue::outcome;

test_clock::time_point at(int ms) {
    return test_clock::time_point(milliseconds(ms));
}
outcome push(queue& q, std::string const& key, int item, int now, int deadline = 1'000'000, int priority = 0,
             std::size_t bytes = 1) {
    return q.push(key, item, bytes, at(deadline), at(now), priority);
}

} // namespace

TEST_CASE("batcher: items of one kind come together, in their order", "[serve]") {
    queue q({.batch = 3});
    for (int i = 0; i < 5; ++i) push(q, i == 1 ? "b" : "a", i, 0);
    auto first = q.take(at(0));
    REQUIRE(first);
    CHECK(first->key == "a");
    CHECK(first->items == std::vector{0, 2, 3});
    CHECK(q.take(at(0))->items == std::vector{1}); // it came before what is left of a
    CHECK(q.take(at(0))->items == std::vector{4});
    CHECK_FALSE(q.take(at(0)));
}

TEST_CASE("batcher: it waits only as long as it is told, and not for a full batch", "[serve]") {
    queue q({.batch = 2, .wait = milliseconds(10)});
    push(q, "a", 0, 0);
    CHECK_FALSE(q.take(at(9)));
    CHECK(q.next_time() == at(10));
    push(q, "b", 1, 1);
    push(q, "b", 2, 2);
    CHECK(q.take(at(3))->items == std::vector{1, 2});
    CHECK(q.take(at(10))->items == std::vector{0});
    push(q, "a", 3, 20);
    q.close();
    CHECK(q.take(at(20))->items == std::vector{3});
    CHECK(push(q, "a", 4, 21) == outcome::closed);
}

TEST_CASE("batcher: the highest priority goes first, and within one the oldest kind", "[serve]") {
    queue q({.batch = 8});
    push(q, "a", 0, 0);
    push(q, "b", 1, 0, 1000, 1);
    push(q, "a", 2, 0, 1000, 1);
    push(q, "b", 3, 0, 1000, 1);
    CHECK(q.take(at(0))->items == std::vector{1, 3});
    CHECK(q.take(at(0))->items == std::vector{2});
    CHECK(q.take(at(0))->items == std::vector{0});
}

TEST_CASE("batcher: it is bounded by items, bytes and age, and what it refuses stays with the caller", "[serve]") {
    queue q({.items = 2, .bytes = 10, .age = milliseconds(100)});
    CHECK(push(q, "a", 0, 0, 1000, 0, 11) == outcome::too_many_bytes);
    CHECK(push(q, "a", 0, 0, 1000, 0, 6) == outcome::taken);
    CHECK(push(q, "a", 1, 0, 1000, 0, 5) == outcome::too_many_bytes);
    CHECK(push(q, "a", 1, 101, 1000, 0, 1) == outcome::too_old);
    CHECK(push(q, "a", 1, 100, 1000, 0, 1) == outcome::taken);
    CHECK(push(q, "a", 2, 100, 1000, 0, 1) == outcome::too_many_items);
    CHECK(q.bytes() == 7);
    examples::batcher<int, std::unique_ptr<int>, test_clock> kept({.items = 0});
    auto item = std::make_unique<int>(7);
    CHECK(kept.push(0, item, 1, at(1), at(0)) == decltype(kept)::outcome::too_many_items);
    CHECK(*item == 7);
}

TEST_CASE("batcher: what is late is not computed", "[serve]") {
    queue q({.batch = 2, .wait = milliseconds(50)});
    push(q, "a", 0, 0, 10);
    push(q, "a", 1, 0, 30);
    auto const both = q.take(at(10));
    REQUIRE(both);
    CHECK(both->late == std::vector{0});
    CHECK(both->items == std::vector{1});
    push(q, "a", 2, 0, 20);
    CHECK(q.next_time() == at(20));
    CHECK_FALSE(q.take(at(19)));
    CHECK(q.take(at(20))->late == std::vector{2});
}

TEST_CASE("batcher: random calls against a list", "[serve]") {
    auto const seed = Catch::getSeed();
    CAPTURE(seed);
    std::mt19937 random(seed);
    struct entry {
        std::string key;
        int item, came, deadline, priority;
    };
    for (int round = 0; round < 200; ++round) {
        int const batch = 1 + static_cast<int>(random() % 4), wait = static_cast<int>(random() % 3) * 5;
        queue q({.items = 6, .batch = static_cast<std::size_t>(batch), .wait = milliseconds(wait)});
        std::vector<entry> list;
        int now = 0, number = 0;
        for (int step = 0; step < 200; ++step) {
            now += static_cast<int>(random() % 3);
            if (random() % 2 == 0) {
                entry e{std::string(1, static_cast<char>('a' + random() % 3)), number++, now,
                        now + 1 + static_cast<int>(random() % 20), static_cast<int>(random() % 2)};
                bool const taken = push(q, e.key, e.item, now, e.deadline, e.priority) == outcome::taken;
                REQUIRE(taken == (list.size() < 6));
                if (taken) list.push_back(e);
                continue;
            }
            // The plain rule: of all kinds that are ready the one of the highest priority, then of the first item.
            entry const* best = nullptr;
            for (entry const& head : list) {
                auto const same = [&](entry const& e) { return e.key == head.key && e.priority == head.priority; };
                auto const first = std::find_if(list.begin(), list.end(), same);
                if (&*first != &head) continue;
                bool const ready = std::count_if(list.begin(), list.end(), same) >= batch || now - head.came >= wait ||
                                   head.deadline <= now;
                if (ready && (!best || head.priority > best->priority)) best = &head;
            }
            auto const got = q.take(at(now));
            REQUIRE(got.has_value() == (best != nullptr));
            if (!got) continue;
            std::vector<int> items, late;
            entry const kind = *best;
            for (auto e = list.begin(); e != list.end() && static_cast<int>(items.size()) < batch;) {
                if (e->key != kind.key || e->priority != kind.priority) {
                    ++e;
                    continue;
                }
                (e->deadline <= now ? late : items).push_back(e->item);
                e = list.erase(e);
            }
            REQUIRE(got->items == items);
            REQUIRE(got->late == late);
            REQUIRE(q.items() == list.size());
        }
    }
}

TEST_CASE("batcher: workers take each item once, and end when it is closed", "[serve]") {
    examples::batcher<int, int> q({.items = 100'000, .batch = 4});
    std::vector<std::atomic<int>> seen(20'000);
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < 3; ++i)
            workers.emplace_back([&] {
                while (auto batch = q.wait_and_take({}))
                    for (int const item : batch->items) ++seen[static_cast<std::size_t>(item)];
            });
        for (int i = 0; i < static_cast<int>(seen.size()); ++i) {
            int item = i;
            auto const now = std::chrono::steady_clock::now();
            REQUIRE(q.push(i % 3, item, 1, now + std::chrono::hours(1), now) == decltype(q)::outcome::taken);
        }
        q.close();
    }
    for (auto const& count : seen) REQUIRE(count == 1);
}

TEST_CASE("byte_budget: never more than all, and all comes back", "[serve]") {
    examples::byte_budget budget(100);
    {
        examples::byte_charge a(budget), b(budget);
        CHECK(a.grow_to(60));
        CHECK_FALSE(b.grow_to(41));
        CHECK(b.grow_to(40));
        CHECK_FALSE(a.grow_to(61));
        CHECK(a.grow_to(10)); // it is there
        examples::byte_charge c = std::move(a);
        CHECK(budget.used() == 100);
        CHECK(c.bytes() == 60);
        CHECK(a.bytes() == 0);
    }
    CHECK(budget.used() == 0);
}

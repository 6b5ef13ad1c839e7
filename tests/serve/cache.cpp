// SPDX-License-Identifier: BSL-1.0
// The cache against plain models: keys, both levels under a clock of the test's own, processes that are killed or share
// a folder, damaged files, and flights.
#include "tools/serve/cache.hpp"
#include "tools/serve/single_flight.hpp"

#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>

namespace {

using namespace examples;
namespace fs = std::filesystem;
using std::chrono::seconds;

struct test_clock {
    using duration = std::chrono::nanoseconds;
    using time_point = std::chrono::time_point<test_clock>;
};

cache_key key(int n) {
    return key_of("n " + std::to_string(n), {}, body_digest::sha256);
}

/// Bytes that tell of which key and size they are.
cached_result result(int n, std::size_t size) {
    std::vector<std::byte> bytes(size);
    std::mt19937 random(static_cast<unsigned>(n));
    for (std::byte& b : bytes) b = static_cast<std::byte>(random());
    return {"type/" + std::to_string(n), std::move(bytes)};
}
bool same(cached_result const& a, cached_result const& b) {
    return a.type == b.type && std::ranges::equal(a.bytes.bytes(), b.bytes.bytes());
}

struct folder {
    fs::path path = fs::temp_directory_path() / ("quoin-cache-" + std::to_string(::getpid()));
    folder() { fs::remove_all(path); }
    ~folder() { fs::remove_all(path); }
    std::uint64_t bytes() const {
        std::uint64_t all = 0;
        for (auto const& e : fs::recursive_directory_iterator(path))
            if (e.is_regular_file() && e.path().extension() != ".tmp") all += e.file_size();
        return all;
    }
};

disk_cache::time_point wall(int s) {
    return disk_cache::time_point(seconds(1'000'000 + s));
}

} // namespace

TEST_CASE("cache_key: what differs in the question or the body has another key", "[serve]") {
    auto const of = [](std::string_view what, std::string_view body, body_digest d) {
        return key_of(what, std::as_bytes(std::span(body)), d);
    };
    for (body_digest const d : {body_digest::sha256, body_digest::xxh3}) {
        std::set<std::string> all;
        for (auto const& [what, body] : {std::pair{"a", "b"}, {"a", "c"}, {"", "ab"}, {"ab", ""}, {"b", "b"}, {"", ""}})
            all.insert(of(what, body, d).hex());
        CHECK(all.size() == 6);
        CHECK(of("a", "b", d) == of("a", "b", d));
    }
    // sha256sum of the eight bytes of the length of the text, of the text and of the body
    CHECK(of("", "", body_digest::sha256).hex() == "af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc");
}

TEST_CASE("memory_cache: a plain model finds the same", "[serve]") {
    unsigned const seed = Catch::getSeed();
    CAPTURE(seed);
    std::mt19937 random(seed);
    constexpr std::size_t most = 20'000;
    memory_cache<test_clock> cache(most, seconds(50));
    struct item {
        int n;
        std::size_t size, bytes;
        int made;
    };
    std::vector<item> model; // the last used first
    int now = 0;
    std::uint64_t hits = 0, misses = 0, evictions = 0;
    for (int i = 0; i < 20'000; ++i) {
        now += static_cast<int>(random() % 3);
        int const n = static_cast<int>(random() % 40);
        test_clock::time_point const time{seconds(now)};
        auto const at = std::find_if(model.begin(), model.end(), [&](item const& e) { return e.n == n; });
        if (random() % 2) {
            auto const found = cache.find(key(n), time);
            bool const there = at != model.end() && now - at->made <= 50;
            REQUIRE(found.has_value() == there);
            if (at != model.end() && !there) model.erase(at);
            ++(there ? hits : misses);
            if (!there) continue;
            REQUIRE(same(*found, result(n, at->size)));
            std::rotate(model.begin(), at, at + 1);
        } else {
            std::size_t const size = random() % 100 == 0 ? most : random() % 3000;
            cached_result const r = result(n, size);
            item const fresh{n, size, size + r.type.size() + cache.entry_bytes, now};
            cache.put(key(n), r, time);
            if (at != model.end()) model.erase(at);
            if (fresh.bytes > most) continue;
            model.insert(model.begin(), fresh);
            for (;;) {
                std::size_t sum = 0;
                for (item const& e : model) sum += e.bytes;
                REQUIRE(cache.bytes() <= most);
                if (sum <= most) {
                    REQUIRE(cache.bytes() == sum);
                    break;
                }
                model.pop_back();
                ++evictions;
            }
        }
    }
    CHECK(cache.counts().hits == hits);
    CHECK(cache.counts().misses == misses);
    CHECK(cache.counts().evictions == evictions);
    CHECK(hits > 1000);
    CHECK(evictions > 1000);
}

TEST_CASE("disk_cache: it finds what was put, in its bounds, until it is too old", "[serve]") {
    unsigned const seed = Catch::getSeed();
    CAPTURE(seed);
    std::mt19937 random(seed);
    folder const f;
    disk_cache cache({f.path, 100'000, seconds(50)});
    std::map<int, std::pair<std::size_t, int>> put; // by key: size and time
    int now = 0, found_all = 0;
    for (int i = 0; i < 600; ++i) {
        now += static_cast<int>(random() % 2);
        int const n = static_cast<int>(random() % 40);
        if (random() % 2) {
            auto const found = cache.find(key(n), wall(now));
            if (!found) continue;
            ++found_all;
            REQUIRE(put.contains(n));
            REQUIRE(same(*found, result(n, put[n].first)));
            REQUIRE(now - put[n].second <= 50);
            REQUIRE(found->age == seconds(now - put[n].second));
        } else {
            std::size_t const size = random() % 50 == 0 ? 30'000 : random() % 9000; // above a quarter: not kept
            cache.put(key(n), result(n, size), wall(now));
            if (size < 20'000) put[n] = {size, now};
            REQUIRE(f.bytes() <= 100'000);
        }
    }
    CHECK(found_all > 50);
    CHECK(cache.counts().evictions > 0);
    CHECK(cache.counts().failures == 0);
    // Another process finds the same files.
    cache.put(key(1), result(1, 100), wall(now));
    disk_cache other({f.path, 100'000, seconds(50)});
    CHECK(other.bytes() == f.bytes());
    CHECK(other.find(key(1), wall(now + 50)));
    CHECK_FALSE(other.find(key(1), wall(now + 51)));
    CHECK_FALSE(fs::exists(other.file_of(key(1))));
}

TEST_CASE("disk_cache: what was not used for longest makes room", "[serve]") {
    folder const f;
    disk_cache cache({f.path, 100'000, {}});
    auto const age = [&](int n, int minutes) {
        fs::last_write_time(cache.file_of(key(n)), fs::file_time_type::clock::now() - std::chrono::minutes(minutes));
    };
    for (int n = 0; n < 9; ++n) {
        cache.put(key(n), result(n, 10'000), wall(0));
        age(n, 100 - n);
    }
    CHECK(cache.find(key(0), wall(0))); // a use
    cache.put(key(9), result(9, 10'000), wall(0));
    CHECK(cache.find(key(0), wall(0)));
    CHECK_FALSE(cache.find(key(1), wall(0)));
    CHECK(cache.find(key(9), wall(0)));
}

TEST_CASE("disk_cache: a damaged file is a miss, and goes", "[serve]") {
    unsigned const seed = Catch::getSeed();
    CAPTURE(seed);
    std::mt19937 random(seed);
    folder const f;
    disk_cache cache({f.path, 1'000'000, {}});
    for (int i = 0; i < 200; ++i) {
        cache.put(key(1), result(1, 1000), wall(0));
        fs::path const file = cache.file_of(key(1));
        auto const size = fs::file_size(file);
        switch (i % 4) {
        case 0: // a bit
        {
            std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
            auto const at = static_cast<std::streamoff>(random() % size);
            bytes.seekg(at);
            int const old = bytes.get();
            bytes.seekp(at);
            bytes.put(static_cast<char>(old ^ (1 << random() % 8)));
            break;
        }
        case 1:
            fs::resize_file(file, random() % size);
            break;
        case 2:
            fs::resize_file(file, size + 1 + random() % 100);
            break;
        default: // the file of another key
            cache.put(key(2), result(2, 1000), wall(0));
            fs::rename(cache.file_of(key(2)), file);
        }
        REQUIRE_FALSE(cache.find(key(1), wall(0)));
        REQUIRE_FALSE(fs::exists(file));
    }
    CHECK(cache.counts().failures == 200);
    // A folder that is gone costs a result, and comes back.
    fs::remove_all(f.path);
    cache.put(key(1), result(1, 1000), wall(0));
    CHECK(cache.counts().failures == 201);
    std::ofstream(f.path) << "no folder";
    CHECK_THROWS_AS(disk_cache({f.path, 1000, {}}), std::runtime_error);
}

TEST_CASE("disk_cache: processes that share a folder and are killed leave it sound", "[serve]") {
    unsigned const seed = Catch::getSeed();
    CAPTURE(seed);
    std::mt19937 random(seed);
    folder const f;
    constexpr std::uint64_t most = 2'000'000;
    constexpr int processes = 3;
    std::vector<cached_result> results;
    for (int n = 0; n < 60; ++n) results.push_back(result(n, static_cast<std::size_t>(n) * 7919 % 200'000));
    for (int round = 0; round < 20; ++round) {
        std::vector<pid_t> all;
        for (int p = 0; p < processes; ++p) {
            unsigned const own = random();
            pid_t const child = ::fork();
            if (child == 0) {
                std::mt19937 choice(own);
                disk_cache cache({f.path, most, {}});
                for (;;) {
                    auto const n = choice() % 60;
                    if (choice() % 4) cache.put(key(static_cast<int>(n)), results[n], wall(0));
                    auto const found = cache.find(key(static_cast<int>(n)), wall(0));
                    if (found && !same(*found, results[n])) ::_exit(1);
                    if (cache.counts().failures > 0) ::_exit(2); // the others damage nothing
                }
            }
            all.push_back(child);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(30 + random() % 50));
        for (pid_t const child : all) ::kill(child, SIGKILL);
        for (pid_t const child : all) {
            int status = 0;
            ::waitpid(child, &status, 0);
            REQUIRE(WIFSIGNALED(status)); // none ended by itself
        }
        REQUIRE(f.bytes() <= most + processes * (most / 20 + 200'000));
    }
    disk_cache cache({f.path, most, {}});
    CHECK(f.bytes() <= most);
    int there = 0;
    for (int n = 0; n < 60; ++n)
        if (auto const found = cache.find(key(n), wall(0))) {
            REQUIRE(same(*found, results[static_cast<std::size_t>(n)]));
            ++there;
        }
    CHECK(there > 0);
    CHECK(cache.counts().failures == 0);
    // What the killed ones were writing goes after an hour.
    fs::path const left = f.path / "00" / ".quoin-left.tmp";
    fs::create_directories(left.parent_path());
    std::ofstream(left) << "half";
    disk_cache({f.path, most, {}});
    CHECK(fs::exists(left));
    fs::last_write_time(left, fs::file_time_type::clock::now() - std::chrono::hours(2));
    disk_cache({f.path, most, {}});
    CHECK_FALSE(fs::exists(left));
}

TEST_CASE("result_cache: a level keeps what took long enough for its size", "[serve]") {
    folder const f;
    using std::chrono::microseconds;
    result_cache cache({.memory_bytes = 10'000'000,
                        .disk = {f.path, 10'000'000, {}},
                        .memory_per_mib = microseconds(500),
                        .disk_per_mib = microseconds(4000)});
    std::size_t const mib = std::size_t{1} << 20;
    cache.put(key(1), result(1, mib), microseconds(499));
    CHECK_FALSE(cache.find_in_memory(key(1)));
    cache.put(key(2), result(2, mib), microseconds(500));
    CHECK(cache.find_in_memory(key(2)));
    CHECK_FALSE(cache.find_in_files(key(2)));
    cache.put(key(3), result(3, mib), microseconds(4000));
    result_cache later({.memory_bytes = 10'000'000, .disk = {f.path, 10'000'000, {}}});
    CHECK_FALSE(later.find_in_memory(key(3)));
    CHECK(later.find_in_files(key(3)));
    CHECK(later.find_in_memory(key(3)));
}

TEST_CASE("single_flight: those that come meanwhile follow, and the last that leaves stops the work", "[serve]") {
    single_flight<int, std::string> all;
    std::stop_source clients[5];
    std::string names[] = {"a", "b", "c", "d", "e"};
    auto const first = all.join(1, clients[0].get_token(), names[0]);
    REQUIRE(first);
    CHECK(names[0] == "a"); // the leader keeps what it has
    CHECK_FALSE(all.join(1, clients[1].get_token(), names[1]));
    auto const other = all.join(2, clients[2].get_token(), names[2]);
    REQUIRE(other);
    clients[0].request_stop();
    CHECK_FALSE(first->token().stop_requested()); // b waits
    CHECK_FALSE(all.join(1, clients[3].get_token(), names[3]));
    clients[1].request_stop();
    CHECK_FALSE(first->token().stop_requested());
    clients[3].request_stop();
    CHECK(first->token().stop_requested());
    // Nobody joins work that is given up.
    auto const again = all.join(1, clients[4].get_token(), names[4]);
    REQUIRE(again);
    CHECK(all.land(first) == std::vector<std::string>{"b", "d"});
    std::string late = "late";
    CHECK_FALSE(all.join(1, {}, late)); // the later flight is still there
    CHECK(all.land(again) == std::vector<std::string>{"late"});
    CHECK(all.land(other).empty());
    std::string next = "next";
    CHECK(all.join(1, {}, next));
}

TEST_CASE("single_flight: threads get each result once", "[serve]") {
    single_flight<int, int> all;
    std::atomic<int> answered = 0, computed = 0;
    constexpr int each = 2000;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < each; ++i) {
                    int waiter = t;
                    if (auto const flight = all.join(i % 3, {}, waiter)) {
                        ++computed;
                        std::this_thread::yield();
                        answered += 1 + static_cast<int>(all.land(flight).size());
                    }
                }
            });
    }
    CHECK(answered == 4 * each);
    CHECK(computed <= answered);
}

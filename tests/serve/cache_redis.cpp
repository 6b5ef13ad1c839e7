// SPDX-License-Identifier: BSL-1.0
// redis_cache with a Redis of the test's own, which is damaged, stopped, killed and started again.
#include "tools/serve/cache_record.hpp"
#include "tools/serve/cache_redis.hpp"

#include <catch2/catch_test_macros.hpp>

#include <arpa/inet.h>
#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <string>
#include <thread>

namespace {

using namespace examples;
using std::chrono::milliseconds;
using std::chrono::seconds;
using steady = std::chrono::steady_clock;

cache_key key(int n) {
    return key_of("n " + std::to_string(n), {}, body_digest::sha256);
}
cached_result result(int n, std::size_t size) {
    return {"type/" + std::to_string(n), std::vector<std::byte>(size, static_cast<std::byte>(n))};
}
bool same(cached_result const& a, cached_result const& b) {
    return a.type == b.type && std::ranges::equal(a.bytes.bytes(), b.bytes.bytes());
}
redis_cache::time_point wall(int s) {
    return redis_cache::time_point(seconds(1'000'000 + s));
}

int free_port() {
    int const s = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof where;
    REQUIRE(::bind(s, reinterpret_cast<sockaddr*>(&where), size) == 0);
    REQUIRE(::getsockname(s, reinterpret_cast<sockaddr*>(&where), &size) == 0);
    ::close(s);
    return ntohs(where.sin_port);
}

bool answers(int port) {
    redisContext* const c = redisConnectWithTimeout("127.0.0.1", port, {1, 0});
    bool good = c && !c->err;
    if (good) {
        auto* const reply = static_cast<redisReply*>(redisCommand(c, "PING"));
        good = reply && reply->type == REDIS_REPLY_STATUS;
        if (reply) freeReplyObject(reply);
    }
    if (c) redisFree(c);
    return good;
}

/// A Redis on a port of its own, without files.
class server {
public:
    server() : port_(free_port()) {
        ::signal(SIGPIPE, SIG_IGN);
        start();
    }
    ~server() { kill(); }

    int port() const { return port_; }
    void start() {
        child_ = ::fork();
        if (child_ == 0) {
            int const nowhere = ::open("/dev/null", O_WRONLY);
            ::dup2(nowhere, 1);
            std::string const port = std::to_string(port_);
            ::execlp("redis-server", "redis-server", "--port", port.c_str(), "--bind", "127.0.0.1", "--save", "",
                     static_cast<char*>(nullptr));
            ::_exit(127);
        }
        for (int i = 0; i < 600 && !answers(port_); ++i) std::this_thread::sleep_for(milliseconds(20));
        REQUIRE(answers(port_));
    }
    void signal(int s) const { ::kill(child_, s); }
    void kill() {
        if (child_ <= 0) return;
        signal(SIGKILL);
        ::waitpid(child_, nullptr, 0);
        child_ = 0;
    }
    /// A command of two words more.
    void command(char const* name, std::string const& where, std::string const& a, std::string const& b = {}) const {
        redisContext* const c = redisConnect("127.0.0.1", port_);
        REQUIRE((c && !c->err));
        std::vector<char const*> words{name, where.data(), a.data()};
        std::vector<std::size_t> sizes{std::string(name).size(), where.size(), a.size()};
        if (!b.empty()) {
            words.push_back(b.data());
            sizes.push_back(b.size());
        }
        auto* const reply =
            static_cast<redisReply*>(redisCommandArgv(c, static_cast<int>(words.size()), words.data(), sizes.data()));
        REQUIRE((reply && reply->type != REDIS_REPLY_ERROR));
        freeReplyObject(reply);
        redisFree(c);
    }

private:
    int const port_;
    pid_t child_ = 0;
};

bool has_redis() {
    return std::system("redis-server --version > /dev/null 2>&1") == 0;
}

template <class F>
milliseconds time_of(F const& f) {
    auto const start = steady::now();
    f();
    return std::chrono::duration_cast<milliseconds>(steady::now() - start);
}

/// The times are generous, for a machine that does other work; what is tested is that they hold.
redis_cache::limits limits(int port) {
    return {
        .host = "127.0.0.1", .port = port, .most_bytes = 10'000, .time = milliseconds(1000), .rest = milliseconds(700)};
}

} // namespace

TEST_CASE("redis_cache: it finds what was put, and nothing that is damaged, too large or too old", "[serve]") {
    if (!has_redis()) SKIP("there is no redis-server: cmake/setup.sh --spread");
    server const redis;
    auto l = limits(redis.port());
    l.life = seconds(50);
    redis_cache cache(l), other(l);
    CHECK_FALSE(cache.find(key(1), wall(0)));
    for (int n = 0; n < 20; ++n) cache.put(key(n), result(n, static_cast<std::size_t>(n) * 500), wall(0));
    for (int n = 0; n < 20; ++n) {
        auto const found = other.find(key(n), wall(7));
        REQUIRE(found);
        CHECK(same(*found, result(n, static_cast<std::size_t>(n) * 500)));
        CHECK(found->age == seconds(7));
    }
    CHECK(other.counts().hits == 20);
    CHECK(other.find(key(1), wall(50)));
    CHECK_FALSE(other.find(key(1), wall(51)));
    cache.put(key(30), result(30, 10'001), wall(0));
    CHECK_FALSE(cache.find(key(30), wall(0)));
    CHECK(cache.counts().failures + other.counts().failures == 0);
    // What others wrote there.
    std::string const name = "quoin:" + key(2).hex();
    redis.command("SETRANGE", name, "150", "x");
    CHECK_FALSE(cache.find(key(2), wall(0)));
    redis.command("SET", name, "short");
    CHECK_FALSE(cache.find(key(2), wall(0)));
    redis.command("SET", name, std::string(5'000'000, 'x'));
    CHECK_FALSE(cache.find(key(2), wall(0)));
    redis.command("DEL", name, "unknown");
    redis.command("LPUSH", name, "a list");
    CHECK_FALSE(cache.find(key(2), wall(0)));
    CHECK(cache.counts().failures == 4);
    CHECK(cache.find(key(3), wall(0))); // and asks on
}

TEST_CASE("redis_cache: one that is stopped, killed or not there costs hits alone", "[serve]") {
    if (!has_redis()) SKIP("there is no redis-server: cmake/setup.sh --spread");
    server redis;
    redis_cache cache(limits(redis.port()));
    cache.put(key(1), result(1, 100), wall(0));
    REQUIRE(cache.find(key(1), wall(0)));

    redis.signal(SIGSTOP);
    auto const first = time_of([&] { CHECK_FALSE(cache.find(key(1), wall(0))); });
    CHECK(first >= milliseconds(900));
    CHECK(first < milliseconds(3000));
    // Until the rest is over nobody waits.
    CHECK(time_of([&] {
              for (int i = 0; i < 100; ++i) {
                  CHECK_FALSE(cache.find(key(1), wall(0)));
                  cache.put(key(2), result(2, 100), wall(0));
              }
          }) < milliseconds(500));
    redis.signal(SIGCONT);
    std::this_thread::sleep_for(milliseconds(800));
    auto const found = cache.find(key(1), wall(0));
    REQUIRE(found); // and not a late answer to another question
    CHECK(same(*found, result(1, 100)));

    redis.kill();
    CHECK_FALSE(cache.find(key(1), wall(0)));
    cache.put(key(1), result(1, 100), wall(0));
    std::this_thread::sleep_for(milliseconds(800));
    CHECK_FALSE(cache.find(key(1), wall(0)));
    redis.start();
    std::this_thread::sleep_for(milliseconds(800));
    CHECK_FALSE(cache.find(key(1), wall(0)));
    cache.put(key(1), result(1, 100), wall(0));
    CHECK(cache.find(key(1), wall(0)));
    CHECK(cache.counts().failures == 3);
}

TEST_CASE("redis_cache: threads share few connections, and each gets its own result", "[serve]") {
    if (!has_redis()) SKIP("there is no redis-server: cmake/setup.sh --spread");
    server const redis;
    auto l = limits(redis.port());
    l.connections = 2;
    redis_cache cache(l);
    std::atomic<int> wrong = 0, right = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 300; ++i) {
                    int const n = (i + t) % 7;
                    cache.put(key(n), result(n, 1000), wall(0));
                    if (auto const found = cache.find(key(n), wall(0)))
                        ++(same(*found, result(n, 1000)) ? right : wrong);
                }
            });
    }
    CHECK(wrong == 0);
    CHECK(right > 100);
    CHECK(cache.counts().failures == 0);
}

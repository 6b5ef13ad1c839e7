// SPDX-License-Identifier: BSL-1.0
// redis_cache: results that several machines share in a Redis, which may be slow, wrong or gone.
#pragma once

#include "cache_memory.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

struct redisContext;

namespace examples {

/// Results under "quoin:" and their keys in hexadecimal. Whatever goes wrong is a miss, or a result that is not kept,
/// and takes no longer than `time` to connect and `time` for each answer. Then nothing is asked for a `rest`, after
/// which one call tries again. Where all connections are in use no one waits for them either. What is found has a
/// checksum.
///
/// Redis itself bounds what it keeps (maxmemory, maxmemory-policy allkeys-lru). The functions may be called by several
/// threads.
class redis_cache {
public:
    using time_point = std::chrono::system_clock::time_point;

    struct limits {
        std::string host;
        int port = 6379;
        std::size_t connections = 4;
        std::size_t most_bytes = std::size_t{1} << 18; ///< of a result; a larger one is neither sent nor taken
        std::chrono::milliseconds time{50}, rest{1000};
        std::chrono::seconds life{}; ///< of a result; 0: no bound
    };

    explicit redis_cache(limits const& l) : limits_(l) {}

    std::optional<cached_result> find(cache_key const& key, time_point now);
    void put(cache_key const& key, cached_result const& result, time_point now);

    cache_counts const& counts() const { return counts_; } ///< failures: also those of connections

private:
    struct close {
        void operator()(redisContext* c) const;
    };
    using connection = std::unique_ptr<redisContext, close>;

    /// Nothing while it rests or all are in use.
    connection take();
    /// A connection whose answers all came is used again.
    void give_back(connection c, bool good);

    limits const limits_;
    std::mutex mutex_;
    std::vector<connection> free_;
    std::size_t in_use_ = 0;
    std::chrono::steady_clock::time_point rests_until_{};
    cache_counts counts_;
};

} // namespace examples

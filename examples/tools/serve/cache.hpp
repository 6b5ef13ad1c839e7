// SPDX-License-Identifier: BSL-1.0
// result_cache: results by what was asked and the bytes it was asked of, in memory, in files and in a Redis.
#pragma once

#include "cache_disk.hpp"
#include "cache_memory.hpp"
#include "cache_redis.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace examples {

struct cache_limits {
    std::size_t memory_bytes = 0; ///< 0: nothing is kept in memory
    disk_cache::limits disk{};    ///< no folder: nothing is kept in files
    redis_cache::limits redis{};  ///< no host: none is asked
    /// A level keeps what took at least so long for each MiB of it. What is faster to compute than to fetch is no gain.
    std::chrono::microseconds memory_per_mib{500}, disk_per_mib{4000}, redis_per_mib{20000};
    std::chrono::seconds life{}; ///< of a result in memory; 0: no bound
    body_digest digest = body_digest::sha256;
};

/// Three levels: what is found in files or in a Redis is kept in memory from then on. The functions may be called by
/// several threads.
class result_cache {
public:
    using steady = std::chrono::steady_clock;

    /// @throws std::runtime_error for a folder that cannot be used.
    explicit result_cache(cache_limits const& limits) : limits_(limits) {
        if (limits.memory_bytes > 0) memory_.emplace(limits.memory_bytes, limits.life);
        if (!limits.disk.folder.empty()) disk_.emplace(limits.disk);
        if (!limits.redis.host.empty()) redis_.emplace(limits.redis);
    }

    /// Whether a key takes less than some 100 us to make.
    bool is_quick(std::size_t body_bytes) const {
        return body_bytes <= (limits_.digest == body_digest::sha256 ? std::size_t{1} << 17 : std::size_t{1} << 21);
    }
    cache_key key(std::string_view what, std::span<std::byte const> body) const {
        return key_of(what, body, limits_.digest);
    }

    /// Without waiting for a disk. A miss that is looked for once more does not count.
    std::optional<cached_result> find_in_memory(cache_key const& key, bool once_more = false) {
        return memory_ ? memory_->find(key, steady::now(), once_more) : std::nullopt;
    }
    std::optional<cached_result> find_in_files(cache_key const& key) {
        return disk_ ? kept(key, disk_->find(key, std::chrono::system_clock::now())) : std::nullopt;
    }
    std::optional<cached_result> find_in_redis(cache_key const& key) {
        return redis_ ? kept(key, redis_->find(key, std::chrono::system_clock::now())) : std::nullopt;
    }

    /// Keeps a result that took so long, where that is a gain.
    void put(cache_key const& key, cached_result const& result, std::chrono::nanoseconds took) {
        auto const is_gain = [&](std::chrono::microseconds per_mib) {
            return std::chrono::duration<double>(took).count() * (1 << 20) >=
                   std::chrono::duration<double>(per_mib).count() * static_cast<double>(result.bytes.size());
        };
        if (memory_ && is_gain(limits_.memory_per_mib)) memory_->put(key, result, steady::now());
        if (disk_ && is_gain(limits_.disk_per_mib)) disk_->put(key, result, std::chrono::system_clock::now());
        if (redis_ && is_gain(limits_.redis_per_mib)) redis_->put(key, result, std::chrono::system_clock::now());
    }

    /// The levels, where there are such.
    memory_cache<steady> const* memory() const { return memory_ ? &*memory_ : nullptr; }
    disk_cache const* disk() const { return disk_ ? &*disk_ : nullptr; }
    redis_cache const* redis() const { return redis_ ? &*redis_ : nullptr; }

private:
    std::optional<cached_result> kept(cache_key const& key, std::optional<cached_result> found) {
        if (found && memory_) memory_->put(key, *found, steady::now() - found->age);
        return found;
    }

    cache_limits const limits_;
    std::optional<memory_cache<steady>> memory_;
    std::optional<disk_cache> disk_;
    std::optional<redis_cache> redis_;
};

} // namespace examples

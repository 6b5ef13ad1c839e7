// SPDX-License-Identifier: BSL-1.0
// memory_cache: results that are kept in memory, the least recently used of which leave first.
#pragma once

#include "bytes.hpp"
#include "cache_key.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace examples {

/// A result that can be given again.
struct cached_result {
    std::string type; ///< of its content, for HTTP
    shared_bytes bytes;
    std::chrono::seconds age{}; ///< of one that comes from a file
};

/// What a level of a cache did.
struct cache_counts {
    std::atomic<std::uint64_t> hits = 0, misses = 0, evictions = 0;
    std::atomic<std::uint64_t> failures = 0; ///< results that could not be stored, and stored ones that were damaged
};

/// Results by key, which take at most so many bytes; each counts its bytes and those of its entry here. A result that
/// is older than `life` is none; 0: each stays. Clock has time_point and duration; the cache is told what time it is.
/// The functions may be called by several threads. Cost: a look-up, and a few steps on a list.
template <class Clock = std::chrono::steady_clock>
class memory_cache {
public:
    using time_point = typename Clock::time_point;
    static constexpr std::size_t entry_bytes = 256;

    memory_cache(std::size_t bytes, typename Clock::duration life) : most_(bytes), life_(life) {}

    /// A miss that is looked for once more does not count.
    std::optional<cached_result> find(cache_key const& key, time_point now, bool once_more = false) {
        std::lock_guard const lock(mutex_);
        auto const there = places_.find(key);
        if (there != places_.end() && life_.count() > 0 && now - there->second->made > life_) erase(there->second);
        else if (there != places_.end()) {
            all_.splice(all_.begin(), all_, there->second);
            ++counts_.hits;
            return all_.front().result;
        }
        if (!once_more) ++counts_.misses;
        return {};
    }

    /// A result that alone takes more than the cache has is not kept.
    void put(cache_key const& key, cached_result result, time_point made) {
        std::size_t const bytes = result.bytes.size() + result.type.size() + entry_bytes;
        std::lock_guard const lock(mutex_);
        if (auto const there = places_.find(key); there != places_.end()) erase(there->second);
        if (bytes > most_) return;
        while (bytes_ > most_ - bytes) {
            erase(std::prev(all_.end()));
            ++counts_.evictions;
        }
        all_.push_front({key, std::move(result), bytes, made});
        places_.emplace(key, all_.begin());
        bytes_ += bytes;
    }

    std::size_t bytes() const {
        std::lock_guard const lock(mutex_);
        return bytes_;
    }
    cache_counts const& counts() const { return counts_; }

private:
    struct entry {
        cache_key key;
        cached_result result;
        std::size_t bytes;
        time_point made;
    };
    using place = typename std::list<entry>::iterator;

    void erase(place e) { // a copy: what is passed may be in the map
        bytes_ -= e->bytes;
        places_.erase(e->key);
        all_.erase(e);
    }

    std::size_t const most_;
    typename Clock::duration const life_;
    mutable std::mutex mutex_;
    std::list<entry> all_; // the last used first
    std::unordered_map<cache_key, place, cache_key::hash> places_;
    std::size_t bytes_ = 0;
    cache_counts counts_;
};

} // namespace examples

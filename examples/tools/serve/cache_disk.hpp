// SPDX-License-Identifier: BSL-1.0
// disk_cache: results that are kept in files of a folder, which several processes may use at a time.
#pragma once

#include "cache_memory.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>

namespace examples {

/// A file for each result, under the first two digits of its key. It is written beside its place and renamed, so a
/// process that is killed leaves no half of one; and it has a checksum, so what was damaged otherwise is none: it is
/// removed. A disk that is full, or a folder that is gone, costs results, not requests.
///
/// When the files would take more than `bytes`, the least recently used are removed, until a tenth is free. A use is
/// written down once a minute, so the order is that of minutes. A process knows what others have written when it has
/// written a twentieth of `bytes` itself; so n processes take at most n twentieths more. A result that takes more than
/// a quarter of `bytes` is not kept, and one that is older than `life` is none; 0: each stays.
///
/// The functions may be called by several threads. Cost: find() opens and reads a file, put() writes one.
class disk_cache {
public:
    using time_point = std::chrono::system_clock::time_point;

    struct limits {
        std::filesystem::path folder;
        std::uint64_t bytes = std::uint64_t{1} << 30;
        std::chrono::seconds life{};
    };

    /// Makes the folder where there is none, and removes what processes that were killed left in it.
    /// @throws std::runtime_error where it cannot be used.
    explicit disk_cache(limits const& l);

    std::optional<cached_result> find(cache_key const& key, time_point now);
    void put(cache_key const& key, cached_result const& result, time_point now);

    /// Of all files, as far as this process knows.
    std::uint64_t bytes() const { return bytes_; }
    cache_counts const& counts() const { return counts_; }

    /// Where the result of a key is, if it is there.
    std::filesystem::path file_of(cache_key const& key) const;

private:
    void make_room(std::uint64_t for_bytes);

    limits const limits_;
    std::mutex scanning_;
    std::atomic<std::uint64_t> bytes_ = 0, written_ = 0;
    cache_counts counts_;
};

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// cache_record: a result as bytes outside of the process, which are only believed if their checksum says so.
#pragma once

#include "cache_memory.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

namespace examples {

/// What stands before the type of a result and its bytes.
struct record_head {
    std::uint64_t magic; // another one where bytes have another order
    std::int64_t made;   // seconds since 1970
    std::uint64_t type_bytes, bytes;
    cache_key key;
    std::array<std::uint64_t, 2> check; // of all, where this is 0
};

/// The longest type of a result that is stored.
inline constexpr std::size_t longest_type = 256;

record_head head_of(cache_key const& key, cached_result const& result, std::chrono::system_clock::time_point made);

/// The result of this key that such bytes hold, with its age, and nothing where they are damaged or another key's. It
/// keeps the bytes.
std::optional<cached_result> result_in(byte_buffer&& record, cache_key const& key,
                                       std::chrono::system_clock::time_point now);

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// The checksum of a record.
#include "cache_record.hpp"

#include <algorithm>
#include <type_traits>

namespace examples {

namespace {

static_assert(std::has_unique_object_representations_v<record_head>);
constexpr std::uint64_t magic = 0x31656863616e6f71; // "qonache1"

std::array<std::uint64_t, 2> check_of(record_head head, void const* rest, std::size_t rest_bytes,
                                      void const* more = nullptr, std::size_t more_bytes = 0) {
    head.check = {};
    return checksum().add(&head, sizeof head).add(rest, rest_bytes).add(more, more_bytes).value();
}

std::int64_t seconds_of(std::chrono::system_clock::time_point time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

} // namespace

record_head head_of(cache_key const& key, cached_result const& result, std::chrono::system_clock::time_point made) {
    record_head head{magic, seconds_of(made), result.type.size(), result.bytes.size(), key, {}};
    head.check = check_of(head, result.type.data(), result.type.size(), result.bytes.data(), result.bytes.size());
    return head;
}

std::optional<cached_result> result_in(byte_buffer&& record, cache_key const& key,
                                       std::chrono::system_clock::time_point now) {
    record_head head;
    if (record.size() < sizeof head) return {};
    std::memcpy(&head, record.data(), sizeof head);
    std::byte const* const rest = record.data() + sizeof head;
    std::size_t const behind = record.size() - sizeof head;
    if (head.magic != magic || head.key != key || head.type_bytes > longest_type || head.type_bytes > behind ||
        head.bytes != behind - head.type_bytes || head.check != check_of(head, rest, behind))
        return {};
    std::string type(reinterpret_cast<char const*>(rest), head.type_bytes);
    std::chrono::seconds const age(std::max<std::int64_t>(0, seconds_of(now) - head.made));
    return cached_result{std::move(type), shared_bytes(std::move(record), sizeof head + head.type_bytes), age};
}

} // namespace examples

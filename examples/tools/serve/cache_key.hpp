// SPDX-License-Identifier: BSL-1.0
// cache_key: what a result depends on, in 32 bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace examples {

/// SHA-256 of what was asked and of a digest of the bytes that it was asked of.
struct cache_key {
    std::array<unsigned char, 32> bytes{};

    friend bool operator==(cache_key const&, cache_key const&) = default;
    std::string hex() const;

    struct hash {
        std::size_t operator()(cache_key const& key) const {
            std::size_t first;
            std::memcpy(&first, key.bytes.data(), sizeof first);
            return first;
        }
    };
};

/// How bodies are told apart. A client that wants to can make two bodies with the same xxh3, and so have others
/// answered with the result of the wrong one; nobody can with sha256.
enum class body_digest {
    sha256, ///< some 1.8 GB/s
    xxh3,   ///< some 30 GB/s
};

/// The key of a result. `what` holds all that it depends on beside the body: it begins with the version of what makes
/// it.
cache_key key_of(std::string_view what, std::span<std::byte const> body, body_digest digest);

/// XXH3 of 128 bits, of parts that are one after the other, against damage.
class checksum {
public:
    checksum();
    ~checksum();
    checksum(checksum const&) = delete;
    checksum& operator=(checksum const&) = delete;

    checksum& add(void const* data, std::size_t bytes);
    std::array<std::uint64_t, 2> value() const;

private:
    void* state_;
};

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// Random numbers that are the same on every machine, compiler and standard library.
#pragma once

#include <quoin/core/geometry.hpp>

#include <cstdint>

namespace examples {

/// The output function of splitmix64 (G. Steele, D. Lea, C. Flood, 2014): every bit of the result depends on
/// every bit of x.
constexpr std::uint64_t scramble(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}
inline constexpr std::uint64_t golden = 0x9e3779b97f4a7c15u;

/// A sequence, splitmix64.
class random_sequence {
public:
    constexpr explicit random_sequence(std::uint64_t seed) : state_(seed) {}

    constexpr std::uint64_t next() { return scramble(state_ += golden); }
    /// Uniform in least..most, both included; the bias is below 2^-32 for ranges up to 2^32.
    constexpr quoin::index_t within(quoin::index_t least, quoin::index_t most) {
        auto const range = static_cast<std::uint64_t>(most - least + 1);
        return least + static_cast<quoin::index_t>((next() >> 32) * range >> 32);
    }

private:
    std::uint64_t state_;
};

/// A view of random u16 pixels that are computed when they are read: each depends on the seed and its place
/// alone.
struct noise_view {
    using pixel_type = std::uint16_t;
    quoin::extent size;
    std::uint64_t seed;

    constexpr quoin::index_t width() const { return size.width; }
    constexpr quoin::index_t height() const { return size.height; }
    /// Uniform in 0..65535.
    constexpr std::uint16_t load(quoin::index_t x, quoin::index_t y) const {
        return static_cast<std::uint16_t>(bits(x, y) >> 48);
    }
    constexpr std::uint64_t bits(quoin::index_t x, quoin::index_t y) const {
        return scramble(seed +
                        golden * (static_cast<std::uint64_t>(y) << 32 | static_cast<std::uint64_t>(x)));
    }
};

/// As noise_view, with a bell-shaped distribution: the mean is 32768, the standard deviation 9459 (the mean
/// of four uniform numbers).
struct bell_view : noise_view {
    constexpr std::uint16_t load(quoin::index_t x, quoin::index_t y) const {
        std::uint64_t const b = bits(x, y);
        std::uint64_t const sum = (b & 0xffff) + (b >> 16 & 0xffff) + (b >> 32 & 0xffff) + (b >> 48);
        return static_cast<std::uint16_t>((sum + 2) >> 2);
    }
};

} // namespace examples

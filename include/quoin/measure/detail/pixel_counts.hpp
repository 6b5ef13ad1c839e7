// SPDX-License-Identifier: BSL-1.0
// The counts of the values of each channel, of bytes that lie in pixels.
#pragma once

#include <quoin/core/geometry.hpp>
#include <quoin/core/tuning.hpp>
#include <quoin/measure/detail/word_parts.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The counts of one thread. Pixels are read where they lie, in whole words, of which each byte or pair of bytes has a
/// fixed place in its pixel. A processor completes about one increment per cycle if the counts are in its first-level
/// cache. Pairs need half the increments, and tables of 256 KiB: they pay where the pairs of neighboring pixels are
/// few.
template <int Channels>
class pixel_counts {
    static constexpr int step = 8; // pixels, which are whole words
    // Neighbors of equal pixels must not wait for each other's increments.
    static constexpr int turns = 4;
    // The places of a pair in the pixels.
    static constexpr int places = Channels % 2 == 0 ? Channels / 2 : Channels;
    // Measured by quoin-bench --benchmark_filter='^histogram<rgb': the least number of pairs of a sample for each cache
    // line of counts that they touch, and the number of pixels for which the choice holds.
    static constexpr index_t least_on_line = 2, choice_holds = 1 << 15;
    static constexpr index_t most = std::numeric_limits<std::uint32_t>::max();

public:
    index_t counted = 0; ///< the pixels since the counts were cleared

    static constexpr bool possible = std::endian::native == std::endian::little;

    /// Whether counts cannot overflow by so many more pixels. If they can, they must be moved and cleared first.
    bool has_room(index_t pixels) const { return counted <= most - pixels; }

    /// Counts pixels at p, for which there is room.
    QUOIN_NOINLINE void add(std::uint8_t const* p, index_t pixels) {
        counted += pixels;
        if (pixels >= step && (chosen_for_ -= pixels) < 0) choose(p, pixels);
        index_t const whole = pixels / step * step;
        if (in_pairs_) add_steps<true>(p, whole);
        else add_steps<false>(p, whole);
        for (index_t i = whole * Channels; i < pixels * Channels; ++i)
            ++single(static_cast<int>(i % Channels), p[i], 0);
    }

    /// Adds the counts of a channel to `sums`.
    void add_to(int channel, std::vector<index_t>& sums) const {
        for (std::size_t v = 0; v < 256; ++v)
            for (std::size_t k = 0; k < turns; ++k)
                sums[v] += singles_[(static_cast<std::size_t>(channel) * 256 + v) * turns + k];
        if (pairs_.empty()) return;
        for (int place = 0; place < places; ++place) {
            std::uint32_t const* const table = pairs_.data() + place * 65536;
            bool const first = 2 * place % Channels == channel, second = (2 * place + 1) % Channels == channel;
            if (!first && !second) continue;
            for (std::size_t pair = 0; pair < 65536; ++pair) sums[first ? pair % 256 : pair / 256] += table[pair];
        }
    }
    void clear() {
        std::fill(singles_.begin(), singles_.end(), 0u);
        std::fill(pairs_.begin(), pairs_.end(), 0u);
        counted = 0;
    }

private:
    QUOIN_INLINE std::uint32_t& single(int channel, std::uint8_t value, int turn) {
        return singles_[static_cast<std::size_t>((channel * 256 + value) * turns + turn)];
    }

    /// Counts whole steps. One of equal pixels is counted as a whole. After consecutive others, an increasing number of
    /// steps is not tested, up to 16.
    template <bool Pairs>
    void add_steps(std::uint8_t const* p, index_t pixels) {
        std::uint32_t *const ones = singles_.data(), *const twos = pairs_.data();
        int failures = failures_, untested = untested_; // stores of counts do not alias them
        for (index_t i = 0; i < pixels; i += step, p += step * Channels) {
            if (untested > 0) --untested;
            else if (std::memcmp(p, p + Channels, (step - 1) * Channels) == 0) {
                failures = 0;
                for (int c = 0; c < Channels; ++c) ones[(c * 256 + p[c]) * turns] += step;
                continue;
            } else {
                untested = failures;
                failures = failures < 15 ? failures + 1 : 15;
            }
            if constexpr (Pairs) {
                for_each_word_part<std::uint16_t, Channels>(p, [&](std::uint16_t pair, auto j) QUOIN_LAMBDA_INLINE {
                    ++twos[decltype(j)::value % places * 65536 + pair];
                });
            } else {
                for_each_word_part<std::uint8_t, Channels>(p, [&](std::uint8_t value, auto j) QUOIN_LAMBDA_INLINE {
                    constexpr int channel = decltype(j)::value % Channels, turn = decltype(j)::value / Channels % turns;
                    ++ones[(channel * 256 + value) * turns + turn];
                });
            }
        }
        failures_ = failures;
        untested_ = untested;
    }

    /// Chooses pairs if the next ones touch few cache lines of their tables.
    QUOIN_NOINLINE void choose(std::uint8_t const* p, index_t pixels) {
        chosen_for_ = choice_holds;
        in_pairs_ = false;
        if (counted < tuning::histogram_before_pairs) return;
        constexpr index_t sample = 1024;
        index_t const tested = (pixels < sample ? pixels : sample) / step * step;
        std::uint8_t lines[places * 4096] = {}; // each has 16 counts
        index_t found = 0;
        for (index_t i = 0; i < tested; i += step)
            for_each_word_part<std::uint16_t, Channels>(
                p + i * Channels, [&](std::uint16_t pair, auto j) QUOIN_LAMBDA_INLINE {
                    std::uint8_t& line = lines[decltype(j)::value % places * 4096 + pair / 16];
                    found += line == 0;
                    line = 1;
                });
        in_pairs_ = 2 * least_on_line * found <= tested * Channels;
        if (in_pairs_ && pairs_.empty()) pairs_.resize(static_cast<std::size_t>(places) * 65536);
    }

    std::vector<std::uint32_t> singles_ = std::vector<std::uint32_t>(Channels * 256 * turns);
    std::vector<std::uint32_t> pairs_; // at 65536 * place + second byte * 256 + first; empty until they are used
    index_t chosen_for_ = 0;           // the pixels until it is chosen again
    bool in_pairs_ = false;
    int failures_ = 0, untested_ = 0; // consecutive tested steps of several values, and the next steps not to test
};

} // namespace detail

QUOIN_NAMESPACE_END

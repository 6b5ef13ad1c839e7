// SPDX-License-Identifier: BSL-1.0
// joint_histogram: how often the values of two channels occur together.
#pragma once

#include <quoin/measure/histogram.hpp>

QUOIN_NAMESPACE_BEGIN

/// The result of joint_histogram: at(a, b) is the number of pixels whose first channel is in bin a, and the second in
/// b.
struct joint_counts {
    index_t bins = 0;            ///< of each channel
    std::vector<index_t> counts; ///< bins^2, those of a = 0 first
    index_t at(index_t a, index_t b) const { return counts[static_cast<std::size_t>(a * bins + b)]; }
    friend bool operator==(joint_counts const&, joint_counts const&) = default;
};

namespace detail {

/// The counts of all pairs of the upper bytes of channels A and B.
template <class P, int A, int B>
struct joint_state {
    using T = channel_t<P>;
    static constexpr bool ordered = false;
    static constexpr index_t least = 65536;

    std::vector<index_t> counts = std::vector<index_t>(65536);

    explicit joint_state(extent) {}
    static std::size_t upper(T v) { return value_counts<T>::bin_of(v) >> (8 * (sizeof(T) - 1)); }

    template <class Lanes>
    QUOIN_NOINLINE void add(row_part<P> const& part) {
        index_t* const to = counts.data();
        T const *const a = part.planes[A], *const b = part.planes[B];
        for (index_t i = 0; i < part.count; ++i) ++to[256 * upper(a[i]) + upper(b[i])];
    }
    void join(joint_state const& other) {
        for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += other.counts[i];
    }
    template <class F>
    void for_each_field(F const& f) {
        f(counts);
    }
};

} // namespace detail

/// How often the values of the channels A and B occur together, in n bins for each channel, 256 if not said: value v is
/// in bin floor((v - smallest) n / 2^bits). Channels are integers of 8 or 16 bits. For two images write zip(a, b) | f,
/// where f makes a pixel of two channels or more. Cost: one increment per pixel. Memory: 512 KiB for each thread.
template <int A, int B>
struct joint_histogram_fn : statistic<joint_histogram_fn<A, B>> {
    template <class P>
    using state =
        std::conditional_t<detail::has_countable_channels<P>, detail::joint_state<P, A, B>, detail::no_histogram>;
    index_t count_of_bins = 256;

    /// The same with n bins.
    /// @throws invalid_argument unless n is a power of two in 1..256.
    constexpr joint_histogram_fn bins(index_t n) const {
        if (n < 1 || n > 256 || (n & (n - 1)) != 0)
            detail::raise("quoin::joint_histogram: ", n, " bins; give a power of two in 1..256");
        joint_histogram_fn result = *this;
        result.count_of_bins = n;
        return result;
    }

    template <class P>
    joint_counts result([[maybe_unused]] state<P> const& s, detail::statistics_of const&) const {
        static_assert(detail::has_countable_channels<P>,
                      "quoin::joint_histogram: counts need integers of 8 or 16 bits; put convert_to before it");
        static_assert(A >= 0 && A < channels_v<P> && B >= 0 && B < channels_v<P>,
                      "quoin::joint_histogram: the pixels have no such channel; give indices from 0 on");
        index_t const n = count_of_bins;
        joint_counts found{n, std::vector<index_t>(static_cast<std::size_t>(n * n))};
        if constexpr (detail::has_countable_channels<P>)
            for (index_t i = 0; i < 65536; ++i)
                found.counts[static_cast<std::size_t>(i / 256 * n / 256 * n + i % 256 * n / 256)] +=
                    s.counts[static_cast<std::size_t>(i)];
        return found;
    }
};
template <int A, int B>
inline constexpr joint_histogram_fn<A, B> joint_histogram{};

QUOIN_NAMESPACE_END

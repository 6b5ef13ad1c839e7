// SPDX-License-Identifier: BSL-1.0
// histogram: the number of pixels of each value.
#pragma once

#include <quoin/measure/detail/pixel_counts.hpp>
#include <quoin/measure/detail/tile_counts.hpp>
#include <quoin/measure/detail/value_counts.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/statistics.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <class P>
inline constexpr bool has_countable_channels = std::integral<channel_t<P>> && sizeof(channel_t<P>) <= 2;

/// Nothing, for pixels that are counted channel by channel alone.
struct no_pixel_counts {
    static constexpr bool possible = false;
};

template <class P>
struct histogram_state {
    using counts_type = value_counts<channel_t<P>>;
    using pixels_type = std::conditional_t<std::same_as<channel_t<P>, std::uint8_t> && (channels_v<P> > 1),
                                           pixel_counts<channels_v<P>>, no_pixel_counts>;
    static constexpr bool ordered = false;
    static constexpr index_t least = counts_type::least;
    static constexpr bool takes_pixels = pixels_type::possible;
    counts_type channels[channels_v<P>];
    pixels_type pixels;

    explicit histogram_state(extent) {}
    /// Counts pixels that lie at p.
    void add_pixels(channel_t<P> const* p, index_t count) {
        if (!pixels.has_room(count)) [[unlikely]]
            move_pixels();
        pixels.add(p, count);
    }
    /// Moves the counts of pixels to the totals of their channels.
    void move_pixels() {
        for (int c = 0; c < channels_v<P>; ++c) {
            channels[c].totals.resize(counts_type::bins);
            pixels.add_to(c, channels[c].totals);
        }
        pixels.clear();
    }
    void add_to(int channel, std::vector<index_t>& sums) const {
        channels[channel].add_to(sums);
        if constexpr (takes_pixels) pixels.add_to(channel, sums);
    }
    template <class Lanes>
    void add(row_part<P> const& part) {
        for (int c = 0; c < channels_v<P>; ++c) channels[c].template add<Lanes>(part.planes[c], part.x, part.count);
    }
    void join(histogram_state const& other) {
        for (int c = 0; c < channels_v<P>; ++c) {
            channels[c].join(other.channels[c]);
            if constexpr (takes_pixels) other.pixels.add_to(c, channels[c].totals);
        }
    }
    template <class F>
    void for_each_field(F const& f) {
        if constexpr (takes_pixels) move_pixels();
        for (auto& each : channels) each.for_each_field(f);
    }
};

/// After the error message for pixels that cannot be counted.
struct no_histogram {
    static constexpr bool ordered = false;
    static constexpr index_t least = 1;
    explicit no_histogram(extent) {}
    template <class Lanes, class Part>
    void add(Part const&) {}
    void join(no_histogram const&) {}
};

/// Counts of all values as counts of n bins.
inline std::vector<index_t> binned(std::vector<index_t> const& counts, index_t n) {
    std::vector<index_t> result(static_cast<std::size_t>(n));
    auto const values = static_cast<index_t>(counts.size());
    for (index_t v = 0; v < values; ++v)
        result[static_cast<std::size_t>(v * n / values)] += counts[static_cast<std::size_t>(v)];
    return result;
}

} // namespace detail

/// counts[v - smallest] is the number of pixels of value v, where `smallest` is the smallest value of the type.
/// Channels are integers of 8 or 16 bits, so there are 256 or 65,536 counts. Gray: a std::vector<index_t>; otherwise a
/// pixel of them, as in histogram(policy, photo).r. Cost: one increment per pixel and channel. Under the SIMD policies
/// a thread needs one increment per two pixels of 8 bits after its first 2^17 pixels, and fewer for steps of one or two
/// values. Pixels of several channels of 8 bits that lie in an image_view are read where they lie if no other statistic
/// is asked for. After the first 2^17 they need one increment per two bytes where neighboring bytes have few different
/// pairs, as in photographs. Memory: for each thread and channel tables of up to 264 KiB (8 bits) or 512 KiB (16 bits),
/// and after 2^32 pixels of a thread 8 more bytes per value.
struct histogram_fn : statistic<histogram_fn> {
    template <class P>
    using state =
        std::conditional_t<detail::has_countable_channels<P>, detail::histogram_state<P>, detail::no_histogram>;
    index_t count_of_bins = 0; ///< 0: one for each value

    /// The same with n counts: value v is counted at floor((v - smallest) n / 2^bits).
    /// @throws invalid_argument unless n is in 1..65536; more bins than values leave some empty.
    constexpr histogram_fn bins(index_t n) const {
        if (n < 1 || n > 65536)
            detail::raise("quoin::histogram: ", n, " bins; give a number in 1..65536, or none for one of each value");
        histogram_fn result = *this;
        result.count_of_bins = n;
        return result;
    }

    template <class P>
    static void check_pixel() {
        static_assert(detail::has_countable_channels<P>,
                      "quoin::histogram: counts need integers of 8 or 16 bits; put convert_to before it");
    }
    template <class P>
    auto result([[maybe_unused]] state<P> const& s, detail::statistics_of const&) const {
        if constexpr (detail::has_countable_channels<P>) {
            return make_pixel<P>([&](auto c) {
                std::vector<index_t> counts(s.channels[0].bins);
                s.add_to(decltype(c)::value, counts);
                return count_of_bins == 0 ? counts : detail::binned(counts, count_of_bins);
            });
        } else {
            return 0; // one error message is enough
        }
    }
};
inline constexpr histogram_fn histogram{};

/// histogram(policy, what) of gray pixels. A function, so that stages which know no policy find it by its arguments.
template <concepts::policy Policy, concepts::readable What>
    requires(channels_v<typename What::pixel_type> == 1 && detail::has_countable_channels<typename What::pixel_type>)
std::vector<index_t> counts_of_values(Policy const& policy, What const& what) {
    return histogram(policy, what);
}

/// Counts as counts_of_values(), but of the smallest and the largest value alone, 1 each, which is all that normalize()
/// asks for. min_max() is several times as fast.
template <concepts::policy Policy, concepts::readable What>
    requires(channels_v<typename What::pixel_type> == 1 && detail::has_countable_channels<typename What::pixel_type>)
std::vector<index_t> ends_of_values(Policy const& policy, What const& what) {
    using counts_type = detail::value_counts<channel_t<typename What::pixel_type>>;
    std::vector<index_t> counts(counts_type::bins);
    if (what.width() > 0 && what.height() > 0) {
        auto const range = min_max(policy, what);
        counts[counts_type::bin_of(range.min)] = counts[counts_type::bin_of(range.max)] = 1;
    }
    return counts;
}

/// The numbers that clahe() looks up, of gray pixels. A function for the same reason.
template <concepts::policy Policy, concepts::readable What>
    requires(channels_v<typename What::pixel_type> == 1 &&
             (std::same_as<channel_t<typename What::pixel_type>, std::uint8_t> ||
              std::same_as<channel_t<typename What::pixel_type>, std::uint16_t>))
auto numbers_of_tiles(Policy const& policy, What const& what, detail::tile_grid const& grid, double clip) {
    return detail::numbers_of_pipeline(policy, detail::computed_pipeline_of<typename Policy::lanes>(what), grid, clip);
}

QUOIN_NAMESPACE_END

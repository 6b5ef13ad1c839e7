// SPDX-License-Identifier: BSL-1.0
// median: the middle value of a square.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/core/tuning.hpp>
#include <quoin/filter/detail/rank_counts.hpp>
#include <quoin/filter/detail/rank_networks.hpp>
#include <quoin/filter/detail/rank_tiles.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The value of a rank, from 0, among side x side channels T.
template <class T>
class rank_of_square {
public:
    using vectorized = void;
    using channelwise = void;

    constexpr rank_of_square(int side, int rank) : side_(side), rank_(rank) {}
    QUOIN_FN quoin::footprint footprint() const { return {side_ / 2, side_ / 2}; }

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        if (side_ == 3 && rank_ == 4)
            return from_rank_key<T>(
                middle_of_nine([&](int dx, int dy) QUOIN_LAMBDA_INLINE { return to_rank_key(w(dx, dy)); }));
        return from_rank_key<T>(select_rank(w, side_, rank_));
    }

    bool sweeps() const { return wants_network() || wants_counts() || wants_tiles(); }
    constexpr int rows_ahead() const {
        if constexpr (has_tiles)
            if (wants_tiles()) return rank_tiles<scalar_lanes, T>::rows_ahead(side_);
        return 0;
    }
    template <class U>
    std::size_t sweep_size(index_t columns) const {
        if (wants_counts()) return static_cast<std::size_t>(rank_counts::bytes(columns, side_));
        if constexpr (has_tiles)
            if (wants_tiles()) return rank_tiles<scalar_lanes, T>::bytes(columns, side_);
        if (side_ == 3) return 0;
        std::size_t bytes = 0;
        if constexpr (has_networks)
            with_network([&](auto side) {
                bytes = median_rows<scalar_lanes, T, decltype(side)::value>::bytes(columns);
            });
        return bytes;
    }
    template <class Lanes, class U>
    void sweep(row_sweep<U> const& row, T* to) const {
        if constexpr (has_networks) {
            if (wants_network() && side_ == 3) return median_row_of_nine<Lanes>(row, to);
            if (wants_network())
                return with_network(
                    [&](auto side) { median_rows<Lanes, T, decltype(side)::value>::compute(row, to); });
        }
        if constexpr (std::same_as<T, std::uint8_t>)
            rank_counts(reinterpret_cast<std::uint8_t*>(row.memory), row.columns, side_)
                .row(row.rows - side_ / 2, row.first - side_ / 2, rank_, row.follows, to);
        if constexpr (has_tiles) rank_tiles<Lanes, T>::compute(row, side_, rank_, to);
    }

private:
    static constexpr bool has_networks = sizeof(T) <= 4, has_tiles = sizeof(T) == 2 || sizeof(T) == 4;
    static constexpr int most_network_side = 9;
    constexpr bool wants_network() const {
        return has_networks && side_ >= 3 && side_ <= most_network_side && rank_ == side_ * side_ / 2;
    }
    template <class F>
    void with_network(F const& f) const {
        if (side_ == 5) f(std::integral_constant<int, 5>{});
        else if (side_ == 7) f(std::integral_constant<int, 7>{});
        else f(std::integral_constant<int, 9>{});
    }
    constexpr bool wants_counts() const {
        return std::same_as<T, std::uint8_t> && side_ >= tuning::least_counted_side && !wants_network();
    }

    constexpr bool wants_tiles() const {
        return has_tiles && !wants_network() && side_ >= rank_tile_sizes::least_side &&
               side_ <= rank_tile_sizes::most_side;
    }

    int side_, rank_;
};

constexpr int checked_rank_side(char const* function, int side) {
    if (side < 1 || side > 255 || side % 2 == 0)
        raise("quoin::", function, ": the side ", side, " is not an odd number from 1 to 255");
    return side;
}

} // namespace detail

/// The stage made by median() and percentile().
class rank_fn {
public:
    using expands = void;

    /// `rank` counts from 0, the smallest.
    constexpr rank_fn(int side, int rank) : side_(side), rank_(rank) {}

    template <class P>
    constexpr auto expand() const {
        return compose(detail::rank_of_square<channel_t<P>>(side_, rank_));
    }

private:
    int side_, rank_;
};

/// Local stage, side x side. Each channel is the middle one of the side^2 values of the square around the pixel in
/// rising order. The pixel type does not change, and every result is a value of the square, so nothing is rounded.
/// Border: that of the last extend(), or reflect_101 without one. OpenCV's medianBlur and Pillow's MedianFilter read
/// outside what `extend(replicate)` says; behind it the bytes are theirs.
///
/// Floating point: -0 is less than +0. NaN counts as larger than all numbers, as in numpy.sort: a square of fewer than
/// side^2 / 2 NaN gives a number, any other one NaN, whose bits are always the same.
///
/// Cost, on the line engine: sides 3, 5, 7 and 9 of channels up to 32 bits have sorting networks, of 59 minima and
/// maxima a pixel for side 5, 153 for side 7 and 237 for side 9, since two rows share what their windows have in
/// common. They keep 52, 96 and 208 values a column. Other sides of u8 have histograms of columns, whose time depends
/// little on the side and on the content, with 273 bytes a column. Other sides up to 201 of 16 and 32 bits sort the
/// values of tiles: all of a tile are sorted once, each costs as much as some 1.5 to 3 results, and a result costs two
/// comparisons for each row of the window, in registers, and a search that is short where neighbors are alike. They
/// read up to 127 rows ahead, and keep up to 2 MB for a channel. All other channels, larger sides, and all on the tile
/// engine but for side 3, are searched bit by bit: as many times side^2 comparisons as a channel has bits.
/// @throws invalid_argument unless the side is odd and in 1..255.
///
/// S. Perreault, P. Hébert, "Median Filtering in Constant Time", IEEE Transactions on Image Processing 16, 2007. K. E.
/// Batcher, "Sorting Networks and Their Applications", AFIPS 1968.
constexpr rank_fn median(int side) {
    return {detail::checked_rank_side("median", side), side * side / 2};
}

/// The catalogue's entry.
struct median_entry : entry_of<median_entry> {
    static constexpr operation about{.name = "median",
                                     .about = "the middle value of SIDE x SIDE pixels",
                                     .parameters = {{.name = "SIDE",
                                                     .type = parameter_type::integer,
                                                     .least = 1,
                                                     .most = 255,
                                                     .about = "an odd number of pixels"}},
                                     .rounding = "none",
                                     .floating = "the same; NaN counts as larger than all numbers",
                                     .opencv = "cv::medianBlur(src, dst, SIDE), whose border is replicate",
                                     .pillow =
                                         "image.filter(ImageFilter.MedianFilter(SIDE)), whose border is replicate",
                                     .scikit_image = "scipy.ndimage.median_filter(image, SIDE, mode='mirror')"};
    static constexpr rank_fn stage(double const* values) { return median(detail::whole<int>(values[0])); }
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// The values of an image as levels, integers of their order, and the places of its pixels in a frame, for algorithms
// that go from neighbor to neighbor.
#pragma once

#include <quoin/core/connectivity.hpp>
#include <quoin/core/error.hpp>
#include <quoin/filter/detail/ordered_bits.hpp>
#include <quoin/image/image_view.hpp>
#include <quoin/pipe/operation.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <memory>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The channels of operations on gray levels.
template <class T>
concept gray_level = std::same_as<T, float> || (std::integral<T> && sizeof(T) <= 4 && !std::same_as<T, bool>);

/// The levels of a channel: integers that lanes have.
template <class T>
using level_t = std::conditional_t<sizeof(T) == 4, std::int32_t, std::make_unsigned_t<ordered_t<T>>>;

/// The level of a value that is a number. Levels have the order of the values, or if Falls is set the opposite one. No
/// float has the lowest level.
template <bool Falls, class T>
constexpr level_t<T> level_of(T value) {
    using L = level_t<T>;
    L level;
    if constexpr (std::integral<T>) level = static_cast<L>(value);
    else level = ordered_bits(std::bit_cast<L>(value));
    if constexpr (std::same_as<T, std::int16_t>) level = static_cast<L>(level ^ 0x8000);
    return Falls ? static_cast<L>(~level) : level;
}
template <class T, bool Falls>
constexpr T value_of_level(level_t<T> level) {
    using L = level_t<T>;
    if constexpr (Falls) level = static_cast<L>(~level);
    if constexpr (std::same_as<T, std::int16_t>) level = static_cast<L>(level ^ 0x8000);
    if constexpr (std::integral<T>) return static_cast<T>(level);
    else return std::bit_cast<T>(ordered_bits(level));
}
template <class T>
constexpr bool is_nan(T value) {
    return value != value;
}

/// The places of an image with a frame of one place around it, numbered row by row.
class framed_places {
public:
    /// @throws invalid_argument for more places than 31 bits can number.
    framed_places(char const* name, extent size) : size_(size) {
        if (size.width >= most || size.height >= most || (size.width + 2) * (size.height + 2) > most - behind)
            raise("quoin::", name, ": an image of ", size.width, " x ", size.height,
                  " pixels, and the largest has 2^31 - 1 with a frame of one pixel; give parts of it");
    }
    static constexpr index_t behind = 256;

    extent size() const { return size_; }
    std::int32_t columns() const { return static_cast<std::int32_t>(size_.width + 2); }
    std::size_t count() const { return static_cast<std::size_t>((size_.width + 2) * (size_.height + 2)); }
    /// The first place of row y of the image. Rows -1 and height are those of the frame.
    std::int32_t row(index_t y) const { return static_cast<std::int32_t>((y + 1) * (size_.width + 2) + 1); }

    /// The distances of the neighbors: those before a pixel in raster order, then those behind it.
    template <connectivity Neighbors>
    auto neighbors() const {
        std::int32_t const w = columns();
        if constexpr (Neighbors == connectivity::four) return std::array<std::int32_t, 4>{-w, -1, 1, w};
        else return std::array<std::int32_t, 8>{-w - 1, -w, -w + 1, -1, 1, w - 1, w, w + 1};
    }

private:
    static constexpr index_t most = (index_t{1} << 31) - 1;
    extent size_;
};

template <class I>
constexpr std::size_t index_of(I place) {
    return static_cast<std::size_t>(place);
}

/// A value for each place, not initialized, and some behind, so that lanes may go beyond the end.
template <class V>
std::unique_ptr<V[]> framed_values(framed_places const& places) {
    return std::make_unique_for_overwrite<V[]>(places.count() + framed_places::behind);
}

/// Fills the frame, and what is behind it.
template <class V>
void fill_frame(framed_places const& places, V* values, V with) {
    index_t const columns = places.columns(), rows = places.size().height;
    std::fill_n(values, columns, with);
    for (index_t y = 0; y < rows; ++y) values[places.row(y) - 1] = values[places.row(y) + columns - 2] = with;
    std::fill_n(values + places.row(rows) - 1, columns + framed_places::behind, with);
}

/// The levels of a row. NaNs have the lowest one, as the frame.
template <bool Falls, class T>
void read_levels(T const* from, index_t columns, level_t<T>* to) {
    for (index_t x = 0; x < columns; ++x) to[x] = is_nan(from[x]) ? lowest<level_t<T>> : level_of<Falls>(from[x]);
}

/// Calls f with the connectivity as a constant.
template <class F>
auto with_connectivity(connectivity c, F const& f) {
    if (c == connectivity::four) return f(std::integral_constant<connectivity, connectivity::four>{});
    return f(std::integral_constant<connectivity, connectivity::eight>{});
}

/// The base of the entries of these operations.
template <class E>
struct gray_level_entry : entry_of<E> {
    template <class T>
    static constexpr bool takes = gray_level<T>;
};

/// The parameter of operations whose neighbors are four, or eight, unless another number is given.
constexpr parameter neighbors_parameter(connectivity preset) {
    return {.name = "NEIGHBORS",
            .type = parameter_type::choice,
            .preset = preset == connectivity::four ? "4" : "8",
            .choices = "4 8",
            .about = "of a pixel: those at its sides, or those at its corners, too"};
}
constexpr connectivity connectivity_of(double choice) {
    return choice == 0 ? connectivity::four : connectivity::eight;
}

} // namespace detail

QUOIN_NAMESPACE_END

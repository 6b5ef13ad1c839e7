// SPDX-License-Identifier: BSL-1.0
// What stages that are made of counts of values share.
#pragma once

#include <quoin/core/detail/percentile.hpp>
#include <quoin/core/detail/value_range.hpp>
#include <quoin/filter/detail/tables.hpp>

#include <array>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Counts for all channels together, or an array of those of each.
template <class Counts>
inline constexpr int tables_for = 0;
template <>
inline constexpr int tables_for<std::vector<index_t>> = 1;
template <std::size_t Channels>
inline constexpr int tables_for<std::array<std::vector<index_t>, Channels>> = static_cast<int>(Channels);
template <class Counts>
concept counts_of_channels = tables_for<Counts> > 0;

inline std::vector<index_t> const& of_channel(std::vector<index_t> const& counts, std::size_t) {
    return counts;
}
template <std::size_t Channels>
std::vector<index_t> const& of_channel(std::array<std::vector<index_t>, Channels> const& counts, std::size_t c) {
    return counts[c];
}
/// The largest of the values that are counted.
template <class Counts>
double white_of(Counts const& counts) {
    return static_cast<double>(of_channel(counts, 0).size()) - 1;
}

/// A stage of tables that are made of counts. Copies share them.
template <int Tables>
class counted_lut {
public:
    using expands = void;

    /// fill(counts of a channel, table) writes a table.
    /// @throws invalid_argument unless there are 256 or 65,536 counts of each channel.
    template <class Counts, class Fill>
    counted_lut(char const* name, Counts const& counts, Fill const& fill)
        : name_(name), size_(static_cast<index_t>(of_channel(counts, 0).size())) {
        auto tables = std::make_shared<std::vector<std::uint16_t>>();
        for (std::size_t c = 0; c < Tables; ++c) {
            auto const size = static_cast<index_t>(of_channel(counts, c).size());
            if ((size != 256 && size != 65536) || size != size_)
                raise("quoin::", name_, ": there are ", size,
                      " counts; give 256 for bytes or 65536 for 16 bits, the same number for each channel");
            tables->resize(static_cast<std::size_t>(size) * (c + 1));
            fill(of_channel(counts, c), tables->data() + size * static_cast<index_t>(c));
        }
        tables_ = std::move(tables);
    }

    template <class P>
    auto expand() const {
        using T = channel_t<P>;
        constexpr bool counted = has_tables<T>;
        constexpr bool fits = Tables == 1 || Tables == channels_v<P>;
        static_assert(counted, "quoin: counts are those of pixels of u8 or u16; put convert_to before the stage");
        static_assert(fits, "quoin: the number of counted channels is not that of the pixel; give counts for all "
                            "channels together, or for each");
        if constexpr (counted && fits) {
            if (size_ != values_of<T>)
                raise("quoin::", name_, ": ", size_, " counts are not those of pixels of ", 8 * sizeof(T),
                      " bits; give ", values_of<T>, " counts");
            std::vector<T> const values(tables_->begin(), tables_->end());
            return compose(lut_of<T, T, Tables>(values.data()));
        } else {
            return compose(); // one error message is enough
        }
    }

private:
    char const* name_;
    index_t size_;
    std::shared_ptr<std::vector<std::uint16_t> const> tables_;
};

template <class Policy, class What>
concept can_be_counted = requires(Policy const& policy, What const& what) { counts_of_values(policy, what); };

/// The counts of gray pixels.
template <class Policy, class What>
auto counted(Policy const& policy, What const& what) {
    static_assert(can_be_counted<Policy, What>,
                  "quoin: a stage that counts values needs a policy, gray pixels of u8 or "
                  "u16, and <quoin/measure/histogram.hpp>; include it");
    if constexpr (can_be_counted<Policy, What>) return counts_of_values(policy, what);
    else return std::vector<index_t>(256); // one error message is enough
}

/// The base of the catalogue's entries of operations that are made of the counts of each channel. An entry has
///     static void check(double const* values, double white);
///     static void table(double const* values, std::vector<index_t> const& counts, std::uint16_t* to);
template <class Entry>
struct entry_of_counts {
    static constexpr bool counts = true;
    template <class T>
    static constexpr bool takes = has_tables<T>;
};

} // namespace detail

QUOIN_NAMESPACE_END

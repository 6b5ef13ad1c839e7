// SPDX-License-Identifier: BSL-1.0
// projections: the sums of all rows and of all columns.
#pragma once

#include <quoin/measure/sum.hpp>

QUOIN_NAMESPACE_BEGIN

/// The result of projections: for each row and for each column the sum of its pixels.
template <class S>
struct projection_sums {
    std::vector<S> rows, columns;
    friend bool operator==(projection_sums const&, projection_sums const&) = default;
};

namespace detail {

/// Bytes are first added in 16 bits, which hold 2^7 of them, and 16-bit values in 32 bits, which hold 2^15.
template <class P>
struct projections_state {
    using T = channel_t<P>;
    using S = sum_t<T>;
    static constexpr bool ordered = std::floating_point<T>;
    static constexpr index_t least = 1;
    static constexpr bool small = std::integral<T> && sizeof(T) <= 2;
    using A = std::conditional_t<small, std::conditional_t<sizeof(T) == 1, std::int16_t, std::int32_t>, S>;
    static constexpr int flush_after = sizeof(T) == 1 ? 1 << 7 : 1 << 15;

    projection_sums<S> sums[channels_v<P>];
    std::vector<A> columns[channels_v<P>];
    index_t first = 0; // the row of sums[c].rows[0]; a strip has only its own rows
    index_t row = -1;
    int added = 0;

    explicit projections_state(extent size) {
        for (int c = 0; c < channels_v<P>; ++c) {
            if (!ordered) sums[c].rows.resize(static_cast<std::size_t>(size.height));
            sums[c].columns.resize(static_cast<std::size_t>(size.width));
            columns[c].resize(static_cast<std::size_t>(size.width));
        }
    }
    template <class Lanes>
    void add(row_part<P> const& part) {
        if (part.y != row) {
            if (ordered && row < 0) first = part.y;
            row = part.y;
            if (ordered) reach(row + 1);
            if (++added > flush_after && small) flush();
        }
        for (int c = 0; c < channels_v<P>; ++c) {
            T const* const p = part.planes[c];
            A* const to = columns[c].data() + part.x;
            for_each_step<Lanes>(part.count, [=](auto lanes, index_t i) QUOIN_LAMBDA_INLINE {
                using family = decltype(lanes);
                family::store(to + i, convert<A>(family::template load_as<A>(to + i) +
                                                 convert<A>(family::template load_as<T>(p + i))));
            });
            S& sum = sums[c].rows[static_cast<std::size_t>(part.y - first)];
            if constexpr (ordered) {
                column_sums values;
                values.template add<Lanes>(part.x, part.count, [p](auto lanes, index_t i) QUOIN_LAMBDA_INLINE {
                    return convert<double>(decltype(lanes)::template load_as<T>(p + i));
                });
                sum += values.sum();
            } else {
                sum += row_sum<Lanes>(p, part.count);
            }
        }
    }
    QUOIN_NOINLINE void flush() {
        for (int c = 0; c < channels_v<P>; ++c)
            for (std::size_t x = 0; x < columns[c].size(); ++x)
                sums[c].columns[x] += std::exchange(columns[c][x], A(0));
        added = 1;
    }
    /// Makes room for the rows before `end`.
    void reach(index_t end) {
        for (auto& each : sums)
            if (static_cast<index_t>(each.rows.size()) < end - first)
                each.rows.resize(static_cast<std::size_t>(end - first));
    }
    void join(projections_state& other) {
        flush();
        other.flush();
        auto const rows = static_cast<index_t>(other.sums[0].rows.size());
        if (rows == 0) return add_columns(other);
        if (sums[0].rows.empty()) first = other.first;
        reach(other.first + rows);
        auto const offset = static_cast<std::size_t>(other.first - first);
        for (int c = 0; c < channels_v<P>; ++c) {
            for (std::size_t y = 0; y < other.sums[c].rows.size(); ++y)
                sums[c].rows[offset + y] += other.sums[c].rows[y];
        }
        add_columns(other);
    }
    template <class F>
    void for_each_field(F const& f) {
        for (int c = 0; c < channels_v<P>; ++c) {
            f(sums[c].rows);
            f(sums[c].columns);
            f(columns[c]);
        }
        f(first);
        f(row);
        f(added);
    }
    void add_columns(projections_state const& other) {
        for (int c = 0; c < channels_v<P>; ++c)
            for (std::size_t x = 0; x < sums[c].columns.size(); ++x) sums[c].columns[x] += other.sums[c].columns[x];
    }
};

} // namespace detail

/// The sum of each row and of each column: rows[y] and columns[x] are sum_t of the channel. Gray: one projection_sums;
/// otherwise a pixel of them, as in projections(policy, photo).r.rows. Integers: exact. Floating point: in double.
/// Column x of a row goes to partial sum x mod 64 of its part of 16 KiB, and parts are added from the left. A column is
/// added from the top in strips of 64 rows, and the strips from the top. NaN and infinities: those of the additions.
/// Cost: two additions per pixel and channel. Memory: 8 bytes a row and 16 a column, for each channel and each thread,
/// for floating point for each 64 rows.
struct projections_fn : statistic<projections_fn> {
    template <class P>
    using state = detail::projections_state<P>;
    template <class P>
    auto result(state<P>& s, detail::statistics_of const& of) const {
        s.flush();
        state<P> whole(extent{of.size.width, 0});
        whole.reach(of.size.height);
        whole.join(s);
        return make_pixel<P>([&](auto c) { return std::move(whole.sums[decltype(c)::value]); });
    }
};
inline constexpr projections_fn projections{};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// The seam of the line engine: the source of rows for a local stage, behind one type for each channel type.
#pragma once

#include <quoin/core/tap_table.hpp>
#include <quoin/exec/line/line_memory.hpp>
#include <quoin/exec/line/row_observer.hpp>
#include <quoin/exec/line/source_rows.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <class T>
class line_source;

/// A resampling pass along rows of bytes, as the pass down columns behind it sees it. That pass may take the bytes and
/// compute both passes by itself; see joined_passes.hpp.
struct byte_columns {
    line_source<std::uint8_t>* input = nullptr; ///< null: there is no such pass
    tap_table<std::int16_t> weights{};
    tap_table<split_weight> split_weights{}; ///< the table if its size is not 0
    int shift = 0;                           ///< the pass gives (sum + 2^(shift - 1)) >> shift
    row_observer* observer = nullptr;
    int pass = 0; ///< of the lines of bytes
};

/// The same for a pass along rows of 16 bits or of floats with sums in double; see joined_halves.hpp.
struct number_columns {
    line_source<std::uint16_t>* shorts = nullptr; ///< the input, or null
    line_source<float>* floats = nullptr;
    tap_table<double> weights{};
    row_observer* observer = nullptr;
    int pass = 0;
};

/// Rows of pixels with channels T, one after the other. A local stage reads only from this type, so that its code does
/// not depend on the stages before it.
template <class T>
class line_source {
public:
    constexpr virtual ~line_source() = default;
    line_source(line_source const&) = delete;
    line_source& operator=(line_source const&) = delete;

    /// Announces the columns of the following calls, and allocates memory for them.
    constexpr virtual void prepare(interval columns) = 0;

    /// Writes these columns of row y: channel c of column x goes to line[x - columns.begin + c * plane]. It writes
    /// whole steps, so the last one may reach beyond columns.end. It is fastest if y rises by one from call to call.
    constexpr virtual void fill(T* line, index_t plane, interval columns, index_t y) = 0;

    /// Writes whole pixels of these columns of row y as they lie in an image_view, from `to` on. Returns whether it has
    /// a way for that.
    constexpr virtual bool write(T* /*to*/, interval /*columns*/, index_t /*y*/) { return false; }

    constexpr extent size() const { return size_; }

    /// What fill() reads for row y.
    constexpr virtual memory_read memory(interval, index_t) { return {}; }

    /// The pass that makes these lines, if it is one along rows of bytes. It is valid until the next prepare().
    constexpr virtual byte_columns columns_of_bytes() { return {}; }
    constexpr virtual number_columns columns_of_numbers() { return {}; }

protected:
    constexpr explicit line_source(extent size) : size_(size) {}

private:
    extent size_;
};

/// Reads pixels P from a line.
template <class Lanes, class P>
struct line_cursor {
    channel_t<P> const* line;
    index_t plane;

    QUOIN_INLINE lane_pixel<Lanes, P> load(index_t x) const {
        return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            return Lanes::template load_as<channel_t<P>>(line + x + decltype(c)::value * plane);
        });
    }
    QUOIN_INLINE void prefetch_below(index_t) const {}
};

/// Stores steps to a line. Arguments are taken by value, so the compiler knows that stores do not alias them.
template <class Lanes, class P, bool Prefetches, class Cursor>
constexpr void store_steps(Cursor const cursor, channel_t<P>* line, index_t plane, index_t x, index_t end) {
    for (; x < end; x += Lanes::count) {
        if constexpr (Prefetches)
            if (!std::is_constant_evaluated()) cursor.prefetch_below(x);
        auto const pixels = cursor.load(x);
        for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            Lanes::store(line + x + decltype(c)::value * plane, get_channel<decltype(c)::value>(pixels));
        });
    }
}

/// Rows of the engine as a source of lines.
template <class Lanes, class Rows>
class rows_as_lines final : public line_source<channel_t<typename Rows::pixel_type>> {
    using P = typename Rows::pixel_type;
    using T = channel_t<P>;

public:
    constexpr explicit rows_as_lines(Rows&& rows) : line_source<T>(rows.size()), rows_(std::move(rows)) {}

    constexpr ~rows_as_lines() override {} // GCC 12 rejects a defaulted one in constant expressions

    constexpr void prepare(interval columns) override { rows_.prepare(columns); }
    constexpr void fill(T* line, index_t plane, interval columns, index_t y) override {
        if constexpr (requires { rows_.copies(); })
            if (rows_.copies()) return rows_.copy(line, plane, columns, y);
        auto const cursor = rows_.row(y);
        split_steps(cursor, columns.begin, columns.end,
                    [&](auto const& part, index_t x, index_t to)
                        QUOIN_LAMBDA_INLINE { store_steps<Lanes, P, true>(part, line - columns.begin, plane, x, to); });
    }
    constexpr memory_read memory([[maybe_unused]] interval columns, [[maybe_unused]] index_t y) override {
        if constexpr (requires { rows_.memory(columns, y); }) return rows_.memory(columns, y);
        else return {};
    }
    constexpr byte_columns columns_of_bytes() override {
        if constexpr (requires { rows_.columns_of_bytes(); }) return rows_.columns_of_bytes();
        else return {};
    }
    constexpr number_columns columns_of_numbers() override {
        if constexpr (requires { rows_.columns_of_numbers(); }) return rows_.columns_of_numbers();
        else return {};
    }

private:
    Rows rows_;
};

template <class Lanes, class Rows>
constexpr owned<line_source<channel_t<typename Rows::pixel_type>>> as_lines(Rows&& rows, line_memory* memory) {
    return {make_in<rows_as_lines<Lanes, Rows>>(memory, std::move(rows)), memory};
}

} // namespace detail

QUOIN_NAMESPACE_END

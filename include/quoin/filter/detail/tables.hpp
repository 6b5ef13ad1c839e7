// SPDX-License-Identifier: BSL-1.0
// The functors that look pixels up in tables.
#pragma once

#include <quoin/pipe/operation.hpp>

#include <algorithm>
#include <memory>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Whether pixels of T are looked up in a table with an entry for each value.
template <class T>
inline constexpr bool has_tables = std::same_as<T, std::uint8_t> || std::same_as<T, std::uint16_t>;
/// The number of values of T.
template <class T>
inline constexpr index_t values_of = index_t{1} << (8 * sizeof(T));

template <int Tables>
struct lut_marks {};
template <>
struct lut_marks<1> {
    using channelwise = void;
};

/// Bytes looked up in a table of bytes for all channels, or in one for each channel. The tables are part of it.
template <int Tables>
class byte_lut : public lut_marks<Tables> {
public:
    static constexpr char const* name = "lut";
    static constexpr int byte_tables = Tables;

    /// `values` has 256 results for each table.
    QUOIN_FN explicit byte_lut(std::uint8_t const* values) {
        for (int i = 0; i < 256 * Tables; ++i) values_[i] = values[i];
    }
    QUOIN_FN std::uint8_t const* byte_table(int channel) const { return values_ + 256 * channel; }

    QUOIN_INLINE std::uint8_t operator()(std::uint8_t v) const
        requires(Tables == 1)
    {
        return values_[v];
    }
    template <concepts::pixel P>
        requires(Tables > 1 && channels_v<P> == Tables && std::same_as<channel_t<P>, std::uint8_t>)
    QUOIN_INLINE P operator()(P const& p) const {
        return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int i = decltype(c)::value;
            return values_[256 * i + get_channel<i>(p)];
        });
    }

private:
    std::uint8_t values_[256 * Tables];
};

/// Pixels of T looked up in a table of U for all channels, or in one for each channel. The tables are elsewhere.
template <class T, class U, int Tables>
class far_lut : public lut_marks<Tables> {
public:
    static constexpr char const* name = "lut";

    QUOIN_FN explicit far_lut(U const* values) : values_(values) {}

    QUOIN_INLINE U operator()(T v) const
        requires(Tables == 1)
    {
        return values_[v];
    }
    template <concepts::pixel P>
        requires(Tables > 1 && channels_v<P> == Tables && std::same_as<channel_t<P>, T>)
    QUOIN_INLINE rebind_t<P, U> operator()(P const& p) const {
        return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int i = decltype(c)::value;
            return values_[values_of<T> * i + get_channel<i>(p)];
        });
    }

private:
    U const* values_;
};

/// The same. It owns the tables, and copies share them.
template <class T, class U, int Tables>
class shared_lut : public far_lut<T, U, Tables> {
public:
    using table_channel = U;
    using far = far_lut<T, U, Tables>;
    static constexpr index_t size = values_of<T> * Tables;

    explicit shared_lut(std::shared_ptr<U const[]> values) : far(values.get()), memory_(std::move(values)) {}
    /// fill(values) writes the results of all values of T for each table.
    template <class Fill>
        requires std::invocable<Fill, U*>
    explicit shared_lut(Fill const& fill) : shared_lut(made(fill)) {}

    U const* values() const { return memory_.get(); }

private:
    template <class Fill>
    static std::shared_ptr<U const[]> made(Fill const& fill) {
        std::shared_ptr<U[]> values(new U[static_cast<std::size_t>(size)]);
        fill(values.get());
        return values;
    }

    std::shared_ptr<U const[]> memory_;
};

/// The stage of tables that lie one behind the other.
template <class T, class U, int Tables>
auto lut_of(U const* values) {
    if constexpr (std::same_as<T, std::uint8_t> && std::same_as<U, std::uint8_t>) {
        return byte_lut<Tables>(values);
    } else {
        using stage = shared_lut<T, U, Tables>;
        return stage([&](U* to) { std::copy(values, values + stage::size, to); });
    }
}

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Look-up tables for stages from bytes to bytes: any number of consecutive ones costs one look-up.
#pragma once

#include <quoin/exec/detail/apply.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// F looks the bytes of pixels P up.
template <class F, class P>
concept looks_up = concepts::byte_table_functor<F> && std::same_as<stage_result_t<F, P>, P>;

/// F maps the bytes of pixels P to bytes, each one independently. It must accept any byte, because a vectorized stage
/// is also called with the padding of the last step.
template <class F, class P>
concept byte_stage =
    std::same_as<channel_t<P>, std::uint8_t> && concepts::callable_stage<F, P> &&
    std::same_as<stage_result_t<F, P>, P> &&
    (looks_up<F, P> || (concepts::vectorized_functor<F> && !concepts::local_functor<F> &&
                        !concepts::positioned_functor<F> && (concepts::channelwise_functor<F> || channels_v<P> == 1)));

/// The composition of several byte stages for a channel, as a table.
template <class Lanes>
class composed_table {
    using bytes = typename Lanes::template type<std::uint8_t>;

public:
    template <class... F>
    explicit composed_table(int channel, F const&... stages) : table_(values(channel, stages...).of) {}
    QUOIN_INLINE bytes operator[](bytes const& v) const { return table_[v]; }

private:
    struct table_values {
        std::uint8_t of[256];
    };
    template <class... F>
    static table_values values(int channel, F const&... stages) {
        table_values result;
        for (int i = 0; i < 256; ++i) result.of[i] = static_cast<std::uint8_t>(i);
        (apply(result.of, channel, stages), ...);
        return result;
    }
    template <class F>
    static void apply(std::uint8_t* values, [[maybe_unused]] int channel, F const& stage) {
        if constexpr (concepts::byte_table_functor<F>) {
            std::uint8_t const* const table = stage.byte_table(F::byte_tables == 1 ? 0 : channel);
            for (int i = 0; i < 256; ++i) values[i] = table[values[i]];
        } else {
            for (int i = 0; i < 256; i += Lanes::count)
                apply_pointwise<Lanes, std::uint8_t, std::uint8_t>(stage, bytes::load(values + i)).store(values + i);
        }
    }

    typename Lanes::byte_table table_;
};

template <int Channels>
struct table_marks {
    using vectorized = void;
};
template <>
struct table_marks<1> {
    using vectorized = void;
    using channelwise = void;
};

/// The composition of several byte stages as a table for all channels, or as one for each of `Channels`.
template <class Lanes, int Channels>
class table_stage : public table_marks<Channels> {
public:
    template <class... F>
    explicit table_stage(F const&... stages) : table_stage(std::make_integer_sequence<int, Channels>{}, stages...) {}

    template <class P>
    QUOIN_INLINE P operator()(P const& p) const {
        if constexpr (Channels == 1) return table_[0][p];
        else
            return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                constexpr int i = decltype(c)::value;
                return table_[i][get_channel<i>(p)];
            });
    }

private:
    template <int... C, class... F>
    table_stage(std::integer_sequence<int, C...>, F const&... stages)
        : table_{composed_table<Lanes>(C, stages...)...} {}

    composed_table<Lanes> table_[Channels];
};

template <int I, class... Stages>
using stage_type = std::remove_cvref_t<decltype(get<I>(std::declval<flat_tuple<Stages...> const&>()))>;

/// The number of consecutive byte stages of pixels P from stage I on.
template <class P, int I, class... Stages>
constexpr int count_byte_stages() {
    if constexpr (I < sizeof...(Stages))
        if constexpr (byte_stage<stage_type<I, Stages...>, P>) return 1 + count_byte_stages<P, I + 1, Stages...>();
    return 0;
}

template <class F>
inline constexpr int tables_of = 0;
template <concepts::byte_table_functor F>
inline constexpr int tables_of<F> = F::byte_tables;

/// The largest number of tables of the first Count stages, 0 if none looks bytes up.
template <int Count, class... Stages>
constexpr int most_tables() {
    int i = 0, most = 0;
    ((most = i++ < Count ? max(most, tables_of<Stages>) : most), ...);
    return most;
}

template <int Count, class Tuple>
inline constexpr int most_tables_in = 0;
template <int Count, class... Stages>
inline constexpr int most_tables_in<Count, flat_tuple<Stages...>> = most_tables<Count, Stages...>();

/// The number of these that a table replaces. Stages without tables are replaced if a look-up takes few instructions,
/// and a single one only if it says that it costs more.
template <class Lanes, class P, class... Stages>
constexpr int table_run() {
    if constexpr (Lanes::has_byte_table) {
        constexpr int count = count_byte_stages<P, 0, Stages...>();
        if (most_tables<count, Stages...>() > 0) return count;
        if (!Lanes::has_fast_byte_table) return 0;
        return count > 1 || concepts::tabulable_functor<stage_type<0, Stages...>> ? count : 0;
    } else {
        return 0;
    }
}

} // namespace detail

QUOIN_NAMESPACE_END

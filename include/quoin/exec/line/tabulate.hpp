// SPDX-License-Identifier: BSL-1.0
// Look-up tables for stages from bytes to bytes: any number of consecutive ones costs one look-up.
#pragma once

#include <quoin/exec/detail/apply.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// F maps the bytes of pixels P to bytes, each one independently. It must accept any byte, because a vectorized stage
/// is also called with the padding of the last step.
template <class F, class P>
concept byte_stage =
    concepts::vectorized_functor<F> && !concepts::local_functor<F> && !concepts::positioned_functor<F> &&
    std::same_as<channel_t<P>, std::uint8_t> && (concepts::channelwise_functor<F> || channels_v<P> == 1) &&
    concepts::callable_stage<F, P> && std::same_as<stage_result_t<F, P>, P>;

/// The composition of several byte stages as a table.
template <class Lanes>
class table_stage {
    using bytes = typename Lanes::template type<std::uint8_t>;

public:
    using vectorized = void;
    using channelwise = void;

    template <class... F>
    explicit table_stage(F const&... stages) : table_(values(stages...).of) {}

    QUOIN_INLINE bytes operator()(bytes const& v) const { return table_[v]; }
    /// Declared only for its type.
    std::uint8_t operator()(std::uint8_t v) const;

private:
    struct table_values {
        std::uint8_t of[256];
    };
    template <class... F>
    static table_values values(F const&... stages) {
        table_values result;
        for (int i = 0; i < 256; ++i) result.of[i] = static_cast<std::uint8_t>(i);
        for (int i = 0; i < 256; i += Lanes::count) {
            bytes v = bytes::load(result.of + i);
            ((v = apply_pointwise<Lanes, std::uint8_t, std::uint8_t>(stages, v)), ...);
            v.store(result.of + i);
        }
        return result;
    }

    typename Lanes::template byte_table<> table_;
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

/// The number of these that a table replaces. A single stage is replaced only if it says that it costs more than a
/// look-up.
template <class Lanes, class P, int I, class... Stages>
constexpr int table_run() {
    if constexpr (Lanes::has_byte_table) {
        constexpr int count = count_byte_stages<P, I, Stages...>();
        return count > 1 || concepts::tabulable_functor<stage_type<I, Stages...>> ? count : 0;
    } else {
        return 0;
    }
}

} // namespace detail

QUOIN_NAMESPACE_END

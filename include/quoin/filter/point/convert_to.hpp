// SPDX-License-Identifier: BSL-1.0
// convert_to: another channel type with the same values.
#pragma once

#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage. Each channel becomes the same value as a U. Values are not rescaled: 255 becomes 255.0. An integer
/// U saturates; floating point is rounded half up, floor(v + 0.5), and NaN becomes the smallest value. A floating-point
/// U is a plain conversion. It is the stage from and to half and bfloat16, through float: `view | convert_to<float> |
/// ... | convert_to<half>` rounds to nearest, ties to even, also to subnormal numbers, and what is too large becomes
/// infinity.
template <concepts::stored_channel U>
struct convert_to_fn {
    using vectorized = void;
    using channelwise = void;
    static constexpr bool takes_narrow_floats = true;

    template <concepts::channel_value V>
    QUOIN_INLINE auto operator()(V const& v) const {
        return saturate<U>(v);
    }
};
template <concepts::stored_channel U>
inline constexpr convert_to_fn<U> convert_to{};

/// The catalogue's entry.
struct convert_to_entry {
    static constexpr operation about{
        .name = "convert_to",
        .about = "each value as another type, not rescaled",
        .parameters = {{.name = "TYPE",
                        .type = parameter_type::choice,
                        .choices = "u8 u16 i16 i32 f32",
                        .about = "unsigned and signed integers and floating point, with their bits"}},
        .rounding = "none, saturated",
        .floating = "to integers floor(v + 0.5), saturated, NaN to the smallest value",
        .opencv = "src.convertTo(dst, depth), which rounds halves to even",
        .scikit_image = "image.astype(dtype), which wraps around"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        switch (detail::whole<int>(values[0])) {
        case 0:
            return f(convert_to<std::uint8_t>);
        case 1:
            return f(convert_to<std::uint16_t>);
        case 2:
            return f(convert_to<std::int16_t>);
        case 3:
            return f(convert_to<std::int32_t>);
        default:
            return f(convert_to<float>);
        }
    }
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// gaussian5: the 5 x 5 binomial blur.
#pragma once

#include <quoin/pipe/kernel.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// For integer channels: one pass of 25 products, which are exact and cheap.
struct gaussian5_square {
    using vectorized = void;
    using channelwise = void;
    static constexpr kernel<5, 5> weights{
        {{1, 4, 6, 4, 1}, {4, 16, 24, 16, 4}, {6, 24, 36, 24, 6}, {4, 16, 24, 16, 4}, {1, 4, 6, 4, 1}}};
    static constexpr quoin::footprint footprint = weights.footprint;

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return weighted_mean<weights, 8>(w);
    }
};

/// 6 at(0) + 4 (at(-1) + at(1)) + (at(-2) + at(2)), which is 16 times the weighted mean.
template <class T, class At>
QUOIN_INLINE auto gaussian5_sum(At const& at) {
    return at(0) * T(6) + (at(-1) + at(1)) * T(4) + (at(-2) + at(2));
}

/// For floating-point channels: the first pass, along columns.
template <class T>
struct gaussian5_columns {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{0, 2};

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return gaussian5_sum<T>([&](int dy) QUOIN_LAMBDA_INLINE { return w(0, dy); });
    }
};
/// The second pass, along rows.
template <class T>
struct gaussian5_rows {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{2, 0};

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return gaussian5_sum<T>([&](int dx) QUOIN_LAMBDA_INLINE { return w(dx, 0); }) * T(1.0 / 256);
    }

    /// A constant border is defined for pixels; outside the image the second pass reads the column sum of the constant.
    using outside_of = T;
    QUOIN_FN T outside(T value) const { return gaussian5_columns<T>{}(constant_window<T>{value}); }
};

} // namespace detail

/// The stage gaussian5.
struct gaussian5_fn {
    using expands = void;

    template <class P>
    constexpr auto expand() const {
        using T = channel_t<P>;
        if constexpr (std::floating_point<T>)
            return compose(detail::gaussian5_columns<T>{}, detail::gaussian5_rows<T>{});
        else return compose(detail::gaussian5_square{});
    }
};

/// Local stage, 5 x 5. Each channel is the weighted mean with the binomial kernel [1 4 6 4 1] x [1 4 6 4 1] / 256. The
/// pixel type does not change. Border: that of the last extend(), or reflect_101 without one. Integer channels: exact
/// and rounded half up, (sum + 128) >> 8; for 8 bits equal to OpenCV's GaussianBlur of 5 x 5. Floating point: two
/// passes, columns and then rows, each with [1 4 6 4 1] from the middle outwards; the sum times 1/256, in the channel's
/// type.
inline constexpr gaussian5_fn gaussian5{};

/// The catalogue's entry.
struct gaussian5_entry : entry_of<gaussian5_entry> {
    static constexpr operation about{.name = "gaussian5",
                                     .about = "the binomial blur [1 4 6 4 1] x [1 4 6 4 1] / 256",
                                     .rounding = "half up, (sum + 128) >> 8",
                                     .floating = "columns, then rows, each from the middle outwards, times 1/256",
                                     .opencv = "cv::GaussianBlur(src, dst, {5, 5}, 0)"};
    static gaussian5_fn stage(double const*) { return gaussian5; }
};

QUOIN_NAMESPACE_END

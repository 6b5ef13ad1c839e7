// SPDX-License-Identifier: BSL-1.0
// laplacian: the sum of both second derivatives.
#pragma once

#include <quoin/filter/detail/derivatives.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {
/// laplacian<5> and laplacian<7>.
template <int N>
struct wide_laplacian : wide_derivatives<N, 2> {
    using vectorized = void;
    using channelwise = void;

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using R = gradient_t<typename Window::channel_type>;
        return this->with_sums(w, [](auto const& x, auto const& y) QUOIN_LAMBDA_INLINE { return saturate<R>(x + y); });
    }
};
} // namespace detail

/// The stage laplacian<K>.
template <int K>
requires(K == 1 || K == 3 || K == 5 || K == 7) struct laplacian_fn : detail::wide_laplacian<K> {
};
template <>
struct laplacian_fn<1> : detail::derivative<kernel<3, 3>{{{0, 1, 0}, {1, -4, 1}, {0, 1, 0}}}> {};
template <>
struct laplacian_fn<3> : detail::derivative<kernel<3, 3>{{{2, 0, 2}, {0, -8, 0}, {2, 0, 2}}}> {};

/// Local stage; K is 1, 3, 5 or 7. Each channel is correlated with a kernel: for 1, [0 1 0; 1 -4 1; 0 1 0]; for 3, [2 0
/// 2; 0 -8 0; 2 0 2]; for 5 and 7 with d^T s + s^T d, where d is [1 0 -2 0 1] and s [1 4 6 4 1], or d is [1 2 -1 -4 -1
/// 2 1] and s [1 6 15 20 15 6 1]. These are OpenCV's. The result is negative at the top of a bright spot, and 0 on a
/// plane. For v = x^2 / 2 it is 1, 4, 64 and 1024. Result channels are gradient_t: u8 becomes i16; u16, i16 and i32
/// become i32; floating point keeps its type. Border: that of the last extend(), or reflect_101 without one. The result
/// is exact, except that i32 channels, and u8 channels for K = 7, saturate. Cost: 5, 5, 25 or 49 reads per pixel.
template <int K>
inline constexpr laplacian_fn<K> laplacian{};

/// The catalogue's entry.
struct laplacian_entry {
    static constexpr operation about{.name = "laplacian",
                                     .about = "the sum of both second derivatives, signed",
                                     .parameters = {{.name = "K",
                                                     .type = parameter_type::choice,
                                                     .preset = "1",
                                                     .choices = "1 3 5 7",
                                                     .about = "1: of the four neighbors; else the side"}},
                                     .rounding = "none, the result is wider; 32 bits, and bytes for 7, saturate",
                                     .floating = "in the channel's type",
                                     .opencv = "cv::Laplacian(src, dst, CV_16S, K)",
                                     .scikit_image = "-skimage.filters.laplace(image), for K = 1"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        switch (detail::whole<int>(values[0])) {
        case 0:
            return f(laplacian<1>);
        case 1:
            return f(laplacian<3>);
        case 2:
            return f(laplacian<5>);
        default:
            return f(laplacian<7>);
        }
    }
};

QUOIN_NAMESPACE_END

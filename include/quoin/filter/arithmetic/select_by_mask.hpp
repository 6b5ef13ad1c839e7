// SPDX-License-Identifier: BSL-1.0
// select_by_mask: one of two images, chosen by a mask.
#pragma once

#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage behind zip(a, b, mask): the pixel of a where the mask is not 0, else that of b. a and b have the
/// same pixel type, and so has the result. The mask is gray of any channel type, or has as many channels as a; then
/// each chooses for itself. NaN is not 0. Values do not change. Cost: the bytes that it moves.
struct select_by_mask_fn {
    using vectorized = void;

    template <class P, class Mask>
        requires(channels_v<Mask> == 1 || channels_v<Mask> == channels_v<P>)
    QUOIN_INLINE P operator()(P const& a, P const& b, Mask const& mask) const {
        return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int i = decltype(c)::value;
            constexpr int of_mask = channels_v<Mask> == 1 ? 0 : i;
            return chosen(get_channel<of_mask>(mask), get_channel<i>(a), get_channel<i>(b));
        });
    }

private:
    template <class M, class V>
    static QUOIN_INLINE V chosen(M const& mask, V const& a, V const& b) {
        using S = scalar_t<M>;
        using T = scalar_t<V>;
        if constexpr (std::same_as<S, T>) return select(mask != M(S(0)), a, b);
        else return select(convert<T>(select(mask != M(S(0)), M(S(1)), M(S(0)))) != V(T(0)), a, b);
    }
};
inline constexpr select_by_mask_fn select_by_mask{};

/// The catalogue's entry.
struct select_by_mask_entry : entry_of<select_by_mask_entry> {
    static constexpr operation about{.name = "select_by_mask",
                                     .about =
                                         "this image where a mask is not 0, else the other one; the mask may be gray",
                                     .inputs = 3,
                                     .rounding = "none",
                                     .floating = "the same; NaN is not 0",
                                     .scikit_image = "numpy.where(mask, a, b)"};
    static select_by_mask_fn stage(double const*) { return select_by_mask; }
};

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// to_bits: evaluates a pipeline of gray pixels into a mask.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/image/image.hpp>
#include <quoin/mask/bits.hpp>

QUOIN_NAMESPACE_BEGIN

/// The mask of the pixels that are not zero. The usual pipeline is `view | threshold(level)`. The pipeline is evaluated
/// straight into the mask, as by run(). Blocks start at multiples of 64 columns, so threads do not share a word. A
/// policy of a device first writes the pixels to an image. The function with `out` writes every pixel of that mask and
/// makes no other mask.
/// @throws invalid_argument if `out` has another extent, before anything is written.
template <concepts::policy Policy, class What>
bit_image to_bits(Policy const& policy, What const& what, tiling t = {});
template <concepts::policy Policy, class What>
void to_bits(Policy const& policy, What const& what, bit_image& out, tiling t = {});

namespace detail {

/// Sets bit x of a row if pixel x is not zero.
template <class Lanes, class T>
struct bit_sink {
    bit_image& bits;

    struct writer {
        std::uint64_t* row;
        QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, T> const& v, int count = Lanes::count) const {
            std::uint64_t set;
            if constexpr (Lanes::count == 1) set = v != T(0);
            else set = (v != lane_pixel<Lanes, T>(T(0))).bits();
            if (count < 64) set &= (std::uint64_t{1} << count) - 1;
            // Steps come in order, so the first step of a word does not read it.
            row[x / 64] = (x % 64 == 0 ? 0 : row[x / 64]) | set << (x % 64);
        }
    };
    QUOIN_INLINE writer row(index_t y) const { return {bits.row(y)}; }
};

} // namespace detail

template <concepts::policy Policy, class What>
bit_image to_bits(Policy const& policy, What const& what, tiling t) {
    auto const p = detail::computed_pipeline_of<typename Policy::lanes>(what);
    bit_image bits(p.size(), uninitialized);
    to_bits(policy, p, bits, t);
    return bits;
}

template <concepts::policy Policy, class What>
void to_bits(Policy const& policy, What const& what, bit_image& out, tiling t) {
    auto const p = detail::computed_pipeline_of<typename Policy::lanes>(what);
    using T = typename std::remove_const_t<decltype(p)>::pixel_type;
    static_assert(concepts::gray_pixel<T>,
                  "quoin::to_bits: a mask is made of gray pixels; put gray or channel_of before it");
    if (p.size() != out.size())
        detail::raise("quoin::to_bits: the pipeline has ", p.width(), " x ", p.height(), " pixels, the mask ",
                      out.width(), " x ", out.height(), "; give a mask of the pipeline's extent");
    if constexpr (!concepts::gray_pixel<T>) {
        return; // one error message is enough
    } else if constexpr (concepts::hosted_policy<Policy>) {
        image<T> pixels(p.size());
        run(policy, p, pixels.view(), t);
        to_bits(policy.host(), std::as_const(pixels).view(), out, t);
    } else {
        detail::evaluate(policy, p, detail::cut(policy, p, t),
                         [&](index_t, rect) { return detail::bit_sink<typename Policy::lanes, T>{out}; });
    }
}

/// The error messages for a policy that is not the first argument and for `pipeline | to_bits`.
template <concepts::readable What, class... More>
bit_image to_bits(What const& what, More const&...) {
    return to_bits(detail::missing_policy<What>(), what);
}
template <concepts::readable What>
auto operator|(What const& what, detail::terminal_name<bit_image, tiling>) {
    return detail::ended(what);
}

QUOIN_NAMESPACE_END

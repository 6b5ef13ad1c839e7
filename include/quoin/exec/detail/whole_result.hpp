// SPDX-License-Identifier: BSL-1.0
// The image of the result of a whole stage.
#pragma once

#include <quoin/exec/detail/gather_cut.hpp>
#include <quoin/image/image.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Whether channels of the pixels of View can be read as image_view<T const> where they lie.
template <class View>
inline constexpr bool has_planes = false;
template <class P>
inline constexpr bool has_planes<image_view<P>> =
    std::same_as<std::remove_const_t<P>, channel_t<std::remove_const_t<P>>>;
template <class P>
inline constexpr bool has_planes<planar_view<P>> = true;

template <class View>
auto plane_of(View const& v, int c) {
    if constexpr (requires { v.plane(c); }) return v.plane(c);
    else return v;
}

/// The result of a whole stage F of pixels P: an image, or planes of one.
template <class F, class P>
class whole_result {
    using R = stage_result_t<F, P>;
    template <class Q>
    using planes = std::conditional_t<std::same_as<Q, channel_t<Q>>, image<Q>, planar_image<Q>>;

public:
    /// Of a pipeline without the stage. write(view) writes its pixels to a view, unless they are one.
    template <class Policy, class Source, class... Stages, class Write>
    whole_result(Policy const& policy, F const& f, pipeline<Source, Stages...> const& input, Write const& write)
        : pixels_(input.size()) {
        if (pixels_.empty()) return;
        if constexpr (has_planes<Source> && (is_extend<Stages> && ...)) {
            fill(policy, f, input.source());
        } else {
            planes<P> between(input.size());
            write(between.view());
            fill(policy, f, std::as_const(between).view());
        }
    }

    auto view() const { return pixels_.view(); }

private:
    template <class Policy, class View>
    void fill(Policy const& policy, F const& f, View const& in) {
        for (int c = 0; c < channels_v<P>; ++c) {
            image_view<channel_t<P> const> const from = plane_of(in, c);
            image_view<channel_t<R>> const to = plane_of(pixels_.view(), c);
            f.fill(policy, from, to);
        }
    }

    planes<R> pixels_;
};

} // namespace detail

QUOIN_NAMESPACE_END

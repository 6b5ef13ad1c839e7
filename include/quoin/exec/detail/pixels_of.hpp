// SPDX-License-Identifier: BSL-1.0
// The pixels of a pipeline in memory: those of its view where it is one, or else an image.
#pragma once

#include <quoin/exec/to_image.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The pixels of `p` as an image_view, which is valid as long as this object. A view is read where it lies.
template <class Pipeline>
class pixels_of;
template <class Source, class... Stages>
class pixels_of<pipeline<Source, Stages...>> {
    using P = typename pipeline<Source, Stages...>::pixel_type;

public:
    template <class Policy>
    pixels_of(Policy const& policy, pipeline<Source, Stages...> const& p) {
        if constexpr (is_image_view<Source> && sizeof...(Stages) == 0) {
            view_ = p.source();
        } else {
            made_ = to_image(policy, p);
            view_ = std::as_const(made_).view();
        }
    }
    pixels_of(pixels_of const&) = delete;
    pixels_of& operator=(pixels_of const&) = delete;

    image_view<P const> view() const { return view_; }

private:
    image<P> made_;
    image_view<P const> view_;
};
template <class Policy, class Source, class... Stages>
pixels_of(Policy const&, pipeline<Source, Stages...> const&) -> pixels_of<pipeline<Source, Stages...>>;

} // namespace detail

QUOIN_NAMESPACE_END

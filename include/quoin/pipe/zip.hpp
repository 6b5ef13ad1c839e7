// SPDX-License-Identifier: BSL-1.0
// zip: a source of several inputs of one extent.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/pipe/pipeline.hpp>

QUOIN_NAMESPACE_BEGIN

/// The source made by zip(): pipelines that are evaluated together.
template <class... Pipelines>
struct zip_source {
    using pixel_type = zipped<typename Pipelines::pixel_type...>;
    detail::flat_tuple<Pipelines...> inputs;

    QUOIN_FN index_t width() const { return detail::get<0>(inputs).width(); }
    QUOIN_FN index_t height() const { return detail::get<0>(inputs).height(); }
};

namespace detail {
template <class... P>
inline constexpr bool is_zip<zip_source<P...>> = true;
}

/// zip(a, b, ...) | f computes f(pixel of a, pixel of b, ...) at every place. Each input is a view or a pipeline. The
/// inputs are evaluated together, without intermediate images. The next stage must be pointwise.
/// @throws invalid_argument if the inputs differ in extent.
template <concepts::readable First, concepts::readable... Rest>
constexpr auto zip(First const& first, Rest const&... rest) {
    static_assert(concepts::evaluable<First> && (concepts::evaluable<Rest> && ...),
                  "quoin::zip: an owning image cannot be the source of a pipeline, which would copy it or outlive it; "
                  "write zip(a.view(), b.view())");
    static_assert(sizeof...(Rest) > 0, "quoin::zip: one image needs no zip; give two or more, or write view | stage");
    index_t const w = first.width(), h = first.height();
    auto const check = [&](auto const& other) {
        if (other.width() != w || other.height() != h)
            detail::raise("quoin::zip: an input of ", other.width(), " x ", other.height(), " beside one of ", w, " x ",
                          h, "; all inputs must have one extent");
    };
    (check(rest), ...);
    using source = zip_source<decltype(as_pipeline(first)), decltype(as_pipeline(rest))...>;
    return source{{{{as_pipeline(first)}, {as_pipeline(rest)}...}}};
}

QUOIN_NAMESPACE_END

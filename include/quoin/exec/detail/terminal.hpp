// SPDX-License-Identifier: BSL-1.0
// The sentences about what a terminal is given, the same for all of them; not public.
#pragma once

// First, so that a compiler that tells the way to operator| tells a short one.
#include <quoin/pipe/pipeline.hpp>

#include <quoin/exec/serial.hpp>
#include <quoin/image/image_view.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

using view_of_bytes = image_view<std::uint8_t const>;

/// What a terminal evaluates, as a pipeline; after a sentence any pipeline, so that nothing gives an error of its own.
template <class What>
QUOIN_FN auto pipeline_of(What const& what) {
    static_assert(concepts::readable<What>,
                  "quoin: a policy evaluates an image, a view or a pipeline, and this is none; a closure of stages has "
                  "no source, write view | closure");
    if constexpr (concepts::readable<What>) {
        auto const p = as_pipeline(what);
        constexpr bool zipped_pixels = is_zipped<typename std::remove_const_t<decltype(p)>::pixel_type>;
        static_assert(!zipped_pixels, "quoin: several images are evaluated as one; write zip(a, b) | f, and let f make "
                                      "one pixel of a pixel of each");
        if constexpr (!zipped_pixels) return p;
        else return pipeline<view_of_bytes>{{}, {}};
    } else {
        return pipeline<view_of_bytes>{{}, {}};
    }
}

/// A terminal without its policy.
template <class What>
QUOIN_FN serial missing_policy() {
    static_assert(!concepts::readable<What>,
                  "quoin: the policy is missing, which says where and how to compute; it is the first argument, as in "
                  "to_image(quoin::simd{}, pipeline)");
    return {};
}

/// `pipeline | otsu`: the name of a terminal, which is a template and no object; this is what of it returns R for bytes.
template <class R, class... More>
struct terminal_name {
    constexpr terminal_name(R (*)(serial const&, view_of_bytes const&, More...)) {}
};
template <class What>
QUOIN_FN What const& ended(What const& what) {
    static_assert(!concepts::readable<What>,
                  "quoin::operator|: this function ends a pipeline and is no stage; call it with a policy, as in "
                  "otsu(policy, pipeline)");
    return what;
}

} // namespace detail

/// The sentence about `pipeline | otsu` and `pipeline | sum`.
template <concepts::readable What>
QUOIN_FN auto operator|(What const& what, detail::terminal_name<index_t>) {
    return detail::ended(what);
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// to_image: evaluates a pipeline into a new image.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/image/image.hpp>

QUOIN_NAMESPACE_BEGIN

/// A new image with the pixels that run() would write.
/// @throws std::bad_alloc if there is not enough memory, and the exceptions of image.
template <concepts::policy Policy, class What>
constexpr auto to_image(Policy const& policy, What const& what, tiling t = {}) {
    auto const p = detail::pipeline_of<typename Policy::lanes>(what);
    using result_type = image<typename std::remove_const_t<decltype(p)>::pixel_type>;
    if (std::is_constant_evaluated()) {
        result_type result(p.size());
        run(policy, p, result.view(), t);
        return result;
    } else {
        // The threads that write the pixels touch their memory first.
        result_type result(p.size(), uninitialized);
        run(policy, p, result.view(), t);
        return result;
    }
}

/// The error messages for a policy that is not the first argument and for `pipeline | to_image`.
template <concepts::readable What, class... More>
constexpr auto to_image(What const& what, More const&...) {
    return to_image(detail::missing_policy<What>(), what);
}
template <concepts::readable What>
constexpr auto operator|(What const& what, detail::terminal_name<image<std::uint8_t>, tiling>) {
    return detail::ended(what);
}

QUOIN_NAMESPACE_END

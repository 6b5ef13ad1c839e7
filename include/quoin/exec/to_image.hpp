// SPDX-License-Identifier: BSL-1.0
// to_image: evaluates a pipeline into a new image.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/image/image.hpp>

QUOIN_NAMESPACE_BEGIN

/// A new image of what run() would write. @throws std::bad_alloc when memory is out.
template <concepts::policy Policy, concepts::evaluable What>
constexpr auto to_image(Policy const& policy, What const& what, tiling t = {}) {
    auto const p = as_pipeline(what);
    image<typename std::remove_const_t<decltype(p)>::pixel_type> result(p.size());
    run(policy, p, result.view(), t);
    return result;
}

QUOIN_NAMESPACE_END

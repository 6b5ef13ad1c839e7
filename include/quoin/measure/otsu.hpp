// SPDX-License-Identifier: BSL-1.0
// otsu: the threshold that separates two classes best, by Otsu's method.
#pragma once

#include <quoin/measure/histogram.hpp>

QUOIN_NAMESPACE_BEGIN

/// The level t that maximizes the variance between the classes v <= t and v > t. `counts[v]` is the number of pixels of
/// value v. The smallest of several equal levels is returned, and 0 if all pixels have one value. The variance is
/// computed in double; the sums in it are exact below 2^53. Cost: two passes over the counts.
///
/// Source: N. Otsu, "A threshold selection method from gray-level histograms", 1979.
inline index_t otsu_level(std::vector<index_t> const& counts) {
    double total = 0, weighted = 0;
    for (std::size_t v = 0; v < counts.size(); ++v) {
        total += static_cast<double>(counts[v]);
        weighted += static_cast<double>(counts[v]) * static_cast<double>(v);
    }
    double below = 0, below_weighted = 0, best = 0;
    index_t level = 0;
    for (std::size_t v = 0; v + 1 < counts.size(); ++v) {
        below += static_cast<double>(counts[v]);
        below_weighted += static_cast<double>(counts[v]) * static_cast<double>(v);
        double const above = total - below;
        if (below == 0 || above == 0) continue;
        double const distance = below_weighted / below - (weighted - below_weighted) / above;
        double const variance = below * above * distance * distance;
        if (variance > best) {
            best = variance;
            level = static_cast<index_t>(v);
        }
    }
    return level;
}

/// The otsu_level of the histogram of unsigned gray pixels of 8 or 16 bits, for use as threshold(otsu(policy, view)).
/// Cost and memory are those of histogram.
template <concepts::policy Policy, class What>
index_t otsu(Policy const& policy, What const& what) {
    auto const p = detail::computed_pipeline_of<typename Policy::lanes>(what);
    using T = typename std::remove_const_t<decltype(p)>::pixel_type;
    static_assert(std::is_unsigned_v<channel_t<T>>,
                  "quoin::otsu: the pixels must be unsigned; put convert_to before it");
    if constexpr (std::is_unsigned_v<channel_t<T>>) return otsu_level(histogram(policy, p));
    else return 0; // one error message is enough
}

/// The error message for a policy that is not the first argument.
template <concepts::readable What, class... More>
index_t otsu(What const& what, More const&...) {
    return otsu(detail::missing_policy<What>(), what);
}

QUOIN_NAMESPACE_END

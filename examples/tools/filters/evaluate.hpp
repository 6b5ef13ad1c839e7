// SPDX-License-Identifier: BSL-1.0
// Evaluating a chain that is known at run time alone: the usual one as one fused pipeline, any other step by
// step.
#pragma once

#include "../common/observation.hpp"
#include "../common/pixels.hpp"
#include "chain.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#if QUOIN_WITH_SIMD
#include <quoin/lanes/simd_lanes.hpp>
#endif
#include <quoin/image/planar_view.hpp>

#include <optional>
#include <string>
#include <variant>

namespace examples {

/// One gray image for each channel. Filters treat channels alike, so a chain needs stages for gray pixels
/// only.
template <class T>
using planes = std::vector<quoin::image<T>>;

#if QUOIN_WITH_SIMD
using any_workers = std::variant<quoin::any_policy<quoin::scalar_lanes>, quoin::any_policy<quoin::simd_lanes>>;
#else
using any_workers = std::variant<quoin::any_policy<quoin::scalar_lanes>>;
#endif

/// The steps without those that change nothing: gray where there is no color, or none any more.
inline std::vector<step> effective(std::vector<step> const& steps, bool color) {
    std::vector<step> result;
    for (step const& s : steps) {
        if (s.what == filter::gray && !color) continue;
        if (s.what == filter::gray) color = false;
        result.push_back(s);
    }
    return result;
}

/// The gain of effective steps that are gray (where there is color), gaussian3, sobel_magnitude, sharpen,
/// brightness.
inline std::optional<float> usual_gain(std::vector<step> const& steps, bool color) {
    constexpr filter usual[] = {filter::gray, filter::gaussian3, filter::sobel_magnitude, filter::sharpen,
                                filter::brightness};
    if (!std::equal(steps.begin(), steps.end(), std::begin(usual) + (color ? 0 : 1), std::end(usual),
                    [](step const& s, filter f) { return s.what == f; }))
        return {};
    return static_cast<float>(steps.back().value);
}

/// The usual chain in one pass: the source is read once, the result written once.
template <quoin::concepts::policy Policy, class P>
quoin::image<quoin::channel_t<P>> evaluate_usual(Policy const& policy, quoin::image<P> const& source,
                                                 float gain) {
    return quoin::to_image(policy, gray_pipeline(source.view()) | quoin::gaussian3 | quoin::sobel_magnitude |
                                       quoin::sharpen | quoin::brightness(gain));
}

template <class T>
quoin::planar_view<quoin::rgb<T> const> colors_of(planes<T> const& in) {
    return {{in[0].view().data(), in[1].view().data(), in[2].view().data()}, in[0].width(), in[0].height(),
            in[0].view().stride()};
}

/// The steps one after the other, each into images of its own; the end in the depth of the source. They take long to
/// compile, so the executables share them.
planes<std::uint8_t> evaluate_steps(any_workers const& policy, observation const& seen, std::vector<step> const& steps,
                                    planes<std::uint8_t> const& source);
planes<std::uint16_t> evaluate_steps(any_workers const& policy, observation const& seen, std::vector<step> const& steps,
                                     planes<std::uint16_t> const& source);

/// Effective steps in the way that is fastest; `separate` holds the channels of the source where usual_gain has none.
template <quoin::concepts::policy Policy, class P>
planes<quoin::channel_t<P>> evaluate(Policy const& policy, observation const& seen, std::vector<step> const& steps,
                                     quoin::image<P> const& source, planes<quoin::channel_t<P>> const& separate) {
    auto const gain = usual_gain(steps, quoin::channels_v<P> != 1);
    if (!gain) return evaluate_steps(quoin::any_policy<typename Policy::lanes>::of(policy), seen, steps, separate);
    planes<quoin::channel_t<P>> result;
    result.push_back(evaluate_usual(seen(policy), source, *gain));
    return result;
}

} // namespace examples

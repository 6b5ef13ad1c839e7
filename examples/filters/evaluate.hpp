// SPDX-License-Identifier: BSL-1.0
// Evaluating a chain that is known at run time alone: the usual one as one fused pipeline, any other step by
// step.
#pragma once

#include "../common/observation.hpp"
#include "../common/pixels.hpp"
#include "chain.hpp"

#include <quoin/algorithm/to_image.hpp>
#include <quoin/filter/gray.hpp>
#include <quoin/view/planar_view.hpp>

#include <optional>
#include <string>
#include <variant>

namespace examples {

/// One gray image for each channel. Filters treat channels alike, so a chain needs stages for gray pixels
/// only.
template <class T>
using planes = std::vector<quoin::image<T>>;

/// Pixels between two steps: 8 or 16 bits as read, or the signed values that derivatives have.
using any_planes =
    std::variant<planes<std::uint8_t>, planes<std::uint16_t>, planes<std::int16_t>, planes<std::int32_t>>;

/// The steps without those that change nothing: gray where there is no colour, or none any more.
inline std::vector<step> effective(std::vector<step> const& steps, bool colour) {
    std::vector<step> result;
    for (step const& s : steps) {
        if (s.what == filter::gray && !colour) continue;
        if (s.what == filter::gray) colour = false;
        result.push_back(s);
    }
    return result;
}

/// The gain of effective steps that are gray (where there is colour), gaussian3, sobel_magnitude, sharpen,
/// brightness.
inline std::optional<float> usual_gain(std::vector<step> const& steps, bool colour) {
    constexpr filter usual[] = {filter::gray, filter::gaussian3, filter::sobel_magnitude, filter::sharpen,
                                filter::brightness};
    if (!std::equal(steps.begin(), steps.end(), std::begin(usual) + (colour ? 0 : 1), std::end(usual),
                    [](step const& s, filter f) { return s.what == f; }))
        return {};
    return static_cast<float>(steps.back().value);
}

/// The usual chain in one pass: the source is read once, the result written once.
template <quoin::policy Policy, class P>
quoin::image<quoin::channel_t<P>> evaluate_usual(Policy const& policy, quoin::image<P> const& source,
                                                 float gain) {
    return quoin::to_image(policy, gray_pipeline(source.view()) | quoin::gaussian3 | quoin::sobel_magnitude |
                                       quoin::sharpen | quoin::brightness(gain));
}

/// Pointwise: |v|, saturated; how signed values become a picture.
template <class T>
struct magnitude_as {
    QUOIN_FN T operator()(std::int64_t v) const { return quoin::saturate<T>(v < 0 ? -v : v); }
};

/// The policy for steps on T. Signed pixels between steps are rare, and their stages are half of this program's time
/// to compile: they do without vectors, with the same result.
template <class T, quoin::policy Policy>
auto policy_for(Policy const& policy, observation const& seen) {
    if constexpr (std::is_signed_v<T>) return seen(quoin::any_policy<quoin::scalar_lanes>::of(policy));
    else return seen(quoin::any_policy<typename Policy::lanes>::of(policy));
}

template <class T>
quoin::planar_view<quoin::rgb<T> const> colours_of(planes<T> const& in) {
    return {{in[0].view().data(), in[1].view().data(), in[2].view().data()}, in[0].width(), in[0].height(),
            in[0].view().pitch()};
}

template <class T>
any_planes gray_of(auto const& policy, observation const& seen, planes<T> const& in) {
    planes<T> result;
    result.push_back(quoin::to_image(policy_for<T>(policy, seen), colours_of(in) | quoin::gray));
    return result;
}

template <class T>
auto each_plane(auto const& policy, observation const& seen, planes<T> const& in, auto const& stage) {
    planes<typename decltype(in[0].view() | stage)::pixel_type> result;
    for (quoin::image<T> const& plane : in)
        result.push_back(quoin::to_image(policy_for<T>(policy, seen), plane.view() | stage));
    return result;
}

/// The steps one after the other, each into images of its own; the end in the depth T of the source.
template <class T, quoin::policy Policy>
planes<T> evaluate_steps(Policy const& policy, observation const& seen, std::vector<step> const& steps,
                         planes<T> const& source) {
    if (steps.empty()) return source;
    auto const applied = [&](step const& s, auto const& in) -> any_planes {
        if (s.what == filter::gray) return gray_of(policy, seen, in);
        return with_stage(s, [&](auto const& stage) -> any_planes { return each_plane(policy, seen, in, stage); });
    };
    any_planes current = applied(steps.front(), source);
    for (std::size_t i = 1; i < steps.size(); ++i)
        current = std::visit([&](auto const& in) { return applied(steps[i], in); }, current);
    return std::visit(
        [&]<class U>(planes<U>& last) -> planes<T> {
            if constexpr (std::same_as<U, T>) return std::move(last);
            else return each_plane(policy, seen, last, magnitude_as<T>{});
        },
        current);
}

/// Effective steps in the way that is fastest; `separate` holds the channels of the source where usual_gain has none.
template <quoin::policy Policy, class P>
planes<quoin::channel_t<P>> evaluate(Policy const& policy, observation const& seen, std::vector<step> const& steps,
                                     quoin::image<P> const& source, planes<quoin::channel_t<P>> const& separate) {
    auto const gain = usual_gain(steps, quoin::channels_v<P> != 1);
    if (!gain) return evaluate_steps<quoin::channel_t<P>>(policy, seen, steps, separate);
    planes<quoin::channel_t<P>> result;
    result.push_back(evaluate_usual(seen(policy), source, *gain));
    return result;
}

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// Chains step by step, for every policy and depth.
#include "evaluate.hpp"

namespace examples {
namespace {

/// Pixels between two steps: 8 or 16 bits as read, or the signed values that derivatives have.
using any_planes =
    std::variant<planes<std::uint8_t>, planes<std::uint16_t>, planes<std::int16_t>, planes<std::int32_t>>;

/// Pointwise: |v|, saturated; how signed values become a picture.
template <class T>
struct magnitude_as {
    QUOIN_FN T operator()(std::int64_t v) const { return quoin::saturate<T>(v < 0 ? -v : v); }
};

/// The policy for steps on T. Signed pixels between steps are rare, and their stages are half of this program's time
/// to compile: they do without vectors, with the same result.
template <class T, quoin::concepts::policy Policy>
auto policy_for(Policy const& policy, observation const& seen) {
    if constexpr (std::is_signed_v<T>) return seen(quoin::any_policy<quoin::scalar_lanes>::of(policy));
    else return seen(policy);
}

template <class T>
any_planes gray_of(auto const& policy, observation const& seen, planes<T> const& in) {
    planes<T> result;
    result.push_back(quoin::to_image(policy_for<T>(policy, seen), colors_of(in) | quoin::gray));
    return result;
}

template <class T>
auto each_plane(auto const& policy, observation const& seen, planes<T> const& in, auto const& stage) {
    planes<typename decltype(in[0].view() | stage)::pixel_type> result;
    for (quoin::image<T> const& plane : in)
        result.push_back(quoin::to_image(policy_for<T>(policy, seen), plane.view() | stage));
    return result;
}

template <class T, quoin::concepts::policy Policy>
planes<T> one_by_one(Policy const& policy, observation const& seen, std::vector<step> const& steps,
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

} // namespace

planes<std::uint8_t> evaluate_steps(any_workers const& policy, observation const& seen, std::vector<step> const& steps,
                                    planes<std::uint8_t> const& source) {
    return std::visit([&](auto const& p) { return one_by_one(p, seen, steps, source); }, policy);
}
planes<std::uint16_t> evaluate_steps(any_workers const& policy, observation const& seen, std::vector<step> const& steps,
                                     planes<std::uint16_t> const& source) {
    return std::visit([&](auto const& p) { return one_by_one(p, seen, steps, source); }, policy);
}

} // namespace examples

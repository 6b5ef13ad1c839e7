// SPDX-License-Identifier: BSL-1.0
// The traversal of the stages of a pipeline, for fold() in pipeline.hpp.
#pragma once

#include <quoin/pipe/stage.hpp>

#include <utility>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The number of consecutive pointwise stages from stage I on.
template <int I, class... Stages>
QUOIN_FN int pointwise_run() {
    constexpr bool pointwise[] = {(kind_of<Stages> == stage_kind::pointwise)..., false};
    int count = 0;
    while (pointwise[I + count]) ++count;
    return count;
}

template <int First, class Visitor, class Node, class... Stages, int... I>
QUOIN_FN auto fold_pointwise(Visitor const& v, Node&& node, flat_tuple<Stages...> const& stages,
                             std::integer_sequence<int, I...>) {
    return v.pointwise(std::move(node), get<First + I>(stages)...);
}

/// The border before the first extend().
struct unchosen_border {};

/// The border of a stage F: that of the last extend(), or else the default of the stage.
template <class F, class Border>
QUOIN_FN auto border_of(Border const& last) {
    if constexpr (!std::same_as<Border, unchosen_border>) return last;
    else if constexpr (requires { typename F::default_border; }) return typename F::default_border{};
    else return reflect_101_border{};
}

template <int I, class Visitor, class Node, class Border, class... Stages>
QUOIN_FN auto fold_stages(Visitor const& v, Node&& node, Border const& border, flat_tuple<Stages...> const& stages) {
    if constexpr (I == sizeof...(Stages)) {
        return std::move(node);
    } else {
        auto const& stage = get<I>(stages);
        using F = std::remove_cvref_t<decltype(stage)>;
        constexpr stage_kind kind = kind_of<F>;
        if constexpr (kind == stage_kind::border) {
            return fold_stages<I + 1>(v, std::move(node), stage.border, stages);
        } else if constexpr (kind != stage_kind::pointwise) {
            return fold_stages<I + 1>(v, v.stage(kind_constant<kind>{}, std::move(node), stage, border_of<F>(border)),
                                      border, stages);
        } else {
            constexpr int count = pointwise_run<I, Stages...>();
            return fold_stages<I + count>(
                v, fold_pointwise<I>(v, std::move(node), stages, std::make_integer_sequence<int, count>{}), border,
                stages);
        }
    }
}

} // namespace detail

QUOIN_NAMESPACE_END

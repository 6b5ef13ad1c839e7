// SPDX-License-Identifier: BSL-1.0
// Evaluates a pipeline block by block.
#pragma once

#include <quoin/exec/detail/whole_result.hpp>
#include <quoin/exec/line/video_sink.hpp>
#include <quoin/image/image.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Evaluates a block into the sink that make_sink(i, block), or with the memory of its lines make_sink(i, block,
/// memory) returns.
template <class Lanes, class Pipeline, class MakeSink>
constexpr void evaluate_into(Pipeline const& p, index_t i, rect block, blocks const& b, MakeSink const& make_sink,
                             row_observer* observer = nullptr) {
    if constexpr (requires(line_memory* m) { make_sink(i, block, m); }) {
        block_memory const memory(b.memory);
        auto sink = make_sink(i, block, memory.get());
        // Rows above the block are not rows of its result, and nobody watches them.
        if (rect const before = sink.rows_before(); !before.empty())
            evaluate_block<Lanes>(p, before, sink, memory.get());
        evaluate_block<Lanes>(p, block, sink, memory.get(), observer);
    } else {
        auto&& sink = make_sink(i, block);
        block_memory const memory(b.memory);
        evaluate_block<Lanes>(p, block, sink, memory.get(), observer);
    }
}

/// evaluate() for a pipeline without whole stages, whose gathering stages all read views.
template <class Policy, class Pipeline, class MakeSink>
constexpr void evaluate_cut(Policy const& policy, Pipeline const& p, blocks const& b, MakeSink const& make_sink) {
    using lanes = typename Policy::lanes;
    block_count count(b.count());
    block_memory::prepare(b.memory, policy.concurrency());
    if constexpr (concepts::observing_policy<Policy, Pipeline>) {
        auto const evaluation = policy.observe(p, b);
        evaluation.bulk(b.count(), [&](index_t i) {
            count.begin(i);
            rect const block = b[i];
            auto seen = evaluation.block(i, block);
            evaluate_into<lanes>(p, i, block, b, make_sink, seen.observer());
        });
    } else {
        policy.bulk(b.count(), [&](index_t i) {
            count.begin(i);
            evaluate_into<lanes>(p, i, b[i], b, make_sink);
        });
    }
    count.end();
}

/// Whether a gathering stage of the pipeline, or of a zipped input, reads the result of other stages, or a stage of
/// them is a whole one.
template <class T>
inline constexpr bool gathers_results = false;
template <class Source, class... Stages>
inline constexpr bool gathers_results<pipeline<Source, Stages...>> =
    line_cut<pipeline<Source, Stages...>> >= 0 || gathers_results<Source>;
template <class... Pipelines>
inline constexpr bool gathers_results<zip_source<Pipelines...>> = (gathers_results<Pipelines> || ...);

/// A pipeline, or zipped ones, with images in place of what gathering stages read and of what whole stages make. It
/// holds the images.
template <class Policy, class T>
struct cut_at_gathers {
    T whole;
    cut_at_gathers(Policy const&, T const& p, workspace*) : whole(p) {}
    T const& get() const { return whole; }
};

/// Evaluates a pipeline under a policy. make_sink(i, block) returns the sink of block i. What a gathering stage reads
/// is first written to an image, unless it is a view. So is what a whole stage reads, and its result is one.
template <class Policy, class Pipeline, class MakeSink>
constexpr void evaluate(Policy const& policy, Pipeline const& p, blocks const& b, MakeSink const& make_sink) {
    if constexpr (gathers_results<Pipeline>)
        evaluate_cut(policy, cut_at_gathers<Policy, Pipeline>(policy, p, b.memory).get(), b, make_sink);
    else evaluate_cut(policy, p, b, make_sink);
}

template <class Policy, class Source, class... Stages>
    requires(line_cut<pipeline<Source, Stages...>> >= 0 &&
             cuts_whole<line_cut<pipeline<Source, Stages...>>, pipeline<Source, Stages...>>)
struct cut_at_gathers<Policy, pipeline<Source, Stages...>> {
    using whole = pipeline<Source, Stages...>;
    static constexpr int at = line_cut<whole>;
    using front = decltype(before_cut<at>(std::declval<whole const&>()));
    using F = std::remove_cvref_t<decltype(detail::get<at>(std::declval<whole const&>().stages()))>;

    whole_result<F, typename front::pixel_type> made;
    whole p;

    cut_at_gathers(Policy const& policy, whole const& all, workspace* memory)
        : made(policy, detail::get<at>(all.stages()), before_cut<at>(all),
               [&](auto const& between) {
                   using sink = view_sink<typename Policy::lanes, std::remove_cvref_t<decltype(between)>>;
                   front const first = before_cut<at>(all);
                   evaluate(policy, first, cut(policy, first, {.memory = memory}),
                            [&](index_t, rect) { return sink{between}; });
               }),
          p(all) {}
    auto get() const { return behind_cut<at + 1>(made.view(), p); }
};

template <class Policy, class Source, class... Stages>
    requires(line_cut<pipeline<Source, Stages...>> >= 0 &&
             !cuts_whole<line_cut<pipeline<Source, Stages...>>, pipeline<Source, Stages...>>)
struct cut_at_gathers<Policy, pipeline<Source, Stages...>> {
    using whole = pipeline<Source, Stages...>;
    static constexpr int at = line_cut<whole>;
    using front = decltype(before_cut<at>(std::declval<whole const&>()));
    using P = typename front::pixel_type;

    image<P> between;
    whole p;

    cut_at_gathers(Policy const& policy, whole const& all, workspace* memory)
        : between(before_cut<at>(all).size(), uninitialized), p(all) {
        using sink = view_sink<typename Policy::lanes, image_view<P>>;
        front const first = before_cut<at>(all);
        evaluate(policy, first, cut(policy, first, {.memory = memory}),
                 [&](index_t, rect) { return sink{between.view()}; });
    }
    auto get() const { return behind_cut<at>(between.view(), p); }
};

template <class Policy, class... Inputs, class... Stages>
    requires(line_cut<pipeline<zip_source<Inputs...>, Stages...>> < 0 && (gathers_results<Inputs> || ...))
struct cut_at_gathers<Policy, pipeline<zip_source<Inputs...>, Stages...>> {
    flat_tuple<cut_at_gathers<Policy, Inputs>...> inputs;
    flat_tuple<Stages...> stages;

    cut_at_gathers(Policy const& policy, pipeline<zip_source<Inputs...>, Stages...> const& all, workspace* memory)
        : inputs(apply(
              [&](auto const&... in) {
                  return flat_tuple<cut_at_gathers<Policy, Inputs>...>{
                      {{cut_at_gathers<Policy, Inputs>(policy, in, memory)}...}};
              },
              all.source().inputs)),
          stages(all.stages()) {}
    auto get() const {
        return apply([&](auto const&... in) { return pipeline{quoin::zip(in.get()...), stages}; }, inputs);
    }
};

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// watched: evaluations that can be canceled and that report their progress.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/observe/detail/polled_rows.hpp>

#include <memory>

QUOIN_NAMESPACE_BEGIN

/// A stop token and a progress function for evaluations. Either may be left out.
struct watch {
    /// Tested before every row of every local stage and of the result, and before every call of work that is no
    /// pipeline.
    std::stop_token stop = {};
    /// progress(done, total) counts rows of blocks, or calls in work that is no pipeline. With column tiles each row
    /// counts once for each tile. Every evaluation counts from its beginning, and a gathering stage behind others makes
    /// two of one pipeline: its input, which it reads in any order, is an image that is evaluated first. In each of
    /// them `done` increases, and the last report is (total, total). There are about a hundred reports for an
    /// evaluation. They come from the threads that compute, never two at the same time. An exception from progress ends
    /// the evaluation. progress must not evaluate with the policy that it watches.
    std::function<void(index_t done, index_t total)> progress = {};
};

/// The result of watched(): the policy with the same lanes, threads and name.
template <concepts::policy Policy>
class watched_policy {
public:
    using lanes = typename Policy::lanes;

    watched_policy(Policy const& p, std::shared_ptr<detail::watch_state> w) : policy_(p), watch_(std::move(w)) {}

    int concurrency() const { return policy_.concurrency(); }
    std::string name() const { return policy_.name(); }

    template <class F>
    void bulk(index_t n, F const& f) const {
        using below = detail::unobserved_evaluation<Policy>;
        detail::polled_evaluation<below> const seen([&] { return below{policy_}; }, *watch_, n, "calls");
        seen.bulk(n, [&](index_t i) {
            seen.counter().poll();
            f(i);
            seen.counter().count_one();
            seen.counter().report();
        });
    }

    /// Called by the line engine.
    template <class Pipeline>
    auto observe(Pipeline const& p, detail::blocks const& b) const {
        auto const below = [&] { return detail::evaluation_of(policy_, p, b); };
        index_t const rows = b.size.empty() ? 0 : b.size.height * b.across();
        using detail::output_pass; // found by the type of p, which this header need not include
        return detail::polled_evaluation<decltype(below())>(below, *watch_, rows, "rows", output_pass(p));
    }

    /// A policy that takes over whole pipelines tests for a stop before each pipeline.
    template <class Pipeline, class Out>
        requires concepts::pipeline_policy<Policy, Pipeline, Out>
    void run_pipeline(Pipeline const& p, Out const& out, tiling t) const {
        detail::polled_evaluation<detail::one_call> const seen([] { return detail::one_call{}; }, *watch_, p.height(),
                                                               "rows");
        seen.bulk(1, [&](index_t) {
            seen.counter().poll();
            policy_.run_pipeline(p, out, t);
        });
    }

    auto host() const
        requires concepts::hosted_policy<Policy>
    {
        return watched_policy<std::remove_cvref_t<decltype(policy_.host())>>(policy_.host(), watch_);
    }

private:
    Policy policy_;
    std::shared_ptr<detail::watch_state> watch_;
};

/// The same policy, whose evaluations throw `canceled` soon after a stop is requested, as soon as every running block
/// reaches its next row. The output is then partial: an output view holds some new rows, and a function that returns
/// its result returns none. A stop after the end of the work has no effect. Cost: one test for each row of each pass.
/// Kernels on a device, and the steps of an algorithm between its calls of bulk, are not interrupted.
///     std::stop_source source;
///     auto const edges = to_image(watched(policy, {source.get_token()}), view | gray | sobel_magnitude);
template <concepts::policy Policy>
watched_policy<Policy> watched(Policy const& p, watch const& w) {
    auto state = std::make_shared<detail::watch_state>();
    state->stop = w.stop;
    state->progress = w.progress;
    return {p, std::move(state)};
}

/// run() under a watch: run(watched(policy, w), what, out, t).
/// @throws canceled after a stop, and the exceptions of run(). After canceled, `out` holds some new rows and some old
/// ones.
template <concepts::policy Policy, concepts::evaluable What, concepts::writable_view Out, std::same_as<watch> Watch>
void run(Policy const& policy, What const& what, Out const& out, Watch const& w, tiling t = {}) {
    run(watched(policy, w), what, out, t);
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// watched: evaluations that can be stopped from outside and that say how far they are.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/observe/detail/polled_rows.hpp>

#include <memory>

QUOIN_NAMESPACE_BEGIN

/// What an evaluation is watched by; either may be left out.
struct watch {
    /// Asked before every row of every local stage and of the result, and before every call of work that is no
    /// pipeline.
    std::stop_token stop = {};
    /// progress(done, total) counts rows of blocks (an image that is cut into column tiles has each row once for each
    /// tile) or, in work that is no pipeline, calls. Every evaluation counts from its beginning; done rises, and the
    /// last report is (total, total). It is called about a hundred times for an evaluation, on the threads that
    /// compute, never by two at a time. What it throws ends the evaluation. It must not evaluate with the policy that
    /// it watches.
    std::function<void(index_t done, index_t total)> progress = {};
};

/// What watched() returns: the policy, with its lanes, its threads and its name.
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

    /// What the line engine calls.
    template <class Pipeline>
    auto observe(Pipeline const& p, detail::blocks const& b) const {
        auto const below = [&] { return detail::evaluation_of(policy_, p, b); };
        index_t const rows = b.size.empty() ? 0 : b.size.height * b.across();
        using detail::output_pass; // or that of p, which need not be known here
        return detail::polled_evaluation<decltype(below())>(below, *watch_, rows, "rows", output_pass(p));
    }

    /// Where the policy takes over whole pipelines, a stop is seen before they begin.
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

/// The same policy, whose evaluations throw `canceled` soon after a stop is requested: when every block that was being
/// computed has come to its next row. Then the output is partial: an output view holds some new rows, a function that
/// returns its result returns none. A stop that comes when all is done changes nothing. Cost: a test for each row of
/// each pass. Kernels on a device, and the steps of an algorithm between its calls of bulk, are not interrupted.
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
/// @throws what run() throws, and canceled: then `out` holds some new rows and some old ones.
template <concepts::policy Policy, concepts::evaluable What, concepts::writable_view Out, std::same_as<watch> Watch>
void run(Policy const& policy, What const& what, Out const& out, Watch const& w, tiling t = {}) {
    run(watched(policy, w), what, out, t);
}

QUOIN_NAMESPACE_END

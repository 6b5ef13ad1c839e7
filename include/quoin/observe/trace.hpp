// SPDX-License-Identifier: BSL-1.0
// trace: the time of an evaluation by stage, block and thread, as a table and as a timeline.
#pragma once

#include <quoin/observe/detail/chrome_json.hpp>
#include <quoin/observe/detail/stage_names.hpp>
#include <quoin/observe/detail/timed_rows.hpp>

QUOIN_NAMESPACE_BEGIN

/// The time of one stage, over all blocks and threads.
struct stage_time {
    std::string evaluation; ///< the pipeline, "gray | gaussian3 | threshold", or the function, "run_merge"
    std::string stage; ///< the stages computed together: a local stage or the source, with pointwise stages behind it
    pass_kind kind = pass_kind::setup;
    index_t rows = 0;    ///< rows computed (rows that blocks share count again), calls of work, or blocks of set-up
    std::int64_t ns = 0; ///< without the time of the stages for which it waited
    double share = 0;    ///< the share of the time of all stages, in [0, 1]
};

/// The work of one thread. Threads are numbered in the order in which they first finished a block.
struct thread_time {
    int thread = 0;
    index_t blocks = 0;
    std::int64_t ns = 0; ///< the time inside blocks
};

/// Collects the work of policies made by traced(): each block with its thread, and the time of every stage, measured
/// row by row. There is no global state: t records only evaluations through traced(policy, t). Any number of threads
/// may evaluate into one trace and read it at the same time. Cost: two clock readings for each row of each pass, about
/// 50 ns, and one lock for each block. Evaluations without traced() cost nothing. Memory: the first 8192 blocks and
/// evaluations, whose text takes a few megabytes. The sums include all of them.
///     trace t;
///     auto const edges = to_image(traced(policy, t), view | gray | gaussian3 | sobel_magnitude);
///     std::cerr << t.table();
///     std::ofstream file("edges.json");
///     t.write_chrome(file);
class trace {
public:
    trace() = default;
    trace(trace const&) = delete;
    trace& operator=(trace const&) = delete;

    /// Discards all recordings. Recordings of running evaluations are lost.
    void clear() { recording_.clear(); }

    /// The stages in the order of the first evaluations, each from its source to its result.
    std::vector<stage_time> stages() const {
        return recording_.read([](auto const& evaluations, auto const&...) {
            std::vector<stage_time> all;
            std::int64_t sum = 0;
            for (auto const& e : evaluations)
                for (std::size_t i = 0; i < e.stages.size(); ++i) {
                    all.push_back({e.name, e.stages[i].first, e.stages[i].second, e.totals[i].rows, e.totals[i].ns, 0});
                    sum += e.totals[i].ns;
                }
            for (stage_time& s : all) s.share = sum > 0 ? static_cast<double>(s.ns) / static_cast<double>(sum) : 0;
            return all;
        });
    }

    std::vector<thread_time> threads() const {
        return recording_.read([](auto const&, auto const&, auto const&, auto const& busy, index_t) {
            std::vector<thread_time> all;
            for (auto const& t : busy) all.push_back({static_cast<int>(all.size()), t.blocks, t.busy});
            return all;
        });
    }

    /// stages() and threads() as readable text. Every line ends with a line feed.
    std::string table() const {
        std::string text = detail::formatted("%-34s %-7s %10s %12s %7s\n", "stage", "kind", "rows", "ms", "share");
        std::string const* evaluation = nullptr;
        std::vector<stage_time> const all = stages();
        for (stage_time const& s : all) {
            bool const alone = s.kind == pass_kind::work || s.kind == pass_kind::device;
            if (!alone && (!evaluation || *evaluation != s.evaluation)) text += s.evaluation + '\n';
            evaluation = &s.evaluation;
            text += detail::formatted("%-34.80s %-7s %10lld %12.3f %6.1f%%\n", ((alone ? "" : "  ") + s.stage).c_str(),
                                      detail::kind_name(s.kind), static_cast<long long>(s.rows),
                                      static_cast<double>(s.ns) / 1e6, 100 * s.share);
        }
        for (thread_time const& t : threads())
            text += detail::formatted("thread %-27d %-7s %10lld %12.3f\n", t.thread, "blocks",
                                      static_cast<long long>(t.blocks), static_cast<double>(t.ns) / 1e6);
        return text;
    }

    /// Writes a JSON object with the events of chrome://tracing and ui.perfetto.dev, through out.write(data, size).
    /// `out` is a std::ostream, an atomic_file or similar, and reports its own failures. A block is drawn with its
    /// stages inside. Each stage is one piece, as long as the sum of its rows; in the evaluation the stages alternate
    /// row by row.
    template <class Out>
    void write_chrome(Out& out) const {
        detail::write_chrome(recording_, out);
    }

private:
    template <concepts::policy Policy>
    friend class traced_policy;
    detail::recording recording_;
};

namespace detail {

inline recorded_stages record_pipeline(recording& to, stage_list const& list) {
    std::vector<std::pair<std::string, pass_kind>> stages{{"set-up", pass_kind::setup}};
    for (std::string& pass : list.all_passes()) stages.emplace_back(std::move(pass), pass_kind::lines);
    stages.back().second = pass_kind::output;
    int const count = static_cast<int>(stages.size());
    return {to.evaluation(list.text(), std::move(stages)), count};
}
inline recorded_stages record_device(recording& to, stage_list const& list) {
    return {to.evaluation(list.text(), {{list.text(), pass_kind::device}}), 1};
}
inline recorded_stages record_work(recording& to, char const* type) {
    std::string const name(work_name(type_in(type)));
    return {to.evaluation(name, {{name, pass_kind::work}}), 1};
}

} // namespace detail

/// The result of traced(): the policy with the same lanes, threads and name.
template <concepts::policy Policy>
class traced_policy {
public:
    using lanes = typename Policy::lanes;

    traced_policy(Policy const& p, trace* t) : policy_(p), trace_(t), to_(t ? &t->recording_ : nullptr) {}

    int concurrency() const { return policy_.concurrency(); }
    std::string name() const { return policy_.name(); }

    template <class F>
    void bulk(index_t n, F const& f) const {
        auto const r = to_ ? detail::record_work(*to_, detail::type_text<F>()) : detail::recorded_stages{};
        detail::timed_evaluation<detail::unobserved_evaluation<Policy>> const seen{{policy_}, to_, r};
        seen.bulk(n, [&](index_t i) {
            auto const measured = seen.block(i, {});
            f(i);
        });
    }

    /// Called by the line engine.
    template <class Pipeline>
    auto observe(Pipeline const& p, detail::blocks const& b) const {
        using below = decltype(detail::evaluation_of(policy_, p, b));
        using detail::stages_of; // found by the type of p, which this header need not include
        auto const r = to_ ? detail::record_pipeline(*to_, stages_of(p)) : detail::recorded_stages{};
        return detail::timed_evaluation<below>{detail::evaluation_of(policy_, p, b), to_, r};
    }

    /// A policy that takes over whole pipelines is recorded as one span.
    template <class Pipeline, class Out>
        requires concepts::pipeline_policy<Policy, Pipeline, Out>
    void run_pipeline(Pipeline const& p, Out const& out, tiling t) const {
        auto const r = to_ ? detail::record_device(*to_, detail::stages_of(p)) : detail::recorded_stages{};
        detail::block_clock const measured(to_, r, 0, {0, 0, p.width(), p.height()});
        policy_.run_pipeline(p, out, t);
    }

    auto host() const
        requires concepts::hosted_policy<Policy>
    {
        return traced_policy<std::remove_cvref_t<decltype(policy_.host())>>(policy_.host(), trace_);
    }

private:
    Policy policy_;
    trace* trace_;
    detail::recording* to_; // null: nothing is recorded
};

/// The same policy, with its work recorded in t. t must outlive every evaluation through the result. Policies nest:
/// traced(watched(policy, w), t).
template <concepts::policy Policy>
traced_policy<Policy> traced(Policy const& policy, trace& t) {
    return {policy, &t};
}

/// The same for a trace that is chosen at run time. A null pointer records nothing. Cost: then one test for each row.
template <concepts::policy Policy>
traced_policy<Policy> traced(Policy const& policy, trace* t) {
    return {policy, t};
}

QUOIN_NAMESPACE_END

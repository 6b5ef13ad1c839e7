// SPDX-License-Identifier: BSL-1.0
// What an execution policy is, and the primitives on which every algorithm of quoin is written.
#pragma once

#include <quoin/core/geometry.hpp>
#include <quoin/exec/tiling.hpp>
#include <quoin/lanes/scalar_lanes.hpp>

#include <concepts>
#include <string>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {
struct bulk_archetype {
    void operator()(index_t) const {}
};
} // namespace detail

namespace concepts {

/// A policy says where and how work runs. It is a small value with
///     using lanes = ...;                     how many pixels a filter sees at once: scalar_lanes or simd_lanes
///     int concurrency() const;               how many calls may run at the same time, >= 1
///     void bulk(index_t n, F const& f) const;  calls f(0), f(1), ..., f(n - 1), each once, in any order and on any
///                                            thread, and returns when all have returned; an exception out of f is
///                                            rethrown after that
///     std::string name() const;
/// Results never depend on the order or on the thread, so every policy computes the same bytes as `serial`.
template <class Policy>
concept policy = std::copyable<Policy> && requires(Policy const& p, detail::bulk_archetype const& f) {
    typename Policy::lanes;
    { p.concurrency() } -> std::convertible_to<int>;
    p.bulk(index_t{}, f);
    { p.name() } -> std::convertible_to<std::string>;
};

/// A policy that takes over whole pipelines, as one on a device does, has
///     void run_pipeline(pipeline, out, tiling) const;    writes the pipeline's pixels to the view `out`
/// run() then only checks its arguments.
template <class Policy, class Pipeline, class Out>
concept pipeline_policy =
    requires(Policy const& p, Pipeline const& what, Out const& out, tiling t) { p.run_pipeline(what, out, t); };

/// A policy that cannot hand out its pixels block by block, since they are in other memory, has
///     auto host() const;    the policy for what is no pipeline
/// Reductions and masks let run_pipeline write the pixels down first, and go on under host().
template <class Policy>
concept hosted_policy = requires(Policy const& p) {
    { p.host() } -> concepts::policy;
};

} // namespace concepts

namespace detail {
struct blocks;
}

namespace concepts {

/// A policy that sees the rows of the line engine as they are computed, as traced and watched ones do, has
///     auto observe(pipeline, detail::blocks const&) const;   an object for each evaluation
/// with
///     void bulk(n, f) const;            runs f(0) ... f(n - 1) as the policy's bulk does
///     auto block(i, rect) const;        an object that lives on the thread while block i is computed
/// and that one has observer(), the detail::row_observer of its block, null for none.
template <class Policy, class Pipeline>
concept observing_policy =
    requires(Policy const& p, Pipeline const& what, detail::blocks const& b) { p.observe(what, b); };

} // namespace concepts

/// How [0, n) is cut into chunks of work of `grain` items, the last one shorter. The cut depends on the problem alone,
/// never on the number of threads, so that partial results combine in the same order everywhere.
struct chunks {
    index_t n = 0;
    index_t grain = 1;

    QUOIN_FN index_t count() const { return (n + grain - 1) / grain; }
    QUOIN_FN index_t begin(index_t chunk) const { return chunk * grain; }
    QUOIN_FN index_t end(index_t chunk) const { return begin(chunk) + grain < n ? begin(chunk) + grain : n; }
};

/// Calls f(begin, end) for every chunk.
template <concepts::policy Policy, class F>
void for_each_chunk(Policy const& p, chunks c, F const& f) {
    p.bulk(c.count(), [&](index_t i) { f(c.begin(i), c.end(i)); });
}

/// combine(... combine(combine(identity, map(chunk 0)), map(chunk 1)) ..., map(last)): map(begin, end) runs in
/// parallel, the partial results are combined in order. Cost: one T per chunk.
template <class T, concepts::policy Policy, class Map, class Combine>
T reduce_chunks(Policy const& p, chunks c, T identity, Map const& map, Combine const& combine) {
    std::vector<T> partial(static_cast<std::size_t>(c.count()), identity);
    p.bulk(c.count(), [&](index_t i) { partial[static_cast<std::size_t>(i)] = map(c.begin(i), c.end(i)); });
    T result = std::move(identity);
    for (T& part : partial) result = combine(std::move(result), std::move(part));
    return result;
}

/// Replaces counts[i] by the sum of the counts before it and returns the sum of all: the offsets at which i writes its
/// results. Serial: it runs over one count for each row or chunk, never over pixels.
template <class Count>
Count exclusive_scan(std::vector<Count>& counts) {
    Count sum{};
    for (Count& c : counts) {
        Count const here = c;
        c = sum;
        sum += here;
    }
    return sum;
}

QUOIN_NAMESPACE_END

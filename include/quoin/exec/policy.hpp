// SPDX-License-Identifier: BSL-1.0
// The concept of an execution policy, and the parallel primitives of all algorithms.
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
///     using lanes = ...;                     the number of pixels a step: scalar_lanes or simd_lanes
///     int concurrency() const;               the largest number of concurrent calls, >= 1
///     void bulk(index_t n, F const& f) const;  calls f(0), f(1), ..., f(n - 1), each once, in any order and on any
///                                            thread; it returns when all have returned, and then rethrows an
///                                            exception that left f
///     std::string name() const;
/// Results do not depend on the order or the thread, so every policy computes the same bytes as `serial`.
template <class Policy>
concept policy = std::copyable<Policy> && requires(Policy const& p, detail::bulk_archetype const& f) {
    typename Policy::lanes;
    { p.concurrency() } -> std::convertible_to<int>;
    p.bulk(index_t{}, f);
    { p.name() } -> std::convertible_to<std::string>;
};

/// A policy that takes over whole pipelines, such as one on a device, has
///     void run_pipeline(pipeline, out, tiling) const;    writes the pixels of the pipeline to the view `out`
/// run() then only checks its arguments.
template <class Policy, class Pipeline, class Out>
concept pipeline_policy =
    requires(Policy const& p, Pipeline const& what, Out const& out, tiling t) { p.run_pipeline(what, out, t); };

/// A policy that cannot evaluate block by block, because its pixels are in other memory, has
///     auto host() const;    the policy for work that is no pipeline
/// Reductions and masks first let run_pipeline write the pixels to an image, and continue under host().
template <class Policy>
concept hosted_policy = requires(Policy const& p) {
    { p.host() } -> concepts::policy;
};

} // namespace concepts

namespace detail {
struct blocks;
}

namespace concepts {

/// A policy that observes the rows of the line engine while they are computed, such as traced and watched ones, has
///     auto observe(pipeline, detail::blocks const&) const;   an object for each evaluation
/// with
///     void bulk(n, f) const;            calls f(0) ... f(n - 1) as the policy's bulk does
///     auto block(i, rect) const;        an object that lives on the thread while block i is computed
/// The object of a block has observer(), which returns its detail::row_observer, or null for none.
template <class Policy, class Pipeline>
concept observing_policy =
    requires(Policy const& p, Pipeline const& what, detail::blocks const& b) { p.observe(what, b); };

} // namespace concepts

/// The division of [0, n) into chunks of `grain` items, of which the last may be shorter. The division depends on the
/// problem alone, and never on the number of threads. Partial results are therefore combined in the same order under
/// every policy.
struct chunks {
    index_t n = 0;
    index_t grain = 1;

    QUOIN_FN index_t count() const { return (n + grain - 1) / grain; }
    QUOIN_FN index_t begin(index_t chunk) const { return chunk * grain; }
    QUOIN_FN index_t end(index_t chunk) const { return begin(chunk) + grain < n ? begin(chunk) + grain : n; }
};

/// Calls f(begin, end) for every chunk, under the policy.
template <concepts::policy Policy, class F>
void for_each_chunk(Policy const& p, chunks c, F const& f) {
    p.bulk(c.count(), [&](index_t i) { f(c.begin(i), c.end(i)); });
}

/// combine(... combine(combine(identity, map(chunk 0)), map(chunk 1)) ..., map(last)). The calls map(begin, end) run in
/// parallel, and the partial results are combined in order. Memory: one T per chunk.
template <class T, concepts::policy Policy, class Map, class Combine>
T reduce_chunks(Policy const& p, chunks c, T identity, Map const& map, Combine const& combine) {
    std::vector<T> partial(static_cast<std::size_t>(c.count()), identity);
    p.bulk(c.count(), [&](index_t i) { partial[static_cast<std::size_t>(i)] = map(c.begin(i), c.end(i)); });
    T result = std::move(identity);
    for (T& part : partial) result = combine(std::move(result), std::move(part));
    return result;
}

/// Replaces counts[i] by the sum of the counts before it, and returns the sum of all counts. counts[i] then is the
/// offset at which item i writes its results. It is serial, because there is one count for each row or chunk and not
/// for each pixel.
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

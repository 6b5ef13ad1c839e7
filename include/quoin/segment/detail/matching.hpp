// SPDX-License-Identifier: BSL-1.0
// Which chords to keep: a largest set without conflicts, by bipartite matching; not public.
#pragma once

#include <quoin/segment/detail/conflicts.hpp>

#include <algorithm>
#include <limits>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Hopcroft and Karp's maximum matching between horizontal and vertical chords, and from it König's largest
/// set without conflicts. One object serves all groups of chords that are not linked by conflicts; different
/// groups can be solved at the same time, since each touches the state of its own chords alone.
class chord_matching {
public:
    chord_matching(conflict_ranges const& conflicts, std::size_t vertical_count)
        : conflicts_(conflicts), h_(conflicts.first.size() - 1), v_(vertical_count) {}

    /// Matches the chords of one group in at most max_phases phases; returns how far the set is, at most,
    /// from the largest one, 0 when that is proved.
    index_t solve(std::span<index_t const> hs, id_range vs, index_t max_phases) {
        std::vector<index_t> queue;
        start(hs);
        bool more = search(hs, vs, true, queue);
        for (index_t phase = 0; more && phase < max_phases; ++phase) {
            augment(hs, queue);
            more = search(hs, vs, true, queue);
        }
        // A search that met no free chord went everywhere; another one stopped early and has to be done in
        // full.
        if (more) search(hs, vs, false, queue);
        return std::count_if(v_.begin() + vs.begin, v_.begin() + vs.end,
                             [](vertical_state const& v) { return v.layer != none && v.mate == none; });
    }

    /// Vertical chords in the set: those that no alternating path from a free horizontal one reaches.
    bool keeps_vertical(index_t v) const { return v_[v].layer == none; }

private:
    static constexpr index_t none = -1;

    struct horizontal_state {
        index_t mate = none;
        index_t layer = none;
        index_t range = 0;  // the cursor: the range of conflicts
        index_t offset = 0; // and the place in it that come next
    };
    struct vertical_state {
        index_t mate = none;
        index_t layer = none;
    };

    void match(index_t h, index_t v) {
        h_[h].mate = v;
        v_[v].mate = h;
    }

    void rewind(index_t h) {
        h_[h].range = conflicts_.first[h];
        h_[h].offset = 0;
    }

    /// The next conflict of h from its cursor on that satisfies the predicate, or none.
    template <class Predicate>
    index_t advance(index_t h, Predicate const& wanted) {
        horizontal_state& s = h_[h];
        for (; s.range < conflicts_.first[h + 1]; ++s.range, s.offset = 0) {
            auto const [begin, end] = conflicts_.ranges[s.range];
            while (begin + s.offset < end) {
                index_t const v = begin + s.offset++;
                if (wanted(v)) return v;
            }
        }
        return none;
    }

    /// The conflict that advance returned last.
    index_t last(index_t h) const { return conflicts_.ranges[h_[h].range].begin + h_[h].offset - 1; }

    /// A first matching: each horizontal chord takes the first free vertical one.
    void start(std::span<index_t const> hs) {
        for (index_t h : hs) {
            rewind(h);
            index_t const v = advance(h, [&](index_t each) { return v_[each].mate == none; });
            if (v != none) match(h, v);
        }
    }

    /// Breadth-first layers along alternating paths from all free horizontal chords: a vertical chord gets
    /// the layer of the horizontal one that reaches it, its mate the next layer. With `stop`, no layer
    /// follows the first that holds a free vertical chord. Returns whether there is such a chord.
    bool search(std::span<index_t const> hs, id_range vs, bool stop, std::vector<index_t>& queue) {
        for (index_t v = vs.begin; v < vs.end; ++v) v_[v].layer = none;
        queue.clear();
        for (index_t h : hs) {
            h_[h].layer = h_[h].mate == none ? 0 : none;
            if (h_[h].mate == none) queue.push_back(h);
        }
        index_t last_layer = std::numeric_limits<index_t>::max();
        bool found = false;
        for (std::size_t i = 0; i < queue.size() && h_[queue[i]].layer <= last_layer; ++i) {
            index_t const h = queue[i];
            for (index_t r = conflicts_.first[h]; r < conflicts_.first[h + 1]; ++r)
                for (index_t v = conflicts_.ranges[r].begin; v < conflicts_.ranges[r].end; ++v) {
                    if (v_[v].layer != none) continue;
                    v_[v].layer = h_[h].layer;
                    if (v_[v].mate == none) {
                        found = true;
                        if (stop) last_layer = h_[h].layer;
                    } else {
                        h_[v_[v].mate].layer = h_[h].layer + 1;
                        queue.push_back(v_[v].mate);
                    }
                }
        }
        return found;
    }

    /// Disjoint shortest augmenting paths, as many as fit, depth first with a stack instead of recursion. A
    /// chord goes on where its last attempt ended, so a phase looks at every conflict once.
    void augment(std::span<index_t const> hs, std::vector<index_t>& stack) {
        for (index_t h : hs) rewind(h);
        for (index_t root : hs) {
            if (h_[root].mate != none) continue;
            stack.assign(1, root);
            while (!stack.empty()) {
                index_t const h = stack.back();
                index_t const v = advance(h, [&](index_t each) { return v_[each].layer == h_[h].layer; });
                if (v == none) {
                    stack.pop_back();
                    continue;
                }
                v_[v].layer = none; // visited
                if (v_[v].mate != none) {
                    stack.push_back(v_[v].mate);
                } else {
                    for (index_t each : stack) match(each, last(each));
                    stack.clear();
                }
            }
        }
    }

    conflict_ranges const& conflicts_;
    std::vector<horizontal_state> h_;
    std::vector<vertical_state> v_;
};

} // namespace detail
QUOIN_NAMESPACE_END

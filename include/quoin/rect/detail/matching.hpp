// SPDX-License-Identifier: BSL-1.0
// Which chords to keep: a largest set without conflicts, by bipartite matching; not public.
#pragma once

#include <quoin/rect/detail/conflicts.hpp>

#include <algorithm>
#include <limits>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// A maximum matching between horizontal and vertical chords that conflict, and from it König's largest set
/// without conflicts. The first matching is that of Karp and Sipser; what it lacks is found by pushing and
/// relabeling (Goldberg and Tarjan; for matchings as in Kaya, Langguth, Manne and Uçar 2013): a free
/// horizontal chord takes the vertical one that is nearest to a free one, and sets its mate free. All steps
/// are in a fixed order.
template <class Stop>
class chord_matching {
public:
    /// `stop`, which is asked now and then, says when enough time was spent on it.
    chord_matching(conflict_ranges const& of_horizontal, conflict_ranges const& of_vertical, Stop const& stop)
        : h_(of_horizontal), v_(of_vertical), stop_(stop) {
        start();
    }

    /// A phase: the distances of all vertical chords from free ones, then a bounded number of pushes, fewer
    /// when `stop` says so. Returns false when nothing could be pushed: the matching is maximum.
    bool improve() {
        measure();
        queue_free_horizontal();
        index_t const budget = (index_t{h_.size()} + v_.size()) / 16 + 1024;
        index_t pushes = 0;
        for (std::size_t i = 0; i < queue_.size() && pushes < budget; ++i) {
            if (!push(queue_[i])) continue;
            if (++pushes % 1024 == 0 && stop_()) break;
        }
        return pushes > 0;
    }

    /// Chooses the set; returns how far it is, at most, from the largest one, 0 when that is proved. The set
    /// is the horizontal chords within some number of layers of alternating paths from free horizontal ones,
    /// and the vertical ones that they do not reach. With all layers it is König's, and too small by the free
    /// vertical chords that are reached; with fewer also by the matched ones of the last layer, but fewer
    /// free ones may be.
    index_t choose() {
        for (state& v : v_.chords) v.label = none;
        queue_free_horizontal();
        index_t gap = static_cast<index_t>(queue_.size());
        layers_ = 0;
        index_t free = 0;
        std::size_t next = 0;
        for (chord_id layer = 0; next < queue_.size(); ++layer) {
            std::size_t const end = queue_.size();
            for (; next < end; ++next)
                h_.conflicts.for_each(queue_[next], [&](chord_id v) {
                    if (v_[v].label != none) return;
                    v_[v].label = layer;
                    if (v_[v].mate == none) ++free;
                    else queue_.push_back(v_[v].mate);
                });
            index_t const missing = free + static_cast<index_t>(queue_.size() - end);
            if (missing > gap) continue;
            gap = missing;
            layers_ = layer + 1;
        }
        return gap;
    }

    /// Vertical chords in the set.
    bool keeps_vertical(chord_id v) const { return v_[v].label == none || v_[v].label >= layers_; }

private:
    static constexpr chord_id none = -1;
    static constexpr chord_id far = std::numeric_limits<chord_id>::max();

    struct state {
        chord_id mate = none;
        chord_id label = 0; // how many free neighbors it has, the distance, or the layer
    };
    struct side {
        explicit side(conflict_ranges const& c) : conflicts(c), chords(static_cast<std::size_t>(c.size())) {}
        chord_id size() const { return static_cast<chord_id>(chords.size()); }
        state& operator[](chord_id id) { return chords[id]; }
        state const& operator[](chord_id id) const { return chords[id]; }

        conflict_ranges const& conflicts;
        std::vector<state> chords;
    };

    /// Chords with one free neighbor are matched to it at once, which never costs a match; when there is
    /// none, the next horizontal chord to that free neighbor which has the fewest.
    void start() {
        count_neighbors(h_);
        count_neighbors(v_);
        std::vector<chord_id> lonely_h, lonely_v;
        for (chord_id h = 0; h < h_.size(); ++h)
            if (h_[h].label == 1) lonely_h.push_back(h);
        for (chord_id v = 0; v < v_.size(); ++v)
            if (v_[v].label == 1) lonely_v.push_back(v);
        auto const match = [&](chord_id h, chord_id v) {
            h_[h].mate = v;
            v_[v].mate = h;
            leave(h_, h, v_, lonely_v);
            leave(v_, v, h_, lonely_h);
        };
        auto const match_lonely = [&] {
            for (;;) {
                if (!lonely_h.empty()) {
                    chord_id const h = lonely_h.back();
                    lonely_h.pop_back();
                    if (h_[h].mate != none) continue;
                    if (chord_id const v = fewest(h_, h, v_); v != none) match(h, v);
                } else if (!lonely_v.empty()) {
                    chord_id const v = lonely_v.back();
                    lonely_v.pop_back();
                    if (v_[v].mate != none) continue;
                    if (chord_id const h = fewest(v_, v, h_); h != none) match(h, v);
                } else {
                    return;
                }
            }
        };
        match_lonely();
        for (chord_id h = 0; h < h_.size(); ++h) {
            if (h_[h].mate != none || h_[h].label == 0) continue;
            match(h, fewest(h_, h, v_));
            match_lonely();
        }
    }

    void queue_free_horizontal() {
        queue_.clear();
        for (chord_id h = 0; h < h_.size(); ++h)
            if (h_[h].mate == none) queue_.push_back(h);
    }

    static void count_neighbors(side& s) {
        for (chord_id i = 0; i < s.size(); ++i)
            for (auto const [begin, end] : s.conflicts[i]) s[i].label += end - begin;
    }

    /// One free neighbor less for those of a chord that was matched; who has one left is noted.
    static void leave(side const& from, chord_id id, side& to, std::vector<chord_id>& lonely) {
        from.conflicts.for_each(id, [&](chord_id other) {
            if (--to[other].label == 1 && to[other].mate == none) lonely.push_back(other);
        });
    }

    /// The free neighbor of a chord that has the fewest of its own, or none.
    static chord_id fewest(side const& from, chord_id id, side const& to) {
        chord_id best = none;
        from.conflicts.for_each(id, [&](chord_id other) {
            if (to[other].mate == none && (best == none || to[other].label < to[best].label)) best = other;
        });
        return best;
    }

    /// Labels each vertical chord with its distance, in matched pairs, from a free one, or with far.
    void measure() {
        queue_.clear();
        for (chord_id v = 0; v < v_.size(); ++v) {
            v_[v].label = v_[v].mate == none ? 0 : far;
            if (v_[v].mate == none) queue_.push_back(v);
        }
        for (std::size_t i = 0; i < queue_.size(); ++i) {
            chord_id const v = queue_[i];
            v_.conflicts.for_each(v, [&](chord_id h) {
                chord_id const next = h_[h].mate;
                if (next == none || v_[next].label != far) return;
                v_[next].label = v_[v].label + 1;
                queue_.push_back(next);
            });
        }
    }

    /// Matches a free horizontal chord to its nearest vertical one, whose distance is then through the second
    /// nearest; queues the mate that is set free. Returns false where no free vertical chord can be reached.
    bool push(chord_id h) {
        chord_id nearest = none;
        chord_id distance = far;
        chord_id second = far;
        h_.conflicts.for_each(h, [&](chord_id v) {
            chord_id const here = v_[v].label;
            if (here < distance) {
                second = distance;
                distance = here;
                nearest = v;
            } else if (here < second) {
                second = here;
            }
        });
        if (nearest == none) return false;
        chord_id const old = v_[nearest].mate;
        h_[h].mate = nearest;
        v_[nearest].mate = h;
        v_[nearest].label = second == far ? far : second + 1;
        if (old != none) {
            h_[old].mate = none;
            queue_.push_back(old);
        }
        return true;
    }

    side h_;
    side v_;
    Stop const& stop_;
    std::vector<chord_id> queue_;
    chord_id layers_ = 0; // how many of them the set was made from
};

} // namespace detail
QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Chooses the chords to keep: a largest set without conflicts, by bipartite matching.
#pragma once

#include <quoin/rect/detail/conflicts.hpp>

#include <algorithm>
#include <limits>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// A maximum matching between horizontal and vertical chords in conflict, and König's largest set without conflicts
/// that follows from it. The first matching is that of Karp and Sipser. The remaining matches are found by push and
/// relabel (Goldberg and Tarjan; for matchings as in Kaya, Langguth, Manne and Uçar 2013). A free horizontal chord
/// takes the vertical chord that is nearest to a free one, and frees its mate. All steps run in a fixed order.
template <class Stop>
class chord_matching {
public:
    /// `stop` is called from time to time. It returns whether the time is over.
    chord_matching(conflict_ranges const& of_horizontal, conflict_ranges const& of_vertical, Stop const& stop)
        : h_(of_horizontal), v_(of_vertical), stop_(stop) {
        start();
    }

    /// Runs a phase: it computes the distances of all vertical chords from free ones, then makes a bounded number of
    /// pushes, or fewer if `stop` returns true. Returns false if nothing could be pushed; the matching is then maximum.
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

    /// Chooses the set. Returns a bound on the difference to the size of the largest set, which is 0 if the set is
    /// proved to be a largest one. The set consists of the horizontal chords within some number of layers of
    /// alternating paths from free horizontal chords, and the vertical chords that these do not reach. With all layers
    /// it is König's set, which then lacks as many chords as free vertical chords are reached. With fewer layers it
    /// also lacks the matched chords of the last layer, but may reach fewer free ones.
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

    /// Whether a vertical chord is in the set.
    bool keeps_vertical(chord_id v) const { return v_[v].label == none || v_[v].label >= layers_; }

private:
    static constexpr chord_id none = -1;
    static constexpr chord_id far = std::numeric_limits<chord_id>::max();

    struct state {
        chord_id mate = none;
        chord_id label = 0; // the number of free neighbors, the distance, or the layer
    };
    struct side {
        explicit side(conflict_ranges const& c) : conflicts(c), chords(static_cast<std::size_t>(c.size())) {}
        chord_id size() const { return static_cast<chord_id>(chords.size()); }
        state& operator[](chord_id id) { return chords[id]; }
        state const& operator[](chord_id id) const { return chords[id]; }

        conflict_ranges const& conflicts;
        std::vector<state> chords;
    };

    /// Matches chords with one free neighbor to it at once, which never costs a match. If there is none, it matches the
    /// next horizontal chord to the free neighbor that has the fewest free neighbors.
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

    /// Removes a matched chord from the free neighbors of others. Chords with one free neighbor left are added to
    /// `lonely`.
    static void leave(side const& from, chord_id id, side& to, std::vector<chord_id>& lonely) {
        from.conflicts.for_each(id, [&](chord_id other) {
            if (--to[other].label == 1 && to[other].mate == none) lonely.push_back(other);
        });
    }

    /// The free neighbor of a chord that has the fewest free neighbors, or none.
    static chord_id fewest(side const& from, chord_id id, side const& to) {
        chord_id best = none;
        from.conflicts.for_each(id, [&](chord_id other) {
            if (to[other].mate == none && (best == none || to[other].label < to[best].label)) best = other;
        });
        return best;
    }

    /// Labels each vertical chord with its distance from a free one, in matched pairs, or with `far`.
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

    /// Matches a free horizontal chord to its nearest vertical chord. The distance of that chord then goes through the
    /// second nearest. The mate that is freed is queued. Returns false if no free vertical chord can be reached.
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
    chord_id layers_ = 0; // the number of layers of the set
};

} // namespace detail
QUOIN_NAMESPACE_END

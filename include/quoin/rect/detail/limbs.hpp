// SPDX-License-Identifier: BSL-1.0
// The limbs of a mask, and the best cuts across them.
#pragma once

#include <quoin/label/components.hpp>
#include <quoin/rect/detail/chords.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Equal runs of `rows` consecutive rows, of which the first is row `line`.
struct limb_slice {
    pixel_run run;
    std::int32_t line;
    std::int32_t rows;
};

/// Limbs. A limb is a part of a mask that is one run in each of its rows, and longer (down the rows) than wide.
struct limb_list {
    std::vector<limb_slice> slices;
    std::vector<index_t> first{0};   ///< limb i has the slices first[i] <= j < first[i + 1]
    std::vector<double> slenderness; ///< for each limb: length * length / area
    std::vector<std::int32_t> limb;  ///< for each run the limb to which it belongs, or -1

    index_t size() const { return static_cast<index_t>(first.size()) - 1; }
};

/// The limbs of the mask with these runs. A run continues a limb iff it and the run above touch each other and no other
/// run of their rows, and the ends of both differ by at most `jump`.
template <concepts::policy Policy>
limb_list limbs(Policy const& p, run_list const& list, index_t jump) {
    auto const runs = static_cast<std::size_t>(list.size());
    std::vector<index_t> next(runs, -1);
    std::vector<std::uint8_t> continues(runs);
    for_each_chunk(p, row_chunks(list.height()), [&](index_t begin, index_t end) {
        std::vector<index_t> contact; // for each run below: the run above, or -2 if there are several
        for (index_t y = std::max<index_t>(begin, 1); y < end; ++y) {
            std::span<pixel_run const> const above = list.row(y - 1);
            std::span<pixel_run const> const below = list.row(y);
            contact.assign(below.size(), -1);
            index_t* const after = next.data() + list.first[y - 1];
            for_each_contact(above, below, 0, [&](index_t i, index_t j) {
                contact[j] = contact[j] == -1 ? i : -2;
                after[i] = after[i] == -1 ? list.first[y] + j : -2;
            });
            for (std::size_t j = 0; j < below.size(); ++j) {
                index_t const i = contact[j];
                continues[list.first[y] + static_cast<index_t>(j)] =
                    i >= 0 && after[i] >= 0 && abs(above[i].begin - below[j].begin) <= jump &&
                    abs(above[i].end - below[j].end) <= jump;
            }
        }
    });

    limb_list result;
    result.limb.assign(runs, -1);
    for (index_t y = 0; y < list.height(); ++y)
        for (index_t start = list.first[y]; start < list.first[y + 1]; ++start) {
            if (continues[start] != 0) continue;
            double area = 0;
            index_t line = y;
            auto const slices = result.slices.size();
            for (index_t id = start; id >= 0 && (id == start || continues[id] != 0); id = next[id], ++line) {
                pixel_run const run = list.all[id];
                area += run.end - run.begin;
                if (result.slices.size() > slices && result.slices.back().run == run) ++result.slices.back().rows;
                else result.slices.push_back({run, static_cast<std::int32_t>(line), 1});
            }
            auto const length = static_cast<double>(line - y);
            if (length * length < area || result.slices.size() < slices + 2) {
                result.slices.resize(slices);
                continue;
            }
            for (index_t id = start; id >= 0 && (id == start || continues[id] != 0); id = next[id])
                result.limb[id] = static_cast<std::int32_t>(result.size());
            result.slenderness.push_back(length * length / area);
            result.first.push_back(static_cast<index_t>(result.slices.size()));
        }
    return result;
}

/// The median of weighted numbers within a window, and the sum of their distances from it, updated with each number.
class running_median {
public:
    explicit running_median(index_t reach) : weight_(static_cast<std::size_t>(2 * reach + 1)), reach_(reach) {}

    void restart(index_t center) {
        std::fill(weight_.begin(), weight_.end(), 0);
        center_ = center;
        median_ = reach_;
        below_ = total_ = distance_ = 0;
    }
    /// Adds a value, which must be within reach of the center.
    void add(index_t value, index_t weight) {
        index_t const place = value - center_ + reach_;
        weight_[place] += weight;
        total_ += weight;
        distance_ += weight * abs(place - median_);
        if (place < median_) below_ += weight;
        for (; 2 * below_ > total_; --median_) {
            distance_ += total_ - 2 * below_;
            below_ -= weight_[median_ - 1];
        }
        for (; 2 * (below_ + weight_[median_]) < total_; ++median_) {
            below_ += weight_[median_];
            distance_ += 2 * below_ - total_;
        }
    }
    index_t distance() const { return distance_; }

private:
    std::vector<index_t> weight_;
    index_t reach_;
    index_t center_ = 0, median_ = 0, below_ = 0, total_ = 0, distance_ = 0;
};

/// A cut of a limb: before row `line`, between these two of its runs.
struct limb_cut {
    std::int32_t line;
    pixel_run above;
    pixel_run below;
};

/// The largest number of slices of a slab. It makes the time for a limb proportional to its length.
constexpr std::size_t longest_slab = 1024;

/// Finds the cuts between the slabs that replace the slices of a limb. Each slab is as wide as the median of its rows.
/// The cuts have the least sum of the areas between slabs and limb and the price of each slab. They are a shortest path
/// over the slices. Within a slab, left ends and right ends differ by at most `spread`.
inline void cut_limb(std::span<limb_slice const> slices, index_t spread, index_t price, index_t unit,
                     std::vector<limb_cut>& out) {
    struct node {
        index_t cost = std::numeric_limits<index_t>::max();
        std::size_t from = 0;
    };
    std::vector<node> best(slices.size() + 1);
    best[0].cost = 0;
    running_median left(spread);
    running_median right(spread);
    for (std::size_t s = 0; s < slices.size(); ++s) {
        auto [low_begin, low_end] = slices[s].run;
        auto [high_begin, high_end] = slices[s].run;
        left.restart(low_begin);
        right.restart(low_end);
        for (std::size_t t = s; t < std::min(slices.size(), s + longest_slab); ++t) {
            auto const [begin, end] = slices[t].run;
            low_begin = std::min(low_begin, begin);
            high_begin = std::max(high_begin, begin);
            low_end = std::min(low_end, end);
            high_end = std::max(high_end, end);
            if (high_begin - low_begin > spread || high_end - low_end > spread) break;
            left.add(begin, slices[t].rows);
            right.add(end, slices[t].rows);
            index_t const cost = best[s].cost + price + unit * (left.distance() + right.distance());
            if (cost < best[t + 1].cost) best[t + 1] = {cost, s};
            // A slab from s on would better begin behind t: its error is at least the sum of both parts.
            else if (cost >= best[t + 1].cost + price) break;
        }
    }
    for (std::size_t t = best[slices.size()].from; t > 0; t = best[t].from)
        out.push_back({slices[t].line, slices[t - 1].run, slices[t].run});
}

/// The cuts of all limbs, except for those that lie in a more slender limb of the other direction. `other` and
/// `other_runs` are those of the transposed mask. `wins` decides between two equally slender limbs.
template <concepts::policy Policy>
std::vector<limb_cut> cut_limbs(Policy const& p, limb_list const& list, limb_list const& other,
                                run_list const& other_runs, bool wins, index_t spread, index_t price, index_t unit) {
    return collect<limb_cut>(p, {list.size(), 64}, [&](index_t begin, index_t end, std::vector<limb_cut>& out) {
        for (index_t i = begin; i < end; ++i) {
            auto const old = static_cast<std::ptrdiff_t>(out.size());
            cut_limb({list.slices.data() + list.first[i], list.slices.data() + list.first[i + 1]}, spread, price, unit,
                     out);
            auto const loses = [&](limb_cut const& cut) {
                // The column through the middle of the run above the cut.
                index_t const x = (cut.above.begin + cut.above.end) / 2;
                auto const column = other_runs.row(x);
                auto const run =
                    std::partition_point(column.begin(), column.end(), [&](pixel_run r) { return r.end < cut.line; });
                std::int32_t const rival = other.limb[other_runs.first[x] + (run - column.begin())];
                if (rival < 0) return false;
                return wins ? other.slenderness[rival] > list.slenderness[i]
                            : other.slenderness[rival] >= list.slenderness[i];
            };
            out.erase(std::remove_if(out.begin() + old, out.end(), loses), out.end());
        }
    });
}

} // namespace detail
QUOIN_NAMESPACE_END

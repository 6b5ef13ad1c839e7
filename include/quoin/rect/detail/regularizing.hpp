// SPDX-License-Identifier: BSL-1.0
// The parts of regularize: new outlines for a price of corners, the mask inside them, and the check of its components.
#pragma once

#include <quoin/rect/detail/limbs.hpp>
#include <quoin/rect/detail/outline_fit.hpp>
#include <quoin/rect/detail/outline_moves.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

constexpr index_t longest_reach = 63; // the 2 * 63 + 1 offsets fit a byte
constexpr index_t no_bound = std::numeric_limits<index_t>::max();

/// A vertical side of a path.
struct upright {
    std::int32_t x;
    std::int32_t top;
    std::int32_t bottom;
};

struct regularized_mask {
    bit_image mask;
    component_map map;
};

/// A mask and the price of corners for which it was made.
struct fitted_mask {
    regularized_mask made;
    std::int32_t price;
};

/// The run of a row that contains x.
inline index_t run_at(run_list const& list, index_t x, index_t y) {
    auto const row = list.row(y);
    return list.first[y] + (std::partition_point(row.begin(), row.end(), [&](pixel_run r) { return r.end <= x; }) -
                            row.begin());
}

template <concepts::policy Policy>
class regularizer {
public:
    regularizer(Policy const& p, bit_image const& given, component_map const& map, index_t reach)
        : p_(p), given_(given), map_(map), reach_(reach), bounds_(p, given, reach), turned_(transposed(p, given)),
          turned_runs_(runs(p, turned_)),
          outlines_(outlines(p, given)), room_(outlines_.points.size()), owner_(outlines_.first.size() - 1),
          limbs_{limbs(p, map.runs, 4 * reach), limbs(p, turned_runs_, 4 * reach)} {
        for_each_chunk(p, {outlines_.size(), 16}, [&](index_t begin, index_t end) {
            for (index_t i = begin; i < end; ++i) describe(i);
        });
    }

    /// A mask that few rectangles cover, with at most `bound` changed pixels.
    regularized_mask within(index_t bound) const {
        if (bound != no_bound) {
            // The free moves nearly always save more pixels than this excess.
            regularized_mask made = moved(fitted(bound + bound / 32), bound);
            if (changes(made.mask) <= bound) return made;
        }
        return moved(fitted(bound), bound);
    }

    /// The mask inside new outlines, for approximately the largest price at which at most `bound` pixels change.
    fitted_mask fitted(index_t bound) const {
        trial low{0, 0, {}, {}};
        trial high{highest_price + 1, 0, {}, {}};
        std::int32_t price = bound == no_bound ? highest_price : first_price;
        auto const apart = [&] { return high.price - low.price > 1 + low.price / 8; };
        for (int round = 0; round < most_rounds && apart() && low.changed < bound - bound / 32; ++round) {
            trial now = at(price);
            std::int32_t const next = guess(price, now.changed, bound);
            (now.changed <= bound ? low : high) = std::move(now);
            // A guess assumes that the area changes smoothly with the price. If it jumps at some price, bisection
            // helps.
            std::int32_t const margin =
                low.price > 0 && high.price <= highest_price ? std::max(1, (high.price - low.price) * 3 / 8) : 1;
            price = std::max(low.price + margin, std::min(next, high.price - margin));
        }
        if (low.price == 0) low = at(0);
        // Areas are whole pixels, so one price may be too low and the next one too high. Then some outlines get the low
        // price and the others the high one. Components that are computed again may change more pixels, though rarely.
        // Then fewer outlines get the high price, and finally the low price is reduced.
        double share = 0;
        if (!apart() && high.price <= highest_price)
            share = static_cast<double>(bound - low.changed) / static_cast<double>(high.changed - low.changed);
        for (double less = 1.0 / 64;; share -= less, less *= 2) {
            regularized_mask made = settle(low, high, share);
            if (changes(made.mask) <= bound) return {std::move(made), low.price};
            if (low.price == 0) return {{given_, map_}, 0};
            if (share <= 0) low = at(low.price / 2);
        }
    }

    /// The mask after the moves that save most. A rectangle that is worth no more than its corners is removed.
    regularized_mask moved(fitted_mask fit, index_t bound) const {
        outline_mover mover(p_, given_, turned_, bounds_, fit.made.mask, reach_);
        mover(bound, 1 + 4 * index_t{fit.price} / unit);
        regularized_mask better{mover.mask(), {}};
        return match(better).right ? better : std::move(fit.made);
    }

    /// Removes the rectangles with a side shorter than `least`, smallest first, from the fewest that cover the mask. A
    /// rectangle is removed only if at most `bound` pixels then change, the core remains, and the pixels around it stay
    /// connected.
    regularized_mask without_slivers(regularized_mask made, index_t least, index_t bound) const {
        std::vector<labeled_rect> slivers = rectangles(p_, made.mask, minimum_partition(p_, made.mask).cuts, made.map);
        std::erase_if(slivers, [&](labeled_rect const& r) { return std::min(r.box.width, r.box.height) >= least; });
        std::stable_sort(slivers.begin(), slivers.end(), [](labeled_rect const& a, labeled_rect const& b) {
            return a.box.width * a.box.height < b.box.width * b.box.height;
        });
        index_t changed = changes(made.mask);
        regularized_mask less{made.mask, {}};
        for (labeled_rect const& r : slivers) {
            index_t in_core = 0;
            index_t in_given = 0;
            for (index_t y = r.box.y; y < r.box.bottom(); ++y)
                for (index_t x = r.box.x; x < r.box.right(); ++x) {
                    in_core += bounds_.core.get(x, y);
                    in_given += given_.get(x, y);
                }
            index_t const after = changed + 2 * in_given - r.box.width * r.box.height;
            if (in_core > 0 || after > bound || parts_around(less.mask, r.box) != 1) continue;
            for (index_t y = r.box.y; y < r.box.bottom(); ++y) flip_range(less.mask.row(y), r.box.x, r.box.right());
            changed = after;
        }
        return match(less).right ? less : made;
    }

private:
    // The price of a corner counts sixteenths of a pixel.
    static constexpr std::int32_t unit = 16;
    static constexpr std::int32_t first_price = 2 * unit;
    static constexpr std::int32_t highest_price = 1 << 22;
    static constexpr int most_rounds = 10;

    /// The vertical sides of the paths along all outlines.
    struct drawing {
        std::vector<upright> sides;
        std::vector<index_t> first; ///< outline i has the sides first[i] <= j < first[i + 1]
    };

    /// The paths for a price, the lines on which corners are cheap, and the number of changed pixels.
    struct trial {
        std::int32_t price;
        index_t changed;
        cheap_lines cheap;
        drawing paths;
    };

    /// The next price to try. The changed area grows approximately with the price to the power of 2/3.
    static std::int32_t guess(std::int32_t price, index_t changed, index_t bound) {
        double const ratio =
            static_cast<double>(bound) * (127.0 / 128) / static_cast<double>(std::max<index_t>(1, changed));
        double const next = price * std::clamp(ratio * sqrt(ratio), 0.0625, 16.0);
        return static_cast<std::int32_t>(std::min<double>(next, highest_price));
    }

    /// Computes the room of an outline's sides, and its component.
    void describe(index_t i) {
        auto const points = outlines_[i];
        for (std::size_t k = 0; k < points.size(); ++k) {
            grid_point const a = points[k];
            grid_point const b = points[k + 1 < points.size() ? k + 1 : 0];
            line_room& room = room_[outlines_.first[i] + static_cast<index_t>(k)];
            if (k % 2 == 0) room = room_of_side(given_, a.y, std::min(a.x, b.x), std::max(a.x, b.x), reach_);
            else room = room_of_side(turned_, a.x, std::min(a.y, b.y), std::max(a.y, b.y), reach_);
        }
        bool const below = points[0].x < points[1].x;
        index_t const run = below ? run_at(map_.runs, points[0].x, points[0].y)
                                  : run_at(map_.runs, points[1].x, points[0].y - 1);
        owner_[i] = map_.label[run];
    }

    /// The lines on which corners are cheap for a price: along the cuts of all limbs, near the outlines.
    cheap_lines cuts(std::int32_t price) const {
        cheap_lines result{bit_image(given_.width() + 1, given_.height() + 1),
                           bit_image(given_.height() + 1, given_.width() + 1)};
        auto const mark = [&](bit_image& lines, limb_cut const& cut) {
            for (auto const& [a, b] :
                 {std::minmax(cut.above.begin, cut.below.begin), std::minmax(cut.above.end, cut.below.end)})
                for (index_t i = std::max<index_t>(0, a - reach_); i <= std::min(lines.height() - 1, b + reach_); ++i)
                    lines.set(cut.line, i);
        };
        index_t const slab = 2 * index_t{price};
        for (limb_cut const& c : cut_limbs(p_, limbs_[0], limbs_[1], turned_runs_, true, 2 * reach_, slab, unit))
            mark(result.horizontal, c);
        for (limb_cut const& c : cut_limbs(p_, limbs_[1], limbs_[0], map_.runs, false, 2 * reach_, slab, unit))
            mark(result.vertical, c);
        return result;
    }

    /// Paths along all outlines for which attempt_of(outline) is not negative. Attempt 0 is loose. The following
    /// attempts are not; they have the full reach, then half of it, and so on.
    template <class F>
    drawing draw(cheap_lines const& cheap, std::int32_t price, F const& attempt_of) const {
        drawing result{{}, std::vector<index_t>(outlines_.first.size())};
        result.sides = collect<upright>(
            p_, {outlines_.size(), 16}, [&](index_t begin, index_t end, std::vector<upright>& out) {
                std::vector<grid_point> path;
                for (index_t i = begin; i < end; ++i) {
                    int const attempt = attempt_of(i);
                    if (attempt < 0) continue;
                    outline_fitter fit(cheap, {reach_ >> std::max(0, attempt - 1), attempt == 0, price, unit});
                    auto const points = outlines_[i];
                    fit(points, {room_.data() + outlines_.first[i], points.size()}, path);
                    for (std::size_t k = 0; k < path.size(); ++k) {
                        grid_point const a = path[k];
                        grid_point const b = path[k + 1 < path.size() ? k + 1 : 0];
                        if (a.x != b.x || a.y == b.y) continue;
                        out.push_back({a.x, std::min(a.y, b.y), std::max(a.y, b.y)});
                        ++result.first[i];
                    }
                }
            });
        exclusive_scan(result.first);
        return result;
    }

    /// Toggles the pixels at the sides of the wanted outlines. From there on, inside becomes outside, or the reverse.
    template <class F>
    void flip(drawing const& paths, F const& wanted, bit_image& toggles) const {
        for (index_t i = 0; i < outlines_.size(); ++i) {
            if (!wanted(i)) continue;
            for (index_t j = paths.first[i]; j < paths.first[i + 1]; ++j) {
                auto const [x, top, bottom] = paths.sides[j];
                if (x < given_.width())
                    for (index_t y = top; y < bottom; ++y) toggles.row(y)[x / 64] ^= std::uint64_t{1} << (x % 64);
            }
        }
    }

    trial at(std::int32_t price) const {
        trial result{price, 0, cuts(price), {}};
        result.paths = draw(result.cheap, price, [](index_t) { return 0; });
        bit_image toggles(given_.size());
        flip(result.paths, [](index_t) { return true; }, toggles);
        result.changed = changes(fill(toggles));
        return result;
    }

    index_t changes(bit_image const& mask) const {
        overlap const seen = compare(p_, given_, mask);
        return seen.either - seen.both;
    }

    /// The pixels with an odd number of toggles at or before them.
    bit_image fill(bit_image const& toggles) const {
        bit_image result(toggles.size());
        for_each_chunk(p_, row_chunks(toggles.height()), [&](index_t begin, index_t end) {
            for (index_t y = begin; y < end; ++y) {
                std::uint64_t inside = 0;
                for (index_t i = 0; i < toggles.words_per_row(); ++i) {
                    std::uint64_t word = toggles.row(y)[i];
                    for (int step = 1; step < 64; step *= 2) word ^= word << step;
                    result.row(y)[i] = word ^ inside;
                    inside = (result.row(y)[i] >> 63) != 0 ? ~std::uint64_t{0} : 0;
                }
                if (toggles.words_per_row() > 0) result.row(y)[toggles.words_per_row() - 1] &= toggles.last_word_mask();
            }
        });
        return result;
    }

    struct verdict {
        std::vector<std::uint8_t> wrong; ///< for each given component, whether it is joined, cut, lost or out of bounds
        bool right = true;
        void blame(index_t k) {
            wrong[k] = 1;
            right = false;
        }
    };

    /// Calls f(k, n) for each overlap of a run of component k of the given mask with one of component n of the new
    /// mask.
    template <class F>
    void for_each_overlap(component_map const& map, F const& f) const {
        for (index_t y = 0; y < given_.height(); ++y)
            for_each_contact(map_.runs.row(y), map.runs.row(y), 0, [&](index_t i, index_t j) {
                f(map_.label[map_.runs.first[y] + i], map.label[map.runs.first[y] + j]);
            });
    }

    /// Matches the components of a mask with the given ones, and if the match is right, orders them as the given ones.
    /// First it clears components that meet no given one, which come from paths that cross themselves.
    verdict match(regularized_mask& made) const {
        constexpr index_t none = -1;
        made.map = components(p_, made.mask);
        std::vector<index_t> given_of(made.map.components.size(), none);
        for_each_overlap(made.map, [&](index_t k, index_t n) { given_of[n] = k; });
        if (std::find(given_of.begin(), given_of.end(), none) != given_of.end()) {
            component const* const first = made.map.components.data();
            flip_components(p_, made.mask, made.map, [&](component const& c) { return given_of[&c - first] == none; });
            return match(made);
        }

        verdict result{std::vector<std::uint8_t>(map_.components.size())};
        std::vector<index_t> new_of(map_.components.size(), none);
        for_each_overlap(made.map, [&](index_t k, index_t n) {
            if (new_of[k] == none) new_of[k] = n;
            if (new_of[k] != n) result.blame(k);
            if (given_of[n] != k) {
                result.blame(k);
                result.blame(given_of[n]);
            }
        });
        for (std::size_t k = 0; k < new_of.size(); ++k)
            if (new_of[k] == none) result.blame(static_cast<index_t>(k));

        bit_image const far = beyond(p_, bounds_, made.mask);
        for (index_t y = 0; y < far.height(); ++y)
            for (index_t i = 0; i < far.words_per_row(); ++i)
                for_each_bit(far.row(y)[i], i, [&](index_t x) {
                    if (given_.get(x, y)) result.blame(map_.label[run_at(map_.runs, x, y)]);
                    else result.blame(given_of[made.map.label[run_at(made.map.runs, x, y)]]);
                });

        if (result.right) {
            for (index_t& n : made.map.label) n = given_of[n];
            std::vector<component> ordered(made.map.components.size());
            for (std::size_t n = 0; n < ordered.size(); ++n) ordered[given_of[n]] = made.map.components[n];
            made.map.components = std::move(ordered);
        }
        return result;
    }

    /// For each component, whether its paths may reach into a wrong component.
    std::vector<std::uint8_t> near_wrong(verdict const& found) const {
        std::vector<rect> around;
        for (std::size_t k = 0; k < found.wrong.size(); ++k)
            if (rect const& box = map_.components[k].box; found.wrong[k] != 0)
                around.push_back({box.x - reach_ - 1, box.y - reach_ - 1, box.width + 2 * reach_ + 2,
                                  box.height + 2 * reach_ + 2});
        std::vector<std::uint8_t> result;
        for (component const& c : map_.components)
            result.push_back(std::any_of(around.begin(), around.end(),
                                         [&](rect const& r) { return !intersect(r, c.box).empty(); }));
        return result;
    }

    /// A mask without wrong components. About this share of the outlines has the paths of `high`, and the others those
    /// of `low`.
    regularized_mask settle(trial const& low, trial const& high, double share) const {
        auto const gets_high = [&](index_t outline) {
            double const turns = static_cast<double>(outline) * 0.6180339887498949; // the golden ratio spreads them
            return turns - floor(turns) < share;
        };
        std::vector<int> attempt(map_.components.size());
        auto const first_one = [&](index_t i) { return attempt[owner_[i]] == 0; };
        for (;;) {
            bit_image toggles(given_.size());
            flip(low.paths, [&](index_t i) { return first_one(i) && !gets_high(i); }, toggles);
            if (share > 0) flip(high.paths, [&](index_t i) { return first_one(i) && gets_high(i); }, toggles);
            drawing const again =
                draw(low.cheap, low.price, [&](index_t i) { return first_one(i) ? -1 : attempt[owner_[i]]; });
            flip(again, [](index_t) { return true; }, toggles);
            regularized_mask made{fill(toggles), {}};
            verdict const found = match(made);
            if (found.right) return made;
            bool less = false;
            auto const retry = [&](std::size_t k) {
                if (attempt[k] > 0 && reach_ >> (attempt[k] - 1) == 0) return;
                ++attempt[k];
                less = true;
            };
            for (std::size_t k = 0; k < attempt.size(); ++k)
                if (found.wrong[k] != 0) retry(k);
            if (less) continue;
            // The wrong components are now those of the given mask, so the paths of others reach into them.
            std::vector<std::uint8_t> const near = near_wrong(found);
            for (std::size_t k = 0; k < attempt.size(); ++k)
                if (near[k] != 0) retry(k);
            if (!less) return {given_, map_};
        }
    }

    Policy const& p_;
    bit_image const& given_;
    component_map const& map_;
    index_t reach_;
    edge_bounds bounds_;
    bit_image turned_;
    run_list turned_runs_;
    outline_list outlines_;
    std::vector<line_room> room_;
    std::vector<index_t> owner_; ///< the component of each outline
    limb_list limbs_[2];         ///< those down the rows, and those along the columns
};

} // namespace detail
QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// The path with few corners along an outline.
#pragma once

#include <quoin/rect/detail/outlines.hpp>

#include <array>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The distances that the grid line of a side may move, towards lower numbers (<= 0) and towards higher ones (>= 0).
struct line_room {
    std::int8_t low = 0;
    std::int8_t high = 0;
};

/// The room of the horizontal side begin <= x < end above row `line`. It is at most `reach`, and less than half of the
/// way to the next side that faces it. Sides on the border of the mask do not move.
inline line_room room_of_side(bit_image const& mask, index_t line, index_t begin, index_t end, index_t reach) {
    if (line == 0 || line == mask.height()) return {};
    auto const room = [&](index_t first, index_t step) {
        bool const value = mask.get(begin, first);
        index_t rows = 1;
        auto const inside = [&] { return first + rows * step >= 0 && first + rows * step < mask.height(); };
        while (rows <= 2 * reach && inside() && uniform(mask.row(first + rows * step), begin, end, value)) ++rows;
        if (!inside()) return std::min(reach, value ? rows - 1 : rows);
        return std::min(reach, (rows - 1) / 2);
    };
    return {static_cast<std::int8_t>(-room(line - 1, -1)), static_cast<std::int8_t>(room(line, 1))};
}

/// The grid lines on which corners are cheap: bit x of row y of `vertical` for the vertical grid line through point (x,
/// y), and bit y of row x of `horizontal` for the horizontal one.
struct cheap_lines {
    bit_image vertical;
    bit_image horizontal;
};

/// The terms of the cost of a path: `unit` for each pixel between outline and path, and `corner` for each of its
/// corners, or half of that on cheap lines. The path keeps within `reach` of the outline. If `loose`, it may pass short
/// sides further than their room allows; these are specks and gaps of a rough edge.
struct fit_terms {
    index_t reach = 0;
    bool loose = false;
    std::int32_t corner = 0;
    std::int32_t unit = 1;
};

/// Finds the cheapest path along an outline by dynamic programming (Viterbi). At each point of the outline the path
/// runs on a horizontal or a vertical grid line, with an offset of at most the reach, and may turn from one to the
/// other there. A horizontal grid line pays for the columns that the outline passes below or above it, and a vertical
/// one for the rows beside it. A corner pays for the rectangle between it and the point.
class outline_fitter {
public:
    outline_fitter(cheap_lines const& cheap, fit_terms terms) : cheap_(cheap), terms_(terms) {}

    /// Replaces `path` by the corners of the path, which is closed. Its sides are horizontal and vertical in turn.
    void operator()(std::span<grid_point const> outline, std::span<line_room const> room,
                    std::vector<grid_point>& path) {
        reach_ = 0;
        for (line_room r : room) reach_ = std::max<index_t>({reach_, -r.low, r.high});
        reach_ = std::min(reach_, terms_.reach);
        path.assign(outline.begin(), outline.end());
        if (reach_ == 0 || outline.size() <= 4) return;
        offsets_ = 2 * reach_ + 1;
        split(outline, room);

        // The path is closed where the longest side begins. A first pass around that point decides its state there.
        // That pass is as long as one grid line may reach, which grows with the price of corners.
        auto const n = static_cast<index_t>(sides_.size());
        index_t const seam = longest_;
        index_t const around = std::min<index_t>(n / 2 + 1, 32 + 16 * index_t{terms_.corner} / terms_.unit);
        trace_.resize(static_cast<std::size_t>(std::max(n, 2 * around) * 2 * offsets_));
        for (auto& cost : cost_) cost.fill(0);
        for (index_t k = 0; k < offsets_; ++k) distance_[k] = static_cast<std::int32_t>(abs(k - reach_));
        advance(seam + n - around, 2 * around);
        state const start = walk_back(seam + n - around, 2 * around, around, cheapest(), nullptr);
        for (auto& cost : cost_) cost.fill(impossible);
        cost_[start.vertical][start.place] = 0;
        advance(seam, n);
        if (cost_[start.vertical][start.place] == impossible) return;
        path.clear();
        walk_back(seam, n, 0, start, &path);
    }

private:
    static constexpr std::int32_t impossible = 1 << 29;

    struct side {
        grid_point from;
        std::int32_t step; ///< the signed length
        line_room room;
        std::uint8_t vertical;
    };
    static constexpr index_t chunk = 8;
    using lane_array = std::array<std::int32_t, 128>;

    struct state {
        std::uint8_t vertical = 0;
        index_t place = 0; ///< the grid line: offset + reach
    };

    /// Splits the sides of the outline where a cheap grid line crosses them.
    void split(std::span<grid_point const> outline, std::span<line_room const> room) {
        sides_.clear();
        longest_ = 0;
        for (std::size_t i = 0; i < outline.size(); ++i) {
            bool const vertical = i % 2 == 1;
            grid_point const to = outline[i + 1 < outline.size() ? i + 1 : 0];
            grid_point from = outline[i];
            std::int32_t const length = vertical ? to.y - from.y : to.x - from.x;
            std::int32_t const direction = length < 0 ? -1 : 1;
            bit_image const& crossing = vertical ? cheap_.horizontal : cheap_.vertical;
            line_room const kept = room_within(room[i], vertical ? from.x : from.y, crossing.height() - 1,
                                               terms_.loose && abs(length) <= 2 * reach_);
            for (std::int32_t done = 0, next = direction;; next += direction) {
                grid_point const point = vertical ? grid_point{from.x, outline[i].y + next}
                                                  : grid_point{outline[i].x + next, from.y};
                bool const last = next == length;
                if (!last && !(vertical ? crossing.get(point.y, point.x) : crossing.get(point.x, point.y))) continue;
                sides_.push_back({from, next - done, kept, vertical});
                if (abs(next - done) > abs(sides_[static_cast<std::size_t>(longest_)].step))
                    longest_ = static_cast<index_t>(sides_.size()) - 1;
                if (last) break;
                done = next;
                from = point;
            }
        }
    }

    /// The room of a side on `line`, among the grid lines 0 to `last`, for paths within the reach.
    line_room room_within(line_room room, index_t line, index_t last, bool loose) const {
        if (line == 0 || line == last) return {};
        index_t const low = loose ? -std::min(reach_, line) : std::max<index_t>(room.low, -reach_);
        index_t const high = loose ? std::min(reach_, last - line) : std::min<index_t>(room.high, reach_);
        return {static_cast<std::int8_t>(low), static_cast<std::int8_t>(high)};
    }

    side const& side_at(index_t i) const { return sides_[static_cast<std::size_t>(i) % sides_.size()]; }

    /// The prices of corners on the grid lines of all offsets at a point. Cheap lines have half the price.
    void prices(grid_point at, bool vertical, lane_array& out) const {
        bit_image const& cheap = vertical ? cheap_.vertical : cheap_.horizontal;
        index_t const row = vertical ? at.y : at.x;
        index_t const first = (vertical ? at.x : at.y) - reach_;
        for (index_t k = 0; k < offsets_; ++k) {
            bool const marked = first + k >= 0 && first + k < cheap.width() && cheap.get(first + k, row);
            out[k] = marked ? terms_.corner / 2 : terms_.corner;
        }
    }

    /// Offers the turns from `from` to `to`, and stores those taken. Chunks have a constant length, so compilers
    /// vectorize them.
    void turn(lane_array const& from, lane_array const& from_price, lane_array& to, lane_array const& to_price,
              std::uint8_t* trace) const {
        for (index_t first = 0; first < offsets_; first += chunk) {
            std::int32_t cost[chunk], origin[chunk], price[chunk], distance[chunk];
            for (index_t k = 0; k < chunk; ++k) {
                cost[k] = to[first + k];
                price[k] = to_price[first + k];
                distance[k] = distance_[first + k];
                origin[k] = 0;
            }
            for (index_t i = 0; i < offsets_; ++i) {
                std::int32_t const base = from[i];
                if (base >= impossible) continue;
                std::int32_t const most = from_price[i];
                std::int32_t const off = distance_[i] * terms_.unit;
                auto const number = static_cast<std::int32_t>(i + 1);
                for (index_t k = 0; k < chunk; ++k) {
                    std::int32_t const turned = base + off * distance[k] + (price[k] < most ? price[k] : most);
                    origin[k] = turned < cost[k] ? number : origin[k];
                    cost[k] = turned < cost[k] ? turned : cost[k];
                }
            }
            for (index_t k = 0; k < std::min(chunk, offsets_ - first); ++k) {
                to[first + k] = cost[k];
                trace[first + k] = static_cast<std::uint8_t>(origin[k]);
            }
        }
    }

    /// Carries the costs of all states along `count` sides.
    void advance(index_t first, index_t count) {
        for (index_t j = 0; j < count; ++j) {
            side const& s = side_at(first + j);
            grid_point const to = side_at(first + j + 1).from;
            lane_array& along = cost_[s.vertical];
            lane_array& across = cost_[1 - s.vertical];
            std::uint8_t* const trace = trace_.data() + j * 2 * offsets_;
            std::fill_n(trace, 2 * offsets_, std::uint8_t{0});

            index_t const length = abs(index_t{s.step});
            for (index_t k = 0; k < offsets_; ++k) {
                index_t const offset = k - reach_;
                bool const open = offset >= s.room.low && offset <= s.room.high && along[k] < impossible;
                along[k] = open ? static_cast<std::int32_t>(std::min<index_t>(
                                      impossible, along[k] + terms_.unit * length * abs(offset)))
                                : impossible;
            }
            // Offsets count from the position of the outline.
            lane_array const before = across;
            for (index_t k = 0; k < offsets_; ++k) {
                index_t const from = k + s.step;
                across[k] = from >= 0 && from < offsets_ ? before[from] : impossible;
            }

            prices(to, s.vertical != 0, along_price_);
            prices(to, s.vertical == 0, across_price_);
            turn(along, along_price_, across, across_price_, trace + (1 - s.vertical) * offsets_);
            turn(across, across_price_, along, along_price_, trace + s.vertical * offsets_);

            // Subtracting the least cost keeps costs small for outlines of any length.
            std::int32_t least = impossible;
            for (index_t k = 0; k < offsets_; ++k) least = std::min({least, along[k], across[k]});
            for (auto& cost : cost_)
                for (index_t k = 0; k < offsets_; ++k) cost[k] = cost[k] >= impossible ? impossible : cost[k] - least;
        }
    }

    state cheapest() const {
        state best;
        for (std::uint8_t v = 0; v < 2; ++v)
            for (index_t k = 0; k < offsets_; ++k)
                if (cost_[v][k] < cost_[best.vertical][best.place]) best = {v, k};
        return best;
    }

    /// Follows the path that ends in state `s` behind the last of `count` sides, back until `stop` sides are left. It
    /// adds the corners of the path to `corners`, unless null, last one first.
    state walk_back(index_t first, index_t count, index_t stop, state s, std::vector<grid_point>* corners) const {
        for (index_t j = count - 1; j >= stop; --j) {
            side const& here = side_at(first + j);
            grid_point const at = side_at(first + j + 1).from;
            std::uint8_t const* const trace = trace_.data() + j * 2 * offsets_;
            auto const undo_turn = [&] {
                index_t const from = trace[s.vertical * offsets_ + s.place];
                if (from == 0) return;
                index_t const across = (s.vertical != 0 ? s.place : from - 1) - reach_;
                index_t const down = (s.vertical != 0 ? from - 1 : s.place) - reach_;
                if (corners != nullptr)
                    corners->push_back(
                        {static_cast<std::int32_t>(at.x + across), static_cast<std::int32_t>(at.y + down)});
                s = {static_cast<std::uint8_t>(1 - s.vertical), from - 1};
            };
            if (s.vertical == here.vertical) undo_turn();
            if (s.vertical != here.vertical) {
                undo_turn();
                if (s.vertical != here.vertical) s.place += here.step;
            }
        }
        return s;
    }

    cheap_lines const& cheap_;
    fit_terms terms_;
    index_t reach_ = 0, offsets_ = 1, longest_ = 0;
    std::vector<side> sides_;
    std::vector<std::uint8_t> trace_;
    lane_array cost_[2];
    lane_array along_price_{}, across_price_{}, distance_{};
};

} // namespace detail
QUOIN_NAMESPACE_END

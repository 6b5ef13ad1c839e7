// SPDX-License-Identifier: BSL-1.0
// Reconstruction of gray levels: two sweeps, and a queue for what they leave.
#pragma once

#include <quoin/filter/detail/framed_levels.hpp>
#include <quoin/lanes/arithmetic.hpp>

#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Raises `level` to its reconstruction under `mask`, by dilation. It is not above the mask. In the frame both are the
/// lowest level, and so behind it.
template <class Lanes, connectivity Neighbors, class L>
class reconstruction {
public:
    reconstruction(framed_places const& places, L* level, L const* mask)
        : places_(places), around_(places.neighbors<Neighbors>()), level_(level), mask_(mask) {}

    /// Sweeps cost less than the queue as long as they leave much less each time.
    void operator()() {
        index_t const rows = places_.size().height;
        std::size_t const few = places_.count() / 512;
        for (std::size_t last = places_.count(); last > few;) {
            waiting_.clear();
            for (index_t y = 0; y < rows; ++y) sweep_down(places_.row(y));
            for (index_t y = rows; y-- > 0;) sweep_up(places_.row(y));
            last = waiting_.size() < last / 4 * 3 ? waiting_.size() : 0;
        }
        while (!waiting_.empty()) {
            reached_.clear();
            for (std::int32_t const i : waiting_) spread(i);
            std::swap(waiting_, reached_);
        }
    }

private:
    static constexpr bool corners = Neighbors == connectivity::eight;

    static auto load(L const* from) { return Lanes::template load_as<L>(from); }
    static auto reached_from(L const* row) {
        auto all = load(row);
        if constexpr (corners) all = max(all, max(load(row - 1), load(row + 1)));
        return all;
    }
    /// Raises a row by the one beside it. The last step may go on in the frame and the next row, where it does what the
    /// sweep of that row does, or has done.
    void raise(std::int32_t first, std::int32_t end, std::int32_t to_other) {
        for (std::int32_t i = first; i < end; i += Lanes::count) {
            L* const at = level_ + i;
            Lanes::store(at, min(max(load(at), reached_from(at + to_other)), load(mask_ + i)));
        }
    }
    void sweep_down(std::int32_t first) {
        std::int32_t const end = end_of(first);
        raise(first, end, -places_.columns());
        L last = lowest<L>;
        for (std::int32_t i = first; i < end; ++i) level_[i] = last = min(max(level_[i], last), mask_[i]);
    }
    void sweep_up(std::int32_t first) {
        std::int32_t const end = end_of(first), columns = places_.columns();
        raise(first, end, columns);
        L last = lowest<L>;
        for (std::int32_t i = end; i-- > first;) level_[i] = last = min(max(level_[i], last), mask_[i]);
        // A pixel behind that could rise is reached from here.
        for (std::int32_t i = first; i < end; i += Lanes::count) {
            auto const here = load(level_ + i);
            auto const rise = [&](std::int32_t at) {
                auto const other = load(level_ + at);
                return max(min(here, load(mask_ + at)), other) ^ other;
            };
            auto all = rise(i + 1) | rise(i + columns);
            if constexpr (corners) all = all | rise(i + columns - 1) | rise(i + columns + 1);
            L rises[Lanes::count];
            Lanes::store(rises, static_cast<std::remove_const_t<decltype(here)>>(all));
            if (none(rises)) continue;
            for (std::int32_t k = 0; k < Lanes::count && i + k < end; ++k)
                if (rises[k] != 0) waiting_.push_back(i + k);
        }
    }
    std::int32_t end_of(std::int32_t first) const { return first + static_cast<std::int32_t>(places_.size().width); }
    static bool none(L const (&values)[Lanes::count]) {
        if constexpr (sizeof(values) % 8 != 0) {
            return values[0] == 0;
        } else {
            std::uint64_t words[sizeof(values) / 8], all = 0;
            std::memcpy(words, values, sizeof(values));
            for (std::uint64_t const w : words) all |= w;
            return all == 0;
        }
    }
    void spread(std::int32_t i) {
        L const v = level_[i];
        for (std::int32_t const d : around_) {
            L& other = level_[i + d];
            L const most = min(v, mask_[i + d]);
            if (other >= most) continue;
            other = most;
            reached_.push_back(i + d);
        }
    }

    framed_places places_;
    decltype(std::declval<framed_places const&>().template neighbors<Neighbors>()) around_;
    L* level_;
    L const* mask_;
    std::vector<std::int32_t> waiting_, reached_;
};

/// The reconstruction of marker(x, y) under the mask by dilation or, if Erodes is set, above it by erosion.
template <bool Erodes, class Policy, class Marker, class T>
void reconstruct(Policy const& policy, char const* name, Marker const& marker, image_view<T const> mask,
                 image_view<T> out, connectivity neighbors) {
    policy.bulk(1, [&](index_t) {
        using L = level_t<T>;
        framed_places const places(name, mask.size());
        auto const levels = framed_values<L>(places), most = framed_values<L>(places);
        read_levels<Erodes>(places, mask, most.get());
        fill_frame(places, levels.get(), lowest<L>);
        for (index_t y = 0; y < mask.height(); ++y) {
            L const* const bound = most.get() + places.row(y);
            L* const to = levels.get() + places.row(y);
            for (index_t x = 0; x < mask.width(); ++x) {
                T const from = marker(x, y);
                to[x] = is_nan(from) ? lowest<L> : min(bound[x], level_of<Erodes>(from));
            }
        }
        with_connectivity(neighbors, [&](auto c) {
            reconstruction<typename Policy::lanes, decltype(c)::value, L>(places, levels.get(), most.get())();
        });
        for (index_t y = 0; y < mask.height(); ++y) {
            L const* const row = levels.get() + places.row(y);
            for (index_t x = 0; x < mask.width(); ++x)
                out(x, y) = is_nan(mask(x, y)) ? mask(x, y) : value_of_level<T, Erodes>(row[x]);
        }
    });
}

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Reconstruction of gray levels: sweeps, and a queue for what they leave.
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
/// lowest level. Strips of rows may be swept at the same time, since none reads or writes a row of another one.
template <class Lanes, connectivity Neighbors, class L>
class reconstruction {
public:
    reconstruction(framed_places const& places, interval rows, L* level, L const* mask)
        : places_(places), rows_(rows), around_(places.neighbors<Neighbors>()), level_(level), mask_(mask) {}

    /// Sweeps the strip. Sweeps cost less than the queue as long as they leave much less each time.
    void sweep() {
        std::size_t const size = index_of(places_.columns()) * index_of(rows_.end - rows_.begin), few = size / 512;
        for (std::size_t last = size; last > few;) {
            waiting_.clear();
            for (index_t y = rows_.begin; y < rows_.end; ++y) sweep_down(y);
            for (index_t y = rows_.end; y-- > rows_.begin;) sweep_up(y);
            last = waiting_.size() < last / 4 * 3 ? waiting_.size() : 0;
        }
    }

    /// Completes the strips, of which this is the first, when all are swept.
    void complete(std::vector<reconstruction>& strips) {
        for (std::size_t k = 1; k < strips.size(); ++k) {
            waiting_.insert(waiting_.end(), strips[k].waiting_.begin(), strips[k].waiting_.end());
            for (index_t const y : {strips[k].rows_.begin - 1, strips[k].rows_.begin})
                for (std::int32_t i = places_.row(y), end = end_of(i); i < end; ++i) spread(i);
        }
        waiting_.insert(waiting_.end(), reached_.begin(), reached_.end());
        rows_ = {0, places_.size().height};
        if (strips.size() > 1 && waiting_.size() > places_.count() / 512) sweep();
        while (!waiting_.empty()) {
            reached_.clear();
            for (std::int32_t const i : waiting_) spread(i);
            std::swap(waiting_, reached_);
        }
    }

private:
    static constexpr bool corners = Neighbors == connectivity::eight;

    /// Calls f(lanes, i) for whole steps, and for what is left.
    template <class F>
    static void steps(std::int32_t i, std::int32_t end, F const& f) {
        for (; i + Lanes::count <= end; i += Lanes::count) f(Lanes{}, i);
        for (; i < end; ++i) f(scalar_lanes{}, i);
    }
    /// Raises a row by the one beside it.
    void raise(std::int32_t first, std::int32_t to_other) {
        steps(first, end_of(first), [&]<class V>(V, std::int32_t i) {
            auto const load = [](L const* from) { return V::template load_as<L>(from); };
            L* const at = level_ + i;
            L const* const other = at + to_other;
            auto most = max(load(at), load(other));
            if constexpr (corners) most = max(most, max(load(other - 1), load(other + 1)));
            V::store(at, min(most, load(mask_ + i)));
        });
    }
    void sweep_down(index_t y) {
        std::int32_t const first = places_.row(y), end = end_of(first);
        if (y > rows_.begin) raise(first, -places_.columns());
        L last = lowest<L>;
        for (std::int32_t i = first; i < end; ++i) level_[i] = last = min(max(level_[i], last), mask_[i]);
    }
    void sweep_up(index_t y) {
        std::int32_t const first = places_.row(y), end = end_of(first), columns = places_.columns();
        bool const has_below = y + 1 < rows_.end;
        if (has_below) raise(first, columns);
        L last = lowest<L>;
        for (std::int32_t i = end; i-- > first;) level_[i] = last = min(max(level_[i], last), mask_[i]);
        // A pixel behind that could rise is reached from here.
        steps(first, end, [&]<class V>(V, std::int32_t i) {
            auto const here = V::template load_as<L>(level_ + i);
            auto const rise = [&](std::int32_t at) {
                auto const other = V::template load_as<L>(level_ + at);
                return max(min(here, V::template load_as<L>(mask_ + at)), other) ^ other;
            };
            auto all = rise(i + 1);
            if (has_below) {
                all = all | rise(i + columns);
                if constexpr (corners) all = all | rise(i + columns - 1) | rise(i + columns + 1);
            }
            L rises[V::count];
            V::store(rises, static_cast<std::remove_const_t<decltype(here)>>(all));
            if (none(rises)) return;
            for (std::int32_t k = 0; k < V::count; ++k)
                if (rises[k] != 0) waiting_.push_back(i + k);
        });
    }
    std::int32_t end_of(std::int32_t first) const { return first + static_cast<std::int32_t>(places_.size().width); }
    template <std::size_t Count>
    static bool none(L const (&values)[Count]) {
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
    interval rows_;
    decltype(std::declval<framed_places const&>().template neighbors<Neighbors>()) around_;
    L* level_;
    L const* mask_;
    std::vector<std::int32_t> waiting_, reached_;
};

/// The reconstruction of marker(x, y) under the mask by dilation or, if Erodes is set, above it by erosion.
template <bool Erodes, class Policy, class Marker, class T>
void reconstruct(Policy const& policy, char const* name, Marker const& marker, image_view<T const> mask,
                 image_view<T> out, connectivity neighbors) {
    using L = level_t<T>;
    framed_places const places(name, mask.size());
    auto const levels = framed_values<L>(places), most = framed_values<L>(places);
    fill_frame(places, most.get(), lowest<L>);
    fill_frame(places, levels.get(), lowest<L>);
    // Each strip costs a seam.
    index_t const rows = mask.height();
    index_t const strips =
        policy.concurrency() > 1 ? max(index_t{1}, min(index_t{2} * policy.concurrency(), rows / 32)) : 1;
    auto const strip = [&](index_t k) { return interval{rows * k / strips, rows * (k + 1) / strips}; };
    with_connectivity(neighbors, [&](auto c) {
        using part = reconstruction<typename Policy::lanes, decltype(c)::value, L>;
        std::vector<part> parts;
        for (index_t k = 0; k < strips; ++k) parts.emplace_back(places, strip(k), levels.get(), most.get());
        policy.bulk(strips, [&](index_t k) {
            for (index_t y = strip(k).begin; y < strip(k).end; ++y) {
                L* const bound = most.get() + places.row(y);
                L* const to = levels.get() + places.row(y);
                read_levels<Erodes>(mask.row(y), mask.width(), bound);
                for (index_t x = 0; x < mask.width(); ++x) {
                    T const from = marker(x, y);
                    to[x] = is_nan(from) ? lowest<L> : min(bound[x], level_of<Erodes>(from));
                }
            }
            parts[index_of(k)].sweep();
        });
        policy.bulk(1, [&](index_t) { parts[0].complete(parts); });
    });
    policy.bulk(strips, [&](index_t k) {
        for (index_t y = strip(k).begin; y < strip(k).end; ++y) {
            L const* const row = levels.get() + places.row(y);
            for (index_t x = 0; x < mask.width(); ++x)
                out(x, y) = is_nan(mask(x, y)) ? mask(x, y) : value_of_level<T, Erodes>(row[x]);
        }
    });
}

} // namespace detail

QUOIN_NAMESPACE_END

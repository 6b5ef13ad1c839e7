// SPDX-License-Identifier: BSL-1.0
// The area opening by disjoint sets of pixels, in the order of their values.
#pragma once

#include <quoin/filter/detail/framed_levels.hpp>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The places of all values but NaNs, from the highest value on or, if Rises is set, from the lowest, and equal values
/// in raster order.
template <bool Rises, class T>
class places_by_level {
    using rank = std::make_unsigned_t<level_t<T>>;

public:
    places_by_level(image_view<T const> in, framed_places const& places)
        : places_(std::make_unique_for_overwrite<std::int32_t[]>(static_cast<std::size_t>(in.size().area()))) {
        if constexpr (sizeof(T) <= 2) count_values(in, places);
        else count_digits(in, places);
    }
    std::int32_t const* begin() const { return places_.get(); }
    std::int32_t const* end() const { return places_.get() + count_; }

private:
    static rank rank_of(T value) {
        auto const level = static_cast<rank>(level_of<!Rises>(value));
        return sizeof(T) == 4 ? level ^ static_cast<rank>(0x80000000u) : level;
    }
    /// Makes of counts the places of the first items.
    static void sum(std::uint32_t* counts, std::size_t n) {
        std::uint32_t all = 0;
        for (std::size_t i = 0; i < n; ++i) all += std::exchange(counts[i], all);
    }
    template <class F>
    static void each(image_view<T const> in, framed_places const& places, F const& f) {
        for (index_t y = 0; y < in.height(); ++y) {
            T const* const row = in.row(y);
            std::int32_t const first = places.row(y);
            for (index_t x = 0; x < in.width(); ++x)
                if (!is_nan(row[x])) f(rank_of(row[x]), first + static_cast<std::int32_t>(x));
        }
    }

    void count_values(image_view<T const> in, framed_places const& places) {
        std::vector<std::uint32_t> next(std::size_t{1} << (8 * sizeof(T)));
        each(in, places, [&](rank r, std::int32_t) { ++next[r]; });
        sum(next.data(), next.size());
        each(in, places, [&](rank r, std::int32_t place) { places_[next[r]++] = place; });
        count_ = in.size().area();
    }

    /// Three rounds of 11 bits.
    void count_digits(image_view<T const> in, framed_places const& places) {
        struct item {
            rank of;
            std::int32_t place;
        };
        constexpr std::size_t digits = 2048;
        std::vector<std::uint32_t> next(3 * digits);
        auto const at = [&](rank r, int round) -> std::uint32_t& {
            return next[static_cast<std::size_t>(round) * digits + (r >> (11 * round)) % digits];
        };
        each(in, places, [&](rank r, std::int32_t) {
            for (int round = 0; round < 3; ++round) ++at(r, round);
            ++count_;
        });
        for (std::size_t round = 0; round < 3; ++round) sum(next.data() + round * digits, digits);
        auto const n = static_cast<std::size_t>(count_);
        auto const one = std::make_unique_for_overwrite<item[]>(n), two = std::make_unique_for_overwrite<item[]>(n);
        each(in, places, [&](rank r, std::int32_t place) { one[at(r, 0)++] = {r, place}; });
        for (std::size_t i = 0; i < n; ++i) two[at(one[i].of, 1)++] = one[i];
        for (std::size_t i = 0; i < n; ++i) places_[at(two[i].of, 2)++] = two[i].place;
    }

    std::unique_ptr<std::int32_t[]> places_;
    index_t count_ = 0;
};

/// The sets of pixels. Of each place: none before it was visited, the place that it follows, or minus the area of the
/// set of which it is the root.
class area_sets {
public:
    static constexpr std::int32_t none = std::numeric_limits<std::int32_t>::min();

    explicit area_sets(framed_places const& places) : of_(framed_values<std::int32_t>(places)) {
        std::fill_n(of_.get(), places.count(), none);
    }

    bool has(std::int32_t i) const { return of_[index_of(i)] != none; }
    std::int32_t root(std::int32_t i) {
        for (;;) {
            std::int32_t const above = of_[index_of(i)];
            if (above < 0) return i;
            std::int32_t const next = of_[index_of(above)];
            if (next < 0) return above;
            of_[index_of(i)] = next;
            i = next;
        }
    }

    /// Visits pixels in their order. A set whose area is the least one or more stays as it is, and one that touches it
    /// is as large.
    template <connectivity Neighbors, class Places>
    void unite(Places const& order, framed_places const& places, std::int32_t least) {
        auto const around = places.neighbors<Neighbors>();
        for (std::int32_t const i : order) {
            std::int32_t area = 1;
            of_[index_of(i)] = -1;
            for (std::int32_t const d : around) {
                if (!has(i + d)) continue;
                std::int32_t const r = root(i + d);
                if (r == i) continue;
                std::int32_t const other = -of_[index_of(r)];
                if (other < least) {
                    of_[index_of(r)] = i;
                    area = std::min(least, area + other);
                } else {
                    area = least;
                }
            }
            of_[index_of(i)] = -area;
        }
    }

private:
    std::unique_ptr<std::int32_t[]> of_;
};

/// The area opening, or if Closes is set the closing.
template <bool Closes, class Policy, class T>
void area_filter(Policy const& policy, image_view<T const> in, image_view<T> out, std::int32_t least,
                 connectivity neighbors) {
    policy.bulk(1, [&](index_t) {
        framed_places const places(Closes ? "area_close" : "area_open", in.size());
        area_sets sets(places);
        {
            places_by_level<Closes, T> const order(in, places);
            with_connectivity(neighbors,
                              [&](auto c) { sets.template unite<decltype(c)::value>(order, places, least); });
        }
        // A pixel gets the value of its root. The rows of the roots follow from their places.
        std::int32_t const columns = places.columns();
        for (index_t y = 0; y < in.height(); ++y) {
            std::int32_t const first = places.row(y);
            for (index_t x = 0; x < in.width(); ++x) {
                std::int32_t const i = first + static_cast<std::int32_t>(x);
                if (!sets.has(i)) {
                    out(x, y) = in(x, y);
                    continue;
                }
                std::int32_t const r = sets.root(i);
                out(x, y) = r == i ? in(x, y) : in(r % columns - 1, r / columns - 1);
            }
        }
    });
}

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// One reading of a pipeline for several statistics: rows in memory, of which each statistic reads the pixels in turn.
#pragma once

#include <quoin/core/detail/spares.hpp>
#include <quoin/exec/run.hpp>
#include <quoin/image/image.hpp>

#include <bit>
#include <cstring>
#include <optional>
#include <tuple>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Neighboring pixels of a row: channel c of pixel (x + i, y) is planes[c][i], for i in 0..count-1.
template <class P>
struct row_part {
    channel_t<P> const* planes[channels_v<P>];
    index_t x, y, count;
};

/// The greatest number of pixels of a part. Parts of a row begin at multiples of it. It depends on the pixels alone, so
/// that the order of floating-point operations does.
template <class P>
inline constexpr index_t part_pixels = (index_t{16384} / static_cast<index_t>(sizeof(P)) + 63) / 64 * 64;

/// The distance of the channels of a part in memory. Its last step may write beyond it.
template <class P>
inline constexpr index_t part_plane = part_pixels<P> + 64;

/// Calls take(part) for the parts of row y. Rows of gray views are read where they lie, others by `line`, which has
/// part_plane values for each channel.
template <class Lanes, class P, class Rows, class F>
QUOIN_INLINE void for_each_part(Rows& rows, interval columns, index_t y, channel_t<P>* line, F const& take) {
    auto&& row = rows.row(y);
    for (index_t x = columns.begin; x < columns.end;) {
        index_t const end = min(columns.end, x + part_pixels<P>);
        row_part<P> part{{}, x, y, end - x};
        if constexpr (lies_in_lines<Rows>) {
            part.planes[0] = rows.view().row(y) + x;
        } else {
            split_steps(row, x, end, [&](auto const& cursor, index_t from, index_t to) QUOIN_LAMBDA_INLINE {
                store_steps<Lanes, P, true>(cursor, line - x, part_plane<P>, from, to);
            });
            for (int c = 0; c < channels_v<P>; ++c) part.planes[c] = line + c * part_plane<P>;
        }
        take(part);
        x = end;
    }
}

/// All pixels count. A region says for which runs of a row f(begin, end) is called, f(begin, end, label) if there is a
/// result for each label, and how states are kept.
struct whole_image {
    template <class States>
    static States states(extent size) {
        return States(size);
    }
    template <class F>
    QUOIN_INLINE void for_each_run(index_t, index_t begin, index_t end, F const& f) const {
        f(begin, end);
    }
    static void check(extent) {}
};

/// The pixels count whose bit is set, or whose byte is not 0.
template <class Mask>
struct mask_region {
    Mask mask; // a view, or a reference to an owning mask

    template <class States>
    static States states(extent size) {
        return States(size);
    }
    void check(extent size) const {
        extent const own{mask.width(), mask.height()};
        if (own != size)
            raise("quoin::within: the mask has ", own.width, " x ", own.height, " pixels, the image ", size.width,
                  " x ", size.height, "; give a mask of the same extent");
    }
    template <class F>
    void for_each_run(index_t y, index_t begin, index_t end, F const& f) const {
        auto const* const row = mask.row(y);
        while (true) {
            begin = next(row, begin, end, true);
            if (begin >= end) return;
            index_t const last = next(row, begin, end, false);
            f(begin, last);
            begin = last;
        }
    }

private:
    /// The first place of [begin, end) whose pixel is set, or is not, or `end`.
    static index_t next(std::uint64_t const* row, index_t begin, index_t end, bool set) {
        while (begin < end) {
            std::uint64_t const word = (set ? row[begin / 64] : ~row[begin / 64]) >> (begin % 64);
            if (word != 0) return min<index_t>(end, begin + std::countr_zero(word));
            begin += 64 - begin % 64;
        }
        return end;
    }
    static index_t next(std::uint8_t const* row, index_t begin, index_t end, bool set) {
        std::uint64_t const passed =
            set ? 0 : ~std::uint64_t{0}; // eight bytes that are common where the search is long
        while (begin < end && (row[begin] != 0) != set) {
            std::uint64_t eight = ~passed;
            if (end - begin >= 8) std::memcpy(&eight, row + begin, 8);
            begin += eight == passed ? 8 : 1;
        }
        return begin;
    }
};

/// Whether a state reads pixels of several channels where they lie, and does not need each channel for itself.
template <class State>
inline constexpr bool reads_pixels = false;
template <class State>
    requires requires { State::takes_pixels; }
inline constexpr bool reads_pixels<State> = State::takes_pixels;

/// The states of the statistics S..., but only those that are Ordered or those that are not.
template <bool Ordered, class P, class... S>
struct states_of {
    struct nothing {
        explicit nothing(extent) {}
    };
    template <class T>
    using state = std::conditional_t<T::template state<P>::ordered == Ordered, typename T::template state<P>, nothing>;
    static constexpr bool any = ((S::template state<P>::ordered == Ordered) || ...);
    /// Whether all of them read pixels where they lie.
    static constexpr bool takes_pixels = (reads_pixels<typename S::template state<P>> && ...);

    std::tuple<state<S>...> each;

    explicit states_of(extent size) : each(state<S>(size)...) {}

    /// Adds pixels that lie at p.
    QUOIN_INLINE void add_pixels(channel_t<P> const* p, index_t count)
        requires takes_pixels
    {
        std::apply([&](auto&... one) QUOIN_LAMBDA_INLINE { (one.add_pixels(p, count), ...); }, each);
    }

    /// Statistics with tables come first. They compute while the next pixels arrive from memory; the others are so fast
    /// that they would only wait.
    template <class Lanes>
    QUOIN_INLINE void add(row_part<P> const& part) {
        add_if<Lanes, true>(part);
        add_if<Lanes, false>(part);
    }

private:
    template <class Lanes, bool HasTables>
    QUOIN_INLINE void add_if(row_part<P> const& part) {
        auto const add_to = [&](auto& one) QUOIN_LAMBDA_INLINE {
            using state_type = std::remove_cvref_t<decltype(one)>;
            if constexpr (!std::same_as<state_type, nothing>)
                if constexpr ((state_type::least > 1) == HasTables) one.template add<Lanes>(part);
        };
        std::apply([&](auto&... one) QUOIN_LAMBDA_INLINE { (add_to(one), ...); }, each);
    }
};

/// One accumulator per thread that found work.
template <class State>
using state_slots = spares<std::optional<State>>;

/// The sink of a block. It borrows one slot, so no other block writes the slot's state at the same time. `Shared` are
/// the states of a thread, and `Own` those of the block.
template <class Lanes, class P, class Shared, class Own, class Region>
class reading_sink {
    static constexpr bool has_own = Own::any; // otherwise that of all blocks is the same

public:
    /// Waits for a free slot. One is free if there are at least as many slots as concurrent blocks.
    template <class MakeShared>
    reading_sink(state_slots<Shared>& slots, Own& own, Region const& region, MakeShared const& make)
        : own_(own), region_(region) {
        while (!slot_) slot_ = slots.borrow();
        if (!slot_->value) slot_->value.emplace(make());
    }
    ~reading_sink() {
        if constexpr (has_own && requires { own_.end_block(); }) own_.end_block();
        state_slots<Shared>::give_back(slot_);
    }
    reading_sink(reading_sink const&) = delete;
    reading_sink& operator=(reading_sink const&) = delete;

    /// Reads row y.
    template <class Rows>
    void read(Rows& rows, interval columns, index_t y) {
        if constexpr (has_parts<Rows> && !lies_in_lines<Rows> && reads_pixels<Shared> && !has_own) {
            channel_t<P> const* const row = rows.view().row(y);
            region_.for_each_run(y, columns.begin, columns.end, [&](index_t begin, index_t end) {
                slot_->value->add_pixels(row + begin * channels_v<P>, end - begin);
            });
        } else {
            for_each_part<Lanes, P>(rows, columns, y, line_, [&](row_part<P> const& part) { take(part); });
        }
    }

private:
    QUOIN_NOINLINE void take(row_part<P> const& part) {
        region_.for_each_run(part.y, part.x, part.x + part.count, [&](index_t begin, index_t end, auto... label) {
            row_part<P> run{{}, begin, part.y, end - begin};
            for (int c = 0; c < channels_v<P>; ++c) run.planes[c] = part.planes[c] + (begin - part.x);
            if constexpr (!std::same_as<Region, whole_image> && Lanes::count > 1)
                if (run.count < Lanes::count) return add<scalar_lanes>(run, label...); // it has no whole step
            add<Lanes>(run, label...);
        });
    }

    template <class With>
    QUOIN_INLINE void add(row_part<P> const& run, auto... label) {
        slot_->value->template add<With>(run, label...);
        if constexpr (has_own) own_.template add<With>(run, label...);
    }

    typename state_slots<Shared>::place* slot_ = nullptr;
    Own& own_;
    Region const& region_;
    alignas(64) channel_t<P> line_[part_plane<P> * channels_v<P>];
};

/// A policy evaluates blocks on the host. On a device the pipeline is first written to an image.
template <class Policy>
concept evaluates_blocks = !concepts::hosted_policy<Policy>;

template <class States>
void join(States& into, States& from) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (
            [&](auto& a, auto& b) {
                if constexpr (requires { a.join(b); }) a.join(b);
            }(std::get<I>(into.each), std::get<I>(from.each)),
            ...);
    }(std::make_index_sequence<std::tuple_size_v<decltype(into.each)>>{});
}

template <class States>
struct counted_states {
    States states;
    index_t pixels = 0;

    explicit counted_states(extent size) : states(size) {}
    template <class Lanes, class Part>
    QUOIN_INLINE void add(Part const& part) {
        pixels += part.count;
        states.template add<Lanes>(part);
    }
    static constexpr bool takes_pixels = States::takes_pixels;
    template <class T>
    QUOIN_INLINE void add_pixels(T const* p, index_t count) {
        pixels += count;
        states.add_pixels(p, count);
    }
};
template <class States>
void join(counted_states<States>& into, counted_states<States>& from) {
    into.pixels += from.pixels;
    join(into.states, from.states);
}

/// What a result may depend on beside the state.
struct statistics_of {
    extent size;
    index_t pixels; ///< the pixels that count
};

/// What a reading of some rows leaves: a state for all of them, and one for each 64 rows of those whose order can
/// change a result.
template <class P, class Region, class... S>
struct rows_read {
    using shared =
        decltype(std::declval<Region const&>().template states<counted_states<states_of<false, P, S...>>>({}));
    using own = decltype(std::declval<Region const&>().template states<states_of<true, P, S...>>({}));

    shared joined;
    std::vector<own> owned;

    rows_read(Region const& region, extent size, index_t strips)
        : joined(make_shared(region, size)), owned(static_cast<std::size_t>(strips), make_own(region, size)) {}

    static shared make_shared(Region const& region, extent size) {
        return region.template states<counted_states<states_of<false, P, S...>>>(size);
    }
    static own make_own(Region const& region, extent size) {
        return region.template states<states_of<true, P, S...>>(size);
    }
    /// Joins the ordered states from the top.
    own& joined_own() {
        for (std::size_t i = 1; i < owned.size(); ++i) join(owned[0], owned[i]);
        owned.erase(owned.begin() + 1, owned.end());
        return owned[0];
    }
};

/// Reads the rows of p once; the first is a multiple of 64.
template <class Policy, class Pipeline, class Region, class... S>
auto read_rows(Policy const& policy, Pipeline const& p, Region const& region, interval rows, S const&...) {
    using P = typename Pipeline::pixel_type;
    using lanes = typename Policy::lanes;
    using read = rows_read<P, Region, S...>;
    using shared = typename read::shared;
    using own = typename read::own;
    index_t const width = max<index_t>(1, p.width());
    blocks b{{p.width(), rows.end - rows.begin}, 64, width, nullptr, rows.begin};
    if constexpr (!own::any) {
        constexpr index_t least = std::max({index_t{1}, S::template state<P>::least...});
        b.rows = max(cut(policy, p, {0, width}).rows, (least + width - 1) / width);
    }
    read result(region, p.size(), own::any ? max<index_t>(1, b.count()) : 1);
    state_slots<shared> slots;
    slots.prepare(static_cast<int>(min<index_t>(policy.concurrency(), b.count())));
    evaluate(policy, p, b, [&](index_t i, rect) {
        return reading_sink<lanes, P, shared, own, Region>(slots,
                                                           result.owned[static_cast<std::size_t>(own::any ? i : 0)],
                                                           region, [&] { return read::make_shared(region, p.size()); });
    });
    bool any = false;
    slots.for_each([&](std::optional<shared>& state) {
        if (!state) return;
        if (any) join(result.joined, *state);
        else result.joined = std::move(*state);
        any = true;
    });
    return result;
}

/// The results of the statistics after one reading of p. If the order can change a result, its states are those of 64
/// rows each, joined from the top, under every policy. Otherwise there is one state for each thread that found work. A
/// policy of several processes has read(p, region, statistics...), which returns these results.
template <class Policy, class Pipeline, class Region, class... S>
auto read_once(Policy const& policy, Pipeline const& p, Region const& region, S const&... statistics) {
    using P = typename Pipeline::pixel_type;
    if constexpr (requires { policy.read(p, region, statistics...); }) {
        return policy.read(p, region, statistics...);
    } else if constexpr (!evaluates_blocks<Policy>) {
        image<P> pixels(p.size());
        run(policy, p, pixels.view());
        return read_once(policy.host(), as_pipeline(std::as_const(pixels).view()), region, statistics...);
    } else {
        region.check(p.size());
        auto read = read_rows(policy, p, region, {0, p.height()}, statistics...);
        return results_in<P>(region, p.size(), read.joined, read.joined_own(), statistics...);
    }
}

template <class P, class Shared, class Own, std::size_t... I, class... S>
auto results(statistics_of const& of, Shared& shared, Own& own, std::index_sequence<I...>, S const&... statistics) {
    auto const one = [&](auto index, auto const& statistic) {
        constexpr std::size_t i = decltype(index)::value;
        using state = typename std::remove_cvref_t<decltype(statistic)>::template state<P>;
        if constexpr (state::ordered) return statistic.template result<P>(std::get<i>(own.each), of);
        else return statistic.template result<P>(std::get<i>(shared.each), of);
    };
    return std::tuple{one(std::integral_constant<std::size_t, I>{}, statistics)...};
}

/// The results of regions without labels.
template <class P, class Region, class Shared, class Own, class... S>
auto results_in(Region const&, extent size, Shared& joined, Own& own, S const&... statistics) {
    return results<P>(statistics_of{size, joined.pixels}, joined.states, own, std::index_sequence_for<S...>{},
                      statistics...);
}

/// Throws unless a pixel counts.
inline void check_any(char const* what, statistics_of const& of) {
    if (of.pixels > 0) return;
    if (of.size.empty())
        raise(what, ": an image of ", of.size.width, " x ", of.size.height, " has no pixel; give one that has");
    raise(what, ": no pixel of the ", of.size.width, " x ", of.size.height,
          " lies inside the mask; give a mask that is not empty");
}

/// Channel c of a result that is a pixel of any type, such as rgb<std::vector<index_t>>.
template <class P, int C, class R>
constexpr auto& channel_of_result(R& result) {
    if constexpr (channels_v<P> == 1) return result;
    else return pixel_traits<std::remove_cv_t<R>>::template get<C>(result);
}

/// Calls kernel<Lanes>(begin, end) for the whole steps of `count` values and kernel<scalar_lanes> for the rest.
template <class Lanes, class F>
QUOIN_INLINE void for_each_step(index_t count, F const& f) {
    index_t i = 0;
    for (; i + Lanes::count <= count; i += Lanes::count) f(Lanes{}, i);
    if constexpr (Lanes::count > 1)
        for (; i < count; ++i) f(scalar_lanes{}, i);
}

} // namespace detail

QUOIN_NAMESPACE_END

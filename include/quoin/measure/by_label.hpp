// SPDX-License-Identifier: BSL-1.0
// by_label: the statistics of each label of an image of labels, in one reading.
#pragma once

#include <quoin/measure/statistics.hpp>

#include <deque>
#include <utility>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The states of the labels that occur.
template <class States>
class states_of_labels {
public:
    static constexpr bool any = [] {
        if constexpr (requires { States::any; }) return States::any;
        else return true;
    }();

    states_of_labels(extent size, index_t most) : size_(size), most_(most) {}

    template <class Lanes, class Part>
    QUOIN_INLINE void add(Part const& part, index_t label) {
        if (label > most_) [[unlikely]]
            return void(above_ = max(above_, label));
        of(label).template add<Lanes>(part);
    }
    /// The end of the pixels that are added. States of a block keep no table until they are joined or read.
    void end_block() { places_ = {}; }
    void make_table() {
        if (!places_.empty()) return;
        for (std::size_t i = 0; i < found_.size(); ++i) place_of(found_[i].first) = static_cast<place>(i + 1);
    }
    void join(states_of_labels& other) {
        make_table();
        above_ = max(above_, other.above_);
        for (auto& [label, from] : other.found_) {
            place& at = place_of(label);
            if (at != 0) {
                detail::join(found_[at - 1].second, from);
            } else {
                found_.emplace_back(label, std::move(from));
                at = static_cast<place>(found_.size());
            }
        }
        other.found_.clear();
    }
    States& of(index_t label) {
        place& at = place_of(label);
        if (at == 0) [[unlikely]] {
            found_.emplace_back(label, States(size_));
            at = static_cast<place>(found_.size());
        }
        return found_[at - 1].second;
    }
    template <class F>
    void for_each(F const& f) {
        for (auto& [label, states] : found_) f(label, states);
    }
    /// Calls f(field) for all fields, which f reads or sets.
    template <class F>
    void for_each_field(F const& f) {
        f(above_);
        std::size_t count = found_.size();
        f(count);
        while (found_.size() > count) found_.pop_back();
        while (found_.size() < count) found_.emplace_back(0, States(size_));
        for (auto& [label, states] : found_) {
            f(label);
            f(states);
        }
        places_ = {};
        make_table();
    }
    index_t above() const { return above_; } ///< the largest label above the largest one, or 0

private:
    using place = std::uint32_t; // behind the index, 0 for none

    place& place_of(index_t label) {
        auto const i = static_cast<std::size_t>(label);
        if (i >= places_.size()) [[unlikely]]
            places_.resize(static_cast<std::size_t>(most_) + 1);
        return places_[i];
    }

    extent size_;
    index_t most_, above_ = 0;
    std::vector<place> places_;
    std::deque<std::pair<index_t, States>> found_;
};
template <class States>
void join(states_of_labels<States>& into, states_of_labels<States>& from) {
    into.join(from);
}

/// All pixels count, each for its label.
template <class T>
struct label_region {
    image_view<T const> labels;
    index_t most;

    template <class States>
    states_of_labels<States> states(extent size) const {
        return {size, most};
    }
    void check(extent size) const {
        extent const own{labels.width(), labels.height()};
        if (own != size)
            raise("quoin::by_label: the labels have ", own.width, " x ", own.height, " pixels, the image ", size.width,
                  " x ", size.height, "; give labels of the same extent");
    }
    template <class F>
    QUOIN_INLINE void for_each_run(index_t y, index_t begin, index_t end, F const& f) const {
        T const* const row = labels.row(y);
        while (begin < end) {
            index_t const last = end_of_run(row, begin, end);
            f(begin, last, static_cast<index_t>(row[begin]));
            begin = last;
        }
    }

private:
    static QUOIN_INLINE index_t end_of_run(T const* row, index_t i, index_t end) {
        constexpr index_t step = 64 / static_cast<index_t>(sizeof(T));
        T const label = row[i];
        for (; i + step <= end; i += step) {
            T differences = 0;
            for (index_t k = 0; k < step; ++k) differences = static_cast<T>(differences | (row[i + k] ^ label));
            if (differences != 0) break;
        }
        while (i < end && row[i] == label) ++i;
        return i;
    }
};
template <class T>
inline constexpr bool is_region<label_region<T>> = true;

/// The results of each label.
template <class P, class T, class Shared, class Own, class... S>
auto results_in(label_region<T> const& region, extent size, Shared& joined, Own& own, S const&... statistics) {
    if (joined.above() > 0)
        raise("quoin::by_label: a pixel has label ", joined.above(), ", and the largest one is to be ", region.most,
              "; give by_label the number of labels");
    own.make_table();
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        auto const all = [&](auto index, auto const& statistic) {
            constexpr std::size_t i = decltype(index)::value;
            using state = typename std::remove_cvref_t<decltype(statistic)>::template state<P>;
            using result = decltype(statistic.template result<P>(std::declval<state&>(), statistics_of{}));
            std::vector<std::optional<result>> each(static_cast<std::size_t>(region.most) + 1);
            joined.for_each([&](index_t label, auto& states) {
                statistics_of const of{size, states.pixels};
                auto& to = each[static_cast<std::size_t>(label)];
                if constexpr (state::ordered) to = statistic.template result<P>(std::get<i>(own.of(label).each), of);
                else to = statistic.template result<P>(std::get<i>(states.states.each), of);
            });
            return each;
        };
        return std::tuple{all(std::integral_constant<std::size_t, I>{}, statistics)...};
    }(std::index_sequence_for<S...>{});
}

} // namespace detail

/// A region for statistics() that has a result for each label:
///
///     image<std::uint32_t> const labels = label_image(policy, map);
///     auto const [light, range] = statistics(policy, photo | gray, by_label(labels.view(), count), mean_std, min_max);
///     if (light[3]) std::cout << light[3]->mean;
///
/// `labels` is a view of u8, u16 or u32 of the extent of the image, and `most` the largest label, which is the number
/// of labels where 0 is the background. Each result becomes a std::vector of most + 1 std::optional, indexed by label;
/// the one of a label without a pixel is empty. A result is that of a mask of the pixels with this label, and x, y and
/// the extent are those of the whole image. The labels must outlive the region.
///
/// Cost: each run of equal labels in a row is added for itself, some 20 ns a run and statistic, and the labels are
/// read once. A result is made for each label. Memory: for each thread a state for each label that occurs in its rows,
/// and 4 bytes for each label.
/// histogram() has states of 8 KiB (8 bits; 264 KiB after 2^17 pixels) or 512 KiB (16 bits), projections() a number for
/// each row and column. There is an ordered state, as of a sum of floating-point pixels, for each label in each strip
/// of 64 rows.
/// @throws invalid_argument from by_label() if `most` is not in 0..2^32 - 2; from statistics() if the labels have not
/// the extent of the image, or if one is above `most`, or what a statistic throws for the pixels of a label.
template <class T>
    requires std::unsigned_integral<std::remove_const_t<T>> && (sizeof(T) <= 4)
detail::label_region<std::remove_const_t<T>> by_label(image_view<T> labels, index_t most) {
    if (most < 0 || most > 0xFFFFFFFE)
        detail::raise("quoin::by_label: the largest label is to be ", most, "; give a number in 0..4294967294");
    return {labels, most};
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// statistics: any number of statistics of an image, a view or a pipeline, in one reading.
#pragma once

#include <quoin/measure/detail/reading.hpp>

QUOIN_NAMESPACE_BEGIN

/// The base of a statistic S, which makes S callable by itself: mean_std(policy, view) is the only element of
/// statistics(policy, view, mean_std). A statistic is a small value with two members:
///
///     template <class P> struct state;     what is accumulated from pixels P
///     template <class P> auto result(state<P> const&, detail::statistics_of const& of) const;
///
/// `of` has the extent of the image, and the number of pixels that count. A state has
/// - a constructor from the extent of the image;
/// - `static constexpr bool ordered`: whether the order of the pixels can change a bit of the result. If it can, there
/// is
///   one state for each 64 rows; otherwise one for each thread;
/// - `static constexpr index_t least`: the least number of pixels that are worth a state of their own;
/// - `template <class Lanes> void add(detail::row_part<P> const& part)`, which adds neighboring pixels of a row. They
/// lie
///   in memory, each channel for itself;
/// - `void join(state const& other)`, which adds what another state has. Ordered states are joined from the top;
/// - `void for_each_field(F const& f)`, if it is not trivially copyable, which calls f(field) for the vectors and the
///   numbers that another process needs to join it;
/// - `static constexpr bool takes_pixels` and `void add_pixels(channel_t<P> const* p, index_t count)`, if it can add
///   pixels of several channels where they lie. They are called if all statistics of a reading have them.
template <class S>
struct statistic {
    using ends_a_pipeline = void;

    template <concepts::policy Policy, class What, class... Region>
        requires(sizeof...(Region) <= 1)
    auto operator()(Policy const& policy, What const& what, Region const&... region) const;

    /// The error message for a policy that is not the first argument.
    template <concepts::readable What, class... More>
    auto operator()(What const& what, More const&...) const {
        return (*this)(detail::missing_policy<What>(), what);
    }
};

namespace concepts {
template <class S>
concept statistic = std::derived_from<S, quoin::statistic<S>>;
} // namespace concepts

namespace detail {
template <class M>
concept owning_bits = requires(M const& m, index_t y) {
    { m.row(y) } -> std::same_as<std::uint64_t const*>;
    m.words_per_row();
};
/// The error message of a statistic for pixels that it is not for.
template <class P, class S>
void check_statistic(S const&) {
    if constexpr (requires { S::template check_pixel<P>(); }) S::template check_pixel<P>();
}
template <class R>
inline constexpr bool is_region = false;
template <>
inline constexpr bool is_region<whole_image> = true;
template <class M>
inline constexpr bool is_region<mask_region<M>> = true;
} // namespace detail

/// A region of interest for statistics(): the pixels whose bit is set in a bit_image, or whose byte is not 0 in a gray
/// view of bytes. The mask must outlive the region. Cost: each run of neighboring pixels of a row is added for itself,
/// so a mask of single pixels costs some 10 ns a run and statistic.
template <detail::owning_bits Mask>
auto within(Mask const& mask) {
    return detail::mask_region<Mask const&>{mask};
}
template <detail::owning_bits Mask>
auto within(Mask const&& mask) = delete;
template <class T>
    requires std::same_as<std::remove_const_t<T>, std::uint8_t>
auto within(image_view<T> mask) {
    return detail::mask_region<image_view<std::uint8_t const>>{mask};
}

/// The results of the statistics as a std::tuple, in the order of the arguments. The pipeline is read once, however
/// many statistics there are:
///
///     auto const [mean, range, counts] = statistics(policy, view | gray, mean_std, min_max, histogram);
///
/// The contract of each statistic is that of its own header. The results are the same under every policy. If a state is
/// ordered, as sums of floating-point pixels are, the image is cut into strips of 64 rows. Otherwise the policy chooses
/// the strips. Cost: a part of a row is read by one statistic after the other, from the first-level cache; the rows of
/// gray views are read where they lie. Memory: 16 KiB and one state for each thread, and one ordered state for each 64
/// rows.
/// @throws what the statistics throw.
template <concepts::policy Policy, class What, concepts::statistic... S>
    requires(sizeof...(S) > 0)
auto statistics(Policy const& policy, What const& what, S const&... each) {
    (detail::check_statistic<typename What::pixel_type>(each), ...);
    return detail::read_once(policy, detail::computed_pipeline_of<typename Policy::lanes>(what), detail::whole_image{},
                             each...);
}

/// The same for the pixels of a region only: statistics(policy, view, within(mask), mean_std).
/// @throws invalid_argument if the mask has not the extent of the image.
template <concepts::policy Policy, class What, class Region, concepts::statistic... S>
    requires(detail::is_region<Region> && sizeof...(S) > 0)
auto statistics(Policy const& policy, What const& what, Region const& region, S const&... each) {
    (detail::check_statistic<typename What::pixel_type>(each), ...);
    return detail::read_once(policy, detail::computed_pipeline_of<typename Policy::lanes>(what), region, each...);
}

/// The error message for a policy that is not the first argument.
template <concepts::readable What, class... More>
auto statistics(What const& what, More const&... more) {
    return statistics(detail::missing_policy<What>(), what, more...);
}

template <class S>
template <concepts::policy Policy, class What, class... Region>
    requires(sizeof...(Region) <= 1)
auto statistic<S>::operator()(Policy const& policy, What const& what, Region const&... region) const {
    return std::get<0>(statistics(policy, what, region..., static_cast<S const&>(*this)));
}

QUOIN_NAMESPACE_END

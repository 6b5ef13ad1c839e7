// SPDX-License-Identifier: BSL-1.0
// equalize, stretch, normalize: tables from counts of values.
#pragma once

#include <quoin/core/detail/half_to_even.hpp>
#include <quoin/core/error.hpp>
#include <quoin/filter/detail/counted.hpp>

QUOIN_NAMESPACE_BEGIN

/// How equalize() rounds.
enum class equalize_rule {
    opencv, ///< as cv::equalizeHist: shares in float, halves to even
    pillow  ///< as ImageOps.equalize: whole steps, rounded down
};

namespace detail {

/// table[v] for all values, of the counts of equalize().
inline void equalize_table(std::vector<index_t> const& counts, equalize_rule rule, std::uint16_t* table) {
    auto const size = static_cast<index_t>(counts.size()), white = size - 1;
    value_range const used(counts);
    for (index_t v = 0; v < size; ++v) table[v] = static_cast<std::uint16_t>(v);
    if (used.first >= used.last) return;
    auto const count = [&](index_t v) { return counts[static_cast<std::size_t>(v)]; };
    if (rule == equalize_rule::pillow) {
        index_t const step = (used.total - count(used.last)) / white;
        if (step == 0) return;
        for (index_t v = 0, n = step / 2; v < size; n += count(v), ++v)
            table[v] = static_cast<std::uint16_t>(min(n / step, white));
        return;
    }
    auto const share = [&]<class T>(T) {
        T const scale = static_cast<T>(white) / static_cast<T>(used.total - count(used.first));
        index_t sum = 0;
        for (index_t v = 0; v < size; ++v) {
            if (v > used.first) sum += count(v);
            table[v] =
                static_cast<std::uint16_t>(min(half_to_even(static_cast<double>(static_cast<T>(sum) * scale)), white));
        }
    };
    if (size == 256) share(float{});
    else share(double{});
}

/// The table that maps [low, high] to [0, white], rounded half up. It maps each value to itself unless low < high.
inline void stretch_table(std::vector<index_t> const& counts, double low, double high, std::uint16_t* table) {
    auto const size = static_cast<index_t>(counts.size());
    value_range const used(counts);
    bool const any = used.total > 0;
    double const first = any ? percentile_at(counts, used.total, low) : 0;
    double const last = any ? percentile_at(counts, used.total, high) : 0;
    double const white = static_cast<double>(size - 1);
    for (index_t v = 0; v < size; ++v) {
        double const above = static_cast<double>(v) - first;
        double const result = first < last ? above * white / (last - first) : static_cast<double>(v);
        table[v] = static_cast<std::uint16_t>(floor(max(min(result, white), 0.0) + 0.5));
    }
}

/// The table that maps the smallest and the largest value that occur to low and high, exact, rounded half up.
inline void normalize_table(std::vector<index_t> const& counts, index_t low, index_t high, std::uint16_t* table) {
    auto const size = static_cast<index_t>(counts.size());
    value_range const used(counts);
    if (high == 0) high = size - 1;
    index_t const range = used.last - used.first;
    for (index_t v = 0; v < size; ++v) {
        index_t const inside = max(min(v, used.last), used.first) - used.first;
        table[v] = static_cast<std::uint16_t>(range > 0 ? low + (2 * inside * (high - low) + range) / (2 * range) : v);
    }
}

/// @throws invalid_argument unless 0 <= low < high <= 100.
constexpr void check_percentiles(double low, double high) {
    if (!(low >= 0 && low < high && high <= 100))
        raise("quoin::stretch: the percentiles are ", low, " and ", high,
              "; give two numbers from 0 to 100, the first below the second");
}
/// @throws invalid_argument unless 0 <= low < high <= most; 0 as `high` stands for `most`.
constexpr void check_range(double low, double high, double most) {
    if (!(low >= 0 && low < (high == 0 ? most : high) && high <= most))
        raise("quoin::normalize: the range is ", low, " to ", high, "; give two values from 0 to ", most,
              ", the first below the second");
}

} // namespace detail

/// Pointwise stage, of the counts of the values before it, as `view | equalize(histogram(policy, view))`: values become
/// spread, so that each share of white has about the same number of pixels. counts[v] is the number of pixels of value
/// v; there are 256 of them for u8, and 65,536 for u16. Same pixel type.
///
/// With the rule `opencv` v becomes s(v) white / (total - n), halves to even, where n is the number of pixels of the
/// smallest value that occurs, and s(v) that of pixels of larger values up to v. u8: in float, the bytes of
/// cv::equalizeHist. u16: in double. With `pillow` it is the bytes of ImageOps.equalize: (step / 2 + s(v)) / step in
/// whole numbers, where step = (total - n) / white, n is the number of pixels of the largest value that occurs, and
/// s(v) that of pixels below v; if step is 0, values stay as they are. An image of one value stays as it is, in both.
///
/// With one vector of counts all channels have one table. An array of them, one for each channel, gives a table for
/// each. Cost: that of lut(), and one pass over the counts when the stage is made.
/// @throws invalid_argument unless there are 256 or 65,536 counts, as many as values of the pixels when the pipeline is
/// made.
template <class Counts>
    requires detail::counts_of_channels<Counts>
auto equalize(Counts const& counts, equalize_rule rule = equalize_rule::opencv) {
    return detail::counted_lut<detail::tables_for<Counts>>(
        "equalize", counts,
        [&](auto const& channel, std::uint16_t* table) { detail::equalize_table(channel, rule, table); });
}
/// The stage for gray pixels that are read once to count them: equalize(histogram(policy, what), rule). Include
/// <quoin/measure/histogram.hpp>, too.
template <class Policy, class What>
    requires(!detail::counts_of_channels<Policy>)
auto equalize(Policy const& policy, What const& what, equalize_rule rule = equalize_rule::opencv) {
    return equalize(detail::counted(policy, what), rule);
}

/// Pointwise stage, of the counts of the values before it, as `view | stretch(histogram(policy, view), 2, 98)`: v
/// becomes (v - a) white / (b - a), rounded half up, limited to [0, white]. a and b are the percentiles `low` and
/// `high`: for q the value at place q / 100 (n - 1) of all n values in order, between two places linear, as
/// numpy.percentile. If a = b, values stay as they are. Counts, pixels and cost: as equalize().
/// @throws invalid_argument as equalize(), and unless 0 <= low < high <= 100.
template <class Counts>
    requires detail::counts_of_channels<Counts>
auto stretch(Counts const& counts, double low, double high) {
    detail::check_percentiles(low, high);
    return detail::counted_lut<detail::tables_for<Counts>>(
        "stretch", counts,
        [&](auto const& channel, std::uint16_t* table) { detail::stretch_table(channel, low, high, table); });
}
/// The stage for gray pixels that are read once to count them: stretch(histogram(policy, what), low, high). Include
/// <quoin/measure/histogram.hpp>, too.
template <class Policy, class What>
    requires(!detail::counts_of_channels<Policy>)
auto stretch(Policy const& policy, What const& what, double low, double high) {
    detail::check_percentiles(low, high);
    return stretch(detail::counted(policy, what), low, high);
}

/// Pointwise stage, of the counts of the values before it, as `view | normalize(histogram(policy, view))`: the smallest
/// value that occurs becomes `low`, and the largest one becomes `high`, where 0 stands for white: low + (v - a) (high -
/// low) / (b - a), exact, rounded half up. An image of one value stays as it is. Counts, pixels and cost: as
/// equalize().
/// @throws invalid_argument as equalize(), and unless 0 <= low < high <= white.
template <class Counts>
    requires detail::counts_of_channels<Counts>
auto normalize(Counts const& counts, index_t low = 0, index_t high = 0) {
    detail::check_range(static_cast<double>(low), static_cast<double>(high), detail::white_of(counts));
    return detail::counted_lut<detail::tables_for<Counts>>(
        "normalize", counts,
        [&](auto const& channel, std::uint16_t* table) { detail::normalize_table(channel, low, high, table); });
}
/// The stage for gray pixels that are read once: normalize(histogram(policy, what), low, high), but their smallest and
/// largest value are taken without counting. Include <quoin/measure/histogram.hpp>, too.
template <class Policy, class What>
    requires(!detail::counts_of_channels<Policy> && !std::is_arithmetic_v<What>)
auto normalize(Policy const& policy, What const& what, index_t low = 0, index_t high = 0) {
    if constexpr (detail::can_be_counted<Policy, What>) return normalize(ends_of_values(policy, what), low, high);
    else return normalize(detail::counted(policy, what), low, high);
}

/// The catalogue's entries.
struct equalize_entry : detail::entry_of_counts<equalize_entry> {
    static constexpr operation about{
        .name = "equalize",
        .about = "spreads values, so that each share of white has as many pixels; each channel by itself, two readings",
        .parameters = {{.name = "RULE",
                        .type = parameter_type::choice,
                        .preset = "opencv",
                        .choices = "opencv pillow",
                        .about = "whose bytes"}},
        .rounding =
            "opencv: shares in float (16 bits: double), halves to even; pillow: down; signed and 32 bits: not possible",
        .floating = "not possible",
        .opencv = "cv::equalizeHist(src, dst)",
        .pillow = "ImageOps.equalize(image)",
        .scikit_image = "skimage.exposure.equalize_hist(image)"};
    static constexpr void check(double const*, double) {}
    static void table(double const* values, std::vector<index_t> const& counts, std::uint16_t* to) {
        detail::equalize_table(counts, values[0] == 0 ? equalize_rule::opencv : equalize_rule::pillow, to);
    }
};
struct normalize_entry : detail::entry_of_counts<normalize_entry> {
    static constexpr operation about{
        .name = "normalize",
        .about = "maps the smallest and the largest value to LOW and HIGH; each channel by itself, two readings",
        .parameters = {{.name = "LOW",
                        .type = parameter_type::integer,
                        .most = 65535,
                        .preset = "0",
                        .about = "the new smallest value"},
                       {.name = "HIGH",
                        .type = parameter_type::integer,
                        .most = 65535,
                        .preset = "0",
                        .about = "the new largest value; 0 is white"}},
        .rounding = "half up, exact; signed and 32 bits: not possible",
        .floating = "not possible",
        .opencv = "cv::normalize(src, dst, LOW, HIGH, cv::NORM_MINMAX), which rounds halves to even",
        .pillow = "ImageOps.autocontrast(image), which rounds down",
        .scikit_image = "skimage.exposure.rescale_intensity(image), which rounds down"};
    static constexpr void check(double const* values, double white) {
        detail::check_range(values[0], values[1], white);
    }
    static void table(double const* values, std::vector<index_t> const& counts, std::uint16_t* to) {
        detail::normalize_table(counts, detail::whole<index_t>(values[0]), detail::whole<index_t>(values[1]), to);
    }
};
struct stretch_entry : detail::entry_of_counts<stretch_entry> {
    static constexpr operation about{
        .name = "stretch",
        .about = "maps the percentiles LOW and HIGH to 0 and white; each channel by itself, two readings",
        .parameters = {{.name = "LOW", .most = 100, .preset = "2", .about = "a percentile"},
                       {.name = "HIGH", .most = 100, .preset = "98", .about = "a percentile"}},
        .rounding = "half up, in double; signed and 32 bits: not possible",
        .floating = "not possible",
        .scikit_image = "skimage.exposure.rescale_intensity(image, tuple(numpy.percentile(image, (LOW, HIGH))))"};
    static constexpr void check(double const* values, double) { detail::check_percentiles(values[0], values[1]); }
    static void table(double const* values, std::vector<index_t> const& counts, std::uint16_t* to) {
        detail::stretch_table(counts, values[0], values[1], to);
    }
};

QUOIN_NAMESPACE_END

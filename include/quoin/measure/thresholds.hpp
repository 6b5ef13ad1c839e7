// SPDX-License-Identifier: BSL-1.0
// Thresholds from a histogram: triangle, Li, Yen, isodata, mean, minimum, and several of Otsu.
#pragma once

#include <quoin/core/detail/value_range.hpp>
#include <quoin/measure/counts.hpp>

QUOIN_NAMESPACE_BEGIN

// All take counts as histogram makes them: counts[v] is the number of pixels of value v. A level t separates v <= t
// from v > t, as threshold(t) does. Counts of signed pixels: v counts from the smallest value of the type. They compute
// in double, where scikit-image computes some sums in float. On the photographs of the tests the levels are equal, but
// for multi_otsu of one, where those of scikit-image are one off the best. Empty counts at both ends do not matter. If
// all pixels have one value, that value is the result.

/// The level where the histogram is furthest below the straight line from its peak to its far end. The first peak and,
/// of equal distances, the one furthest from the peak count. Exact, in integers. scikit-image: threshold_triangle, the
/// same level. OpenCV's THRESH_TRIANGLE is another: it begins the line one bin before the end, and takes one bin less.
/// @throws invalid_argument if all counts are 0.
///
/// Source: G. Zack, W. Rogers, S. Latt, "Automatic measurement of sister chromatid exchange frequency", 1977.
index_t triangle_threshold(std::vector<index_t> const& counts);

/// Li's iterative minimum of cross entropy. It starts from the mean. The next threshold is (b - f) / (log b - log f),
/// where b and f are the mean values, less the smallest value, of the pixels below and above the threshold. It ends if
/// the threshold moves by no more than half the smallest distance between two values. scikit-image: threshold_li.
/// @throws invalid_argument if all counts are 0.
///
/// Source: C. Li, P. Tam, "An iterative algorithm for minimum cross entropy thresholding", 1998.
double li_threshold(std::vector<index_t> const& counts);

/// The first level that maximizes log((P (1 - P))^2 / (Q1 Q2)), where P is the share of the pixels up to the level, and
/// Q1 and Q2 are the sums of the squared shares of the values up to the level and above it. scikit-image:
/// threshold_yen.
/// @throws invalid_argument if all counts are 0.
///
/// Source: J. Yen, F. Chang, S. Chang, "A new criterion for automatic multilevel thresholding", 1995.
index_t yen_threshold(std::vector<index_t> const& counts);

/// The smallest level t with t <= (b + f) / 2 < t + 1, where b and f are the means of the pixels up to t and above it.
/// scikit-image: threshold_isodata.
/// @throws invalid_argument if all counts are 0.
///
/// Source: T. Ridler, S. Calvard, "Picture thresholding using an iterative selection method", 1978.
index_t isodata_threshold(std::vector<index_t> const& counts);

/// The mean of the pixels, correctly rounded. scikit-image: threshold_mean.
/// @throws invalid_argument if all counts are 0.
///
/// Source: C. Glasbey, "An analysis of histogram-based thresholding algorithms", 1993.
inline double mean_threshold(std::vector<index_t> const& counts) {
    return mean_std_of_counts(counts).mean;
}

/// The lowest count between two maxima. The counts from the smallest to the largest value are smoothed by a mean of
/// three, with both ends repeated, until two maxima are left. They are rounded to float after each step, as in
/// scikit-image: threshold_minimum.
/// @throws invalid_argument if all counts are 0, or if there are not two maxima after 10,000 steps.
///
/// Source: J. Prewitt, M. Mendelsohn, "The analysis of cell images", 1966.
index_t minimum_threshold(std::vector<index_t> const& counts);

/// The classes - 1 rising levels that maximize the variance between `classes` classes, which is the sum of S^2 / n over
/// them, for the number n and the sum S of the values of a class. Of equally good levels the smallest are taken. For
/// two classes it is otsu_level. Cost: for k values that occur, classes k log k steps. scikit-image:
/// threshold_multiotsu.
/// @throws invalid_argument for classes outside 2..5, or if fewer values than classes occur.
///
/// Source: P. Liao, T. Chen, P. Chung, "A fast algorithm for multilevel thresholding", 2001.
std::vector<index_t> multi_otsu(std::vector<index_t> const& counts, int classes = 3);

namespace detail {

inline value_range range_of(char const* what, std::vector<index_t> const& counts) {
    total_of(what, counts);
    return value_range(counts);
}

/// The numbers of pixels, and the sums of their values, up to each value.
struct cumulated {
    std::vector<double> pixels, sums;
    explicit cumulated(std::vector<index_t> const& counts) {
        index_t n = 0, sum = 0;
        for (std::size_t v = 0; v < counts.size(); ++v) {
            n += counts[v];
            sum += counts[v] * static_cast<index_t>(v);
            pixels.push_back(static_cast<double>(n));
            sums.push_back(static_cast<double>(sum));
        }
    }
};

/// The best sum of S^2 / n over the classes of the values from each place on, for one class more than `after` has.
/// Divides the places: the level that is best for a place does not lie before that of a place further left.
struct class_levels {
    std::vector<double> const &n, &s, &after;
    std::vector<double> best;
    std::vector<index_t> level; ///< the last place of the first class

    double of_class(index_t from, index_t to) const {
        double const pixels = n[static_cast<std::size_t>(to)] - n[static_cast<std::size_t>(from)];
        double const sum = s[static_cast<std::size_t>(to)] - s[static_cast<std::size_t>(from)];
        return sum * sum / pixels;
    }
    void solve(index_t from, index_t to, index_t low, index_t high) {
        if (from >= to) return;
        index_t const at = (from + to) / 2;
        double most = -1;
        index_t chosen = std::max(low, at + 1);
        for (index_t end = std::max(low, at + 1); end <= high; ++end) {
            double const value = of_class(at, end) + after[static_cast<std::size_t>(end)];
            if (value > most) most = value, chosen = end;
        }
        best[static_cast<std::size_t>(at)] = most;
        level[static_cast<std::size_t>(at)] = chosen;
        solve(from, at, low, chosen);
        solve(at + 1, to, chosen, high);
    }
};

} // namespace detail

inline index_t triangle_threshold(std::vector<index_t> const& counts) {
    auto const [total, first, last] = detail::range_of("quoin::triangle_threshold", counts);
    if (first == last) return first;
    auto const peak = static_cast<index_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
    bool const right = peak - first < last - peak;
    index_t const end = right ? last : first, step = right ? -1 : 1, width = right ? last - peak : peak - first;
    detail::i128 most = -1;
    index_t level = end;
    for (index_t i = 0; i < width; ++i) {
        index_t const v = end + step * i;
        detail::i128 const distance = detail::i128{counts[static_cast<std::size_t>(peak)]} * i -
                                      detail::i128{width} * counts[static_cast<std::size_t>(v)];
        if (i == 0 || distance > most) most = distance, level = v;
    }
    return level;
}

inline double li_threshold(std::vector<index_t> const& counts) {
    auto const [total, first, last] = detail::range_of("quoin::li_threshold", counts);
    auto const offset = static_cast<double>(first);
    if (first == last) return offset;
    index_t closest = last - first;
    for (index_t v = first, before = -1; v <= last; ++v) {
        if (counts[static_cast<std::size_t>(v)] == 0) continue;
        if (before >= 0) closest = std::min(closest, v - before);
        before = v;
    }
    double const tolerance = static_cast<double>(closest) / 2;
    std::vector<index_t> const used(counts.begin() + first, counts.begin() + last + 1);
    detail::cumulated const to(used);
    double next = mean_std_of_counts(used).mean, current = -2 * tolerance;
    while (std::abs(next - current) > tolerance) {
        current = next;
        auto const t = static_cast<std::size_t>(std::min(current, static_cast<double>(last - first)));
        double const below = to.sums[t] / to.pixels[t];
        double const above = (to.sums.back() - to.sums[t]) / (to.pixels.back() - to.pixels[t]);
        if (below == 0) break;
        next = (below - above) / (std::log(below) - std::log(above));
    }
    return next + offset;
}

inline index_t yen_threshold(std::vector<index_t> const& counts) {
    auto const [total, first, last] = detail::range_of("quoin::yen_threshold", counts);
    if (first == last) return first;
    auto const n = static_cast<double>(detail::total_of("quoin::yen_threshold", counts));
    std::vector<double> above(counts.size() + 1);
    auto const share = [&](index_t v) { return static_cast<double>(counts[static_cast<std::size_t>(v)]) / n; };
    for (index_t v = last; v >= first; --v)
        above[static_cast<std::size_t>(v)] = above[static_cast<std::size_t>(v) + 1] + share(v) * share(v);
    double p = 0, squares = 0, most = 0;
    index_t level = first;
    for (index_t v = first; v < last; ++v) {
        p += share(v);
        squares += share(v) * share(v);
        double const both = p * (1 - p);
        double const criterion = std::log(both * both / (squares * above[static_cast<std::size_t>(v) + 1]));
        if (v == first || criterion > most) most = criterion, level = v;
    }
    return level;
}

inline index_t isodata_threshold(std::vector<index_t> const& counts) {
    auto const [total, first, last] = detail::range_of("quoin::isodata_threshold", counts);
    detail::cumulated const to(counts);
    for (index_t t = first; t < last; ++t) {
        auto const i = static_cast<std::size_t>(t);
        double const below = to.sums[i] / to.pixels[i];
        double const above = (to.sums.back() - to.sums[i]) / (to.pixels.back() - to.pixels[i]);
        double const distance = (below + above) / 2 - static_cast<double>(t);
        if (distance >= 0 && distance < 1) return t;
    }
    return first;
}

inline index_t minimum_threshold(std::vector<index_t> const& counts) {
    auto const [total, first, last] = detail::range_of("quoin::minimum_threshold", counts);
    if (first == last) return first;
    std::vector<float> smooth(counts.begin() + first, counts.begin() + last + 1), next(smooth.size());
    std::size_t const n = smooth.size();
    for (int step = 0; step < 10000; ++step) {
        for (std::size_t i = 0; i < n; ++i) {
            double const before = smooth[i == 0 ? 0 : i - 1], behind = smooth[i + 1 == n ? i : i + 1];
            next[i] = static_cast<float>((before + smooth[i] + behind) / 3);
        }
        smooth.swap(next);
        std::vector<std::size_t> maxima;
        bool rises = true;
        for (std::size_t i = 0; i + 1 < n; ++i)
            if (rises ? smooth[i + 1] < smooth[i] : smooth[i + 1] > smooth[i]) {
                if (rises) maxima.push_back(i);
                rises = !rises;
            }
        if (maxima.size() > 2) continue;
        if (maxima.size() < 2) break;
        auto const lowest_count = std::min_element(smooth.begin() + static_cast<index_t>(maxima[0]),
                                                   smooth.begin() + static_cast<index_t>(maxima[1]) + 1);
        return first + (lowest_count - smooth.begin());
    }
    detail::raise("quoin::minimum_threshold: the ", n,
                  " smoothed counts do not have two maxima; choose another "
                  "threshold, such as otsu");
}

inline std::vector<index_t> multi_otsu(std::vector<index_t> const& counts, int classes) {
    if (classes < 2 || classes > 5) detail::raise("quoin::multi_otsu: ", classes, " classes; give a number in 2..5");
    auto const [total, first, last] = detail::range_of("quoin::multi_otsu", counts);
    // Only values that occur. n[i] and s[i] are the pixels, and their sum, of the values before i.
    std::vector<index_t> values;
    std::vector<double> n{0}, s{0};
    for (index_t v = first; v <= last; ++v) {
        auto const count = static_cast<double>(counts[static_cast<std::size_t>(v)]);
        if (count == 0) continue;
        values.push_back(v);
        n.push_back(n.back() + count);
        s.push_back(s.back() + count * static_cast<double>(v - first));
    }
    auto const k = static_cast<index_t>(values.size());
    if (k < classes)
        detail::raise("quoin::multi_otsu: ", k, " values do not make ", classes, " classes; give at most ", k);
    double const impossible = -1e300;
    std::vector<double> best(static_cast<std::size_t>(k) + 1, impossible);
    best.back() = 0;
    std::vector<std::vector<index_t>> ends; // for each number of classes, one less than in the step before
    for (int step = 0; step < classes; ++step) {
        detail::class_levels levels{n, s, best, std::vector<double>(best.size(), impossible),
                                    std::vector<index_t>(best.size(), k)};
        if (step == 0)
            for (index_t i = 0; i < k; ++i) levels.best[static_cast<std::size_t>(i)] = levels.of_class(i, k);
        else levels.solve(0, k - step, 1, k - step);
        std::vector<double> const found = std::move(levels.best);
        ends.push_back(std::move(levels.level));
        best = found;
    }
    std::vector<index_t> result;
    index_t at = 0;
    for (int c = classes - 1; c > 0; --c) {
        at = ends[static_cast<std::size_t>(c)][static_cast<std::size_t>(at)];
        result.push_back(values[static_cast<std::size_t>(at - 1)]);
    }
    return result;
}

QUOIN_NAMESPACE_END

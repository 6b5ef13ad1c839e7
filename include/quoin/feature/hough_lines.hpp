// SPDX-License-Identifier: BSL-1.0
// hough_lines: the straight lines through many set pixels of a mask.
#pragma once

#include <quoin/core/detail/angle.hpp>
#include <quoin/core/detail/half_to_even.hpp>
#include <quoin/mask/runs.hpp>

#include <algorithm>
#include <cmath>

QUOIN_NAMESPACE_BEGIN

/// The line of all points with x cos(theta) + y sin(theta) = rho.
struct polar_line {
    float rho;     ///< its distance from the center of the first pixel, in pixels; negative to the other side
    float theta;   ///< the angle of its normal, in radians; 0 is a vertical line, pi / 2 a horizontal one
    index_t votes; ///< how many set pixels lie on it
    friend constexpr bool operator==(polar_line const&, polar_line const&) = default;
};

/// The options of hough_lines().
struct hough_options {
    double rho = 1;                                              ///< the step of rho in pixels, used as a float, > 0
    double theta = 3.14159265358979323846 / 180;                 ///< the step of theta in radians, used as a float, > 0
    index_t threshold = 100;                                     ///< lines have more votes than this, >= 0
    double least_theta = 0, most_theta = 3.14159265358979323846; ///< the range of theta, within [-100, 100]
    index_t most = 0; ///< at most so many lines, those with the most votes; 0: all
};

/// The lines of the standard Hough transform. For each theta from least_theta on, each set pixel (x, y) votes for
///     rho = step * round(x c + y s),  c = cos(theta) / step,  s = sin(theta) / step
/// in float, halves to even; theta is summed in float. The last theta is left out if it is pi from the first one. A
/// line is a pair of rho and theta with more votes than the threshold, more than those of the rho and of the theta
/// before, and no fewer than those of the rho and of the theta behind. The lines with the most votes come first, of as
/// many the lower theta, then the lower rho. These are the lines of cv::HoughLines and their order; where the range of
/// theta is not pi, OpenCV 4.6 may have one theta less.
///
/// Cost: for each set pixel and theta a product, a sum and an increment of a counter that lies in the first-level
/// cache; thetas share nothing, and go to threads. Memory: 4 bytes for each pair, which are (2 (width + height) + 1) /
/// rho for each theta, and 8 bytes for each set pixel.
/// @throws invalid_argument for options outside their ranges, and for more than 2^28 pairs.
/// Source: R. O. Duda, P. E. Hart, Use of the Hough transformation to detect lines and curves in pictures, 1972.
template <concepts::policy Policy>
std::vector<polar_line> hough_lines(Policy const& policy, bit_image const& mask, hough_options const& options = {});

namespace detail {

inline void check(hough_options const& o) {
    if (!(o.rho >= 1e-3 && o.rho <= 1e6))
        raise("quoin::hough_lines: a step of rho of ", o.rho, "; give 0.001 to 1000000 pixels");
    if (!(o.theta >= 1e-5 && o.theta <= 10))
        raise("quoin::hough_lines: a step of theta of ", o.theta, "; give 0.00001 to 10 radians");
    if (!(o.least_theta >= -100 && o.least_theta <= o.most_theta && o.most_theta <= 100))
        raise("quoin::hough_lines: theta from ", o.least_theta, " to ", o.most_theta,
              "; give a range in [-100, 100] radians");
    if (o.threshold < 0 || o.most < 0)
        raise("quoin::hough_lines: a threshold of ", o.threshold, " votes and at most ", o.most,
              " lines; give 0 or more");
}

/// The set pixels as floats. Behind the last one are zeros up to a multiple of `step`.
struct voting_points {
    static constexpr std::size_t step = 64;
    std::vector<float> x, y;
    std::size_t count = 0;

    explicit voting_points(bit_image const& mask) : count(static_cast<std::size_t>(mask.popcount())) {
        std::size_t const padded = (count + step - 1) / step * step;
        x.reserve(padded);
        y.reserve(padded);
        for (index_t row = 0; row < mask.height(); ++row)
            for (index_t i = 0; i < mask.words_per_row(); ++i)
                for_each_bit(mask.row(row)[i], i, [&](index_t column) {
                    x.push_back(static_cast<float>(column));
                    y.push_back(static_cast<float>(row));
                });
        x.resize(padded);
        y.resize(padded);
    }
};

/// The votes for one theta.
class rho_votes {
public:
    /// Writes the votes for rho = 0 to *middle, and those for others around it. `size` is that of the mask.
    static void count(voting_points const& points, float c, float s, extent size, std::uint32_t* middle,
                      std::vector<std::uint32_t>& memory) {
        // Products and sums of floats never fall where their operands rise, so the corners have the extremes.
        auto const right = static_cast<float>(size.width - 1), bottom = static_cast<float>(size.height - 1);
        std::int32_t const corners[4] = {place(0, 0, c, s), place(right, 0, c, s), place(0, bottom, c, s),
                                         place(right, bottom, c, s)};
        auto const [least, most] = std::minmax_element(corners, corners + 4);
        // Neighbors vote for the same rho, and a counter that has just been stored is not ready: four take turns.
        auto const width = static_cast<std::size_t>(*most - *least + 1);
        memory.assign(4 * width, 0);
        std::uint32_t* const first = memory.data();
        std::uint32_t* const second = first + width;
        std::uint32_t* const third = second + width;
        std::uint32_t* const fourth = third + width;
        std::int32_t places[voting_points::step];
        for (std::size_t i = 0; i < points.count; i += voting_points::step) {
            float const* const x = points.x.data() + i;
            float const* const y = points.y.data() + i;
            for (std::size_t k = 0; k < voting_points::step; ++k) places[k] = place(x[k], y[k], c, s) - *least;
            std::size_t const n = std::min(points.count - i, voting_points::step);
            std::size_t k = 0;
            for (; k + 4 <= n; k += 4) {
                ++first[places[k]];
                ++second[places[k + 1]];
                ++third[places[k + 2]];
                ++fourth[places[k + 3]];
            }
            for (; k < n; ++k) ++first[places[k]];
        }
        for (std::size_t k = 0; k < width; ++k)
            middle[*least + static_cast<index_t>(k)] = first[k] + second[k] + third[k] + fourth[k];
    }

private:
    /// x c + y s to the nearest whole number, halves to even, for values below 2^22: a float of 2^23 and more has no
    /// fraction.
    static std::int32_t place(float x, float y, float c, float s) {
        constexpr float whole = 12582912; // 1.5 * 2^23
        return std::bit_cast<std::int32_t>(x * c + y * s + whole) - std::bit_cast<std::int32_t>(whole);
    }
};

/// The steps of theta and of rho, and their numbers.
struct hough_grid {
    float rho, theta, least_theta;
    index_t thetas, rhos;

    hough_grid(extent size, hough_options const& o)
        : rho(static_cast<float>(o.rho)), theta(static_cast<float>(o.theta)),
          least_theta(static_cast<float>(o.least_theta)) {
        constexpr double pi = 3.14159265358979323846;
        auto const step = static_cast<double>(theta);
        double const whole_steps = std::floor((o.most_theta - o.least_theta) / step);
        thetas = static_cast<index_t>(whole_steps) + 1;
        if (thetas > 1 && std::abs(pi - whole_steps * step) < step / 2) --thetas;
        auto const sides = static_cast<double>(size.width) + static_cast<double>(size.height);
        if (sides / static_cast<double>(rho) > 2097151 ||
            (2 * sides + 1) / static_cast<double>(rho) * static_cast<double>(thetas) > 268435456)
            raise("quoin::hough_lines: a mask of ", size.width, " x ", size.height, " with ", thetas,
                  " thetas and a step of rho of ", o.rho,
                  " has more than 2^28 pairs or 2^22 rhos; give longer steps or smaller parts of the mask");
        rhos = half_to_even(static_cast<double>(static_cast<float>(2 * sides + 1) / rho));
    }
};

inline std::vector<polar_line> lines_of(policy_ref const& p, bit_image const& mask, hough_options const& o) {
    check(o);
    if (mask.empty()) return {};
    hough_grid const grid(mask.size(), o);
    voting_points const points(mask);
    std::vector<float> sines, cosines;
    float const inverse = 1 / grid.rho;
    float angle = grid.least_theta;
    for (index_t n = 0; n < grid.thetas; ++n, angle += grid.theta) {
        sines.push_back(static_cast<float>(sine(static_cast<double>(angle)) * static_cast<double>(inverse)));
        cosines.push_back(static_cast<float>(cosine(static_cast<double>(angle)) * static_cast<double>(inverse)));
    }
    // A row of votes for each theta, and one of zeros before and behind; a cell more at both ends of each.
    index_t const row = grid.rhos + 2;
    std::vector<std::uint32_t> votes(static_cast<std::size_t>(row * (grid.thetas + 2)));
    for_each_chunk(p, {grid.thetas, 4}, [&](index_t begin, index_t end) {
        std::vector<std::uint32_t> memory;
        for (index_t n = begin; n < end; ++n)
            rho_votes::count(points, cosines[static_cast<std::size_t>(n)], sines[static_cast<std::size_t>(n)],
                             mask.size(), votes.data() + (n + 1) * row + 1 + (grid.rhos - 1) / 2, memory);
    });
    std::vector<index_t> found;
    auto const least = static_cast<std::uint64_t>(o.threshold);
    for (index_t n = 1; n <= grid.thetas; ++n)
        for (index_t r = 1; r <= grid.rhos; ++r) {
            index_t const at = n * row + r;
            std::uint32_t const* const v = votes.data() + at;
            if (*v > least && *v > v[-1] && *v >= v[1] && *v > v[-row] && *v >= v[row]) found.push_back(at);
        }
    auto const votes_at = [&](index_t at) { return votes[static_cast<std::size_t>(at)]; };
    std::stable_sort(found.begin(), found.end(), [&](index_t a, index_t b) { return votes_at(a) > votes_at(b); });
    if (o.most > 0 && static_cast<index_t>(found.size()) > o.most) found.resize(static_cast<std::size_t>(o.most));
    std::vector<polar_line> lines;
    for (index_t const at : found) {
        index_t const n = at / row - 1, r = at % row - 1;
        lines.push_back({(static_cast<float>(r) - static_cast<float>(grid.rhos - 1) * 0.5f) * grid.rho,
                         grid.least_theta + static_cast<float>(n) * grid.theta, static_cast<index_t>(votes_at(at))});
    }
    return lines;
}

} // namespace detail

template <concepts::policy Policy>
std::vector<polar_line> hough_lines(Policy const& policy, bit_image const& mask, hough_options const& options) {
    return detail::lines_of(detail::policy_ref::to(policy), mask, options);
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Canny's edges by plain loops: kernels as written, 64 bits or floats, and a flood from the strong pixels.
#pragma once

#include "support/policies.hpp"

#include <quoin/feature/canny.hpp>
#include <quoin/image/image.hpp>

#include <cmath>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace test {

using quoin::extent;
using quoin::gradient_norm;
using quoin::index_t;

template <class T>
class plain_canny {
    using number = std::conditional_t<std::floating_point<T>, float, std::int64_t>;

public:
    plain_canny(quoin::image<T> const& in, double low, double high, int size, gradient_norm norm)
        : in_(in), width_(in.width()), height_(in.height()), size_(size), norm_(norm) {
        if (size == 7) low /= 16, high /= 16;
        if (norm == gradient_norm::l2) low *= low, high *= high;
        std::vector<int> grade(static_cast<std::size_t>(width_ * height_));
        std::vector<std::pair<index_t, index_t>> open;
        strengths();
        for (index_t y = 0; y < height_; ++y)
            for (index_t x = 0; x < width_; ++x) {
                if (!(static_cast<double>(m(x, y)) > low) || !strongest(x, y)) continue;
                bool const strong = static_cast<double>(m(x, y)) > high;
                grade[at(x, y)] = strong ? 2 : 1;
                if (strong) open.emplace_back(x, y);
            }
        while (!open.empty()) {
            auto const [x, y] = open.back();
            open.pop_back();
            for (index_t v = std::max<index_t>(0, y - 1); v <= std::min(height_ - 1, y + 1); ++v)
                for (index_t u = std::max<index_t>(0, x - 1); u <= std::min(width_ - 1, x + 1); ++u)
                    if (grade[at(u, v)] == 1) {
                        grade[at(u, v)] = 2;
                        open.emplace_back(u, v);
                    }
        }
        result = quoin::bit_image(width_, height_);
        for (index_t y = 0; y < height_; ++y)
            for (index_t x = 0; x < width_; ++x)
                if (grade[at(x, y)] == 2) result.set(x, y);
    }

    quoin::bit_image result;

private:
    std::size_t at(index_t x, index_t y) const { return static_cast<std::size_t>(y * width_ + x); }
    number m(index_t x, index_t y) const {
        return x < 0 || y < 0 || x >= width_ || y >= height_ ? number(0) : m_[at(x, y)];
    }

    void strengths() {
        std::vector<int> const smooth = size_ == 3   ? std::vector{1, 2, 1}
                                        : size_ == 5 ? std::vector{1, 4, 6, 4, 1}
                                                     : std::vector{1, 6, 15, 20, 15, 6, 1};
        std::vector<int> const first = size_ == 3   ? std::vector{-1, 0, 1}
                                       : size_ == 5 ? std::vector{-1, -2, 0, 2, 1}
                                                    : std::vector{-1, -4, -5, 0, 5, 4, 1};
        for (index_t y = 0; y < height_; ++y)
            for (index_t x = 0; x < width_; ++x) {
                number sums[2] = {};
                for (int j = 0; j < size_; ++j)
                    for (int i = 0; i < size_; ++i) {
                        index_t const u = std::clamp<index_t>(x + i - size_ / 2, 0, width_ - 1);
                        index_t const v = std::clamp<index_t>(y + j - size_ / 2, 0, height_ - 1);
                        sums[0] += static_cast<number>(in_(u, v)) * static_cast<number>(smooth[j] * first[i]);
                        sums[1] += static_cast<number>(in_(u, v)) * static_cast<number>(first[j] * smooth[i]);
                    }
                if (size_ == 7)
                    for (number& s : sums) // nearbyint: halves to even
                        s = std::floating_point<T> ? s / number(16)
                                                   : static_cast<number>(std::nearbyint(static_cast<double>(s) / 16));
                gx_.push_back(sums[0]);
                gy_.push_back(sums[1]);
                m_.push_back(norm_ == gradient_norm::l1 ? std::abs(sums[0]) + std::abs(sums[1])
                                                        : sums[0] * sums[0] + sums[1] * sums[1]);
            }
    }

    bool strongest(index_t x, index_t y) const {
        number const gx = std::abs(gx_[at(x, y)]), gy = std::abs(gy_[at(x, y)]), here = m(x, y);
        bool row, column;
        if constexpr (std::floating_point<T>) {
            float const r = gx * (13573.0f / 32768);
            row = gy <= r;
            column = gy - gx - gx > r;
        } else {
            row = gy * 32768 < gx * 13573;
            column = gy * 32768 > gx * 13573 + gx * 65536;
        }
        if (row) return here > m(x - 1, y) && here >= m(x + 1, y);
        if (column) return here > m(x, y - 1) && here >= m(x, y + 1);
        index_t const s = (gx_[at(x, y)] < 0) != (gy_[at(x, y)] < 0) ? -1 : 1;
        return here > m(x - s, y - 1) && here > m(x + s, y + 1);
    }

    quoin::image<T> const& in_;
    index_t width_, height_;
    int size_;
    gradient_norm norm_;
    std::vector<number> gx_, gy_, m_;
};

/// Random pixels of `levels` values, the greatest of which is white, or 255 of float. Few levels make many ties.
template <class T>
quoin::image<T> random_levels(extent size, int levels, unsigned seed) {
    std::mt19937 engine(seed);
    double const most = std::floating_point<T> ? 255 : static_cast<double>(quoin::highest<T>);
    quoin::image<T> result(size);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x)
            result(x, y) =
                static_cast<T>(std::floor(most * static_cast<double>(engine() % static_cast<unsigned>(levels)) /
                                          static_cast<double>(levels - 1)));
    return result;
}

/// What is wrong with canny() of pixels T, under every policy: the first case. Thresholds are parts of white.
template <class T>
std::string wrong_canny() {
    double const most = std::floating_point<T> ? 255 : static_cast<double>(quoin::highest<T>);
    unsigned seed = 0;
    for (extent const size : {extent{1, 1}, {1, 70}, {70, 1}, {2, 2}, {7, 65}, {64, 9}, {65, 33}, {131, 70}})
        for (int const levels : {2, 4, 256})
            for (int const side : {3, 5, 7})
                for (gradient_norm const norm : {gradient_norm::l1, gradient_norm::l2}) {
                    auto const in = random_levels<T>(size, levels, ++seed);
                    double const step = most * (side == 3 ? 4 : side == 5 ? 48 : 640);
                    double const low = seed % 5 == 0 ? 0 : step / 5, high = seed % 7 == 0 ? low : step / 2.3;
                    auto const expected = plain_canny<T>(in, low, high, side, norm).result;
                    std::ostringstream what;
                    what << size.width << " x " << size.height << ", " << levels << " levels, size " << side
                         << ", norm " << static_cast<int>(norm) << ", seed " << seed;
                    for (auto const& p : scalar_policies())
                        if (quoin::canny(p, in, low, high, side, norm) != expected) return p.name() + ": " + what.str();
                    for (auto const& p : vector_policies())
                        if (quoin::canny(p, in, low, high, side, norm) != expected) return p.name() + ": " + what.str();
                }
    return {};
}

} // namespace test

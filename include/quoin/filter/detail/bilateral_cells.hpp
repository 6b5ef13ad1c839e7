// SPDX-License-Identifier: BSL-1.0
// The grid of bilateral_grid(): cells of places and values.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/image/image_view.hpp>
#include <quoin/lanes/arithmetic.hpp>

#include <algorithm>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The cells of a channel. One row of cells belongs to the pixels that are nearest to it, and a band of pixels lies
/// between two rows of cells; both are computed by one thread.
template <class T>
class bilateral_cells {
public:
    /// Makes the cells, blurred along the values and along rows.
    template <class Policy>
    bilateral_cells(Policy const& policy, image_view<T const> const& in, double color, double space)
        : across_(axis_of(in.width(), space)), down_(axis_of(in.height(), space)) {
        find_range(policy, in);
        double const levels = (double{most_} - double{least_}) / color + 2;
        double const count = levels * static_cast<double>(across_.cells) * static_cast<double>(down_.cells);
        if (!(count <= most_cells))
            raise("quoin::bilateral_grid: a grid of ", across_.cells, " x ", down_.cells, " x ", levels,
                  " cells for pixels of ", in.width(), " x ", in.height(), " from ", least_, " to ", most_,
                  "; give larger sigmas, for at most 2^25 cells");
        levels_ = static_cast<index_t>(levels);
        scale_ = static_cast<float>(1 / color);
        row_ = across_.cells * levels_;
        for (index_t x = 0; x < in.width(); ++x) {
            nearest_.push_back(static_cast<std::int32_t>(across_.nearest(x) * levels_));
            before_.push_back(static_cast<std::int32_t>(across_.before[static_cast<std::size_t>(x)] * levels_));
        }
        cells_.resize(static_cast<std::size_t>(row_ * down_.cells));
        policy.bulk(down_.cells, [&](index_t y) { fill_row(in, y); });
    }

    /// Writes the pixels of `out` from those of `in`.
    template <class Policy>
    void write(Policy const& policy, image_view<T const> const& in, image_view<T> const& out) const {
        policy.bulk(down_.cells - 1, [&](index_t band) {
            interval const rows = down_.below_of(band);
            if (rows.begin >= rows.end) return;
            std::vector<cell> above(static_cast<std::size_t>(row_)), below(above.size()), between(above.size());
            blur_down(band, above);
            blur_down(band + 1, below);
            for (index_t y = rows.begin; y < rows.end; ++y) {
                float const share = down_.share[static_cast<std::size_t>(y)];
                for (std::size_t i = 0; i < between.size(); ++i) between[i] = mixed(above[i], below[i], share);
                write_row(between.data(), in, out, y);
            }
        });
    }

private:
    static constexpr double most_cells = 33554432;
    static constexpr float weights[3] = {62.0f / 128, 28.0f / 128, 5.0f / 128}; // variance 3/4, fourth moment 27/16

    /// The sum of the values of some pixels, counted from the least one, and the number of these pixels.
    struct cell {
        float sum, count;
    };
    static QUOIN_ALWAYS_INLINE cell mixed(cell const& a, cell const& b, float share) {
        return {a.sum + (b.sum - a.sum) * share, a.count + (b.count - a.count) * share};
    }

    /// Where the pixels of an axis lie between cells.
    struct axis {
        index_t cells;
        std::vector<index_t> before; // the cell before a pixel
        std::vector<float> share;    // how near the one behind it is, from 0 to 1

        index_t nearest(index_t i) const {
            auto const n = static_cast<std::size_t>(i);
            return before[n] + (share[n] >= 0.5f);
        }
        /// The pixels behind a cell, up to the next one.
        interval below_of(index_t cell) const {
            auto const range = std::equal_range(before.begin(), before.end(), cell);
            return {range.first - before.begin(), range.second - before.begin()};
        }
        /// Those of which it is the nearest one.
        interval around(index_t cell) const {
            interval all{below_of(cell - 1).begin, below_of(cell).end};
            while (all.begin < all.end && nearest(all.begin) != cell) ++all.begin;
            while (all.begin < all.end && nearest(all.end - 1) != cell) --all.end;
            return all;
        }
    };
    static axis axis_of(index_t pixels, double sigma) {
        axis a{static_cast<index_t>(static_cast<double>(pixels - 1) / sigma) + 2, {}, {}};
        for (index_t i = 0; i < pixels; ++i) {
            double const place = static_cast<double>(i) / sigma;
            auto const cell = static_cast<index_t>(place);
            a.before.push_back(cell);
            a.share.push_back(static_cast<float>(place - static_cast<double>(cell)));
        }
        return a;
    }

    static bool counts([[maybe_unused]] T v) {
        if constexpr (std::floating_point<T>) return v >= -highest<T> && v <= highest<T>;
        else return true;
    }
    /// The least and the greatest value that counts, 0 without any.
    template <class Policy>
    void find_range(Policy const& policy, image_view<T const> const& in) {
        struct range {
            T least = highest<T>, most = lowest<T>;
        };
        std::vector<range> rows(static_cast<std::size_t>(in.height()));
        policy.bulk(in.height(), [&](index_t y) {
            range r;
            T const* const line = in.row(y);
            for (index_t x = 0; x < in.width(); ++x) {
                T const v = line[x];
                bool const fits = counts(v);
                r.least = fits && v < r.least ? v : r.least;
                r.most = fits && v > r.most ? v : r.most;
            }
            rows[static_cast<std::size_t>(y)] = r;
        });
        range all;
        for (range const& r : rows) {
            all.least = min(r.least, all.least);
            all.most = max(r.most, all.most);
        }
        least_ = all.least <= all.most ? static_cast<float>(all.least) : 0;
        most_ = all.least <= all.most ? static_cast<float>(all.most) : 0;
    }

    /// Adds the pixels to their cells, and blurs along both axes of the row.
    void fill_row(image_view<T const> const& in, index_t y) {
        struct sums {
            double sum, count;
        };
        auto const size = static_cast<std::size_t>(row_);
        std::vector<sums> all(size);
        interval const rows = down_.around(y);
        for (index_t j = rows.begin; j < rows.end; ++j) {
            T const* const line = in.row(j);
            for (index_t x = 0; x < in.width(); ++x) {
                T const v = line[x];
                if (!counts(v)) continue;
                float const above = static_cast<float>(v) - least_;
                auto& s = all[static_cast<std::size_t>(nearest_[static_cast<std::size_t>(x)] + nearest_level(above))];
                s.sum += static_cast<double>(above);
                s.count += 1;
            }
        }
        std::vector<cell> narrow(size), blurred(size);
        for (std::size_t i = 0; i < size; ++i)
            narrow[i] = {static_cast<float>(all[i].sum), static_cast<float>(all[i].count)};
        for (index_t x = 0; x < across_.cells; ++x)
            blur(narrow.data() + x * levels_, 1, levels_, blurred.data() + x * levels_, 1);
        for (index_t level = 0; level < levels_; ++level)
            blur(blurred.data() + level, levels_, across_.cells, cells_.data() + y * row_ + level, levels_);
    }
    std::int32_t nearest_level(float above) const {
        return min(static_cast<std::int32_t>(above * scale_ + 0.5f), static_cast<std::int32_t>(levels_ - 1));
    }

    /// Blurs n cells. Those outside are empty.
    static void blur(cell const* from, index_t step, index_t n, cell* to, index_t to_step) {
        auto const at = [&](index_t i) { return i >= 0 && i < n ? from[i * step] : cell{0, 0}; };
        for (index_t i = 0; i < n; ++i) to[i * to_step] = sum_of(at(i), at(i - 1), at(i + 1), at(i - 2), at(i + 2));
    }
    /// A row of cells, blurred down columns.
    void blur_down(index_t y, std::vector<cell>& to) const {
        std::vector<cell> const none(to.size());
        auto const row = [&](index_t j) { return j >= 0 && j < down_.cells ? cells_.data() + j * row_ : none.data(); };
        cell const *const a = row(y), *const b = row(y - 1), *const c = row(y + 1), *const d = row(y - 2),
                          *const e = row(y + 2);
        for (std::size_t i = 0; i < to.size(); ++i) to[i] = sum_of(a[i], b[i], c[i], d[i], e[i]);
    }
    static QUOIN_ALWAYS_INLINE cell sum_of(cell const& a, cell const& b, cell const& c, cell const& d, cell const& e) {
        return {a.sum * weights[0] + ((b.sum + c.sum) * weights[1] + (d.sum + e.sum) * weights[2]),
                a.count * weights[0] + ((b.count + c.count) * weights[1] + (d.count + e.count) * weights[2])};
    }

    void write_row(cell const* row, image_view<T const> const& in, image_view<T> const& out, index_t y) const {
        T const* const from = in.row(y);
        T* const to = out.row(y);
        std::int32_t const* const before = before_.data();
        auto const last = static_cast<std::int32_t>(levels_ - 2);
        float const* const share = across_.share.data();
        for (index_t x = 0; x < in.width(); ++x) {
            T const v = from[x];
            if (!counts(v)) {
                to[x] = v;
                continue;
            }
            float const place = (static_cast<float>(v) - least_) * scale_;
            std::int32_t const level = min(static_cast<std::int32_t>(place), last);
            float const part = place - static_cast<float>(level);
            cell const* const left = row + before[x] + level;
            cell const* const right = left + levels_;
            cell const low = mixed(left[0], right[0], share[x]), high = mixed(left[1], right[1], share[x]);
            cell const all = mixed(low, high, part);
            to[x] = saturate<T>(all.sum / all.count + least_);
        }
    }

    axis across_, down_;
    float least_ = 0, most_ = 0, scale_ = 1;
    index_t levels_ = 0, row_ = 0;
    std::vector<std::int32_t> nearest_, before_; // the first values of the cells nearest to a column, and before it
    std::vector<cell> cells_;
};

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// hog: histograms of oriented gradients, which describe the shapes in an image.
#pragma once

#include <quoin/core/detail/angle.hpp>
#include <quoin/exec/detail/pixels_of.hpp>
#include <quoin/exec/detail/policy_ref.hpp>
#include <quoin/filter/detail/usual_channel.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

QUOIN_NAMESPACE_BEGIN

/// By what the values v of a block are divided. e is 10^-5.
enum class block_norm {
    l1,      ///< sum |v| + e
    l1_sqrt, ///< the same; then the square root is taken
    l2,      ///< sqrt(sum v^2 + e^2)
    l2_hys   ///< the same; then values are at most 0.2, and are divided by their sqrt(sum v^2 + e^2) again
};

/// The options of hog().
struct hog_options {
    int orientations = 9;  ///< bins of 180 degrees, 1 to 64
    extent cell = {8, 8};  ///< pixels of a cell, each side at least 1
    extent block = {3, 3}; ///< cells of a block, each side at least 1
    block_norm norm = block_norm::l2_hys;
};

/// The histograms of all blocks. The one of bin o of the cell (cx, cy) of the block (bx, by) is
///     values[(((by * blocks.width + bx) * block.height + cy) * block.width + cx) * orientations + o]
struct hog_features {
    extent blocks; ///< how many blocks there are; they begin a cell apart
    extent block;  ///< the cells of a block
    int orientations;
    std::vector<float> values;
};

/// The histograms of the directions of gradients in cells, normalized in blocks, of gray pixels of an image, a view or
/// a pipeline: u8, u16 or float. With gx = v(x + 1, y) - v(x - 1, y), or 0 in the first and in the last column, and gy
/// likewise down columns, a pixel adds sqrt(gx^2 + gy^2) to bin floor(a orientations / 180) of its cell, where a is the
/// angle of (gx, gy) in [0, 180) degrees, and an opposite gradient has the same. Sums are divided by the pixels of a
/// cell. Cells lie side by side from the top left; what is left at the right and below is in none. Each block of cells
/// is divided by its norm.
///
/// Bins are decided in float for bytes, which is exact, and in double for others. Lengths and sums of cells are floats,
/// in raster order; norms are those of four sums in double, each of every fourth value. The same bits under every
/// policy. The values are within 10^-6 of those of skimage.feature.hog(image, orientations, ...).
///
/// Cost: a root and a product for each bin per pixel, and a reading of all values for the norms. Memory: the values,
/// and those of one block for each cell; an image of the input where it is no image_view.
/// @throws invalid_argument for options outside their ranges, and if the image is smaller than a block.
/// Source: N. Dalal, B. Triggs, Histograms of oriented gradients for human detection, CVPR 2005.
template <concepts::policy Policy, class What>
hog_features hog(Policy const& policy, What const& what, hog_options const& options = {});

namespace detail {

/// The first directions of the bins but the first one.
template <class F>
struct hog_bins {
    static constexpr int most = 64;
    int count;
    F x[most] = {}, y[most] = {};

    explicit hog_bins(int bins) : count(bins) {
        for (int i = 1; i < bins; ++i) {
            direction const d = turned(2 * i / bins, static_cast<double>(2 * i % bins) / bins);
            // Both are the same number at 45 and 135 degrees, where a gradient of whole numbers can lie.
            bool const diagonal = 4 * i == bins || 4 * i == 3 * bins;
            x[i] = static_cast<F>(d.x);
            y[i] = diagonal ? (x[i] < 0 ? -x[i] : x[i]) : static_cast<F>(d.y);
        }
    }
};

/// Writes the lengths and bins of the gradients of numbers F from column x on, as long as whole steps of Lanes fit in
/// front of `end`, and returns the next column.
template <class Lanes, class F, class T>
index_t hog_row(hog_bins<F> const& bins, T const* above, T const* here, T const* below, index_t x, index_t end,
                bool sides, float* lengths, std::uint8_t* to) {
    using W = std::conditional_t<std::floating_point<T>, T, std::int32_t>;
    for (; x + Lanes::count <= end; x += Lanes::count) {
        auto const load = [&](T const* p) QUOIN_LAMBDA_INLINE { return Lanes::template load_as<W>(p); };
        auto const along = convert<F>(load(here + x + (sides ? 1 : 0)) - load(here + x - (sides ? 1 : 0)));
        auto const down = convert<F>(load(below + x) - load(above + x));
        using V = std::remove_const_t<decltype(along)>;
        V const none(F(0)), one(F(1));
        V const gy = abs(down), gx = select(down < none, none - along, select(down > none, along, abs(along)));
        V bin = none;
        for (int i = 1; i < bins.count; ++i) bin = bin + select(gy * bins.x[i] >= gx * bins.y[i], one, none);
        Lanes::store(to + x, convert<std::uint8_t>(bin));
        Lanes::store(lengths + x, convert<float>(sqrt(gx * gx + gy * gy)));
    }
    return x;
}

/// The histograms of a row of cells.
template <class Lanes, class T>
void hog_cells(image_view<T const> const& in, hog_options const& o, index_t row, extent cells, float* to) {
    using F = std::conditional_t<sizeof(T) == 1, float, double>;
    hog_bins<F> const bins(o.orientations);
    auto const width = static_cast<std::size_t>(in.width());
    std::vector<float> lengths(width);
    std::vector<std::uint8_t> numbers(width);
    for (index_t y = row * o.cell.height; y < (row + 1) * o.cell.height; ++y) {
        bool const inside = y > 0 && y + 1 < in.height();
        T const* const here = in.row(y);
        T const* const above = inside ? in.row(y - 1) : here;
        T const* const below = inside ? in.row(y + 1) : here;
        auto const votes = [&]<class Family>(index_t x, index_t end, bool sides) {
            return hog_row<Family>(bins, above, here, below, x, end, sides, lengths.data(), numbers.data());
        };
        index_t const last = in.width() - 1;
        votes.template operator()<scalar_lanes>(0, 1, false);
        index_t const x = votes.template operator()<Lanes>(1, last, true);
        votes.template operator()<scalar_lanes>(x, last, true);
        votes.template operator()<scalar_lanes>(last, last + 1, false);
        for (index_t c = 0; c < cells.width; ++c) {
            float* const histogram = to + c * o.orientations;
            for (auto i = static_cast<std::size_t>(c * o.cell.width), end = i + static_cast<std::size_t>(o.cell.width);
                 i < end; ++i)
                histogram[numbers[i]] += lengths[i];
        }
    }
    float const area = static_cast<float>(o.cell.area());
    for (index_t i = 0; i < cells.width * o.orientations; ++i) to[i] /= area;
}

/// Divides the values of a block by its norm.
inline void normalize_block(block_norm norm, float* values, index_t count) {
    constexpr double e = 1e-5;
    auto const sum = [&](auto const& of) {
        double parts[4] = {};
        index_t i = 0;
        for (; i + 4 <= count; i += 4)
            for (int k = 0; k < 4; ++k) parts[k] += of(static_cast<double>(values[i + k]));
        for (; i < count; ++i) parts[0] += of(static_cast<double>(values[i]));
        return (parts[0] + parts[1]) + (parts[2] + parts[3]);
    };
    auto const divide = [&](double by, auto const& then) {
        double const factor = 1 / by;
        for (index_t i = 0; i < count; ++i)
            values[i] = static_cast<float>(then(static_cast<double>(values[i]) * factor));
    };
    auto const same = [](double v) { return v; };
    auto const root = [](double v) { return std::sqrt(v); };
    auto const two = [&] { return std::sqrt(sum([](double v) { return v * v; }) + e * e); };
    if (norm == block_norm::l1) divide(sum(same) + e, same);
    else if (norm == block_norm::l1_sqrt) divide(sum(same) + e, root);
    else divide(two(), same);
    if (norm == block_norm::l2_hys) {
        for (index_t i = 0; i < count; ++i) values[i] = std::min(values[i], 0.2f);
        divide(two(), same);
    }
}

/// The number of blocks.
inline extent hog_blocks(hog_options const& o, extent size) {
    if (o.orientations < 1 || o.orientations > 64) raise("quoin::hog: ", o.orientations, " orientations; give 1 to 64");
    if (o.cell.width < 1 || o.cell.height < 1 || o.block.width < 1 || o.block.height < 1)
        raise("quoin::hog: cells of ", o.cell.width, " x ", o.cell.height, " pixels and blocks of ", o.block.width,
              " x ", o.block.height, " cells; give sides of at least 1");
    extent const cells{size.width / o.cell.width, size.height / o.cell.height};
    if (cells.width < o.block.width || cells.height < o.block.height)
        raise("quoin::hog: an image of ", size.width, " x ", size.height, " pixels has ", cells.width, " x ",
              cells.height, " cells, fewer than a block of ", o.block.width, " x ", o.block.height,
              "; give a larger image or smaller blocks");
    return {cells.width - o.block.width + 1, cells.height - o.block.height + 1};
}

} // namespace detail

template <concepts::policy Policy, class What>
hog_features hog(Policy const& policy, What const& what, hog_options const& options) {
    using Lanes = typename Policy::lanes;
    auto const p = detail::pipeline_of<Lanes>(what);
    using P = typename std::remove_const_t<decltype(p)>::pixel_type;
    constexpr bool possible = detail::usual_channel<P>;
    static_assert(possible, "quoin::hog: pixels must be gray, unsigned integers of 8 or 16 bits, or float; put gray or "
                            "convert_to before it");
    hog_options const& o = options;
    hog_features result{detail::hog_blocks(o, p.size()), o.block, o.orientations, {}};
    if constexpr (possible) {
        detail::pixels_of const pixels(policy, p);
        auto const ref = detail::policy_ref::to(policy);
        extent const cells{p.size().width / o.cell.width, p.size().height / o.cell.height};
        index_t const row = cells.width * o.orientations, part = o.block.width * o.orientations,
                      block = part * o.block.height;
        std::vector<float> histograms(static_cast<std::size_t>(row * cells.height));
        for_each_chunk(ref, {cells.height, 4}, [&](index_t begin, index_t end) {
            for (index_t y = begin; y < end; ++y)
                detail::hog_cells<Lanes>(pixels.view(), o, y, cells, histograms.data() + y * row);
        });
        result.values.resize(static_cast<std::size_t>(result.blocks.area() * block));
        for_each_chunk(ref, {result.blocks.height, 4}, [&](index_t begin, index_t end) {
            float* to = result.values.data() + begin * result.blocks.width * block;
            for (index_t y = begin; y < end; ++y)
                for (index_t x = 0; x < result.blocks.width; ++x, to += block) {
                    for (index_t j = 0; j < o.block.height; ++j)
                        std::copy_n(histograms.data() + (y + j) * row + x * o.orientations, part, to + j * part);
                    detail::normalize_block(o.norm, to, block);
                }
        });
    }
    return result;
}

QUOIN_NAMESPACE_END

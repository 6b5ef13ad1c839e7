// SPDX-License-Identifier: BSL-1.0
// What the tests of quoin/segment share: masks from pictures, formulas and random numbers, turned masks, and slow and
// plain ways to the results that the segmenter finds fast.
#pragma once

#include <quoin/exec/serial.hpp>
#include <quoin/image/image.hpp>
#include <quoin/rect/rectangles.hpp>

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace masks {

using quoin::bit_image;
using quoin::index_t;
using quoin::rect;

/// The mask of the pixels for which f(x, y) holds.
template <class F>
bit_image where(index_t width, index_t height, F const& f) {
    bit_image m(width, height);
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x)
            if (f(x, y)) m.set(x, y);
    return m;
}

/// One string a row; '#' is a set pixel.
inline bit_image picture(std::vector<std::string> const& rows) {
    return where(static_cast<index_t>(rows.at(0).size()), static_cast<index_t>(rows.size()), [&](index_t x, index_t y) {
        return rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] == '#';
    });
}

inline bit_image random(index_t width, index_t height, double density, std::uint64_t seed) {
    std::mt19937_64 engine(seed);
    std::bernoulli_distribution set(density);
    return where(width, height, [&](index_t, index_t) { return set(engine); });
}

/// Random rectangles, set and unset one over the other: large shapes with holes.
inline bit_image random_shapes(index_t width, index_t height, int count, std::uint64_t seed) {
    std::mt19937_64 engine(seed);
    bit_image m(width, height);
    for (int i = 0; i < count && !m.empty(); ++i) {
        index_t const x0 = static_cast<index_t>(engine() % static_cast<std::uint64_t>(width));
        index_t const y0 = static_cast<index_t>(engine() % static_cast<std::uint64_t>(height));
        index_t const x1 = std::min(width, x0 + 1 + static_cast<index_t>(engine() % 40));
        index_t const y1 = std::min(height, y0 + 1 + static_cast<index_t>(engine() % 40));
        bool const value = engine() % 3 != 0;
        for (index_t y = y0; y < y1; ++y)
            for (index_t x = x0; x < x1; ++x) m.set(x, y, value);
    }
    return m;
}

/// The mask whose pixel (x, y) is bit y * width + x of the number.
inline bit_image from_number(index_t width, index_t height, std::uint64_t number) {
    return where(width, height, [&](index_t x, index_t y) { return (number >> (y * width + x) & 1) != 0; });
}

inline std::uint64_t to_number(bit_image const& m) {
    std::uint64_t number = 0;
    for (index_t y = 0; y < m.height(); ++y)
        for (index_t x = 0; x < m.width(); ++x)
            number |= static_cast<std::uint64_t>(m.get(x, y)) << (y * m.width() + x);
    return number;
}

/// The pixels of an image, row by row.
inline std::vector<std::uint32_t> pixels(quoin::image<std::uint32_t> const& i) {
    std::vector<std::uint32_t> result;
    for (index_t y = 0; y < i.height(); ++y)
        for (index_t x = 0; x < i.width(); ++x) result.push_back(i(x, y));
    return result;
}

inline bit_image transposed(bit_image const& m) {
    return where(m.height(), m.width(), [&](index_t x, index_t y) { return m.get(y, x); });
}
inline bit_image mirrored(bit_image const& m) {
    return where(m.width(), m.height(), [&](index_t x, index_t y) { return m.get(m.width() - 1 - x, y); });
}
inline bit_image flipped(bit_image const& m) {
    return where(m.width(), m.height(), [&](index_t x, index_t y) { return m.get(x, m.height() - 1 - y); });
}
inline bit_image enlarged(bit_image const& m, index_t by) {
    return where(m.width() * by, m.height() * by, [&](index_t x, index_t y) { return m.get(x / by, y / by); });
}

/// For each pixel (row by row) the number of its component, in raster order of their first pixels, or -1.
inline std::vector<index_t> flood_fill(bit_image const& m, bool eight) {
    std::vector<index_t> label(static_cast<std::size_t>(m.width() * m.height()), -1);
    auto const at = [&](index_t x, index_t y) -> index_t& {
        return label[static_cast<std::size_t>(y * m.width() + x)];
    };
    index_t next = 0;
    std::vector<quoin::point> open;
    for (index_t y = 0; y < m.height(); ++y)
        for (index_t x = 0; x < m.width(); ++x) {
            if (!m.get(x, y) || at(x, y) >= 0) continue;
            at(x, y) = next;
            open.push_back({x, y});
            while (!open.empty()) {
                quoin::point const p = open.back();
                open.pop_back();
                for (index_t dy = -1; dy <= 1; ++dy)
                    for (index_t dx = -1; dx <= 1; ++dx) {
                        if (!eight && dx != 0 && dy != 0) continue;
                        index_t const u = p.x + dx;
                        index_t const v = p.y + dy;
                        if (u < 0 || v < 0 || u >= m.width() || v >= m.height()) continue;
                        if (!m.get(u, v) || at(u, v) >= 0) continue;
                        at(u, v) = next;
                        open.push_back({u, v});
                    }
            }
            ++next;
        }
    return label;
}

/// The fewest rectangles by trying all: the first set pixel is the top-left corner of some rectangle. Up to
/// 64 pixels.
class brute_force {
public:
    brute_force(index_t width, index_t height) : width_(width), height_(height) {}

    int operator()(std::uint64_t mask) {
        if (mask == 0) return 0;
        if (auto const known = known_.find(mask); known != known_.end()) return known->second;
        int const first = std::countr_zero(mask);
        index_t const x = first % width_;
        index_t const y = first / width_;
        int best = 64;
        index_t widest = width_ - x;
        std::uint64_t below = 0; // the rectangle's rows so far, one bit a row, in column x
        for (index_t row = y; row < height_ && widest > 0; ++row) {
            below |= std::uint64_t{1} << (row * width_ + x);
            index_t w = 0;
            while (w < widest && (mask >> (row * width_ + x + w) & 1) != 0) ++w;
            widest = w;
            std::uint64_t area = 0;
            for (w = 0; w < widest; ++w) {
                area |= below << w;
                best = std::min(best, 1 + (*this)(mask & ~area));
            }
        }
        known_[mask] = best;
        return best;
    }

private:
    index_t width_, height_;
    std::unordered_map<std::uint64_t, int> known_;
};

/// What is wrong with a list that should be disjoint rectangles in raster order that cover the mask exactly,
/// with the right component each; empty when nothing is.
inline std::string fault(bit_image const& m, std::vector<quoin::labeled_rect> const& list) {
    bit_image painted(m.size());
    std::vector<index_t> const label = flood_fill(m, false);
    rect before{-1, -1, 0, 0};
    for (auto const& [box, component] : list) {
        if (box.empty()) return "an empty rectangle";
        if (!rect{0, 0, m.width(), m.height()}.contains(box)) return "a rectangle outside the mask";
        if (std::pair(box.y, box.x) <= std::pair(before.y, before.x)) return "not in raster order";
        before = box;
        for (index_t y = box.y; y < box.bottom(); ++y)
            for (index_t x = box.x; x < box.right(); ++x) {
                if (painted.get(x, y)) return "two rectangles overlap";
                painted.set(x, y);
                if (label[static_cast<std::size_t>(y * m.width() + x)] != component) return "a wrong component";
            }
    }
    return painted == m ? "" : "the rectangles do not cover the mask exactly";
}

/// Whether any two of the rectangles together are one.
inline bool mergeable(std::vector<quoin::labeled_rect> const& list) {
    std::map<std::pair<index_t, index_t>, rect> by_corner;
    for (auto const& r : list) by_corner[{r.box.x, r.box.y}] = r.box;
    auto const at = [&](index_t x, index_t y) {
        auto const found = by_corner.find({x, y});
        return found == by_corner.end() ? rect{} : found->second;
    };
    for (auto const& [corner, box] : by_corner)
        if (at(box.right(), box.y).height == box.height || at(box.x, box.bottom()).width == box.width) return true;
    return false;
}

} // namespace masks

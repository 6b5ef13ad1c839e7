// SPDX-License-Identifier: BSL-1.0
// The value of a rank in square windows by std::nth_element, against functors that compute windows or whole rows.
#pragma once

#include "support/functor.hpp"

#include <quoin/filter/rank/median.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace test {

using quoin::index_t, quoin::extent;

/// Rows of an image with what is outside around it, and room for a step behind each. Rows of other values follow, which
/// a functor may read.
template <class T>
struct rank_image {
    int side;
    extent size;
    std::vector<std::vector<T>> rows;

    rank_image(int s, extent e, std::function<T()> const& make) : side(s), size(e) {
        index_t ahead = 0;
        if constexpr (sizeof(T) == 2 || sizeof(T) == 4)
            if (s > 3) ahead = quoin::detail::rank_tile_sizes(s).rows - 1;
        rows.assign(static_cast<std::size_t>(e.height + s - 1 + ahead),
                    std::vector<T>(static_cast<std::size_t>(e.width + s - 1 + quoin::simd_lanes::count)));
        for (auto& row : rows)
            for (auto& v : row) v = make();
    }
    T at(index_t x, index_t y) const { return rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)]; }

    /// In rising order, NaN behind all numbers.
    static bool before(T a, T b) {
        if constexpr (std::floating_point<T>)
            if (std::isnan(a) || std::isnan(b)) return !std::isnan(a) && std::isnan(b);
        return a < b;
    }
    T expected(index_t x, index_t y, int rank) const {
        std::vector<T> all;
        for (index_t j = 0; j < side; ++j)
            for (index_t i = 0; i < side; ++i) all.push_back(at(x + i, y + j));
        std::nth_element(all.begin(), all.begin() + rank, all.end(), before);
        return all[static_cast<std::size_t>(rank)];
    }
    std::string difference(auto const& result, int rank, char const* way) const {
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) {
                T const want = expected(x, y, rank);
                T const got = result[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)];
                if (before(want, got) || before(got, want))
                    return std::string(way) + ", side " + std::to_string(side) + ", rank " + std::to_string(rank) +
                           " at (" + std::to_string(x) + ", " + std::to_string(y) + "): " + std::to_string(got) +
                           " instead of " + std::to_string(want);
            }
        return {};
    }

    /// The rows that a functor sweeps. Each third row, or that of another period, does not follow the one above.
    template <class Lanes>
    std::string wrong_sweep(int rank, index_t period = 3) const {
        quoin::detail::rank_of_square<T> const f(side, rank);
        return wrong_rows<Lanes>(rank, period, f.template sweep_size<T>(size.width),
                                 [&](auto const& row, T* to) { f.template sweep<Lanes>(row, to); });
    }
    std::string wrong_sweep(int rank, index_t period = 3) const {
        return wrong_sweep<quoin::scalar_lanes>(rank, period) + wrong_sweep<quoin::simd_lanes>(rank, period);
    }
    /// The same by sorted tiles alone.
    template <class Lanes>
    std::string wrong_tiles(int rank, index_t period) const {
        using tiles = quoin::detail::rank_tiles<Lanes, T>;
        return wrong_rows<Lanes>(rank, period, tiles::bytes(size.width, side),
                                 [&](auto const& row, T* to) { tiles::compute(row, side, rank, to); });
    }
    std::string wrong_tiles(int rank, index_t period = 100) const {
        return wrong_tiles<quoin::scalar_lanes>(rank, period) + wrong_tiles<quoin::simd_lanes>(rank, period);
    }
    template <class Lanes, class Sweep>
    std::string wrong_rows(int rank, index_t period, std::size_t bytes, Sweep const& sweep) const {
        std::vector<T const*> lines;
        for (auto const& row : rows) lines.push_back(row.data());
        struct alignas(64) block {
            std::byte bytes[64];
        };
        std::vector<block> memory(bytes / 64 + 1);
        int const r = side / 2;
        std::vector<std::vector<T>> result(static_cast<std::size_t>(size.height));
        for (index_t y = 0; y < size.height; ++y) {
            if (y % period == 0) // nothing of the rows before is left
                for (block& b : memory)
                    for (std::size_t i = 0; i < sizeof b; ++i) b.bytes[i] = static_cast<std::byte>(i);
            auto& to = result[static_cast<std::size_t>(y)];
            to.resize(static_cast<std::size_t>(size.width + Lanes::count));
            sweep(quoin::row_sweep<T>{lines.data() + y + r, r, size.width, y % period != 0, memory.front().bytes},
                  to.data());
        }
        return difference(result, rank, Lanes::count == 1 ? "one a step" : "several a step");
    }
    template <class Lanes>
    std::string wrong_windows(int rank) const {
        quoin::detail::rank_of_square<T> const f(side, rank);
        std::vector<T const*> lines;
        for (auto const& row : rows) lines.push_back(row.data());
        int const r = side / 2;
        std::vector<std::vector<T>> result(static_cast<std::size_t>(size.height));
        for (index_t y = 0; y < size.height; ++y) {
            auto& to = result[static_cast<std::size_t>(y)];
            to.resize(static_cast<std::size_t>(size.width + r + Lanes::count));
            local_row<Lanes, T, T>(f, quoin::detail::counted_lines<T>{lines.data() + y + r}, 0, r, size.width + r,
                                   to.data());
            to.erase(to.begin(), to.begin() + r);
        }
        return difference(result, rank, Lanes::count == 1 ? "one window" : "several windows");
    }
    std::string wrong_windows(int rank) const {
        return wrong_windows<quoin::scalar_lanes>(rank) + wrong_windows<quoin::simd_lanes>(rank);
    }
};

/// Any value of the type, or one of a few.
template <class T>
auto noise(unsigned seed, bool few) {
    return [generator = std::mt19937(seed), few]() mutable {
        unsigned const bits = static_cast<unsigned>(generator());
        if (few) return static_cast<T>(bits % 3 * 100);
        if constexpr (std::floating_point<T>) return static_cast<T>(static_cast<int>(bits)) / T(1 << 16);
        else return static_cast<T>(bits);
    };
}

template <class T>
rank_image<T> noisy(int side, extent size, bool few = false) {
    return {side, size, noise<T>(static_cast<unsigned>(side), few)};
}

} // namespace test

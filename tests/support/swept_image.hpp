// SPDX-License-Identifier: BSL-1.0
// Functors that sweep against a plain loop: their windows and their rows, by both lane families.
#pragma once

#include "support/functor.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

namespace test {

/// Rows of an image with what is outside around it, and room for a step behind each.
template <class T>
struct swept_image {
    int radius;
    extent size;
    std::vector<std::vector<T>> rows;

    swept_image(int r, extent e, std::function<T()> const& make) : radius(r), size(e) {
        rows.assign(static_cast<std::size_t>(e.height + 2 * r),
                    std::vector<T>(static_cast<std::size_t>(e.width + 2 * r + quoin::simd_lanes::count)));
        for (auto& row : rows)
            for (auto& v : row) v = make();
    }
    T at(index_t x, index_t y) const {
        return rows[static_cast<std::size_t>(y + radius)][static_cast<std::size_t>(x + radius)];
    }

    /// The first result that is not expected(at), in words, where at(dx, dy) are the pixels around it. All NaN are one.
    /// Bytes are computed in every way, others in those that engines use most, which costs less to compile.
    std::string wrong(auto const& f, auto const& expected) const {
        std::string text = wrong_sweep<quoin::simd_lanes>(f, expected);
        if constexpr (sizeof(T) != 2) text += wrong_windows<quoin::scalar_lanes>(f, expected);
        if constexpr (sizeof(T) == 1)
            text += wrong_windows<quoin::simd_lanes>(f, expected) + wrong_sweep<quoin::scalar_lanes>(f, expected);
        return text;
    }
    /// Each third row does not follow the one above.
    template <class Lanes>
    std::string wrong_sweep(auto const& f, auto const& expected) const {
        auto const lines = addresses();
        struct alignas(64) block {
            std::byte bytes[64];
        };
        std::vector<block> memory(f.template sweep_size<T>(size.width) / 64 + 1);
        std::memset(memory.data(), 0x55, memory.size() * 64);
        std::vector<T> to(static_cast<std::size_t>(size.width + Lanes::count));
        for (index_t y = 0; y < size.height; ++y) {
            f.template sweep<Lanes>(
                quoin::row_sweep<T>{lines.data() + y + radius, radius, size.width, y % 3 != 0, memory.front().bytes},
                to.data());
            if (auto text = difference(to.data(), y, expected); !text.empty())
                return text + (Lanes::count == 1 ? ", swept one by one" : ", swept");
        }
        return {};
    }
    template <class Lanes>
    std::string wrong_windows(auto const& f, auto const& expected) const {
        auto const lines = addresses();
        std::vector<T> to(static_cast<std::size_t>(size.width + radius + Lanes::count));
        for (index_t y = 0; y < size.height; ++y) {
            local_row<Lanes, T, T>(f, quoin::detail::counted_lines<T>{lines.data() + y + radius}, 0, radius,
                                   size.width + radius, to.data());
            if (auto text = difference(to.data() + radius, y, expected); !text.empty())
                return text + (Lanes::count == 1 ? ", one window" : ", several windows");
        }
        return {};
    }

private:
    std::vector<T const*> addresses() const {
        std::vector<T const*> lines;
        for (auto const& row : rows) lines.push_back(row.data());
        return lines;
    }
    QUOIN_NOINLINE std::string difference(T const* row, index_t y, auto const& expected) const {
        for (index_t x = 0; x < size.width; ++x) {
            T const want = expected([&](index_t dx, index_t dy) { return at(x + dx, y + dy); }), got = row[x];
            bool same = std::memcmp(&want, &got, sizeof(T)) == 0;
            if constexpr (std::floating_point<T>) same = same || (std::isnan(want) && std::isnan(got));
            if (!same)
                return "at (" + std::to_string(x) + ", " + std::to_string(y) + "): " + std::to_string(got) +
                       " instead of " + std::to_string(want);
        }
        return {};
    }
};

/// Whether a stands in front of b in rising order: -0 in front of 0, and NaN behind all numbers.
template <class T>
bool before(T a, T b) {
    if constexpr (std::floating_point<T>) {
        if (std::isnan(a) || std::isnan(b)) return !std::isnan(a) && std::isnan(b);
        if (a == b) return std::signbit(a) && !std::signbit(b);
    }
    return a < b;
}

} // namespace test

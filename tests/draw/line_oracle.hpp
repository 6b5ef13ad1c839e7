// SPDX-License-Identifier: BSL-1.0
// Which pixels a line has, by the inequalities of its contract.
#pragma once

#include <quoin/core/detail/wide_int.hpp>
#include <quoin/core/geometry.hpp>

#include <utility>

namespace test {

using wide = quoin::detail::wide_int;

inline bool on_thin_line(quoin::point a, quoin::point b, quoin::index_t x, quoin::index_t y) {
    auto const size = [](wide v) { return v < 0 ? -v : v; };
    wide u = x, v = y, au = a.x, av = a.y, bu = b.x, bv = b.y;
    if (size(bu - au) < size(bv - av)) std::swap(u, v), std::swap(au, av), std::swap(bu, bv);
    if (bu < au) std::swap(au, bu), std::swap(av, bv);
    if (u < au || u > bu) return false;
    if (au == bu) return v == av;
    // v - 1/2 <= the place of the line < v + 1/2
    wide const length = bu - au, line = 2 * (u - au) * (bv - av), pixel = 2 * (v - av) * length;
    return pixel - length <= line && line < pixel + length;
}

inline bool on_thick_line(quoin::point a, quoin::point b, quoin::index_t t, quoin::index_t x, quoin::index_t y) {
    wide const dx = b.x - a.x, dy = b.y - a.y, u = x - a.x, v = y - a.y, u2 = x - b.x, v2 = y - b.y;
    wide const length = dx * dx + dy * dy, along = dx * u + dy * v, across = dx * v - dy * u;
    if (along <= 0) return 4 * (u * u + v * v) <= wide{t} * t;
    if (along >= length) return 4 * (u2 * u2 + v2 * v2) <= wide{t} * t;
    wide const far = wide{1} << 60; // whose square is above t^2 length
    return across < far && across > -far && 4 * across * across <= wide{t} * t * length;
}

inline bool on_line(quoin::point a, quoin::point b, quoin::index_t t, quoin::index_t x, quoin::index_t y) {
    return t == 1 ? on_thin_line(a, b, x, y) : on_thick_line(a, b, t, x, y);
}

} // namespace test

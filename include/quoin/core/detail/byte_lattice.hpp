// SPDX-License-Identifier: BSL-1.0
// byte_lattice: which bytes of memory the pixels of a view are.
#pragma once

#include <quoin/core/geometry.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Rows of items, which are `bytes` neighbors each: byte begin + y * pitch + x * step + i for every y < rows,
/// x < items, i < bytes.
struct byte_lattice {
    std::uintptr_t begin = 0;
    index_t rows = 0, pitch = 0, items = 0, step = 0, bytes = 0;

    /// From the first item's address, and distances that may be negative.
    static byte_lattice of(void const* first, index_t rows, index_t pitch, index_t items, index_t step, index_t bytes) {
        auto address = reinterpret_cast<std::uintptr_t>(first);
        if (rows < 1 || items < 1) return {};
        if (pitch < 0) address -= static_cast<std::uintptr_t>((rows - 1) * -pitch);
        if (step < 0) address -= static_cast<std::uintptr_t>((items - 1) * -step);
        step = items == 1 ? bytes : step < 0 ? -step : step;
        if (step == bytes) bytes *= std::exchange(items, 1);
        byte_lattice made{address, rows, pitch < 0 ? -pitch : pitch, items, step, bytes};
        if (rows == 1) made.pitch = made.row_bytes();
        return made;
    }

    constexpr index_t row_bytes() const { return (items - 1) * step + bytes; }
    constexpr std::uintptr_t end() const {
        return begin + static_cast<std::uintptr_t>((rows - 1) * pitch + row_bytes());
    }
    /// Neither rows nor items overlap.
    constexpr bool regular() const { return pitch >= row_bytes() && (items == 1 || step >= bytes); }
};

/// The largest integer <= a / b, for b > 0.
constexpr index_t floor_quotient(index_t a, index_t b) {
    return a >= 0 ? a / b : -((b - 1 - a) / b);
}

/// Whether a row of a and one of b that begins `distance` bytes behind it have a byte in common.
constexpr bool rows_meet(byte_lattice const& a, byte_lattice const& b, index_t distance) {
    if (a.items > 1 && b.items > 1 && a.step != b.step) {
        byte_lattice one = a;
        one.items = 1;
        for (index_t x = 0; x < a.items; ++x)
            if (rows_meet(one, b, distance - x * a.step)) return true;
        return false;
    }
    // Item x of a and item x + k of b meet if -b.bytes < distance + k * step < a.bytes.
    index_t const step = a.items > 1 ? a.step : b.step;
    index_t const k = std::max(floor_quotient(-b.bytes - distance, step) + 1, 1 - a.items);
    return k < b.items && distance + k * step < a.bytes;
}

/// Whether the two have a byte in common. Where rows or items of one overlap, it need only lie between bytes of both.
/// Takes a few steps for each row.
constexpr bool have_common_bytes(byte_lattice const& a, byte_lattice const& b) {
    if (a.rows == 0 || b.rows == 0 || a.end() <= b.begin || b.end() <= a.begin) return false;
    if (!a.regular() || !b.regular()) return true;
    for (index_t y = 0; y < a.rows; ++y) {
        auto const offset = static_cast<index_t>(b.begin - a.begin) - y * a.pitch; // of b's first row to this one
        for (index_t k = std::max(floor_quotient(-b.row_bytes() - offset, b.pitch) + 1, index_t{0});
             k < b.rows && offset + k * b.pitch < a.row_bytes(); ++k)
            if (rows_meet(a, b, offset + k * b.pitch)) return true;
    }
    return false;
}

} // namespace detail

QUOIN_NAMESPACE_END

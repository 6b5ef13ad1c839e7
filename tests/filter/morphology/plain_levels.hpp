// SPDX-License-Identifier: BSL-1.0
// Operations on gray levels by their definitions: what is connected is found anew for each pixel or level.
#pragma once

#include "support/oracle.hpp"

#include <quoin/core/connectivity.hpp>
#include <quoin/exec/serial.hpp>

#include <algorithm>
#include <random>
#include <vector>

namespace test {

/// A policy that says that it has three threads, and works from the last call to the first.
struct backwards {
    using lanes = quoin::scalar_lanes;
    int concurrency() const { return 3; }
    std::string name() const { return "backwards"; }
    template <class F>
    void bulk(quoin::index_t n, F const& f) const {
        while (n-- > 0) f(n);
    }
};

/// Images of few values, which have plateaus, with all sizes from 1 to 20 in turn.
template <class T>
plain<T> plateaus(std::mt19937& random, int i, int values) {
    plain<T> in({1 + i % 20, 1 + static_cast<int>(random() % 20)});
    for (T& v : in.data) v = static_cast<T>(static_cast<int>(random() % static_cast<unsigned>(values)) * 3 + 5);
    return in;
}

/// Calls f(x, y) for the neighbors of a pixel that are inside.
template <class F>
void each_neighbor(quoin::extent size, quoin::connectivity c, quoin::index_t x, quoin::index_t y, F const& f) {
    for (quoin::index_t j = y - 1; j <= y + 1; ++j)
        for (quoin::index_t i = x - 1; i <= x + 1; ++i) {
            bool const corner = i != x && j != y;
            if ((i != x || j != y) && i >= 0 && j >= 0 && i < size.width && j < size.height &&
                (c == quoin::connectivity::eight || !corner))
                f(i, j);
        }
}

/// The pixels that are connected with this one among those for which inside(x, y) holds.
template <class Inside>
std::vector<quoin::point> connected(quoin::extent size, quoin::connectivity c, quoin::point from,
                                    Inside const& inside) {
    std::vector<bool> seen(static_cast<std::size_t>(size.area()));
    std::vector<quoin::point> all;
    auto const add = [&](quoin::index_t x, quoin::index_t y) {
        auto const at = static_cast<std::size_t>(y * size.width + x);
        if (seen[at] || !inside(x, y)) return;
        seen[at] = true;
        all.push_back({x, y});
    };
    add(from.x, from.y);
    for (std::size_t i = 0; i < all.size(); ++i) each_neighbor(size, c, all[i].x, all[i].y, add);
    return all;
}

/// The pixels in raster order, each made by f(x, y).
template <class T, class F>
plain<T> each_pixel(quoin::extent size, F const& f) {
    plain<T> out(size);
    for (quoin::index_t y = 0; y < size.height; ++y)
        for (quoin::index_t x = 0; x < size.width; ++x) out(x, y) = f(x, y);
    return out;
}

template <class T>
quoin::image_view<T const> view_of(plain<T> const& in) {
    return {in.data.data(), in.size.width, in.size.height};
}

/// The values in the opposite order.
template <class T>
plain<T> negative(plain<T> in) {
    for (T& v : in.data) {
        if constexpr (std::integral<T>) v = static_cast<T>(~static_cast<int>(v));
        else v = -v;
    }
    return in;
}

/// The reconstruction by dilation, by its definition: all pixels are raised until nothing changes.
template <class T>
plain<T> reconstructed(plain<T> const& marker, plain<T> const& mask, quoin::connectivity c) {
    plain<T> out = each_pixel<T>(mask.size, [&](auto x, auto y) { return std::min(marker(x, y), mask(x, y)); });
    for (bool changed = true; changed;) {
        plain<T> const last = out;
        for (quoin::index_t y = 0; y < mask.size.height; ++y)
            for (quoin::index_t x = 0; x < mask.size.width; ++x) {
                T most = last(x, y);
                each_neighbor(mask.size, c, x, y, [&](auto i, auto j) { most = std::max(most, last(i, j)); });
                out(x, y) = std::min(most, mask(x, y));
            }
        changed = out.data != last.data;
    }
    return out;
}

/// The result of the functor of a whole stage alone.
template <class T, class F>
auto filled(plain<T> const& in, F const& f) {
    using R = typename F::template result_channel<T>;
    plain<R> out(in.size);
    f.fill(quoin::serial{}, view_of(in), quoin::image_view<R>(out.data.data(), in.size.width, in.size.height));
    return out;
}

} // namespace test

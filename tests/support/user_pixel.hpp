// SPDX-License-Identifier: BSL-1.0
// A pixel type of a user's own, made known to quoin by one line.
#pragma once

#include <quoin/core/pixel.hpp>

namespace test {

template <class T>
struct yuv {
    T y, u, v;
};

} // namespace test

template <class T>
struct quoin::pixel_traits<test::yuv<T>> : quoin::pixel_layout<test::yuv, T, 3> {};

// SPDX-License-Identifier: BSL-1.0
// What the Kokkos tests share: noise, comparison, and a count of kernels through the Kokkos Tools interface.
#pragma once

#include <quoin/image/image.hpp>

#include <Kokkos_Core.hpp>

#include <cstdint>

/// Counts the parallel_for kernels that start while it lives; one at a time.
class kernel_counter {
public:
    kernel_counter() {
        started() = 0;
        Kokkos::Tools::Experimental::set_begin_parallel_for_callback(
            [](char const*, std::uint32_t, std::uint64_t*) { ++started(); });
    }
    ~kernel_counter() { Kokkos::Tools::Experimental::set_begin_parallel_for_callback(nullptr); }
    kernel_counter(kernel_counter const&) = delete;
    kernel_counter& operator=(kernel_counter const&) = delete;

    int count() const { return started(); }

private:
    static int& started() {
        static int count = 0;
        return count;
    }
};

/// Pixels from a linear congruential generator.
template <class P>
quoin::image<P> noise(quoin::extent size, std::uint32_t seed) {
    quoin::image<P> result(size);
    for (quoin::index_t y = 0; y < size.height; ++y)
        for (quoin::index_t x = 0; x < size.width; ++x)
            quoin::for_each_channel<P>([&](auto c) {
                seed = seed * 1664525u + 1013904223u;
                quoin::get_channel<decltype(c)::value>(result(x, y)) = static_cast<quoin::channel_t<P>>(seed >> 16);
            });
    return result;
}

template <class P>
bool same_pixels(quoin::image<P> const& a, quoin::image<P> const& b) {
    if (a.size() != b.size()) return false;
    for (quoin::index_t y = 0; y < a.height(); ++y)
        for (quoin::index_t x = 0; x < a.width(); ++x)
            if (!(a(x, y) == b(x, y))) return false;
    return true;
}

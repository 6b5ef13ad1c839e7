// SPDX-License-Identifier: BSL-1.0
// What the files of the GPU's pack share: the space, images there, and the list of comparisons with serial.
#pragma once

#include <quoin/catalogue.hpp>
#include <quoin/exec/kokkos.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/image/image.hpp>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

namespace gpu {

using namespace quoin;

/// The GPU, or the host in the program that is built without CUDA.
using space = Kokkos::DefaultExecutionSpace;
/// The engine of GPUs, on a host, too.
using policy = kokkos_tiles<space>;

template <class P>
using device_image = quoin::detail::device_image<space, P>;

/// Noise of all values of integers, and of 0 to 65535 for floating point.
template <class P>
image<P> noise(extent size) {
    image<P> result(size);
    std::uint32_t state = 1;
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x)
            for_each_channel<P>([&](auto c) {
                state = state * 1664525u + 1013904223u;
                get_channel<decltype(c)::value>(result(x, y)) = static_cast<channel_t<P>>(state >> 16);
            });
    return result;
}

/// How many pixels are not the same bits.
template <class P>
index_t different_pixels(image<P> const& a, image<P> const& b) {
    if (a.size() != b.size()) return a.size().area() + b.size().area();
    index_t count = 0;
    for (index_t y = 0; y < a.height(); ++y)
        for (index_t x = 0; x < a.width(); ++x) count += std::memcmp(&a(x, y), &b(x, y), sizeof(P)) != 0;
    return count;
}

struct self_test {
    int comparisons = 0;
    std::vector<std::string> failures;

    void expect(std::string const& what, bool holds, std::string const& found) {
        ++comparisons;
        if (holds) return;
        failures.push_back(what + ": " + found);
        std::printf("  DIFFERENT %s\n", failures.back().c_str());
    }
    template <class P>
    void same(std::string const& what, image<P> const& expected, image<P> const& computed) {
        index_t const count = different_pixels(expected, computed);
        expect(what + ", " + std::to_string(expected.width()) + " x " + std::to_string(expected.height()), count == 0,
               std::to_string(count) + " pixels differ");
    }

    /// make(view) with the image in the space's memory against serial, for images with and without whole tiles.
    template <class P, class Make>
    void resident(std::string const& what, Make const& make) {
        for (extent const size : {extent{301, 203}, extent{37, 31}}) {
            image<P> const source = noise<P>(size);
            auto const expected = to_image(serial{}, make(source.view()));
            using R = typename std::remove_cvref_t<decltype(expected)>::pixel_type;
            device_image<P> in(size);
            in.copy_from(source.view());
            device_image<R> const out(expected.size());
            policy{}.run_resident(make(in.const_view()), out.view());
            image<R> computed(expected.size());
            out.copy_to(computed.view());
            same(what, expected, computed);
        }
    }
};

/// Every operation of the catalogue on pixels P; explicitly instantiated by operations.cpp for one P each.
template <class P>
void test_operations(self_test& test);

/// Chains, borders behind other stages, several inputs, reductions and the segmenter, through run() with its copies.
void test_chains(self_test& test);

} // namespace gpu

// SPDX-License-Identifier: BSL-1.0
// Reads and writes frames by the engine, and holds them against the loops of support/video.hpp.
#pragma once

#include "support/policies.hpp"
#include "support/video.hpp"

#include <quoin/exec/to_image.hpp>

#include <sstream>

namespace test {

using quoin::image, quoin::tiling, quoin::ycbcr;

template <class T>
std::string name_of(frame<T> const& f, std::string const& policy, tiling t) {
    std::ostringstream text;
    text << "layout " << static_cast<int>(f.kind) << ", " << f.width << " x " << f.height << ", stride " << f.stride
         << ", siting " << static_cast<int>(f.how.siting) << ", filter " << static_cast<int>(f.how.filter) << ", "
         << policy << ", strips " << t.strip_rows << ", tiles " << t.tile_columns;
    return text.str();
}

/// What is wrong with reading the frame; "" if nothing.
template <class T, class Policy>
std::string wrong_read(Policy const& policy, frame<T> const& f, tiling t = {}) {
    image<ycbcr<T>> const got = to_image(policy, f.view(), t);
    for (index_t y = 0; y < f.height; ++y)
        for (index_t x = 0; x < f.width; ++x)
            if (!(got(x, y) == f.pixel(x, y)) || !(f.view().load(x, y) == f.pixel(x, y)))
                return name_of(f, policy.name(), t) + ": read at " + std::to_string(x) + ", " + std::to_string(y);
    return "";
}

template <class T, class Policy>
std::string wrong_written(Policy const& policy, image<ycbcr<T>> const& in, frame<T> f, tiling t = {}) {
    frame<T> expected = f;
    expected.write(in.view());
    run(policy, in.view(), f.view(), t);
    for (std::size_t i = 0; i < f.memory.size(); ++i)
        if (f.memory[i] != expected.memory[i])
            return name_of(f, policy.name(), t) + ": written at element " + std::to_string(i);
    return "";
}

template <class T>
image<ycbcr<T>> random_pixels(index_t width, index_t height, unsigned seed) {
    std::mt19937 random(seed);
    image<ycbcr<T>> made(width, height);
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x)
            made(x, y) = {static_cast<T>(random()), static_cast<T>(random()), static_cast<T>(random())};
    return made;
}

template <class T, class Policies>
std::string wrong_small(Policies const& policies, index_t most) {
    for (auto const kind : test::frame_kinds)
        for (auto const& how : test::all_samplings())
            for (index_t h = 1; h <= most; ++h)
                for (index_t w = 1; w <= most; ++w) {
                    frame<T> f(kind, w, h, (w + h) % 3 * 2, how);
                    f.fill(static_cast<unsigned>(w * 16 + h));
                    auto const in = random_pixels<T>(w, h, static_cast<unsigned>(w * 16 + h));
                    for (auto const& policy : policies) {
                        if (auto const text = wrong_read(policy, f); text != "") return text;
                        if (auto const text = wrong_written(policy, in, f); text != "") return text;
                    }
                }
    return "";
}

template <class T, class Policies>
std::string wrong_cut(Policies const& policies, index_t w, index_t h) {
    auto const in = random_pixels<T>(w, h, 7);
    for (auto const kind : test::frame_kinds)
        for (auto const& how : test::all_samplings()) {
            frame<T> f(kind, w, h, 6, how);
            f.fill(3);
            for (auto const& policy : policies)
                for (tiling const t : {tiling{}, tiling{.strip_rows = 1}, tiling{.strip_rows = 5, .tile_columns = 64},
                                       tiling{.tile_columns = 64}}) {
                    if (auto const text = wrong_read(policy, f, t); text != "") return text;
                    if (auto const text = wrong_written(policy, in, f, t); text != "") return text;
                }
        }
    return "";
}

} // namespace test

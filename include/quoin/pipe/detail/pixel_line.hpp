// SPDX-License-Identifier: BSL-1.0
// Where the pixels of a row are written.
#pragma once

#include <quoin/core/numeric.hpp>
#include <quoin/image/image_view.hpp>
#include <quoin/lanes/arithmetic.hpp>

#include <algorithm>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Where pixels of a row go: channel c of pixel k to to[k * step + c * plane]. The channels of an image_view lie
/// together, with a plane of 1; those of a line lie apart, with a step of 1.
template <class T>
struct pixel_line {
    T* to;
    index_t step, plane;

    template <int Channels>
    constexpr bool together() const {
        return step == Channels;
    }
    constexpr T* at(index_t k) const { return to + k * step; }
    template <class P>
    constexpr void put(index_t k, P const& p) const {
        for_each_channel<P>([&](auto c) { at(k)[decltype(c)::value * plane] = get_channel<decltype(c)::value>(p); });
    }
    /// Writes `count` times the same.
    template <class P>
    constexpr void fill(index_t k, index_t count, P const& p) const {
        constexpr index_t channels = channels_v<P>;
        if (!together<channels>() || channels == 1) {
            for_each_channel<P>([&](auto c) {
                std::fill_n(at(k) + decltype(c)::value * plane, count, get_channel<decltype(c)::value>(p));
            });
            return;
        }
        constexpr index_t some = 32; // then copies of more and more of them
        for (index_t i = 0; i < min(some, count); ++i) put(k + i, p);
        for (index_t done = some; done < count; done *= 2)
            std::copy_n(at(k), min(done, count - done) * channels, at(k + done));
    }
    /// Copies pixels as they lie in an image_view.
    template <int Channels>
    constexpr void copy(index_t k, T const* from, index_t count) const {
        if (together<Channels>()) {
            std::copy_n(from, count * Channels, at(k));
            return;
        }
        for (int c = 0; c < Channels; ++c) {
            T* const line = at(k) + c * plane;
            for (index_t i = 0; i < count; ++i) line[i] = from[i * Channels + c];
        }
    }
    /// Copies those of row y of v from column x on.
    template <class View>
    constexpr void copy(index_t k, index_t count, View const& v, index_t x, index_t y) const {
        using P = std::remove_const_t<typename View::pixel_type>;
        constexpr int channels = channels_v<P>;
        if constexpr (is_image_view<View>) copy<channels>(k, v.row(y) + x * channels, count);
        else if constexpr (requires { v.row(0, y); })
            for (int c = 0; c < channels; ++c)
                for (index_t i = 0; i < count; ++i) at(k + i)[c * plane] = v.row(c, y)[x + i];
        else
            for (index_t i = 0; i < count; ++i) put(k + i, v.load(x + i, y));
    }
};

} // namespace detail

QUOIN_NAMESPACE_END

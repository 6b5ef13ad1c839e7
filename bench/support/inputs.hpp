// SPDX-License-Identifier: BSL-1.0
// The sizes and images that jobs are measured with.
#pragma once

#include <quoin/image/image.hpp>

#include <concepts>
#include <map>
#include <string>
#include <utility>

namespace bench {

using quoin::index_t;

struct named_size {
    char const* name;
    quoin::extent size;
};
inline constexpr named_size sizes[] = {
    {"720p", {1280, 720}}, {"1080p", {1920, 1080}}, {"4k", {3840, 2160}}, {"8k", {7680, 4320}}};

/// "u8", "u16", "f32", with rgb or rgba in front for three or four channels.
template <class P>
std::string pixel_name() {
    using T = quoin::channel_t<P>;
    std::string const bits = std::to_string(8 * sizeof(T));
    std::string const channel = std::floating_point<T> ? "f" + bits : (std::is_signed_v<T> ? "i" : "u") + bits;
    constexpr int channels = quoin::channels_v<P>;
    return channels == 4 ? "rgba-" + channel : channels == 3 ? "rgb-" + channel : channel;
}

/// The image of this extent that fill(image) makes out of zeros when it is first asked for; each type Fill has its own.
template <class P, class Fill>
quoin::image_view<P> kept_image(quoin::extent size, Fill const& fill) {
    static std::map<std::pair<index_t, index_t>, quoin::image<P>> made;
    quoin::image<P>& image = made[{size.width, size.height}];
    if (image.empty()) {
        image = quoin::image<P>(size);
        fill(image);
    }
    return image.view();
}

/// Slopes with noise on top, in the range 0..255 for every type.
template <class P>
quoin::image_view<P const> scene(quoin::extent size) {
    return kept_image<P>(size, [&](quoin::image<P>& image) {
        std::uint32_t random = 1;
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x)
                quoin::for_each_channel<P>([&](auto c) {
                    constexpr int i = decltype(c)::value;
                    random = random * 1664525u + 1013904223u;
                    index_t const value = (x / (3 + i) + y / 5) % 192 + random / (1u << 26);
                    quoin::get_channel<i>(image(x, y)) = static_cast<quoin::channel_t<P>>(value);
                });
    });
}

/// The scene with coarser values: an image to compare with it.
template <class P>
quoin::image_view<P const> rough_scene(quoin::extent size) {
    auto const fine = scene<P>(size);
    return kept_image<P>(size, [&](quoin::image<P>& image) {
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) image(x, y) = static_cast<P>(fine(x, y) / 12 * 12 + x % 5);
    });
}

/// What all jobs with such a result write to: where an image lies in memory is worth up to a third of the time of a job
/// that does little more than write it, and is not to be what tells two of them apart.
template <class P>
quoin::image_view<P> canvas(quoin::extent size) {
    return kept_image<P>(size, [](quoin::image<P>&) {});
}

} // namespace bench

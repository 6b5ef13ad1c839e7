// SPDX-License-Identifier: BSL-1.0
// Converts between the samples of a file (8, 16 or 32 bits, 1 to 4 interleaved channels) and the pixels of a view.
#pragma once

#include <quoin/core/detail/luma.hpp>
#include <quoin/image/image_view.hpp>
#include <quoin/io/file_pixel.hpp>

#include <concepts>
#include <cstring>
#include <type_traits>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A sample in another type of channel, as file_pixel describes: `most` is the value of white in the file.
template <class To, class From>
constexpr To convert_depth(From v, std::uint32_t most) {
    if constexpr (std::same_as<To, From>) return v;
    else if constexpr (std::floating_point<To> || std::floating_point<From>) return static_cast<To>(v);
    else if constexpr (sizeof(To) + sizeof(From) == 3) // 8 and 16 bits
        return static_cast<To>((v * std::uint32_t{white<To>} + most / 2) / most);
    else return static_cast<To>((v * std::uint64_t{white<To>} + most / 2) / most);
}

template <class Sample>
constexpr Sample luma_of(Sample r, Sample g, Sample b) {
    if constexpr (std::floating_point<Sample>) return luma_sum<Sample>(r, g, b) / Sample{1 << luma_bits};
    else if constexpr (sizeof(Sample) <= 2) return luma(r, g, b);
    else return static_cast<Sample>((luma_sum<std::uint64_t>(r, g, b) + luma_half) >> luma_bits);
}

/// The pixel for `Channels` samples of a file, as file_pixel describes.
template <class P, int Channels, class Sample>
constexpr P to_pixel(Sample const* s, std::uint32_t most) {
    using T = channel_t<P>;
    auto const convert = [most](Sample v) { return convert_depth<T>(v, most); };
    if constexpr (channels_v<P> == 1) {
        if constexpr (Channels < 3) return convert(s[0]);
        else return convert(luma_of(s[0], s[1], s[2]));
    } else {
        constexpr int alpha = Channels == 2 ? 1 : 3;
        T const r = convert(s[0]);
        T const g = convert(s[Channels < 3 ? 0 : 1]);
        T const b = convert(s[Channels < 3 ? 0 : 2]);
        if constexpr (channels_v<P> == 3) return P{r, g, b};
        else if constexpr (Channels == 2 || Channels == 4) return P{r, g, b, convert(s[alpha])};
        else return P{r, g, b, std::floating_point<T> ? static_cast<T>(most) : white<T>};
    }
}

template <int Channels, class Sample, concepts::writable_view View>
void store_samples(Sample const* samples, std::uint32_t most, index_t count, View const& out, index_t x, index_t y) {
    using P = typename View::pixel_type;
    if constexpr (std::same_as<View, image_view<P>> && std::same_as<Sample, channel_t<P>> &&
                  Channels == channels_v<P>) {
        if (count > 0)
            std::memcpy(out.row(y) + x * Channels, samples,
                        static_cast<std::size_t>(count * Channels) * sizeof(Sample));
    } else {
        auto const store = [&](auto white_of_file) {
            for (index_t i = 0; i < count; ++i)
                out.store(x + i, y, to_pixel<P, Channels>(samples + i * Channels, white_of_file));
        };
        // A division by a constant is a product.
        if constexpr (sizeof(Sample) <= 2)
            if (most == white<Sample>) return store(std::integral_constant<std::uint32_t, white<Sample>>{});
        store(most);
    }
}

/// Converts `count` pixels of a file and stores them from (x, y) on. `most` is the value of white in the file, and that
/// of alpha where the file has none.
template <class Sample, concepts::writable_view View>
void store_samples(Sample const* samples, int channels, std::uint32_t most, index_t count, View const& out, index_t x,
                   index_t y) {
    switch (channels) {
    case 1:
        return store_samples<1>(samples, most, count, out, x, y);
    case 2:
        return store_samples<2>(samples, most, count, out, x, y);
    case 3:
        return store_samples<3>(samples, most, count, out, x, y);
    default:
        return store_samples<4>(samples, most, count, out, x, y);
    }
}

/// Rejects a view of other rows than are left of a file. `subject` says who asks, and for what.
template <class View>
void check_rows(char const* subject, View const& rows, index_t width, index_t left) {
    if (rows.width() != width || rows.height() > left)
        raise(subject, rows.height(), " rows of ", rows.width(), " pixels, but ", left, " rows of ", width,
              " are left; give a view that fits");
}

/// Converts samples to big endian, in place.
inline void to_big_endian(std::uint16_t* samples, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        unsigned char const bytes[2] = {static_cast<unsigned char>(samples[i] >> 8),
                                        static_cast<unsigned char>(samples[i] & 255)};
        std::memcpy(samples + i, bytes, 2);
    }
}

/// Converts samples from big endian, in place.
inline void from_big_endian(std::uint16_t* samples, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        unsigned char bytes[2];
        std::memcpy(bytes, samples + i, 2);
        samples[i] = static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]);
    }
}

/// Copies row y as interleaved channels to `out`.
template <concepts::view View>
void gather_row(View const& from, index_t y, channel_t<typename View::pixel_type>* out) {
    using P = typename View::pixel_type;
    constexpr int channels = channels_v<P>;
    if constexpr (std::same_as<View, image_view<P>> || std::same_as<View, image_view<P const>>) {
        std::memcpy(out, from.row(y), static_cast<std::size_t>(from.width()) * sizeof(P));
    } else {
        for (index_t x = 0; x < from.width(); ++x) {
            P const p = from.load(x, y);
            for_each_channel<P>([&](auto c) { out[x * channels + c] = get_channel<decltype(c)::value>(p); });
        }
    }
}

/// Copies row y as a file has it: interleaved channels, 16-bit ones in big endian.
template <concepts::view View>
void gather_big_endian(View const& from, index_t y, std::vector<channel_t<typename View::pixel_type>>& out) {
    gather_row(from, y, out.data());
    if constexpr (sizeof(out[0]) == 2) to_big_endian(out.data(), out.size());
}

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Pixels of any type as values of one type, so that a plain loop which a filter is held against is compiled once for
// all types of channels.
#pragma once

#include "support/oracle.hpp"

namespace test {

/// Numbers in rows, channel behind channel. A double holds all values of channels of up to 32 bits and, of what stages
/// hand to each other, whole numbers below 2^53.
struct values {
    extent size{};
    int channels = 1;
    std::vector<double> data;

    values() = default;
    values(extent s, int c) : size(s), channels(c), data(static_cast<std::size_t>(s.area() * c)) {}
    double* row(index_t y, int c) { return data.data() + (c * size.height + y) * size.width; }
    double const* row(index_t y, int c) const { return data.data() + (c * size.height + y) * size.width; }
};

/// What a plain loop has to know of a type of channel.
struct channel_kind {
    bool integral, is_signed;
    int bytes;
    double lowest, highest;

    /// A value as a channel holds it: whole ones saturated, others rounded to the type's precision.
    double stored(double v) const {
        if (integral) return std::min(std::max(v, lowest), highest);
        return bytes == 4 ? static_cast<double>(static_cast<float>(v)) : v;
    }
};
template <class T>
constexpr channel_kind kind_of_channel() {
    return {std::is_integral_v<T>, std::is_signed_v<T>, static_cast<int>(sizeof(T)),
            static_cast<double>(std::numeric_limits<T>::lowest()), static_cast<double>(std::numeric_limits<T>::max())};
}

/// Rows of channels T, channel behind channel, each row in memory of its own: a sanitizer sees what is read or written
/// beside it. There is room for `front` values more before each channel.
template <class T>
class lines {
public:
    lines(index_t width, index_t height, int channels, index_t front = 0);
    /// These values, and zeros behind up to the width.
    lines(index_t width, values const& v, index_t front = 0);

    index_t plane() const { return plane_; }
    T* row(index_t y) { return rows_[static_cast<std::size_t>(y)].data() + front_; }
    T const* const* first() const { return addresses_.data(); }
    /// Row y of the result from what lies from column x on.
    void take(index_t y, index_t x, values& result, index_t to) const;

private:
    index_t plane_, front_;
    int channels_;
    std::vector<std::vector<T>> rows_;
    std::vector<T const*> addresses_;
};

template <class P>
values values_of(plain<P> const& pixels) {
    values result(pixels.size, quoin::channels_v<P>);
    for (index_t y = 0; y < pixels.size.height; ++y)
        for (index_t x = 0; x < pixels.size.width; ++x)
            quoin::for_each_channel<P>([&](auto c) {
                constexpr int i = decltype(c)::value;
                result.row(y, i)[x] = static_cast<double>(quoin::get_channel<i>(pixels(x, y)));
            });
    return result;
}
template <class P>
plain<P> pixels_of(values const& v) {
    plain<P> result(v.size);
    for (index_t y = 0; y < v.size.height; ++y)
        for (index_t x = 0; x < v.size.width; ++x)
            quoin::for_each_channel<P>([&](auto c) {
                constexpr int i = decltype(c)::value;
                quoin::get_channel<i>(result(x, y)) = static_cast<quoin::channel_t<P>>(v.row(y, i)[x]);
            });
    return result;
}

/// An image with what the border reads around it, a constant the same in all channels, by the walks of oracle.hpp.
template <class Border>
values with_border(values const& in, quoin::footprint reach, Border border) {
    values out({in.size.width + reach.left + reach.right, in.size.height + reach.up + reach.down}, in.channels);
    for (int c = 0; c < in.channels; ++c)
        for (index_t y = 0; y < out.size.height; ++y)
            for (index_t x = 0; x < out.size.width; ++x) {
                index_t const u = outside(border, x - reach.left, in.size.width);
                index_t const v = outside(border, y - reach.up, in.size.height);
                out.row(y, c)[x] = u < 0 || v < 0 ? constant_value<0>(border) : in.row(v, c)[u];
            }
    return out;
}

/// random_pixels of this type.
template <class T>
values random_values(extent size, int channels, unsigned seed, bool fractions);

/// result(x, y) = f(at) for each channel, with at(dx, dy) as long as it lies `reach` from the ends of the image.
template <class F>
values inner(values const& in, quoin::footprint reach, F const& f) {
    values out({in.size.width - reach.left - reach.right, in.size.height - reach.up - reach.down}, in.channels);
    for (int c = 0; c < in.channels; ++c)
        for (index_t y = 0; y < out.size.height; ++y)
            for (index_t x = 0; x < out.size.width; ++x) {
                auto const at = [&](index_t dx, index_t dy) {
                    return in.row(y + reach.up + dy, c)[x + reach.left + dx];
                };
                out.row(y, c)[x] = f(at);
            }
    return out;
}

/// Where two first differ, in words; with a tolerance as difference() of oracle.hpp.
std::string difference(values const& expected, values const& got, double tolerance);

} // namespace test

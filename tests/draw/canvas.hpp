// SPDX-License-Identifier: BSL-1.0
// Views between guards, on which shapes are held against what says of each pixel whether it is theirs.
#pragma once

#include "support/oracle.hpp"

#include <quoin/draw/stroke.hpp>
#include <quoin/image/image_view.hpp>

#include <algorithm>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace test {

using quoin::point;

/// Random pixels, with elements before, behind and between the rows that nothing may write.
template <class P>
class canvas {
    using T = quoin::channel_t<P>;
    static constexpr index_t channels = quoin::channels_v<P>, guard = 7;

public:
    canvas(extent size, unsigned seed) : size_(size), stride_(size.width * channels + guard) {
        std::mt19937 random(seed);
        for (index_t i = 0; i < guard + stride_ * size.height; ++i) data_.push_back(static_cast<T>(random() % 256));
        before_ = data_;
    }
    quoin::image_view<P> view() { return {data_.data() + guard, size_.width, size_.height, stride_}; }

    /// What is wrong, in words: pixels with contains(x, y) should be blended with the color once, others unchanged.
    template <class Contains>
    std::string wrong(Contains const& contains, P const& color, int alpha) const {
        auto expected = before_;
        for (index_t y = 0; y < size_.height; ++y)
            for (index_t x = 0; x < size_.width; ++x)
                if (contains(x, y))
                    quoin::for_each_channel<P>([&](auto c) {
                        constexpr int i = decltype(c)::value;
                        T& v = expected[static_cast<std::size_t>(guard + y * stride_ + x * channels + i)];
                        // Twice the sum and the half of 255, over twice 255.
                        v = static_cast<T>((2 * ((255 - alpha) * v + alpha * quoin::get_channel<i>(color)) + 255) /
                                           510);
                    });
        for (std::size_t i = 0; i < data_.size(); ++i)
            if (data_[i] != expected[i]) {
                index_t const at = static_cast<index_t>(i) - guard;
                std::ostringstream text;
                text << "element " << at % stride_ << " of row " << at / stride_ << " is " << +data_[i] << ", not "
                     << +expected[i];
                return text.str();
            }
        return {};
    }

private:
    extent size_;
    index_t stride_;
    std::vector<T> data_, before_;
};

/// What is wrong with a shape that draw(view, color, alpha) draws, opaque and not, of one and of three channels.
template <class Draw, class Contains>
std::string wrong_shape(extent size, Draw const& draw, Contains const& contains, unsigned seed = 1) {
    canvas<std::uint8_t> gray(size, seed);
    draw(gray.view(), std::uint8_t{200}, 255);
    if (std::string w = gray.wrong(contains, 200, 255); !w.empty()) return "opaque: " + w;
    canvas<quoin::rgb8> colors(size, seed + 1);
    quoin::rgb8 const color{10, 100, 250};
    draw(colors.view(), color, 93);
    if (std::string w = colors.wrong(contains, color, 93); !w.empty()) return "with alpha: " + w;
    return {};
}

inline std::string text_of(point a, point b) {
    std::ostringstream text;
    text << "(" << a.x << ", " << a.y << ") to (" << b.x << ", " << b.y << "): ";
    return text.str();
}

} // namespace test

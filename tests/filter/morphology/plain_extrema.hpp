// SPDX-License-Identifier: BSL-1.0
// Least and greatest values over rectangles by plain loops. What is outside of an image is not looked at.
#pragma once

#include "support/oracle.hpp"

#include <quoin/core/structuring_element.hpp>

#include <cmath>
#include <limits>

namespace test {

/// Whether a is below b; -0 is below 0.
template <class T>
bool below(T a, T b) {
    if constexpr (std::is_floating_point_v<T>)
        if (a == b) return std::signbit(a) && !std::signbit(b);
    return a < b;
}

/// Over the columns x - left ... x - left + width - 1, and rows alike. NaN if one of the values is.
template <class P>
plain<P> extreme_over(plain<P> const& in, index_t left, index_t width, index_t up, index_t height, bool greatest) {
    using T = quoin::channel_t<P>;
    plain<P> out(in.size);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x)
            quoin::for_each_channel<P>([&](auto c) {
                T found = quoin::get_channel<decltype(c)::value>(in(x, y));
                bool nan = false;
                for (index_t v = std::max<index_t>(0, y - up); v < std::min(in.size.height, y - up + height); ++v)
                    for (index_t u = std::max<index_t>(0, x - left); u < std::min(in.size.width, x - left + width);
                         ++u) {
                        T const value = quoin::get_channel<decltype(c)::value>(in(u, v));
                        nan = nan || value != value;
                        if (greatest ? below(found, value) : below(value, found)) found = value;
                    }
                if (nan) found = std::copysign(std::numeric_limits<T>::quiet_NaN(), greatest ? T(1) : T(-1));
                quoin::get_channel<decltype(c)::value>(out(x, y)) = found;
            });
    return out;
}
template <class P>
plain<P> eroded(plain<P> const& in, int width, int height) {
    return extreme_over(in, width / 2, width, height / 2, height, false);
}
template <class P>
plain<P> dilated(plain<P> const& in, int width, int height) {
    return extreme_over(in, (width - 1) / 2, width, (height - 1) / 2, height, true);
}
template <class P>
plain<P> opened(plain<P> const& in, int width, int height) {
    return dilated(eroded(in, width, height), width, height);
}
template <class P>
plain<P> closed(plain<P> const& in, int width, int height) {
    return eroded(dilated(in, width, height), width, height);
}
/// Over the pixels at the offsets of an element, and where none of them lies inside, the last value of the order. NaN
/// if one of the values is.
template <class P>
plain<P> extreme_over(plain<P> const& in, quoin::structuring_element const& element, bool greatest) {
    using T = quoin::channel_t<P>;
    using limits = std::numeric_limits<T>;
    constexpr bool real = std::is_floating_point_v<T>;
    T const last =
        greatest ? (real ? -limits::infinity() : limits::lowest()) : (real ? limits::infinity() : limits::max());
    plain<P> out(in.size);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x)
            quoin::for_each_channel<P>([&](auto c) {
                T found = last;
                bool nan = false;
                for (auto const& chord : element.chords())
                    for (index_t u = x + chord.dx; u < x + chord.dx + chord.length; ++u) {
                        index_t const v = y + chord.dy;
                        if (u < 0 || v < 0 || u >= in.size.width || v >= in.size.height) continue;
                        T const value = quoin::get_channel<decltype(c)::value>(in(u, v));
                        nan = nan || value != value;
                        if (greatest ? below(found, value) : below(value, found)) found = value;
                    }
                if (nan) found = static_cast<T>(std::copysign(limits::quiet_NaN(), greatest ? T(1) : T(-1)));
                quoin::get_channel<decltype(c)::value>(out(x, y)) = found;
            });
    return out;
}
template <class P>
plain<P> eroded(plain<P> const& in, quoin::structuring_element const& element) {
    return extreme_over(in, element, false);
}
/// Offsets change their sign.
template <class P>
plain<P> dilated(plain<P> const& in, quoin::structuring_element const& element) {
    return extreme_over(in, element.reflected(), true);
}
template <class P>
plain<P> opened(plain<P> const& in, quoin::structuring_element const& element) {
    return dilated(eroded(in, element), element);
}
template <class P>
plain<P> closed(plain<P> const& in, quoin::structuring_element const& element) {
    return eroded(dilated(in, element), element);
}

/// Rows of any pixels, at least one of them, with a random anchor. Few, most or about half of the pixels are set.
inline quoin::structuring_element random_element(std::mt19937& random, int most_width, int most_height) {
    auto const number = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
    int const width = 1 + number(most_width), height = 1 + number(most_height), set = 1 + number(9);
    std::string rows;
    for (int y = 0; y < height; ++y) {
        if (y > 0) rows += '/';
        for (int x = 0; x < width; ++x) rows += number(10) < set ? '1' : '0';
    }
    if (rows.find('1') == rows.npos) rows[0] = '1';
    return quoin::structuring_element::from_rows(rows).anchored(number(width), number(height));
}

/// a - b, saturated.
template <class P>
plain<P> difference_of(plain<P> const& a, plain<P> const& b) {
    using T = quoin::channel_t<P>;
    plain<P> out(a.size);
    for (std::size_t i = 0; i < out.data.size(); ++i)
        quoin::for_each_channel<P>([&](auto c) {
            T const x = quoin::get_channel<decltype(c)::value>(a.data[i]);
            T const y = quoin::get_channel<decltype(c)::value>(b.data[i]);
            T& z = quoin::get_channel<decltype(c)::value>(out.data[i]);
            if constexpr (std::is_floating_point_v<T>) z = x - y;
            else z = clamped<T>(std::int64_t{x} - std::int64_t{y});
        });
    return out;
}

/// The sides that tests of every size go through, and some rectangles.
inline std::vector<extent> many_sides() {
    std::vector<extent> all{{1, 7}, {8, 1}, {3, 12}, {17, 2}, {5, 64}, {70, 3}, {130, 140}};
    for (index_t k = 1; k <= 51; k += QUOIN_SANITIZED ? 7 : 1) all.push_back({k, k});
    return all;
}

/// What is wrong with rectangles of these sides in the engine.
template <class P, class Make, class Plain>
std::string wrong_sides(std::vector<extent> const& sides, std::vector<extent> const& sizes, Make const& make,
                        Plain const& plain) {
    unsigned seed = 5;
    for (extent const side : sides)
        for (extent const size : sizes) {
            int const w = static_cast<int>(side.width), h = static_cast<int>(side.height);
            auto const in = random_pixels<P>(size, ++seed);
            std::string const wrong = check_pipeline(in, plain(in, w, h), [&](auto v) { return v | make(w, h); });
            if (!wrong.empty()) return std::to_string(w) + " x " + std::to_string(h) + ": " + wrong;
        }
    return {};
}

} // namespace test

// SPDX-License-Identifier: BSL-1.0
// ycbcr, ycrcb: pixels of luma and two differences of color, and what their numbers mean.
#pragma once

#include <quoin/core/pixel.hpp>

#include <cstdint>

QUOIN_NAMESPACE_BEGIN

/// A pixel with luma, and the differences of blue and of red from it. It is no color for quoin: `gray` refuses it.
template <class T>
struct ycbcr {
    T y, cb, cr;
    friend QUOIN_FN bool operator==(ycbcr const& p, ycbcr const& q)
        requires(std::is_arithmetic_v<T> || concepts::narrow_float<T>)
    {
        return p.y == q.y && p.cb == q.cb && p.cr == q.cr;
    }
};

/// The same in the order of OpenCV's YCrCb.
template <class T>
struct ycrcb {
    T y, cr, cb;
    friend QUOIN_FN bool operator==(ycrcb const& p, ycrcb const& q)
        requires(std::is_arithmetic_v<T> || concepts::narrow_float<T>)
    {
        return p.y == q.y && p.cr == q.cr && p.cb == q.cb;
    }
};

template <class T>
ycbcr(T, T, T) -> ycbcr<T>;
template <class T>
ycrcb(T, T, T) -> ycrcb<T>;

using ycbcr8 = ycbcr<std::uint8_t>;
using ycbcr16 = ycbcr<std::uint16_t>;
using ycbcrf = ycbcr<float>;

template <class T>
struct pixel_traits<ycbcr<T>> : pixel_layout<ycbcr, T, 3> {};
template <class T>
struct pixel_traits<ycrcb<T>> : pixel_layout<ycrcb, T, 3> {};

/// The weights of red and blue in luma: 0.299 and 0.114 (ITU-R BT.601, which is that of JPEG, too), 0.2126 and 0.0722
/// (BT.709, HD), 0.2627 and 0.0593 (BT.2020, UHD). Green has the rest.
enum class ycbcr_matrix { bt601, bt709, bt2020 };

/// The numbers of black, white and the most colorful. `full` is 0..255 for luma and differences, as in JPEG.
/// `limited` is 16..235 for luma and 16..240 for differences, as in most video. Differences of 0 are 128.
enum class ycbcr_range { full, limited };

/// Names the fixed-point numbers and the order of channels of OpenCV, for its bytes.
struct as_opencv_t {};
inline constexpr as_opencv_t as_opencv{};

/// Names the fixed-point numbers with which OpenCV converts video frames (NV12, I420, YUYV) to RGB.
struct as_opencv_video_t {};
inline constexpr as_opencv_video_t as_opencv_video{};

QUOIN_NAMESPACE_END

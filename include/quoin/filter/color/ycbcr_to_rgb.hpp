// SPDX-License-Identifier: BSL-1.0
// ycbcr_to_rgb: colors from luma and the differences of blue and red from it.
#pragma once

#include <quoin/filter/detail/ycbcr_numbers.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The place of Cb: that of the type, or for other pixels of three channels, by `otherwise`. Cr has the other place.
template <class P, int Otherwise>
inline constexpr int place_of_cb = Otherwise;
template <class T, int Otherwise>
inline constexpr int place_of_cb<ycbcr<T>, Otherwise> = 1;
template <class T, int Otherwise>
inline constexpr int place_of_cb<ycrcb<T>, Otherwise> = 2;

/// The checks of the stages.
template <class P>
QUOIN_FN void check_ycbcr() {
    static_assert(channels_v<P> == 3, "quoin::ycbcr_to_rgb: the pixels have three channels, as ycbcr<T> has");
    static_assert(is_ycbcr_channel<channel_t<P>>,
                  "quoin::ycbcr_to_rgb: channels are u8, u16 or floating point; begin with convert_to<float>");
}

} // namespace detail

/// Pointwise stage. The inverse of rgb_to_ycbcr, in exact fractions: pixels ycbcr<T> become rgb<T>. With y and the
/// differences b and r without black and middle, and scaled from limited range:
///     R = y + 2 (1 - kr) r,  B = y + 2 (1 - kb) b,  G = (y - kr R - kb B) / (1 - kr - kb)
/// Other pixels of three channels, such as rgb<T>, hold Y, Cb and Cr in this order; ycrcb<T> knows its own.
/// Bytes and u16: the exact fraction rounded half up, for every pixel, and saturated. Floating point:
/// ((a Y + b Cb) + c Cr) + d in the channel's type, with factors rounded to it, not clamped; NaN and infinities follow
/// from that. Other channels are refused. Cost in lanes of u8: 12 products of bytes and 2 of 16
/// bits a pixel for full range, else 24 products of 16 bits.
class ycbcr_to_rgb_fn {
public:
    using vectorized = void;

    constexpr ycbcr_to_rgb_fn(ycbcr_matrix matrix, ycbcr_range range)
        : rows_(matrix, range, false), products_(detail::products_of_full[static_cast<int>(matrix)]),
          is_full_(range == ycbcr_range::full) {}

    template <class P>
        requires(channels_v<P> == 3 && detail::ycbcr_channels<P>)
    QUOIN_INLINE auto operator()(P const& p) const {
        constexpr int blue = detail::place_of_cb<P, 1>;
        auto const& y = get_channel<0>(p);
        auto const& cb = get_channel<blue>(p);
        auto const& cr = get_channel<3 - blue>(p);
        using C = channel_t<P>;
        if constexpr (std::same_as<scalar_t<C>, std::uint8_t>)
            if (is_full_) return detail::luma_and_products(y, cb, cr, products_);
        return rgb<C>{rows_.row[0](y, cb, cr), rows_.row[1](y, cb, cr), rows_.row[2](y, cb, cr)};
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        detail::check_ycbcr<P>();
    }

private:
    detail::ycbcr_rows rows_;
    detail::difference_products products_;
    bool is_full_;
};

/// Pointwise stage, for OpenCV's bytes: the inverse of rgb_to_ycbcr(as_opencv), as COLOR_YCrCb2RGB. Pixels ycrcb<T>
/// become rgb<T>; other pixels of three channels hold Y, Cr and Cb in this order. Bytes and u16:
///     R = Y + 22987 r / 2^14,  G = Y + (-11698 r - 5636 b) / 2^14,  B = Y + 29049 b / 2^14
/// where r and b are the differences without the middle, and the quotients are rounded half up. Saturated. Floating
/// point: R = Y + 1.403 r, G = (Y - 0.714 r) - 0.344 b, B = Y + 1.773 b, each step rounded to the type.
class opencv_ycrcb_to_rgb_fn {
public:
    using vectorized = void;

    template <class P>
        requires(channels_v<P> == 3 && detail::ycbcr_channels<P>)
    QUOIN_INLINE auto operator()(P const& p) const {
        using C = channel_t<P>;
        using T = scalar_t<C>;
        constexpr int blue = detail::place_of_cb<P, 2>;
        auto const& y = get_channel<0>(p);
        auto const& cb = get_channel<blue>(p);
        auto const& cr = get_channel<3 - blue>(p);
        if constexpr (std::floating_point<T>) {
            C const r = cr - C(T(0.5f)), b = cb - C(T(0.5f));
            return rgb<C>{y + r * C(T(1.403f)), y - r * C(T(0.714f)) - b * C(T(0.344f)), y + b * C(T(1.773f))};
        } else if constexpr (sizeof(T) == 1) {
            return detail::luma_and_products(y, cb, cr, products_);
        } else {
            auto const luma = convert<std::int32_t>(y);
            using I = std::remove_const_t<decltype(luma)>;
            I const r = convert<std::int32_t>(cr) - I(32768), b = convert<std::int32_t>(cb) - I(32768);
            return rgb<C>{saturate<T>(luma + scale_down<14>(r * I(22987))),
                          saturate<T>(luma + scale_down<14>(r * I(-11698) + b * I(-5636))),
                          saturate<T>(luma + scale_down<14>(b * I(29049)))};
        }
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        detail::check_ycbcr<P>();
    }

private:
    detail::difference_products products_ = detail::products_of_opencv; // a member, as device code needs
};

/// Pointwise stage for bytes of video frames, with OpenCV's bytes, as COLOR_YUV2RGB_NV12: limited range of bt601 with
/// 20 bits. Pixels ycbcr<T> become rgb<T>; other pixels of three channels hold Y, Cb and Cr in this order.
///     y = 1220542 max(0, Y - 16),  R = (y + 1673527 r) / 2^20,  G = (y - 852492 r - 409993 b) / 2^20,
///     B = (y + 2116026 b) / 2^20
/// where r and b are the differences minus 128. Rounded half up and saturated.
class opencv_video_to_rgb_fn {
public:
    using vectorized = void;

    template <class P>
        requires(channels_v<P> == 3 && std::same_as<scalar_t<channel_t<P>>, std::uint8_t>)
    QUOIN_INLINE auto operator()(P const& p) const {
        using C = channel_t<P>;
        constexpr int blue = detail::place_of_cb<P, 1>;
        C const black(std::uint8_t{16});
        C const y = convert<std::uint8_t>(max(get_channel<0>(p), black) - black);
        auto const& cb = get_channel<blue>(p);
        auto const& cr = get_channel<3 - blue>(p);
        return rgb<C>{red_.operator()<4>(y, cb, cr), green_.operator()<4>(y, cb, cr), blue_.operator()<4>(y, cb, cr)};
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        detail::check_ycbcr<P>();
        static_assert(std::same_as<channel_t<P>, std::uint8_t>,
                      "quoin::ycbcr_to_rgb: OpenCV has these numbers for bytes alone; leave as_opencv_video out");
    }

private:
    detail::byte_row red_ = detail::byte_row::of({1220542, 0, 1673527, -1673527});
    detail::byte_row green_ = detail::byte_row::of({1220542, -409993, -852492, 409993 + 852492});
    detail::byte_row blue_ = detail::byte_row::of({1220542, 2116026, 0, -2116026});
};

constexpr ycbcr_to_rgb_fn ycbcr_to_rgb(ycbcr_matrix matrix = ycbcr_matrix::bt601,
                                       ycbcr_range range = ycbcr_range::full) {
    return {matrix, range};
}
constexpr opencv_ycrcb_to_rgb_fn ycbcr_to_rgb(as_opencv_t) {
    return {};
}
constexpr opencv_video_to_rgb_fn ycbcr_to_rgb(as_opencv_video_t) {
    return {};
}

/// The catalogue's entry.
struct ycbcr_to_rgb_entry {
    static constexpr operation about{
        .name = "ycbcr_to_rgb",
        .about = "the inverse of rgb_to_ycbcr",
        .parameters = {{.name = "matrix",
                        .type = parameter_type::choice,
                        .preset = "601",
                        .choices = "601 709 2020 opencv opencv_video",
                        .about = "as rgb_to_ycbcr; opencv_video is limited 601 with the bytes of COLOR_YUV2RGB_NV12"},
                       {.name = "range",
                        .type = parameter_type::choice,
                        .preset = "full",
                        .choices = "full limited",
                        .about = "0..255 as in JPEG, or 16..235 as in video"}},
        .rounding = "half up, of the exact fraction; with opencv that of its 14 or 20 bits",
        .floating = "((a Y + b Cb) + c Cr) + d in the channel's type",
        .opencv = "cv::cvtColor(src, dst, cv::COLOR_YCrCb2RGB), which is ycbcr_to_rgb=opencv",
        .scikit_image = "skimage.color.ycbcr2rgb, limited, of doubles"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        int const matrix = detail::whole<int>(values[0]);
        if (matrix == 3) return f(ycbcr_to_rgb(as_opencv));
        if (matrix == 4) return f(ycbcr_to_rgb(as_opencv_video));
        return f(
            ycbcr_to_rgb(static_cast<ycbcr_matrix>(matrix), static_cast<ycbcr_range>(detail::whole<int>(values[1]))));
    }
};

QUOIN_NAMESPACE_END

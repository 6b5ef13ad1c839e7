// SPDX-License-Identifier: BSL-1.0
// rgb_to_ycbcr: luma and the differences of blue and red from it.
#pragma once

#include <quoin/filter/detail/ycbcr_numbers.hpp>
#include <quoin/pipe/operation.hpp>

QUOIN_NAMESPACE_BEGIN

/// Pointwise stage. Colors become ycbcr<T>, of the same channel type T:
///     Y = kr R + (1 - kr - kb) G + kb B,  Cb = (B - Y) / (2 (1 - kb)) + middle,  Cr = (R - Y) / (2 (1 - kr)) + middle
/// with the weights of ycbcr_matrix. R, G and B are the channels that pixel_traits calls red, green and blue. Other
/// channels are dropped.
/// Bytes: the middle is 128, so full range with bt601 is the YCbCr of JPEG. Limited range: Y 219 / 255 + 16, and
/// differences times 224 / 255. u16: the middle is 32,768, and limited range is 256 times that of bytes:
/// Y 56,064 / 65,535 + 4,096, differences times 57,344 / 65,535. Both are the exact fraction rounded half up, for every
/// color, and saturated (255.5 of pure blue or red becomes 255). Floating point: white is 1 and the middle is 0.5 for
/// both ranges; limited range is Y 219 / 255 + 16 / 255, and differences times 224 / 255. It is
/// ((a R + b G) + c B) + d in the channel's type, with factors rounded to it; NaN and infinities follow from that.
/// Other channels are refused. Cost: for full range with bt601 36 products of bytes a pixel in lanes of u8, else 24
/// products of 16 bits. A pixel of u16 takes 9 products of doubles.
class rgb_to_ycbcr_fn {
public:
    using vectorized = void;

    constexpr rgb_to_ycbcr_fn(ycbcr_matrix matrix, ycbcr_range range)
        : rows_(matrix, range, true), is_jpeg_(matrix == ycbcr_matrix::bt601 && range == ycbcr_range::full) {}

    template <concepts::color P>
        requires detail::ycbcr_channels<P>
    QUOIN_INLINE auto operator()(P const& p) const {
        using C = channel_t<P>;
        using traits = pixel_traits<P>;
        auto const& r = get_channel<traits::red>(p);
        auto const& g = get_channel<traits::green>(p);
        auto const& b = get_channel<traits::blue>(p);
        if constexpr (std::same_as<scalar_t<C>, std::uint8_t>)
            if (is_jpeg_) return ycbcr<C>{jpeg_[0](r, g, b), jpeg_[1](r, g, b), jpeg_[2](r, g, b)};
        return ycbcr<C>{rows_.row[0](r, g, b), rows_.row[1](r, g, b), rows_.row[2](r, g, b)};
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        static_assert(concepts::color<P>,
                      "quoin::rgb_to_ycbcr: pixel_traits does not say which channels are red, green and blue; give it "
                      "`static constexpr int red = 0, green = 1, blue = 2;` with their places");
        static_assert(detail::is_ycbcr_channel<channel_t<P>>,
                      "quoin::rgb_to_ycbcr: channels are u8, u16 or floating point; begin with convert_to<float>");
    }

private:
    detail::ycbcr_rows rows_;
    // The factors in 19 bits. No color is so close to a half that more would matter, which the test counts through.
    detail::byte_digits jpeg_[3] = {detail::byte_digits::of({156762, 307757, 59769, 2049}),
                                    detail::byte_digits::of({-88466, -173678, 262144, 526336}),
                                    detail::byte_digits::of({262144, -219513, -42631, 526336})};
    bool is_jpeg_;
};

/// Pointwise stage, for OpenCV's bytes. Colors become ycrcb<T>, in the order of OpenCV, of the same channel type. Bytes
/// and u16, as COLOR_RGB2YCrCb:
///     Y = (4899 R + 9617 G + 1868 B) / 2^14,  Cr = 11682 (R - Y) / 2^14 + middle,  Cb = 9241 (B - Y) / 2^14 + middle
/// where Y is rounded half up before it is used, and the results are rounded half up and saturated. Floating point:
/// Y = (0.299 R + 0.587 G) + 0.114 B, Cr = 0.713 (R - Y) + 0.5, Cb = 0.564 (B - Y) + 0.5, each step rounded to the
/// type.
class rgb_to_opencv_ycrcb_fn {
public:
    using vectorized = void;

    template <concepts::color P>
        requires detail::ycbcr_channels<P>
    QUOIN_INLINE auto operator()(P const& p) const {
        using C = channel_t<P>;
        using T = scalar_t<C>;
        using traits = pixel_traits<P>;
        auto const& r = get_channel<traits::red>(p);
        auto const& g = get_channel<traits::green>(p);
        auto const& b = get_channel<traits::blue>(p);
        if constexpr (std::floating_point<T>) {
            C const y = r * C(T(0.299f)) + g * C(T(0.587f)) + b * C(T(0.114f));
            return ycrcb<C>{y, (r - y) * C(T(0.713f)) + C(T(0.5f)), (b - y) * C(T(0.564f)) + C(T(0.5f))};
        } else if constexpr (sizeof(T) == 1) {
            // 4899 = 64 * 77 - 29, 9617 = 64 * (51 + 99) + 17, 1868 = 64 * 29 + 12
            auto sum = byte_sum_start(r, 77, g, 51), low = byte_sum_start(r, -29, g, 17);
            sum.add(b, 29, g, 99);
            low.add(b, 12, g, 0);
            sum.template add_shifted<6>(low);
            sum.add_value(128);
            C const y = sum.template unsigned_shifted<8>();
            auto const difference = [&](C const& v, std::int16_t factor) QUOIN_LAMBDA_INLINE {
                auto d = byte_sum_start(v, 1, y, -1);
                d.multiply(factor);
                d.add_value(128);
                return C(d.template shifted<0>());
            };
            return ycrcb<C>{convert<T>(y), difference(r, 2 * 11682), difference(b, 2 * 9241)};
        } else {
            auto const r32 = convert<std::int32_t>(r), g32 = convert<std::int32_t>(g), b32 = convert<std::int32_t>(b);
            using I = std::remove_const_t<decltype(r32)>;
            I const y = scale_down<14>(r32 * I(4899) + g32 * I(9617) + b32 * I(1868));
            return ycrcb<C>{saturate<T>(y), saturate<T>(scale_down<14>((r32 - y) * I(11682)) + I(32768)),
                            saturate<T>(scale_down<14>((b32 - y) * I(9241)) + I(32768))};
        }
    }

    template <class P>
    static QUOIN_FN void check_pixel() {
        rgb_to_ycbcr_fn::check_pixel<P>();
    }
};

constexpr rgb_to_ycbcr_fn rgb_to_ycbcr(ycbcr_matrix matrix = ycbcr_matrix::bt601,
                                       ycbcr_range range = ycbcr_range::full) {
    return {matrix, range};
}
constexpr rgb_to_opencv_ycrcb_fn rgb_to_ycbcr(as_opencv_t) {
    return {};
}

/// The catalogue's entry.
struct rgb_to_ycbcr_entry {
    static constexpr operation about{
        .name = "rgb_to_ycbcr",
        .about = "luma, and the differences of blue and red from it, in the channels of a color",
        .parameters = {{.name = "matrix",
                        .type = parameter_type::choice,
                        .preset = "601",
                        .choices = "601 709 2020 opencv",
                        .about = "whose weights; opencv is 601, full, in the order Y Cr Cb with OpenCV's bytes"},
                       {.name = "range",
                        .type = parameter_type::choice,
                        .preset = "full",
                        .choices = "full limited",
                        .about = "0..255 as in JPEG, or 16..235 as in video"}},
        .rounding = "half up, of the exact fraction; with opencv that of its 14 bits",
        .floating = "middle 0.5, ((a R + b G) + c B) + d in the channel's type",
        .opencv = "cv::cvtColor(src, dst, cv::COLOR_RGB2YCrCb), which is rgb_to_ycbcr=opencv",
        .pillow = "image.convert('YCbCr'), which rounds down from 6 bits",
        .scikit_image = "skimage.color.rgb2ycbcr, limited, as doubles"};
    template <class F>
    static auto with_stage(double const* values, F const& f) {
        int const matrix = detail::whole<int>(values[0]);
        if (matrix == 3) return f(rgb_to_ycbcr(as_opencv));
        return f(
            rgb_to_ycbcr(static_cast<ycbcr_matrix>(matrix), static_cast<ycbcr_range>(detail::whole<int>(values[1]))));
    }
};

QUOIN_NAMESPACE_END

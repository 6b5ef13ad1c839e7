// SPDX-License-Identifier: BSL-1.0
// warp_affine: another image of the plane, by an affine map of the places of the result to those of the input.
#pragma once

#include <quoin/geometry/detail/resampling.hpp>
#include <quoin/geometry/detail/warp.hpp>

QUOIN_NAMESPACE_BEGIN

/// An affine map: (x, y) becomes (a x + b y + c, d x + e y + f). The center of a pixel is a whole number.
struct affine {
    double a = 1, b = 0, c = 0;
    double d = 0, e = 1, f = 0;

    /// The map that first applies this one and then `next`.
    constexpr affine then(affine const& next) const {
        return {next.a * a + next.b * d, next.a * b + next.b * e, next.a * c + next.b * f + next.c,
                next.d * a + next.e * d, next.d * b + next.e * e, next.d * c + next.e * f + next.f};
    }
    /// @throws invalid_argument if the map is singular or a number is not finite.
    constexpr affine inverse() const {
        double const det = a * e - b * d;
        if (!(det * det > 0) || det * 0 != 0)
            detail::raise("quoin::affine::inverse: the map ", a, " ", b, " ", c, " ", d, " ", e, " ", f,
                          " is singular; its determinant is ", det);
        double const p = e / det, q = -b / det, r = -d / det, s = a / det;
        return {p, q, -(p * c + q * f), r, s, -(r * c + s * f)};
    }
};

namespace detail {

/// The places of an affine map. Its numbers are rounded to multiples of 2^-32.
class affine_places {
public:
    /// Of an image of this extent, or, where that is {0, 0}, of the input's. The name is for messages.
    constexpr affine_places(char const* name, affine const& m, extent size)
        : name_(name), size_(size), numbers_{m.a, m.b, m.c, m.d, m.e, m.f} {
        for (double const n : numbers_)
            if (!(n > -limit && n < limit))
                raise("quoin::", name_, ": the number ", n, " in the map; give numbers between -2^30 and 2^30");
        if (!(m.a * m.e - m.b * m.d != 0))
            raise("quoin::", name_, ": the map ", m.a, ":", m.b, ":", m.c, ":", m.d, ":", m.e, ":", m.f,
                  " is singular; give one with A * E - B * D other than 0");
        for (int i = 0; i < 6; ++i) fixed_[i] = static_cast<std::uint64_t>(fixed(numbers_[i]));
        if (size != extent{}) check(size);
    }

    constexpr extent result(extent input) const {
        check_input(name_, input);
        if (size_ != extent{}) return size_;
        check(input);
        return input;
    }
    /// Beyond the result, places may wrap around.
    QUOIN_FN place at(index_t x, index_t y) const {
        auto const u = static_cast<std::uint64_t>(x), v = static_cast<std::uint64_t>(y);
        return {static_cast<std::int64_t>(fixed_[0] * u + fixed_[1] * v + fixed_[2]),
                static_cast<std::int64_t>(fixed_[3] * u + fixed_[4] * v + fixed_[5])};
    }
    constexpr bool shifts() const { return fixed_[0] == std::uint64_t{1} << 32 && fixed_[3] == 0; }
    bool step(place_step& to, place_bits bits, index_t x, index_t y, int count) const {
        place const first = at(x, y), last = at(x + count - 1, y);
        if (!is_near(first) || !is_near(last)) {
            for (int k = 0; k < count; ++k) round_place(to, k, bits, at(x + k, y));
            return false;
        }
        std::uint64_t const a = fixed_[0], d = fixed_[3];
        auto u = static_cast<std::uint64_t>(first.x) + bits.half();
        auto v = static_cast<std::uint64_t>(first.y) + bits.half();
        int const dropped = bits.dropped();
        for (int k = 0; k < places_at_once; ++k) {
            to.x[k] = static_cast<std::int32_t>(u >> dropped);
            to.y[k] = static_cast<std::int32_t>(v >> dropped);
            u += a;
            v += d;
        }
        return true;
    }

private:
    static constexpr double limit = 1 << 30;

    constexpr void check(extent size) const {
        check_result(name_, size);
        for (int i = 0; i < 6; i += 3) {
            double const reach = magnitude(numbers_[i]) * static_cast<double>(size.width - 1) +
                                 magnitude(numbers_[i + 1]) * static_cast<double>(size.height - 1) +
                                 magnitude(numbers_[i + 2]);
            if (!(reach < limit))
                raise("quoin::", name_, ": a result of ", size.width, " x ", size.height, " pixels reaches ", reach,
                      " pixels far; places must be less than 2^30 from the first pixel of the input");
        }
    }
    static constexpr double magnitude(double n) { return n < 0 ? -n : n; }

    char const* name_;
    extent size_;
    double numbers_[6];
    std::uint64_t fixed_[6]{};
};

struct warp_affine_places : affine_places {
    static constexpr char const* name = "warp_affine";
    constexpr warp_affine_places(affine const& m, extent size) : affine_places(name, m, size) {}
};

} // namespace detail

/// The stage made by warp_affine().
using warp_affine_fn = detail::warp_fn<detail::warp_affine_places>;

/// Gathering stage. out(x, y) = in(a x + b y + c, d x + e y + f), with size.width x size.height pixels, or those of the
/// input. The map leads from the result to the input; give m.inverse() for one that leads from the input to the result.
/// `how` says what lies between pixels (interpolation.hpp), and the last extend() before the stage what lies outside;
/// under a constant border, edges are blended with the constant. There is no antialiasing: a map that shrinks skips
/// pixels. Same pixel type. Channels are treated alike; premultiply rgba before.
/// The numbers of the map are rounded to multiples of 2^-32, so a place is off by at most (width + height + 1) 2^-33
/// pixels. OpenCV 4 rounds places to 1/32, even for floating point: with `linear`, 5 to 8 % of the bytes of photographs
/// that are turned differ, by up to 5, and 0.3 % by more than 1. Of quoin's bytes, 0.1 % differ from the rounded real
/// value, by 1.
/// Cost: for bytes and `linear`, four loads and six products for each channel. Where a is 1 and d is 0, that of
/// translate(). Memory: none, if the input is a view or a part of one. Otherwise an image of it.
/// @throws invalid_argument if the map is singular, a number is not below 2^30, or the size is neither empty nor from 1
/// to 2^31 - 1. The pipeline throws it when it is made, if its input is empty, or if |a| (width - 1) + |b| (height - 1)
/// + |c|, or the same of d, e and f, is 2^30 or more.
constexpr warp_affine_fn warp_affine(affine const& m, interpolation how = interpolation::linear, extent size = {}) {
    return {detail::warp_affine_places(m, size), how};
}

/// The catalogue's entry.
struct warp_affine_entry : entry_of<warp_affine_entry> {
    static constexpr operation about{
        .name = "warp_affine",
        .about = "in(A x + B y + C, D x + E y + F) at each place (x, y)",
        .parameters = {detail::map_parameter("A", "columns of the input for a column"),
                       detail::map_parameter("B", "columns of the input for a row"),
                       detail::map_parameter("C", "the column of the first pixel in the input"),
                       detail::map_parameter("D", "rows of the input for a column"),
                       detail::map_parameter("E", "rows of the input for a row"),
                       detail::map_parameter("F", "the row of the first pixel in the input"),
                       detail::interpolation_parameter, detail::size_parameter},
        .rounding = detail::warp_rounding,
        .floating = detail::warp_floating,
        .opencv = "cv::warpAffine(src, dst, map, size, cv::INTER_LINEAR + cv::WARP_INVERSE_MAP), with places "
                  "rounded to 1/32",
        .pillow = "image.transform(image.size, Image.AFFINE, (A, B, C, D, E, F), Image.BILINEAR), where the center of "
                  "a pixel lies at a half",
        .scikit_image = "skimage.transform.warp(image, matrix)"};
    static warp_affine_fn stage(double const* v) {
        return warp_affine({v[0], v[1], v[2], v[3], v[4], v[5]}, detail::interpolation_of(v[6]),
                           {detail::whole<index_t>(v[7]), detail::whole<index_t>(v[8])});
    }
};

QUOIN_NAMESPACE_END

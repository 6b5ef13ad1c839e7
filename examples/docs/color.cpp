// SPDX-License-Identifier: BSL-1.0
// What rounding and gamma do to colors of bytes: the numbers of docs/color.md, measured.
#undef NDEBUG
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/color/hsl.hpp>
#include <quoin/filter/color/hsv.hpp>
#include <quoin/filter/color/lab.hpp>
#include <quoin/filter/color/luv.hpp>
#include <quoin/filter/color/oklab.hpp>
#include <quoin/filter/color/srgb.hpp>
#include <quoin/filter/color/xyz.hpp>

#include <cassert>
#include <cstdio>
#include <cstdlib>

namespace {

using u8 = std::uint8_t;
using u16 = std::uint16_t;

/// How many colors of bytes come back, of every 61st of all, and how far a channel is off at most.
struct trip {
    double share;
    int most;
};
template <class There, class Back>
trip round_trip(There const& there, Back const& back) {
    int count = 0, same = 0, most = 0;
    for (int n = 0; n < 1 << 24; n += 61, ++count) {
        quoin::rgb8 const p{static_cast<u8>(n), static_cast<u8>(n >> 8), static_cast<u8>(n >> 16)};
        quoin::rgb8 const q = back(there(p));
        same += p == q;
        for (int const d : {p.r - q.r, p.g - q.g, p.b - q.b}) most = std::abs(d) > most ? std::abs(d) : most;
    }
    return {100.0 * same / count, most};
}
void show(char const* what, trip t) {
    std::printf("%s: %.1f %% come back, the others are off by at most %d\n", what, t.share, t.most);
}

quoin::rgb16 deep(quoin::rgb8 const& p) {
    return {static_cast<u16>(p.r * 257), static_cast<u16>(p.g * 257), static_cast<u16>(p.b * 257)};
}
quoin::rgb8 narrow(quoin::rgb16 const& p) {
    return {static_cast<u8>((p.r + 128) / 257), static_cast<u8>((p.g + 128) / 257), static_cast<u8>((p.b + 128) / 257)};
}

} // namespace

int main() {
    // Bytes of light.
    int distinct = 0, lost = 0, most = 0, before = -1;
    for (int i = 0; i < 256; ++i) {
        u8 const light = quoin::srgb_to_linear(static_cast<u8>(i)), back = quoin::linear_to_srgb(light);
        distinct += light != before;
        before = light;
        lost += back != i;
        most = std::abs(back - i) > most ? std::abs(back - i) : most;
        assert(quoin::linear_to_srgb_as<u8>(quoin::srgb_to_linear_as<u16>(static_cast<u8>(i))) == i);
    }
    std::printf("bytes of light: %d values of 256, %d do not come back, off by at most %d\n", distinct, lost, most);
    assert(distinct == 183 && lost == 73 && most == 6);

    trip const hsv = round_trip(quoin::rgb_to_hsv, quoin::hsv_to_rgb);
    trip const full =
        round_trip(quoin::rgb_to_hsv_as<quoin::hue_scale::full>, quoin::hsv_to_rgb_as<quoin::hue_scale::full>);
    trip const lab = round_trip(quoin::rgb_to_lab, quoin::lab_to_rgb);
    show("HSV, 180 hues", hsv);
    show("HSV, 256 hues", full);
    show("Lab", lab);
    assert(hsv.share < 32 && hsv.most == 4 && full.most == 3);
    assert(lab.share < 14 && lab.most > 20);

    trip const hsl = round_trip(quoin::rgb_to_hsl, quoin::hsl_to_rgb);
    trip const luv = round_trip(quoin::rgb_to_luv, quoin::luv_to_rgb);
    trip const oklab = round_trip(quoin::rgb_to_oklab, quoin::oklab_to_rgb);
    trip const xyz = round_trip(quoin::rgb_to_xyz, quoin::xyz_to_rgb);
    show("HSL, 180 hues", hsl);
    show("Luv", luv);
    show("Oklab", oklab);
    show("XYZ", xyz);

    auto const deep_trip = [](auto const& there, auto const& back) {
        return round_trip([&](auto const& p) { return there(deep(p)); },
                          [&](auto const& p) { return narrow(back(p)); });
    };
    assert(deep_trip(quoin::rgb_to_hsv, quoin::hsv_to_rgb).most == 0);
    assert(deep_trip(quoin::rgb_to_hsl, quoin::hsl_to_rgb).most == 0);
    assert(deep_trip(quoin::rgb_to_lab, quoin::lab_to_rgb).most == 0);
    assert(deep_trip(quoin::rgb_to_luv, quoin::luv_to_rgb).most == 0);
    assert(deep_trip(quoin::rgb_to_oklab, quoin::oklab_to_rgb).most == 0);
    assert(deep_trip(quoin::rgb_to_xyz, quoin::xyz_to_rgb).most == 0);

    // The gray of stored values, and the stored value of the gray of light.
    quoin::rgb8 const blue{0, 0, 255};
    int const of_values = quoin::gray_709(blue);
    int const of_light = quoin::linear_to_srgb_as<u8>(quoin::gray_709(quoin::srgb_to_linear_as<float>(blue)));
    std::printf("gray of blue: %d of stored values, %d of light\n", of_values, of_light);
    assert(of_values == 18 && of_light == 76);
}

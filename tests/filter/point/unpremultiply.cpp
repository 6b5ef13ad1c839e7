// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/point/premultiply.hpp>
#include <quoin/filter/point/unpremultiply.hpp>

#include "support/alpha.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace quoin;
using test::values;

namespace {

/// A quotient of doubles is exact enough: whole numbers of 16 bits are not closer than 1/65535 to the next integer.
values divided(values in, test::channel_kind kind) {
    for (index_t y = 0; y < in.size.height; ++y)
        for (int c = 0; c < 3; ++c)
            for (index_t x = 0; x < in.size.width; ++x) {
                double const a = in.row(y, 3)[x];
                if (!(a > 0)) continue;
                double& v = in.row(y, c)[x];
                v = kind.stored(kind.integral ? std::floor(kind.highest * v / a) : v / a);
            }
    return in;
}

template <class T>
std::string wrong(values const& in) {
    return test::wrong_alone<rgba<T>>(unpremultiply, in, divided(in, test::kind_of_channel<T>()));
}

/// Whether the functor, of 16 bits, is the quotient of integers for this alpha: at every color up to it, or every
/// `step`th.
bool exact(std::uint32_t a, std::uint32_t step) {
    for (std::uint32_t c = 0; c < 65536; c += step) {
        auto const channel = static_cast<std::uint16_t>(c);
        auto const got = unpremultiply(rgba<std::uint16_t>{channel, 0, 0, static_cast<std::uint16_t>(a)});
        if (got.r != std::min(c * 65535 / a, 65535u)) return false;
    }
    return true;
}

} // namespace

TEST_CASE("unpremultiply: every color of u8 with every alpha is the quotient, rounded down",
          "[filter][unpremultiply]") {
    values const all = test::every_color_and_alpha();
    CHECK(wrong<std::uint8_t>(all) == "");
}

TEST_CASE("unpremultiply: every type of channel", "[filter][unpremultiply]") {
    CHECK(wrong<std::uint16_t>(test::random_values<std::uint16_t>({203, 25}, 4, 5, false)) == "");
    CHECK(wrong<std::int16_t>(test::random_values<std::int16_t>({203, 25}, 4, 6, false)) == "");
    CHECK(wrong<float>(test::random_values<float>({203, 25}, 4, 7, true)) == "");
    STATIC_CHECK(unpremultiply(rgba<std::int32_t>{1 << 29, -4, 9, 1 << 30}) ==
                 rgba<std::int32_t>{1073741823, -8, 17, 1 << 30});
    STATIC_CHECK(!concepts::stage_for<unpremultiply_fn, rgb8>);
}

TEST_CASE("unpremultiply: 16 bits are exact beside every integer quotient", "[filter][unpremultiply]") {
    for (std::uint32_t const a : {1u, 2u, 3u, 255u, 257u, 32767u, 32768u, 40503u, 65533u, 65534u, 65535u}) {
        CAPTURE(a);
        CHECK(exact(a, 1));
    }
    bool all = true;
    for (std::uint32_t a = 1; a < 65536; a += 7) all = all && exact(a, 257);
    CHECK(all);
}

TEST_CASE("unpremultiply: undoes premultiply where alpha is white, and nearly elsewhere", "[filter][unpremultiply]") {
    bool near = true, same = true;
    for (int a = 1; a < 256; ++a)
        for (int c = 0; c < 256; ++c) {
            auto const byte = static_cast<std::uint8_t>(c);
            rgba8 const p{byte, byte, byte, static_cast<std::uint8_t>(a)};
            int const back = unpremultiply(premultiply(p)).g;
            near = near && std::abs(back - c) * a < 255;
            same = same && (a < 255 || back == c);
        }
    CHECK(near);
    CHECK(same);
}

TEST_CASE("unpremultiply: in the engine", "[filter][unpremultiply]") {
    CHECK(test::wrong_in_engine<rgba8>(unpremultiply, reflect_101) == "");
}

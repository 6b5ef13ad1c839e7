// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <quoin/io/encode_image.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <cstdint>
#include <utility>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;

namespace {

/// An image of some values; with sides that leave rows of bytes of odd lengths.
template <class P>
image<P> pattern() {
    image<P> result(13, 7);
    for (index_t y = 0; y < 7; ++y)
        for (index_t x = 0; x < 13; ++x)
            result.view().store(x, y, make_pixel<P>([&](auto c) {
                                    return static_cast<channel_t<P>>(7 * x * x + 23 * y + 71 * decltype(c)::value);
                                }));
    return result;
}

template <class P>
bool same_as_file(files::folder const& folder, image_format format, char const* name) {
    image<P> const pixels = pattern<P>();
    write_image(folder / name, pixels, {.jpeg_quality = 77});
    return encode_image(pixels, format, {.jpeg_quality = 77}) == files::read(folder / name);
}

} // namespace

TEST_CASE("encoded images are the bytes of the files", "[io]") {
    using enum image_format;
    files::folder const folder;
    for (auto const& [format, name] : {std::pair{png, "a.png"}, {bmp, "a.bmp"}, {tga, "a.tga"}, {pnm, "a.pam"}}) {
        CHECK(same_as_file<std::uint8_t>(folder, format, name));
        CHECK(same_as_file<rgb8>(folder, format, name));
        CHECK(same_as_file<rgba8>(folder, format, name));
    }
    for (auto const& [format, name] : {std::pair{png, "b.png"}, {pnm, "b.pam"}}) {
        CHECK(same_as_file<std::uint16_t>(folder, format, name));
        CHECK(same_as_file<rgba<std::uint16_t>>(folder, format, name));
    }
    CHECK(same_as_file<rgb8>(folder, jpeg, "c.jpg"));
    CHECK(same_as_file<rgb<float>>(folder, pfm, "d.pfm"));
}

TEST_CASE("a PNM in memory is its header and its samples", "[io]") {
    image<std::uint16_t> pixels(2, 1);
    pixels.view()(0, 0) = 0x4142;
    pixels.view()(1, 0) = 0x4344;
    CHECK(encode_image(pixels, image_format::pnm) == files::from_text("P5\n2 1\n65535\nABCD"));
}

TEST_CASE("what a format cannot hold is refused", "[io]") {
    auto const refusal = [](auto const& pixels, image_format format, write_options options = {}) {
        try {
            encode_image(pixels, format, options);
            return std::string();
        } catch (io_error const& e) {
            return std::string(e.what());
        }
    };
    image<std::uint8_t> const gray(3, 2);
    CHECK_THAT(refusal(gray, image_format::tiff),
               ContainsSubstring("quoin::encode_image: a TIFF is written to a file"));
    CHECK_THAT(refusal(gray, image_format::pfm), ContainsSubstring("quoin::encode_image: a PFM file holds float"));
    CHECK_THAT(refusal(gray, image_format::jpeg, {.jpeg_quality = 0}), ContainsSubstring("quality 0"));
    CHECK_THAT(refusal(image<rgba8>(3, 2), image_format::jpeg), ContainsSubstring("has no alpha"));
    CHECK_THAT(refusal(image<std::uint8_t>(0, 2), image_format::png), ContainsSubstring("0 x 2 pixels"));
}

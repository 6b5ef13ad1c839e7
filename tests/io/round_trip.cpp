// SPDX-License-Identifier: BSL-1.0
// What is written is read back: every format, pixel type and kind of view, at odd sizes.
#include "files.hpp"

#include <quoin/io.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace quoin;

namespace {

using u8 = std::uint8_t;
using u16 = std::uint16_t;

template <class P>
std::vector<std::string> lossless() {
    std::vector<std::string> names{"a.png", "a.PNG"};
    if (sizeof(channel_t<P>) == 1) names.insert(names.end(), {"a.bmp", "a.tga"});
    if (channels_v<P> == 1) names.insert(names.end(), {"a.pgm", "a.pnm"});
    if (channels_v<P> == 3) names.insert(names.end(), {"a.ppm", "a.PnM"});
    names.push_back("a.pam");
    return names;
}

template <class P, class View>
void check(files::folder const& folder, View const& view) {
    for (std::string const& name : lossless<P>()) {
        CAPTURE(name, view.width(), view.height());
        auto const path = folder / name;
        write_image(path, view);
        CHECK(files::same(read_image<P>(path), view));
        auto const bytes = files::read(path);
        CHECK(files::same(read_image<P>(bytes), view));
        image_reader<P> in_bands(bytes);
        image<P> whole(in_bands.size());
        for (index_t y = 0; y < whole.height(); y += 3)
            in_bands.read_rows(subview(whole.view(), {0, y, whole.width(), std::min<index_t>(3, whole.height() - y)}));
        CHECK(files::same(whole, view));
        image_info const info = read_info(path);
        CHECK(info == read_info(bytes));
        CHECK(info.size() == extent{view.width(), view.height()});
        CHECK(info.bits == int{8 * sizeof(channel_t<P>)});
        CHECK(info.maxval == int{white<channel_t<P>>});
        // stb writes a gray BMP with three channels.
        CHECK(info.channels == (info.format == image_format::bmp && channels_v<P> == 1 ? 3 : channels_v<P>));
    }
}

} // namespace

TEMPLATE_TEST_CASE("PFM files give back the numbers", "[io]", float, rgb<float>) {
    using P = TestType;
    files::folder const folder;
    image<P> numbers(37, 5);
    std::mt19937 random(8);
    for (index_t y = 0; y < 5; ++y)
        for (index_t x = 0; x < 37; ++x)
            numbers(x, y) = make_pixel<P>(
                [&](auto) { return std::ldexp(static_cast<float>(random()), static_cast<int>(random() % 80) - 60); });
    write_image(folder / "a.pfm", numbers);
    auto const bytes = files::read(folder / "a.pfm");
    CHECK(files::same(read_image<P>(bytes), numbers.view()));
    CHECK(read_info(bytes) == image_info{37, 5, channels_v<P>, 32, 1, image_format::pfm, true});
    CHECK_THROWS_AS(read_image<u8>(bytes), io_error);
    // The other byte order, which a scale above 0 tells.
    auto turned = bytes;
    std::size_t const head = bytes.size() - 37 * 5 * sizeof(P);
    turned.erase(turned.begin() + static_cast<std::ptrdiff_t>(head) - 5);
    for (std::size_t i = head - 1; i < turned.size(); i += 4) std::reverse(&turned[i], &turned[i] + 4);
    CHECK(files::same(read_image<P>(turned), numbers.view()));
    for (std::size_t length = 0; length < bytes.size(); length += 7)
        CHECK_THROWS_AS(read_image<P>(std::span(bytes).first(length)), io_error);
}

TEMPLATE_TEST_CASE("lossless files give back the pixels", "[io]", u8, u16, rgb8, rgb16, rgba8, rgba<u16>) {
    using P = TestType;
    files::folder const folder;
    unsigned seed = 1;
    for (extent const size :
         {extent{1, 1}, {1, 7}, {5, 1}, {7, 5}, {31, 3}, {33, 17}, {129, 2}, {300, 11}, {5000, 2}}) {
        CAPTURE(seed);
        auto const image = files::random_image<P>(size.width, size.height, seed++);
        check<P>(folder, image.view());
    }
    CHECK(folder.count() == static_cast<long>(lossless<P>().size()));
}

TEMPLATE_TEST_CASE("every kind of view can be written", "[io]", u8, rgb8, rgba8, rgb16) {
    using P = TestType;
    files::folder const folder;
    auto const whole = files::random_image<P>(23, 19, 7);
    rect const part{3, 2, 13, 11};
    check<P>(folder, subview(whole.view(), part));
    check<P>(folder, flip_rows(whole.view()));
    check<P>(folder, flip_rows(subview(whole.view(), part)));
    auto const small = files::random_image<u8>(9, 4, 8);
    check<u8>(folder, small.view());

    planar_image<P> planes(23, 19);
    for (index_t y = 0; y < 19; ++y)
        for (index_t x = 0; x < 23; ++x) planes.view().store(x, y, whole(x, y));
    check<P>(folder, planes.view());
    check<P>(folder, flip_rows(subview(planes.view(), part)));
    check<channel_t<P>>(folder, channel_of<channels_v<P> - 1>(whole.view()));
}

TEST_CASE("JPEG gives back nearly the pixels", "[io]") {
    files::folder const folder;
    image<rgb8> smooth(70, 45);
    for (index_t y = 0; y < 45; ++y)
        for (index_t x = 0; x < 70; ++x)
            smooth(x, y) = {static_cast<u8>(3 * x), static_cast<u8>(5 * y), static_cast<u8>(x + y)};
    auto const worst = [&](int quality) {
        write_image(folder / "a.jpg", smooth.view(), {.jpeg_quality = quality});
        auto const back = read_image<rgb8>(folder / "a.jpg");
        REQUIRE(back.size() == smooth.size());
        int most = 0;
        for (index_t y = 0; y < 45; ++y)
            for (index_t x = 0; x < 70; ++x)
                for_each_channel<rgb8>([&](auto c) {
                    constexpr int i = decltype(c)::value;
                    most = std::max(most, std::abs(get_channel<i>(back(x, y)) - get_channel<i>(smooth(x, y))));
                });
        return most;
    };
    CHECK(worst(100) <= 4);
    CHECK(worst(95) <= 12);
    auto const large = std::filesystem::file_size(folder / "a.jpg");
    CHECK(worst(30) <= 60);
    CHECK(std::filesystem::file_size(folder / "a.jpg") < large);

    write_image(folder / "g.jpeg", channel_of<1>(smooth.view()));
    CHECK(read_info(folder / "g.jpeg").format == image_format::jpeg);
    auto const gray = read_image<rgb8>(folder / "g.jpeg");
    for (index_t x = 0; x < 70; ++x) {
        CHECK(std::abs(gray(x, 20).g - 100) <= 4);
        CHECK(gray(x, 20) == rgb8{gray(x, 20).g, gray(x, 20).g, gray(x, 20).g});
    }
}

TEST_CASE("the content decides the format, not the name", "[io]") {
    files::folder const folder;
    auto const image = files::random_image<u8>(9, 4, 3);
    for (std::string const name : {"a.png", "a.bmp", "a.tga", "a.pgm"}) {
        write_image(folder / name, image.view());
        std::filesystem::rename(folder / name, folder / "a.jpg");
        CAPTURE(name);
        CHECK(files::same(read_image<u8>(folder / "a.jpg"), image.view()));
    }
}

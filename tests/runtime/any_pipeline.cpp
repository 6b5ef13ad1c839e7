// SPDX-License-Identifier: BSL-1.0
#include "support/chains.hpp"

#include <quoin/catalogue.hpp>
#include <quoin/observe/trace.hpp>
#include <quoin/observe/watched.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <algorithm>
#include <set>

using namespace quoin;

namespace {

/// What is wrong with a chain against the compiled pipeline of the same stages, under every policy and tiling, into
/// guarded memory; an empty string where nothing is.
template <class P, class Make>
std::string differs(char const* text, extent size, Make const& make, unsigned seed = 1) {
    test::guarded<P> const in(test::random_pixels<P>(size, seed));
    auto const pipeline = make(in.view());
    using R = typename std::remove_cvref_t<decltype(pipeline)>::pixel_type;
    test::plain<R> expected(pipeline.size());
    image_view<R> const to(reinterpret_cast<channel_t<R>*>(expected.data.data()), pipeline.width(), pipeline.height());
    run(test::scalar_policies().front(), pipeline, to);
    any_pipeline const chain(text);
    std::string wrong;
    auto const check = [&](auto const& policies) {
        for (auto const& policy : policies)
            for (tiling const t : test::tilings(pipeline.size())) {
                test::guarded<R> out(pipeline.size());
                run(policy, chain, in.view(), out.view(), t);
                std::string found = test::difference(expected, std::as_const(out).view());
                if (found.empty() && !out.guards_intact()) found = "wrote outside the output";
                if (!found.empty() && wrong.empty())
                    wrong = std::string(text) + ", " + policy.name() + ", seed " + std::to_string(seed) + ": " + found;
            }
    };
    check(test::scalar_policies());
    check(test::vector_policies());
    return wrong;
}

std::string message(char const* text) {
    return test::chain_message(text, {{{channel_type::u8, 3}, {100, 80}}});
}

} // namespace

TEST_CASE("any_pipeline: whether a chain needs alpha", "[runtime]") {
    CHECK(any_pipeline("premultiply,resize=20x10,unpremultiply").reads_alpha());
    CHECK_FALSE(any_pipeline("resize=20x10").reads_alpha());
    CHECK_FALSE(any_pipeline().reads_alpha());
}

TEST_CASE("any_pipeline: the bytes of the compiled pipeline", "[runtime]") {
    extent const size{131, 11};
    CHECK(differs<rgb8>("gray,gaussian3,sobel_magnitude,sharpen,brightness=1.2", size, [](auto v) {
              return v | gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f);
          }) == "");
    CHECK(differs<rgba<std::uint16_t>>("gaussian5,box=7,flip_x,crop=3:1:90:9,sharpen", size, [](auto v) {
              return v | gaussian5 | box(7) | flip_x | crop(3, 1, 90, 9) | sharpen;
          }) == "");
    CHECK(differs<rgba<std::uint16_t>>("rotate90,gaussian5,transpose,box=3,rotate180", size, [](auto v) {
              return v | rotate90 | gaussian5 | transpose | box(3) | rotate180;
          }) == "");
    CHECK(differs<rgb<float>>("gray,gaussian=1.5,flip_y,gaussian5,threshold=3", size, [](auto v) {
              return v | gray | gaussian(1.5) | flip_y | gaussian5 | threshold(3);
          }) == "");
    CHECK(differs<rgb8>("dilate=3,top_hat=15x4,extend=constant:40,close=9x2,gradient=3x3", size, [](auto v) {
              return v | dilate(3, 3) | top_hat(15, 4) | extend(constant(40)) | close(9, 2) | gradient(3, 3);
          }) == "");
    CHECK(differs<std::int16_t>("convert_to=i32,sobel_y,absolute,convert_to=u8,box=3", size, [](auto v) {
              return v | convert_to<std::int32_t> | sobel_y | absolute | convert_to<std::uint8_t> | box(3);
          }) == "");
    CHECK(differs<std::uint8_t>("correlate=0:-1:0/-1:5:-1/0:-1:0,correlate=0.5:1:0.5@2,correlate=1:1:1:1:1@5", size,
                                [](auto v) {
                                    float const row[3][3] = {{0, 0, 0}, {0.5f, 1, 0.5f}, {0, 0, 0}};
                                    int wide[7][7] = {};
                                    for (int i = 1; i < 6; ++i) wide[3][i] = 1;
                                    return v | correlate({{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}}) | correlate(row, 2.0f) |
                                           correlate(wide, 5);
                                }) == "");
    CHECK(differs<std::uint8_t>("", size, [](auto v) { return as_pipeline(v); }) == "");
}

TEST_CASE("any_pipeline: what gathers behind other operations reads an image of them", "[runtime]") {
    extent const size{101, 37};
    affine const turn{0.9, -0.2, 5.5, 0.2, 0.9, -3.25};
    CHECK(differs<rgb8>("warp_affine=0.9:-0.2:5.5:0.2:0.9:-3.25:cubic:64x50", size,
                        [=](auto v) { return v | warp_affine(turn, interpolation::cubic, {64, 50}); }) == "");
    CHECK(differs<rgb8>(
              "extend=constant:9,gray,gaussian3,warp_affine=0.9:-0.2:5.5:0.2:0.9:-3.25,box=3", size,
              [=](auto v) { return v | extend(constant(9.0)) | gray | gaussian3 | warp_affine(turn) | box(3); }) == "");
    CHECK(
        differs<rgb8>("pad=3:2:1:9,extend=replicate,pad=0:1:5:0,extend=constant:9,pad=2:2:2:2,extend=wrap,pad=1:1:1:1",
                      size, [](auto v) {
                          return v | pad(3, 2, 1, 9) | extend(replicate) | pad(0, 1, 5, 0) | extend(constant(9.0)) |
                                 pad(2, 2, 2, 2) | extend(wrap) | pad(1, 1, 1, 1);
                      }) == "");
    CHECK(differs<rgb8>("extend=constant:9,pad=3:2:1:9:wrap,pad=0:1:5:0:extend,pad=2:2:2:2:constant:77.5,"
                        "pad=1:1:1:1:reflect,pad=1:1:1:1:replicate,pad=2:2:2:2:reflect_101,pad=1:1:1:1:constant",
                        size, [](auto v) {
                            return v | extend(constant(9.0)) | pad(3, 2, 1, 9, wrap) | pad(0, 1, 5, 0) |
                                   pad(2, 2, 2, 2, constant(77.5)) | pad(1, 1, 1, 1, reflect) |
                                   pad(1, 1, 1, 1, replicate) | pad(2, 2, 2, 2, reflect_101) |
                                   pad(1, 1, 1, 1, constant(0.0));
                        }) == "");
    CHECK(differs<rgba<std::uint16_t>>("extend=wrap,gaussian3,extend=replicate,flip_y,"
                                       "warp_affine=0.9:-0.2:5.5:0.2:0.9:-3.25,box=3,"
                                       "warp_affine=0.9:-0.2:5.5:0.2:0.9:-3.25:nearest",
                                       size, [=](auto v) {
                                           return v | extend(wrap) | gaussian3 | extend(replicate) | flip_y |
                                                  warp_affine(turn) | box(3) |
                                                  warp_affine(turn, interpolation::nearest);
                                       }) == "");
    CHECK(
        differs<float>("flip_y,crop=3:1:90:9,extend=reflect,warp_affine=0.9:-0.2:5.5:0.2:0.9:-3.25", size, [=](auto v) {
            return v | flip_y | crop(3, 1, 90, 9) | extend(reflect) | warp_affine(turn);
        }) == "");
}

TEST_CASE("any_pipeline: a local operation that makes colors of gray pixels", "[runtime]") {
    CHECK(differs<std::uint8_t>("bayer_to_rgb=grbg:malvar", {131, 12}, [](auto v) {
              return v | bayer_to_rgb<bayer_method::malvar>(bayer_pattern::grbg);
          }) == "");
    CHECK(differs<std::uint8_t>("crop=1:2:90:9,bayer_to_rgb=rggb,swap_rb", {131, 12}, [](auto v) {
              return v | crop(1, 2, 90, 9) | bayer_to_rgb(bayer_pattern::rggb) | swap_rb;
          }) == "");
    image<rgb8> const colors(9, 9);
    CHECK_THROWS_AS(to_image(serial{}, any_pipeline("bayer_to_rgb=rggb"), colors.view()), invalid_argument);
    image<std::uint8_t> const flat(9, 1);
    CHECK_THROWS_AS(to_image(serial{}, any_pipeline("bayer_to_rgb=rggb"), flat.view()), invalid_argument);
}

TEST_CASE("any_pipeline: scores of corners", "[runtime]") {
    CHECK(differs<rgb8>("gray,extend=constant:9,harris=2:0.05,fast_score=0.01:12", {131, 12}, [](auto v) {
              return v | gray | extend(constant(9.0)) | harris(2, 0.05) | fast_score(0.01, 12);
          }) == "");
}

TEST_CASE("any_pipeline: a row and a column of factors", "[runtime]") {
    CHECK(differs<std::uint8_t>("correlate_separable=-1:0:1/1:2:1@8", {70, 9}, [](auto v) {
              return v | correlate_separable({-1, 0, 1}, {1, 2, 1}, 8);
          }) == "");
    any_pipeline const chain = any_pipeline().then("correlate_separable", {1, 5, 2, 3, 1, 2, 3, 2, 1});
    CHECK(chain.text() == "correlate_separable=3/1:2:3:2:1@2");
}

TEST_CASE("any_pipeline: a wide gaussian has the border of the last extend, or refuses it", "[runtime]") {
    CHECK(differs<std::uint8_t>("sharpen,extend=replicate,gaussian=9:2,sharpen", {70, 31}, [](auto v) {
              return v | sharpen | extend(replicate) | wide_gaussian(9, 2) | sharpen;
          }) == "");
    image<std::uint8_t> const in(9, 9);
    CHECK_THROWS_AS(to_image(serial{}, any_pipeline("extend=wrap,gaussian=9"), in.view()), invalid_argument);
    CHECK_THROWS_AS(to_image(serial{}, any_pipeline("extend=constant:7,gaussian=9"), in.view()), invalid_argument);
}

TEST_CASE("any_pipeline: borders hold for the operations behind them", "[runtime]") {
    extent const size{70, 6};
    auto const check = [&](char const* text, auto border) {
        return differs<rgb8>(text, size, [=](auto v) {
            return v | extend(border) | gaussian(1) | box(5) | extend(reflect_101) | gaussian3;
        });
    };
    CHECK(check("extend=replicate,gaussian=1,box=5,extend=reflect_101,gaussian3", replicate) == "");
    CHECK(check("extend=reflect,gaussian=1,box=5,extend=reflect_101,gaussian3", reflect) == "");
    CHECK(check("extend=wrap,gaussian=1,box=5,extend=reflect_101,gaussian3", wrap) == "");
    CHECK(check("extend=constant:77,gaussian=1,box=5,extend=reflect_101,gaussian3", constant(77.0)) == "");
    CHECK(check("extend=constant,gaussian=1,box=5,extend=reflect_101,gaussian3", constant(0.0)) == "");
}

TEST_CASE("any_pipeline: every operation of the catalogue, on every format", "[runtime]") {
    std::vector<std::string> texts;
    for (operation const* o : any_pipeline::operations()) {
        std::string text = o->name;
        int required = 0;
        while (required < o->parameter_count() && !o->parameters[required].preset) ++required;
        for (int k = 0; k < required; ++k) {
            parameter const& p = o->parameters[k];
            text += k == 0 ? '=' : ':';
            if (p.type == parameter_type::size) text += "30x9";
            else if (p.two_rows) text += "1:2:1/0:-1:3:1:0@7";
            else if (p.type == parameter_type::kernel) text += "1:2:1/0:1:0/1:0:1@7";
            else if (p.type == parameter_type::choice)
                text += std::string(p.choices).substr(0, std::string(p.choices).find(' '));
            else if (p.most == 1) text += "0.3";
            else if (std::string_view(p.name) == "SIGMA_COLOR") text += "40";
            else {
                double const regular = required == 1 ? 3 : k * k % 5 + 1; // no singular matrix
                text += std::to_string(static_cast<int>(std::clamp(regular, p.least, p.most)));
            }
        }
        for (int k = 1; k < o->inputs; ++k) text += o->gray_others ? "(#1,gray,flip_x)" : "(#1,flip_x)";
        texts.push_back(text);
    }
    REQUIRE(texts.size() == static_cast<std::size_t>(catalogue::size));
    std::set<std::string> computed; // of one format at least
    for (int channels : {1, 3, 4})
        for (int type = 0; type < 5; ++type)
            for (std::string const& text : texts) {
                pixel_format const format{static_cast<channel_type>(type), channels};
                CAPTURE(text, to_text(format));
                any_pipeline const chain(text);
                try {
                    chain.result_of(format, {67, 7});
                } catch (invalid_argument const& e) {
                    CHECK_THAT(e.what(), Catch::Matchers::ContainsSubstring("cannot be computed of"));
                    continue;
                }
                computed.insert(text);
                any_image in(format, {67, 7});
                detail::with_channel(type, [&]<class T>(std::type_identity<T>) {
                    auto const pixels = test::random_pixels<T>({67 * channels, 7}, 3);
                    for (index_t y = 0; y < 7; ++y)
                        std::memcpy(static_cast<T*>(const_cast<void*>(in.view().pixels().data)) +
                                        y * in.view().pixels().stride,
                                    &pixels(0, y), static_cast<std::size_t>(67 * channels) * sizeof(T));
                });
                any_image const expected = to_image(test::scalar_policies().front(), chain, in.view());
                for (auto const& policy : test::vector_policies()) {
                    any_image const got = to_image(policy, chain, in.view());
                    REQUIRE(got.format() == expected.format());
                    REQUIRE(got.size() == expected.size());
                    auto const bytes = detail::with_channel(static_cast<int>(got.format().channel),
                                                            []<class T>(std::type_identity<T>) { return sizeof(T); });
                    bool same = true;
                    for (index_t y = 0; y < got.height(); ++y) {
                        auto const row = [&](any_image const& i) {
                            return static_cast<unsigned char const*>(i.view().pixels().data) +
                                   static_cast<std::size_t>(y * i.view().pixels().stride) * bytes;
                        };
                        same = same &&
                               std::memcmp(row(got), row(expected),
                                           static_cast<std::size_t>(got.width() * got.format().channels) * bytes) == 0;
                    }
                    CHECK(same);
                }
            }
    CHECK(computed.size() == texts.size());
}

TEST_CASE("any_pipeline: planes, pixels apart, rows upside down, and outputs of these kinds", "[runtime]") {
    extent const size{67, 5};
    auto const pixels = test::random_pixels<rgb8>(size, 9);
    test::guarded<rgb8> const in(pixels);
    any_pipeline const chain("gaussian3,brightness=1.1");
    any_image const expected = to_image(test::scalar_policies().front(), chain, in.view());
    std::vector<std::uint8_t> planes(3 * 67 * 5), out(3 * 80 * 5 + 100, 0xEE);
    for (index_t y = 0; y < 5; ++y)
        for (index_t x = 0; x < 67; ++x)
            for (int c = 0; c < 3; ++c) {
                rgb8 const p = pixels(x, y);
                planes[static_cast<std::size_t>(c * 335 + (4 - y) * 67 + x)] = c == 0 ? p.r : c == 1 ? p.g : p.b;
            }
    any_view const upside_down(planes.data() + 4 * 67, size, -67, 1, 335, {channel_type::u8, 3});
    auto const check = [&](auto const& policies) {
        for (auto const& policy : policies) {
            std::fill(out.begin(), out.end(), std::uint8_t{0xEE});
            run(policy, chain, upside_down, any_output(out.data() + 7, size, 80, 1, 400, {channel_type::u8, 3}));
            bool same = true, clean = out[6] == 0xEE;
            for (index_t y = 0; y < 5; ++y)
                for (int c = 0; c < 3; ++c) {
                    auto const at = [&](index_t x) { return out[static_cast<std::size_t>(7 + y * 80 + x + c * 400)]; };
                    for (index_t x = 0; x < 67; ++x) {
                        rgb8 const p = expected.view().as<rgb8>()(x, y);
                        same = same && at(x) == (c == 0 ? p.r : c == 1 ? p.g : p.b);
                    }
                    for (index_t x = 67; x < 80; ++x) clean = clean && at(x) == 0xEE;
                }
            CHECK(same);
            CHECK(clean);
        }
    };
    check(test::scalar_policies());
    check(test::vector_policies());
}

TEST_CASE("any_pipeline: what it needs of its input", "[runtime]") {
    pixel_format const f{channel_type::u8, 3};
    CHECK(any_pipeline("gray").needed({3, 4, 5, 6}, f, {100, 80}) == rect{3, 4, 5, 6});
    CHECK(any_pipeline("gaussian3,box=7").needed({10, 20, 30, 5}, f, {100, 80}) == rect{6, 16, 38, 13});
    CHECK(any_pipeline("gaussian3").needed({0, 0, 1, 1}, f, {100, 80}) == rect{0, 0, 2, 2});
    CHECK(any_pipeline("flip_x,crop=10:0:50:80,gaussian3").needed({0, 10, 4, 1}, f, {100, 80}) == rect{85, 9, 5, 3});
    CHECK(any_pipeline("rotate90,crop=10:0:50:90,gaussian3").needed({0, 10, 4, 1}, f, {100, 80}) == rect{9, 65, 3, 5});
    CHECK(any_pipeline("extend=wrap,gaussian3").needed({50, 40, 1, 1}, f, {100, 80}) == rect{0, 0, 100, 80});
    CHECK_THROWS_AS(any_pipeline("gray").needed({99, 0, 2, 1}, f, {100, 80}), invalid_argument);
}

TEST_CASE("any_pipeline: a change outside of what is needed changes nothing", "[runtime]") {
    for (char const* text : {"gaussian=2,flip_y,box=5", "gaussian=2,rotate90,box=5,rotate180",
                             "flip_x,gaussian5,crop=7:3:40:30,sobel_x,absolute,convert_to=u8"}) {
        any_pipeline const chain(text);
        test::guarded<std::uint8_t> in(test::random_pixels<std::uint8_t>({90, 60}, 4));
        any_image const before = to_image(test::scalar_policies().front(), chain, in.view());
        rect const where{5, 6, 9, 7}, needed = chain.needed(where, before.format(), {90, 60});
        for (index_t y = 0; y < 60; ++y)
            for (index_t x = 0; x < 90; ++x)
                if (!needed.contains(point{x, y})) in.view()(x, y) = static_cast<std::uint8_t>(~in.view()(x, y));
        any_image const after = to_image(test::vector_policies().front(), chain, in.view());
        bool same = true;
        for (index_t y = where.y; y < where.bottom(); ++y)
            for (index_t x = where.x; x < where.right(); ++x)
                same = same && before.view().as<std::uint8_t>()(x, y) == after.view().as<std::uint8_t>()(x, y);
        CHECK(same);
    }
}

TEST_CASE("any_pipeline: from code, and text that reads as the same", "[runtime]") {
    any_pipeline const chain = any_pipeline()
                                   .then("gray")
                                   .then("gaussian", {1.5})
                                   .then("extend", {4, 9})
                                   .then("correlate", {3, 1, 2, 1, 0, 1});
    CHECK(chain.text() == "gray,gaussian=1.5,extend=constant:9,correlate=1:0:1@2");
    CHECK(any_pipeline(chain.text()).text() == chain.text());
    CHECK(any_pipeline("gray").then(any_pipeline("box=3")).text() == "gray,box=3");
    CHECK(any_pipeline("").empty());
    CHECK_THROWS_AS(any_pipeline().then("median", {4}), invalid_argument);
    CHECK_THROWS_AS(any_pipeline().then("box"), invalid_argument);
    CHECK_THROWS_AS(any_pipeline().then("boxes", {3}), invalid_argument);
    CHECK_THROWS_AS(any_pipeline().then("correlate", {3, 3, 1, 1}), invalid_argument);
}

TEST_CASE("any_pipeline: an error names the place, what stands there and what is possible", "[runtime]") {
    using Catch::Matchers::ContainsSubstring, Catch::Matchers::EndsWith, Catch::Matchers::StartsWith;
    CHECK(message(" gray , gaussian3 ") == "no error");
    CHECK(message(" gray ,\r\n\tgaussian3\n") == "no error");
    CHECK(message("gray, gausian3") == "chain, character 7: 'gausian3' is no operation; did you mean gaussian3?");
    CHECK(message("gray,\nGaussian3x") == "chain, character 7: 'Gaussian3x' is no operation; did you mean gaussian3?");
    CHECK_THAT(message("blur"), StartsWith("chain, character 1: 'blur' is no operation; there are extend, ") &&
                                    ContainsSubstring(", box, ") && !ContainsSubstring("="));
    CHECK_THROWS_WITH(any_pipeline().then("gausian"), EndsWith(": 'gausian' is no operation; did you mean gaussian?"));
    CHECK_THAT(message("gray,,box=3"),
               StartsWith("chain, character 6: nothing where an operation is needed; there are extend, "));
    CHECK_THAT(message("gray,median=4"), ContainsSubstring("character 6: 'median=4'") && ContainsSubstring("odd"));
    CHECK(message("median=2.5") ==
          "chain, character 8: '2.5' for SIDE (an odd number of pixels); give a whole number from 1 to 255");
    CHECK_THAT(message("median"), ContainsSubstring("character 7: the end of 'median', where SIDE") &&
                                      ContainsSubstring("write median=SIDE"));
    CHECK_THAT(message("gaussian=nan"), ContainsSubstring("'nan' for SIGMA"));
    CHECK_THAT(message("brightness=1e99"), ContainsSubstring("'1e99' for GAIN"));
    CHECK_THAT(message("extend=mirror"), ContainsSubstring("'mirror' for BORDER; there are replicate reflect"));
    CHECK_THAT(message("gaussian3=1"), ContainsSubstring("takes no value"));
    CHECK_THAT(message("box=3:5"), ContainsSubstring("'5' behind the last value of box=SIZE"));
    CHECK_THAT(message("correlate=1:2:1/1:2"),
               ContainsSubstring("row 2 of the kernel has 2 values and the first one 3"));
    CHECK_THAT(message("correlate=1:2:1@0"), ContainsSubstring("the divisor '0'; give a number > 0"));
    CHECK_THAT(message("correlate=1:2"), ContainsSubstring("2 x 1 values; both sides must be odd"));
    CHECK_THAT(message("correlate_separable=1:2:1"), ContainsSubstring("'1:2:1' has no two rows; give two"));
    CHECK_THAT(message("correlate_separable=1/1:2"), ContainsSubstring("rows of 1 and 2 values; both numbers must be"));
    CHECK_THAT(message("gray,crop=50:0:51:10"), ContainsSubstring("operation 2, 'crop=50:0:51:10'") &&
                                                    ContainsSubstring("does not lie inside 100 x 80"));
    any_pipeline const positions("vignette=0.5");
    constexpr index_t most = index_t{1} << 31;
    CHECK(positions.result_of({channel_type::u8, 1}, {most, 1}).size.width == most);
    CHECK_THROWS_AS(positions.result_of({channel_type::u8, 1}, {most + 1, 1}), invalid_argument);
}

TEST_CASE("any_pipeline: outputs that do not fit are refused before anything is written", "[runtime]") {
    test::guarded<rgb8> in(test::random_pixels<rgb8>({20, 10}, 1));
    test::guarded<std::uint8_t> out(extent{20, 10}), small(extent{19, 10});
    auto const policy = test::scalar_policies().front();
    auto const before = out;
    CHECK_THROWS_AS(run(policy, any_pipeline("gaussian3"), in.view(), out.view()), invalid_argument);
    CHECK_THROWS_AS(run(policy, any_pipeline("gray"), in.view(), small.view()), invalid_argument);
    CHECK_THROWS_AS(run(policy, any_pipeline("gray,convert_to=u16"), in.view(), out.view()), invalid_argument);
    CHECK_THROWS_AS(run(policy, any_pipeline("gaussian3"), in.view(), in.view()), invalid_argument);
    CHECK(out == before);
}

TEST_CASE("any_pipeline: blanks around names and values do not count", "[runtime]") {
    test::guarded<std::uint8_t> const in(test::random_pixels<std::uint8_t>({30, 20}, 5));
    auto const policy = test::scalar_policies().front();
    any_pipeline const spaced(
        " gaussian = 1.5 , crop = 1 : 2: 20 :10,correlate= 1 2 1 / 2 4 2/1 2 1 @ 16 , extend= constant : 7 ");
    any_pipeline const plain("gaussian=1.5,crop=1:2:20:10,correlate=1:2:1/2:4:2/1:2:1@16,extend=constant:7");
    any_image const a = to_image(policy, spaced, in.view()), b = to_image(policy, plain, in.view());
    for (index_t y = 0; y < 10; ++y)
        for (index_t x = 0; x < 20; ++x) CHECK(a.view().as<std::uint8_t>()(x, y) == b.view().as<std::uint8_t>()(x, y));
    CHECK(any_pipeline(spaced.text()).size() == 4);
}

TEST_CASE("any_pipeline: from one part of a buffer to another", "[runtime]") {
    extent const size{67, 9};
    test::plain<rgb8> const pixels = test::random_pixels<rgb8>({2 * size.width, size.height}, 3);
    index_t const stride = 3 * 2 * size.width, half = 3 * size.width;
    pixel_format const gray{channel_type::u8, 1}, color{channel_type::u8, 3};
    struct part {
        index_t at, step, plane;
        pixel_format format;
        char const* chain;
    };
    // Halves, channels of all pixels, and halves by a crop.
    std::pair<part, part> const all[] = {{{0, 3, 1, color, "gaussian3"}, {half, 3, 1, color, ""}},
                                         {{1, 3, 1, gray, "gaussian3"}, {0, 3, 1, gray, ""}},
                                         {{0, 3, 1, color, "gray,gaussian3"}, {half + 2, 3, 1, gray, ""}}};
    auto const check = [&](auto const& policies) {
        for (auto const& policy : policies)
            for (auto const& [from, to] : all) {
                INFO(policy.name() << ", from " << from.at << " to " << to.at);
                std::vector<std::uint8_t> before(static_cast<std::size_t>(stride * size.height));
                std::memcpy(before.data(), pixels.data.data(), before.size());
                auto buffer = before, expected = before;
                any_pipeline const chain(from.chain);
                any_image const made =
                    to_image(test::scalar_policies().front(), chain,
                             any_view(before.data() + from.at, size, stride, from.step, from.plane, from.format));
                for (index_t y = 0; y < size.height; ++y)
                    for (index_t x = 0; x < size.width; ++x)
                        for (int c = 0; c < to.format.channels; ++c)
                            expected[static_cast<std::size_t>(to.at + y * stride + x * to.step + c * to.plane)] =
                                static_cast<std::uint8_t const*>(
                                    made.view().pixels().data)[y * made.view().pixels().stride +
                                                               x * to.format.channels + c];
                run(policy, chain, any_view(buffer.data() + from.at, size, stride, from.step, from.plane, from.format),
                    any_output(buffer.data() + to.at, size, stride, to.step, to.plane, to.format));
                CHECK(buffer == expected);
            }
    };
    check(test::scalar_policies());
    check(test::vector_policies());
    std::vector<std::uint8_t> buffer(static_cast<std::size_t>(stride * size.height));
    any_view const whole(buffer.data(), {2 * size.width, size.height}, stride, 3, 1, color);
    any_output const right(buffer.data() + half, size, stride, 3, 1, color);
    any_output const wider(buffer.data() + half - 3, size, stride, 3, 1, color);
    auto const policy = test::scalar_policies().front();
    CHECK_NOTHROW(run(policy, any_pipeline("crop=0:0:67:9,gaussian3"), whole, right));
    CHECK_THROWS_AS(run(policy, any_pipeline("crop=0:0:67:9,gaussian3"), whole, wider), invalid_argument);
    CHECK_THROWS_AS(run(policy, any_pipeline("gaussian3,crop=0:0:67:9"), whole, right), invalid_argument);
}

TEST_CASE("any_pipeline: traced and watched as other pipelines", "[runtime]") {
    test::guarded<rgb8> const in(test::random_pixels<rgb8>({50, 40}, 1));
    any_pipeline const chain("gray,gaussian3,box=3");
    trace t;
    to_image(traced(test::scalar_policies().front(), t), chain, in.view());
    index_t rows = 0, output = 0;
    std::vector<std::string> names;
    for (stage_time const& s : t.stages()) {
        CHECK(s.evaluation == "gray | gaussian3 | box");
        names.push_back(s.stage);
        if (s.kind == pass_kind::lines) rows += s.rows;
        if (s.kind == pass_kind::output) output += s.rows;
    }
    CHECK(rows == 3 * 40); // gaussian3 and both passes of box
    CHECK(output == 40);
    CHECK(names == std::vector<std::string>{"set-up", "gray", "gaussian3", "box 1/2", "box 2/2"});
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(to_image(watched(test::vector_policies().front(), {stop.get_token()}), chain, in.view()), canceled);
}

TEST_CASE("any_pipeline: nothing to do, and images of no pixels", "[runtime]") {
    any_image const none = to_image(test::vector_policies().front(), any_pipeline("gray,box=3"),
                                    any_image({channel_type::u8, 3}, {0, 7}).view());
    CHECK(none.size() == extent{0, 7});
}

TEST_CASE("catalogue: names are words, once each", "[runtime]") {
    std::set<std::string> names;
    for (operation const* o : any_pipeline::operations()) {
        CAPTURE(o->name);
        std::string const name = o->name;
        CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == name.npos);
        CHECK(names.insert(name).second);
        CHECK(!std::string(o->about).empty());
        for (int i = 0; i < o->parameter_count(); ++i) {
            parameter const& p = o->parameters[i];
            CHECK(!std::string(p.about).empty());
            if (p.type == parameter_type::choice) CHECK(p.choices != nullptr);
            else CHECK(p.least < p.most);
        }
    }
}

// SPDX-License-Identifier: BSL-1.0
// remap in chains that are chosen at run time: its maps are inputs or are made of them.
#include "support/chains.hpp"

#include <quoin/geometry/remap.hpp>
#include <quoin/pipe/border.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <limits>

using namespace quoin;

namespace {

constexpr extent input{61, 23}, mapped{70, 19};

/// Places inside and around the input, a few of them far away.
image<float> places(index_t most, unsigned seed) {
    auto const numbers = test::random_pixels<std::uint16_t>(mapped, seed);
    image<float> map(mapped);
    for (index_t y = 0; y < mapped.height; ++y)
        for (index_t x = 0; x < mapped.width; ++x) {
            float const share = static_cast<float>(numbers(x, y)) / 65536;
            map(x, y) = numbers(x, y) % 50 == 0 ? -1e6f : (share * 1.5f - 0.25f) * static_cast<float>(most);
        }
    return map;
}

/// What a chain without maps that are computed and without images between operations makes.
any_image made(char const* chain, std::vector<any_view> const& in) {
    return to_image(test::scalar_policies().front(), any_pipeline(chain), in);
}

/// What is wrong with a chain of these inputs against another one of other inputs.
template <class P>
std::string differs(char const* text, std::vector<any_view> const& in, any_image const& expected) {
    return test::chain_differs<P>(text, in, expected.view().as<P>());
}

} // namespace

TEST_CASE("any_pipeline: remap, the bytes of the compiled pipeline", "[runtime][remap]") {
    image<float> const xs = places(input.width, 1), ys = places(input.height, 2);
    serial const policy;
    test::guarded<std::uint8_t> const bytes(test::random_pixels<std::uint8_t>(input, 3));
    test::guarded<float> const floats(test::random_pixels<float>(input, 5));
    image<std::uint8_t> const linear = to_image(policy, bytes.view() | remap(xs.view(), ys.view()));
    image<float> const cubic =
        to_image(policy, floats.view() | extend(constant(7)) | remap(xs.view(), ys.view(), interpolation::cubic));
    CHECK(test::chain_differs<std::uint8_t>("remap", {bytes.view(), xs.view(), ys.view()}, linear.view()) == "");
    CHECK(test::chain_differs<std::uint8_t>("remap=linear(#3)(#2)", {bytes.view(), ys.view(), xs.view()},
                                            linear.view()) == "");
    CHECK(test::chain_differs<float>("extend=constant:7,remap=cubic", {floats.view(), xs.view(), ys.view()},
                                     cubic.view()) == "");
}

TEST_CASE("any_pipeline: remap behind, before and beside other operations", "[runtime][remap]") {
    image<float> const xs = places(input.width, 1), ys = places(input.height, 2);
    test::guarded<rgb8> const a(test::random_pixels<rgb8>(input, 3)), b(test::random_pixels<rgb8>(mapped, 4));
    std::vector<any_view> const in{a.view(), xs.view(), ys.view(), b.view()};
    // The result of operations before it is an image, and a part of an input is read in its place.
    any_image const smooth = made("gaussian3", {a.view()}), part = made("crop=3:2:50:20", {a.view()});
    any_image const moved = made("remap", {smooth.view(), xs.view(), ys.view()});
    CHECK(differs<rgb8>("gaussian3,remap,box=3", in, made("box=3", {moved.view()})) == "");
    CHECK(differs<rgb8>("crop=3:2:50:20,remap", in, made("remap", {part.view(), xs.view(), ys.view()})) == "");
    CHECK(differs<rgb8>("gaussian3,remap,remap=nearest(#2)(#3)", in,
                        made("remap=nearest", {moved.view(), xs.view(), ys.view()})) == "");
    // So is a map that is computed.
    any_image const half = made("brightness=0.5", {ys.view()});
    CHECK(differs<rgb8>("remap(#2)(#3,brightness=0.5)", in, made("remap", {a.view(), xs.view(), half.view()})) == "");
    any_image const of_pixels = made("gray,convert_to=f32,gaussian3", {b.view()});
    CHECK(differs<rgb8>("gaussian3,remap(#4,gray,convert_to=f32,gaussian3)(#3)", in,
                        made("remap", {smooth.view(), of_pixels.view(), ys.view()})) == "");
    // In the chain of another image, and before counts.
    std::vector<any_view> const beside{b.view(), a.view(), xs.view(), ys.view()};
    any_image const even = made("equalize", {moved.view()});
    CHECK(differs<rgb8>("gaussian3,remap,equalize", in, even) == "");
    CHECK(differs<rgb8>("absdiff(#2,gaussian3,remap(#3)(#4))", beside, made("absdiff", {b.view(), moved.view()})) ==
          "");
    CHECK(differs<rgb8>("absdiff(#2,gaussian3,remap(#3)(#4),equalize)", beside,
                        made("absdiff", {b.view(), even.view()})) == "");
}

TEST_CASE("any_pipeline: maps and pixels that lie in any way", "[runtime][remap]") {
    image<float> const xs = places(input.width, 1), ys = places(input.height, 2);
    image<rgb<float>> both(mapped);
    image<float> upside(mapped);
    for (index_t y = 0; y < mapped.height; ++y)
        for (index_t x = 0; x < mapped.width; ++x) {
            both(x, y) = {xs(x, y), 0, ys(x, y)};
            upside(x, mapped.height - 1 - y) = ys(x, y);
        }
    auto const channel = [&](int c) {
        return any_view(&both(0, 0).r + c, mapped, both.view().stride(), 3, 0, {channel_type::f32, 1});
    };
    any_view const down(upside.view().row(mapped.height - 1), mapped, -upside.view().stride(), 1, 0,
                        {channel_type::f32, 1});
    // Each channel alone, from gray views of it.
    test::guarded<rgb8> const a(test::random_pixels<rgb8>(input, 3));
    planar_image<rgb8> planes(input);
    for (index_t y = 0; y < input.height; ++y)
        for (index_t x = 0; x < input.width; ++x) planes.view().store(x, y, a.view().load(x, y));
    image<rgb8> expected(mapped);
    for (int c = 0; c < 3; ++c) {
        any_view const gray(planes.view().row(c, 0), input, planes.view().stride(), 1, 0, {channel_type::u8, 1});
        any_image const one = made("remap", {gray, xs.view(), ys.view()});
        for (index_t y = 0; y < mapped.height; ++y)
            for (index_t x = 0; x < mapped.width; ++x) (&expected(x, y).r)[c] = one.view().as<std::uint8_t>()(x, y);
    }
    auto const same = std::as_const(expected).view();
    CHECK(test::chain_differs<rgb8>("remap", {a.view(), channel(0), channel(2)}, same) == "");
    CHECK(test::chain_differs<rgb8>("remap", {std::as_const(planes).view(), xs.view(), down}, same) == "");
}

TEST_CASE("any_pipeline: what remap cannot do", "[runtime][remap]") {
    using Catch::Matchers::ContainsSubstring;
    any_pipeline::result const pixels{{channel_type::u8, 3}, input}, map{{channel_type::f32, 1}, mapped};
    CHECK(any_pipeline("remap").text() == "remap(#2)(#3)");
    CHECK(any_pipeline("remap").inputs() == 3);
    CHECK(any_pipeline("gray,remap").result_of({pixels, map, map}).size == mapped);
    CHECK(any_pipeline("gray,remap").result_of({pixels, map, map}).format == pixel_format{channel_type::u8, 1});
    CHECK_THAT(test::chain_message("remap", {pixels, map}), ContainsSubstring("input 3 is read, and 2 are given"));
    CHECK_THAT(test::chain_message("remap", {pixels, map, {{channel_type::u8, 1}, mapped}}),
               ContainsSubstring("remap cannot be computed of a map of 1 channel of u8; give gray images of f32"));
    CHECK_THAT(test::chain_message("remap", {pixels, {{channel_type::f32, 3}, mapped}, map}),
               ContainsSubstring("a map of 3 channels of f32"));
    CHECK_THAT(test::chain_message("remap", {pixels, map, {{channel_type::f32, 1}, input}}),
               ContainsSubstring("remap: maps of 70 x 19 and of 61 x 23; give two of the extent of the result"));
    CHECK_THAT(test::chain_message("remap", {pixels, {map.format, {0, 0}}, {map.format, {0, 0}}}),
               ContainsSubstring("remap"));
    CHECK_THAT(test::chain_message("remap", {{pixels.format, {0, 5}}, map, map}), ContainsSubstring("remap"));
    CHECK_THAT(test::chain_message("remap,absdiff(#1)", {pixels, map, map}),
               ContainsSubstring("all must have one extent"));

    image<float> xs = places(input.width, 1), ys = places(input.height, 2);
    ys(5, 7) = std::numeric_limits<float>::quiet_NaN();
    test::guarded<rgb8> const a(test::random_pixels<rgb8>(input, 3));
    test::guarded<rgb8> out(mapped);
    auto const policy = test::scalar_policies().front();
    for (char const* chain : {"remap", "box=3,remap", "remap,equalize", "remap(#2)(#3,brightness=2)",
                              "extend=replicate,add(#1),remap,box=3"}) {
        INFO(chain);
        CHECK_THROWS_WITH(run(policy, any_pipeline(chain), {a.view(), xs.view(), ys.view()}, out.view()),
                          ContainsSubstring("quoin::remap: the maps have (") && ContainsSubstring("at (5, 7)"));
    }
    test::guarded<rgb8> const b(test::random_pixels<rgb8>(mapped, 4));
    for (char const* chain : {"absdiff(#2,remap(#3)(#4))", "absdiff(#2,remap(#3)(#4),equalize)"})
        CHECK_THROWS_WITH(run(policy, any_pipeline(chain), {b.view(), a.view(), xs.view(), ys.view()}, out.view()),
                          ContainsSubstring("at (5, 7)"));
    CHECK_THROWS_AS(run(policy, any_pipeline("remap(#2)(#2)"), {xs.view(), xs.view()}, any_output(xs.view())),
                    invalid_argument);
}

TEST_CASE("any_pipeline: what remap needs and makes", "[runtime][remap]") {
    any_pipeline::result const pixels{{channel_type::u8, 3}, input}, map{{channel_type::f32, 1}, mapped};
    std::vector<any_pipeline::result> const in{pixels, map, map};
    any_pipeline const chain("box=3,remap(#2)(#3,crop=0:0:70:19),gaussian3");
    for (int i = 1; i <= 3; ++i) {
        extent const all = i == 1 ? input : mapped;
        CHECK(chain.needed({4, 4, 1, 1}, in, i) == rect{0, 0, all.width, all.height});
    }
    auto const bytes = [](any_pipeline::result const& r) { return any_image::bytes_of(r.format, r.size); };
    CHECK(chain.bytes_between(in) == bytes(pixels) + bytes(map));
    CHECK(any_pipeline("remap").bytes_between(in) == 0);
}

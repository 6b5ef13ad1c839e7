// SPDX-License-Identifier: BSL-1.0
// Operations of chains that leave alpha: colors become what they become without it.
#include <quoin/runtime/any_pipeline.hpp>

#include "support/oracle.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// What is wrong with a chain of pixels with alpha against the same of their colors.
template <class T>
std::string differs(std::string const& text) {
    extent const size{131, 3};
    auto const pixels = test::random_pixels<rgba<T>>(size, 7);
    test::plain<rgb<T>> colors(size);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) {
            auto const p = pixels(x, y);
            colors(x, y) = {p.r, p.g, p.b};
        }
    test::guarded<rgba<T>> const in(pixels);
    test::guarded<rgb<T>> const opaque(colors);
    any_pipeline const chain(text);
    auto const check = [&](auto const& policy) -> std::string {
        test::guarded<rgba<T>> out(size);
        test::guarded<rgb<T>> expected(size);
        run(policy, chain, in.view(), out.view());
        run(policy, chain, opaque.view(), expected.view());
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) {
                auto const p = out.view().load(x, y);
                auto const e = expected.view().load(x, y);
                if (p.r != e.r || p.g != e.g || p.b != e.b || p.a != pixels(x, y).a)
                    return text + ", " + policy.name() + " at " + std::to_string(x) + ", " + std::to_string(y);
            }
        return out.guards_intact() ? "" : "wrote outside the output";
    };
    std::string const wrong = check(test::scalar_policies().front());
    return wrong.empty() ? check(test::vector_policies().front()) : wrong;
}

} // namespace

TEST_CASE("any_pipeline: alpha stays beside colors", "[runtime]") {
    for (std::string const name : {"swap_rb", "white_balance=1.5:1:0.5", "color_matrix=0:1:0:0:0:1:1:0:0", "rgb_to_hsv",
                                   "hsv_to_rgb", "rgb_to_hsl", "hsl_to_rgb", "rgb_to_lab", "lab_to_rgb",
                                   "rgb_to_luv", "oklab_to_rgb", "rgb_to_xyz=opencv", "srgb_to_linear",
                                   "linear_to_srgb"})
        // Of pixels as they lie, and of channels apart.
        for (std::string const& chain : {name, "flip_x," + name + ",flip_x"}) {
            CHECK(differs<std::uint8_t>(chain) == "");
            CHECK(differs<std::uint16_t>(chain) == "");
            CHECK(differs<float>(chain) == "");
        }
}

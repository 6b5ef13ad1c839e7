// SPDX-License-Identifier: BSL-1.0
// Parts of images and planes of half, and constant expressions.
#include "engine/narrow_pixels.hpp"

#include <quoin/filter/point/convert_to.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/image/planar_view.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::random_numbers;

TEST_CASE("half: parts of an image, and planes, under every policy", "[engine]") {
    extent const size{77, 9};
    auto const in = random_numbers<rgb<half>>({size.width + 5, size.height + 4}, 6);
    test::guarded<rgb<half>> const source(in);
    auto const part = subview(source.view(), {3, 2, size.width, size.height});
    auto const check = [&](auto const& policies) {
        for (auto const& policy : policies) {
            CAPTURE(policy.name());
            test::guarded<half> memory({size.width, 3 * size.height});
            auto const all = memory.view();
            planar_view<rgb<half>> const planes({all.row(0), all.row(size.height), all.row(2 * size.height)},
                                                size.width, size.height, all.stride());
            run(policy, part | convert_to<float> | convert_to<half>, planes);
            test::guarded<rgb<half>> whole(in.size);
            auto const inside = subview(whole.view(), {1, 4, size.width, size.height});
            run(policy, planes | flip_y, inside);
            int wrong = 0;
            for (index_t y = 0; y < size.height; ++y)
                for (index_t x = 0; x < size.width; ++x) {
                    wrong += planes.load(x, y) != in(x + 3, y + 2);
                    wrong += inside.load(x, size.height - 1 - y) != in(x + 3, y + 2);
                }
            CHECK(wrong == 0);
            CHECK(memory.guards_intact());
            CHECK(whole.guards_intact());
        }
    };
    check(test::scalar_policies());
    check(test::vector_policies());
}

namespace {

constexpr bool test_constant_expression() {
    float const in[6] = {1.0f, 0x1p-25f, 65520.0f, -0.1f, 3.0f, 0.0f};
    half stored[6] = {};
    run(serial{}, image_view<float const>(in, 3, 2) | convert_to<half>, image_view<half>(stored, 3, 2));
    float out[6] = {};
    run(serial{}, image_view<half const>(stored, 3, 2) | convert_to<float>, image_view<float>(out, 3, 2));
    return stored[0].bits() == 0x3c00 && stored[1].bits() == 0 && stored[2].bits() == 0x7c00 && out[3] == half(-0.1f);
}

} // namespace

TEST_CASE("half: in constant expressions", "[engine]") {
    static_assert(test_constant_expression());
    CHECK(test_constant_expression());
}

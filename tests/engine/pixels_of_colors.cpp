// SPDX-License-Identifier: BSL-1.0
// Interleaved pixels of several channels through the engine, and planar ones, at every width.
#include "engine/every_width.hpp"

#include "support/user_pixel.hpp"

using namespace quoin;

namespace {

/// The same with source and result in planes.
std::string wrong_in_planes() {
    for (extent const size : test::many_extents()) {
        auto const in = test::random_pixels<rgb8>(size, 7);
        auto const expected = test::cornered(in, reflect_101, test::lopsided_corners::footprint);
        test::guarded<std::uint8_t> from({size.width, 3 * size.height}), before = from;
        auto const planes = [&](test::guarded<std::uint8_t>& memory) {
            auto const all = memory.view();
            return planar_view<rgb8>({all.row(0), all.row(size.height), all.row(2 * size.height)}, size.width,
                                     size.height, all.stride());
        };
        if (size.empty()) continue;
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) planes(from).store(x, y, in(x, y));
        std::string wrong;
        auto const check = [&](auto const& policies) {
            for (auto const& policy : policies)
                for (tiling const t : test::tilings(size)) {
                    test::guarded<std::uint8_t> to({size.width, 3 * size.height});
                    run(policy, planar_view<rgb8 const>(planes(from)) | test::lopsided_corners{}, planes(to), t);
                    bool same = to.guards_intact();
                    for (index_t y = 0; y < size.height; ++y)
                        for (index_t x = 0; x < size.width; ++x) same = same && planes(to).load(x, y) == expected(x, y);
                    if (!same) wrong = test::in_words("planes differ", policy.name(), size, t);
                }
        };
        check(test::scalar_policies());
        check(test::vector_policies());
        if (!wrong.empty()) return wrong;
    }
    return {};
}

} // namespace

TEST_CASE("pixels: colors, at every width", "[engine]") {
    using colors =
        test::types_or<test::types<rgb8, rgba8, rgb16, rgbf, rgb<std::int32_t>, rgba<double>, test::yuv<std::uint8_t>>,
                       test::types<rgb8, rgba8, rgbf, test::yuv<std::uint8_t>>>;
    colors::each([]<class P>() {
        CAPTURE(sizeof(P), channels_v<P>);
        CHECK(test::wrong_at_every_width<P>() == "");
    });
}

TEST_CASE("pixels: planes, at every width", "[engine]") {
    CHECK(wrong_in_planes() == "");
}

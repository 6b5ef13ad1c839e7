// SPDX-License-Identifier: BSL-1.0
#include <quoin/exec/to_image.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/filter/linear/gaussian3.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

constexpr bool test_constexpr() {
    std::uint8_t const in[9] = {0, 0, 0, 0, 160, 0, 0, 0, 0};
    auto const out =
        to_image(serial{}, image_view<std::uint8_t const>(in, 3, 3) | extend(constant(0)) | gaussian3);
    return out(0, 0) == 10 && out(1, 0) == 20 && out(1, 1) == 40 && out(2, 2) == 10;
}

} // namespace

TEST_CASE("to_image: what run writes, in a new image", "[algorithm]") {
    static_assert(test_constexpr());
    CHECK(test_constexpr());
    auto const in = test::random_pixels<std::uint8_t>({77, 9}, 3);
    image_view<std::uint8_t const> const v(in.data.data(), 77, 9);
    test::guarded<std::uint8_t> expected(in.size);
    run(serial{}, v | gaussian3, expected.view());
    for (auto const& p : test::vector_policies()) {
        auto const got = to_image(p, v | gaussian3, {2, 64});
        STATIC_CHECK(std::same_as<decltype(got), image<std::uint8_t> const>);
        bool same = got.size() == in.size;
        for (index_t y = 0; y < 9; ++y)
            for (index_t x = 0; x < 77; ++x) same = same && got(x, y) == expected.view()(x, y);
        CHECK(same);
    }
    CHECK(to_image(serial{}, v)(5, 5) == in(5, 5));
    CHECK(to_image(serial{}, image_view<float const>()).empty());
}

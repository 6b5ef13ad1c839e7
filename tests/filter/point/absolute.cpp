// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/point/absolute.hpp>

#include "support/oracle.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>

using namespace quoin;

namespace {

template <class P>
std::string check(std::vector<extent> const& sizes) {
    using T = channel_t<P>;
    return test::sweep<P>(
        sizes, [](auto v) { return v | absolute; },
        [](auto const& in) {
            return test::pointwise<T>(in, [](auto v) {
                if constexpr (std::floating_point<T>) return std::abs(v);
                else return test::clamped<T>(std::abs(static_cast<std::int64_t>(v)));
            });
        });
}

} // namespace

TEST_CASE("absolute: every type", "[filter][absolute]") {
    CHECK(check<std::int16_t>(test::many_extents()) == "");
    CHECK(check<std::uint8_t>(test::few_extents()) == "");
    CHECK(check<std::uint16_t>({{131, 2}}) == "");
    CHECK(check<std::int32_t>(test::few_extents()) == "");
    CHECK(check<float>(test::few_extents()) == "");
    CHECK(check<rgb<std::int16_t>>(test::few_extents()) == "");
}

TEST_CASE("absolute: the smallest values", "[filter][absolute]") {
    STATIC_CHECK(absolute(std::int16_t{-32768}) == 32767);
    STATIC_CHECK(absolute(std::int32_t{-2147483647} - 1) == 2147483647);
    STATIC_CHECK(absolute(-0.0f) == 0.0f);
    std::int32_t const in[] = {-2147483647 - 1, -2147483647, -1, 0, 1};
    std::int32_t out[5] = {};
    for (auto const& p : test::vector_policies()) {
        run(p, image_view<std::int32_t const>(in, 5, 1) | absolute, image_view<std::int32_t>(out, 5, 1));
        CHECK((out[0] == 2147483647 && out[1] == 2147483647 && out[2] == 1 && out[3] == 0 && out[4] == 1));
    }
}

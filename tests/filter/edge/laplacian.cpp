// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/edge/laplacian.hpp>

#include "lengths.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

std::string wrong(auto const& stage, test::plain_kernel const& kernel) {
    std::string result;
    test::channel_types::each([&]<class T>() {
        auto const kind = test::kind_of_channel<gradient_t<T>>();
        auto const formula = [&](auto const& at, auto) { return kind.stored(kernel.sum(at)); };
        // Sums of floats are rounded in each step. Small numbers have none that the exact sum lacks.
        if (result.empty()) result = test::wrong_alone<T>(stage, formula, std::floating_point<T> ? 1e-2 : 0);
    });
    return result.empty() ? test::wrong_in_engine<std::uint8_t>(stage, reflect_101) : result;
}

test::plain_kernel twice(std::vector<int> const& second, std::vector<int> const& smooth) {
    auto sum = test::plain_kernel::product(smooth, second);
    auto const down = test::plain_kernel::product(second, smooth);
    for (std::size_t j = 0; j < smooth.size(); ++j)
        for (std::size_t i = 0; i < smooth.size(); ++i) sum.rows[j][i] += down.rows[j][i];
    return sum;
}

} // namespace

TEST_CASE("laplacian: of the four neighbors, and of the corners", "[filter][laplacian]") {
    STATIC_CHECK(std::same_as<decltype(image_view<rgb8 const>{} | laplacian<1>)::pixel_type, rgb<std::int16_t>>);
    CHECK(wrong(laplacian<1>, {{{0, 1, 0}, {1, -4, 1}, {0, 1, 0}}}) == "");
    CHECK(wrong(laplacian<3>, {{{2, 0, 2}, {0, -8, 0}, {2, 0, 2}}}) == "");
}

TEST_CASE("laplacian: 5 x 5", "[filter][laplacian]") {
    CHECK(wrong(detail::wide_laplacian(laplacian<5>), twice({1, 0, -2, 0, 1}, {1, 4, 6, 4, 1})) == "");
}

TEST_CASE("laplacian: 7 x 7, of which bytes saturate", "[filter][laplacian]") {
    CHECK(wrong(detail::wide_laplacian(laplacian<7>), twice({1, 2, -1, -4, -1, 2, 1}, {1, 6, 15, 20, 15, 6, 1})) == "");
}

// SPDX-License-Identifier: BSL-1.0
// projections against plain sums of rows and columns.
#include <quoin/measure/projections.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace quoin;

TEMPLATE_TEST_CASE("projections: sums of rows and columns, under every policy", "[measure][projections]", std::uint8_t,
                   float, rgb<std::int16_t>) {
    using T = channel_t<TestType>;
    for (extent const size : {extent{1, 1}, extent{67, 3}, extent{131, 700}, extent{9000, 2}}) {
        CAPTURE(size.width, size.height);
        auto in = test::random_pixels<TestType>(size, 51); // floats are whole numbers, so that all sums are exact
        if (size.height == 700 && std::integral<T>)
            for (auto& p : in.data) p = make_pixel<TestType>([](auto) { return std::numeric_limits<T>::max(); });
        test::guarded<TestType> const source(in);
        auto const check = [&](auto const& policies) {
            for (auto const& policy : policies) {
                INFO(policy.name());
                auto const found = projections(policy, source.view());
                for_each_channel<TestType>([&](auto c) {
                    std::vector<sum_t<T>> rows(static_cast<std::size_t>(size.height));
                    std::vector<sum_t<T>> columns(static_cast<std::size_t>(size.width));
                    for (index_t y = 0; y < size.height; ++y)
                        for (index_t x = 0; x < size.width; ++x) {
                            T const v = get_channel<decltype(c)::value>(in(x, y));
                            rows[static_cast<std::size_t>(y)] += static_cast<sum_t<T>>(v);
                            columns[static_cast<std::size_t>(x)] += static_cast<sum_t<T>>(v);
                        }
                    auto const& one = detail::channel_of_result<TestType, decltype(c)::value>(found);
                    CHECK((one.rows == rows));
                    CHECK((one.columns == columns));
                });
            }
        };
        check(test::scalar_policies());
        check(test::vector_policies());
    }
}

TEST_CASE("projections: no pixels, and NaN", "[measure][projections]") {
    auto const none = projections(serial{}, image_view<std::uint8_t const>());
    CHECK(none.rows.empty());
    CHECK(none.columns.empty());
    image<float> pixels(70, 130);
    pixels(3, 100) = std::numeric_limits<float>::quiet_NaN();
    auto const found = projections(serial{}, pixels.view());
    CHECK(std::isnan(found.rows[100]));
    CHECK(std::isnan(found.columns[3]));
    CHECK(found.rows[99] == 0);
    CHECK(found.columns[4] == 0);
}

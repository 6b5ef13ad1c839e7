// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/resize.hpp>

#include "support/oracle.hpp"
#include "support/resampling.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

using namespace quoin;

namespace {

/// All kernels, smaller and larger, from and to one pixel.
template <class P, resize_mode Mode>
std::string check(std::vector<std::pair<extent, extent>> const& sizes) {
    for (auto const& [from, to] : sizes)
        for (int k = 0; k < 6; ++k) {
            std::string const wrong = test::sweep<P>(
                {from}, [&, to = to](auto v) { return v | resize<Mode>(to, static_cast<resize_kernel>(k)); },
                [&, to = to](auto const& in) { return test::resized<P, Mode>(in, to, k); });
            if (!wrong.empty())
                return "kernel " + std::to_string(k) + ", to " + std::to_string(to.width) + " x " +
                       std::to_string(to.height) + ": " + wrong;
        }
    return "";
}

std::vector<std::pair<extent, extent>> const& some_sizes() {
    static std::vector<std::pair<extent, extent>> const sizes{
        {{1, 1}, {1, 1}},     {{1, 1}, {5, 3}},       {{7, 5}, {1, 1}},     {{2, 131}, {131, 2}},
        {{131, 2}, {2, 9}},   {{64, 9}, {63, 9}},     {{65, 9}, {65, 4}},   {{60, 7}, {150, 9}},
        {{300, 40}, {17, 6}}, {{331, 30}, {130, 23}}, {{190, 33}, {201, 7}}};
    return sizes;
}

} // namespace

TEST_CASE("resize: the bytes of Pillow's arithmetic", "[geometry][resize]") {
    CHECK(check<std::uint8_t, resize_mode::pillow>(some_sizes()) == "");
    CHECK(check<std::uint8_t, resize_mode::pillow_simd>(some_sizes()) == "");
}

TEST_CASE("resize: colors", "[geometry][resize]") {
    CHECK(check<rgb8, resize_mode::pillow>({{{131, 20}, {67, 33}}, {{40, 30}, {77, 9}}}) == "");
}

TEST_CASE("resize: the hashes of what Pillow 13 makes", "[geometry][resize]") {
    test::plain<std::uint8_t> in({97, 61});
    for (index_t y = 0; y < 61; ++y)
        for (index_t x = 0; x < 97; ++x)
            in(x, y) = static_cast<std::uint8_t>((x * x * 7 + y * y * 13 + x * y * 5) >> 3);
    test::guarded<std::uint8_t> const source(in);
    auto const hash = [&](extent size, resize_kernel kernel) {
        test::guarded<std::uint8_t> out(size);
        run(test::vector_policies().front(), source.view() | resize(size, kernel), out.view());
        std::uint32_t h = 2166136261u;
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) h = (h ^ out.view().load(x, y)) * 16777619u;
        return h;
    };
    CHECK(hash({40, 25}, resize_kernel::triangle) == 1439248510u);
    CHECK(hash({200, 30}, resize_kernel::triangle) == 885953469u);
    CHECK(hash({40, 25}, resize_kernel::cubic) == 440111080u);
    CHECK(hash({31, 77}, resize_kernel::cubic) == 3043880258u);
    CHECK(hash({150, 100}, resize_kernel::lanczos3) == 1063086793u);
    CHECK(hash({13, 7}, resize_kernel::lanczos3) == 2212275018u);
    CHECK(hash({50, 50}, resize_kernel::hamming) == 1054873574u);
    CHECK(hash({33, 44}, resize_kernel::box) == 3484527461u);
}

TEST_CASE("resize: the nearest of two pixels that are equally near", "[geometry][resize]") {
    std::uint8_t const values[] = {0, 1, 2, 3};
    image_view<std::uint8_t const> const view(values, 4, 1);
    auto const picked = [&](auto const& stage) {
        std::uint8_t results[6]{};
        run(serial{}, view | stage, image_view<std::uint8_t>(results, 6, 1));
        return std::vector<int>(results, results + 6);
    };
    extent const size{6, 1};
    std::vector<int> const exact{0, 1, 1, 2, 3, 3};
    std::vector<int> pillow = exact;
    pillow[4] = 2; // as in Pillow 13, whose sum of 0.333 + 4 * 0.667 is a little less than 3
    CHECK(picked(resize(size, resize_kernel::nearest)) == pillow);
    CHECK(picked(resize<resize_mode::pillow_simd>(size, resize_kernel::nearest)) == pillow);
    CHECK(picked(resize<resize_mode::accurate>(size, resize_kernel::nearest)) == exact);
}

TEST_CASE("resize: errors", "[geometry][resize]") {
    CHECK_THROWS_MATCHES(
        resize({0, 5}), invalid_argument,
        Catch::Matchers::Message(
            "quoin::resize: a result of 0 x 5 pixels; give a width and a height from 1 to 2147483647"));
    CHECK_THROWS_AS(resize({5, -1}), invalid_argument);
    CHECK_THROWS_AS(resize({index_t{1} << 31, 1}), invalid_argument);
    CHECK_THROWS_MATCHES(
        (image_view<std::uint8_t const>{} | resize({4, 4})), invalid_argument,
        Catch::Matchers::Message("quoin::resize: the input has 0 x 0 pixels; give an image that is not empty"));
}

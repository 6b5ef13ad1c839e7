// SPDX-License-Identifier: BSL-1.0
// Some rows of a chain's result, as each of several processes computes them, beside all rows.
#include <quoin/runtime/any_pipeline.hpp>

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/image/image.hpp>

#include <catch2/catch_test_macros.hpp>

#include <random>

using namespace quoin;

TEST_CASE("any_pipeline: some rows") {
    unsigned const seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 numbers(seed);
    image<std::uint8_t> source(61, 47);
    for (index_t y = 0; y < source.height(); ++y)
        for (index_t x = 0; x < source.width(); ++x) source(x, y) = static_cast<std::uint8_t>(numbers());
    for (char const* text : {"gaussian3,sobel_magnitude", "box=5,gaussian=2", "subtract(#1,gaussian=3)"}) {
        any_pipeline const chain(text);
        any_view const in = std::as_const(source).view();
        any_pipeline const bytes = chain.then("convert_to", {0.0});
        any_image const whole = to_image(serial{}, bytes, in);
        image_view<std::uint8_t const> const all = whole.view().as<std::uint8_t>();
        for (interval const rows :
             {interval{0, 47}, interval{0, 1}, interval{46, 47}, interval{13, 30}, interval{9, 9}}) {
            image<std::uint8_t> some(source.size());
            detail::run_rows(serial{}, bytes, {in}, some.view(), rows, {.strip_rows = 4});
            index_t wrong = 0;
            for (index_t y = 0; y < some.height(); ++y)
                for (index_t x = 0; x < some.width(); ++x)
                    wrong += some(x, y) != (y >= rows.begin && y < rows.end ? all.load(x, y) : 0);
            INFO(text << ", rows " << rows.begin << " to " << rows.end);
            CHECK(wrong == 0);
        }
    }
}

TEST_CASE("any_pipeline: some rows of sums that begin at rows of the image") {
    unsigned const seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 numbers(seed);
    image<float> source(61, 87);
    for (index_t y = 0; y < source.height(); ++y)
        for (index_t x = 0; x < source.width(); ++x) source(x, y) = static_cast<float>(numbers()) / 7;
    auto const all = to_image(serial{}, source.view() | box(3, 40));
    any_pipeline const chain("box=3x40");
    for (interval const rows : {interval{0, 87}, interval{0, 1}, interval{86, 87}, interval{13, 60}}) {
        image<float> some(source.size());
        detail::run_rows(serial{}, chain, {std::as_const(source).view()}, some.view(), rows, {.strip_rows = 5});
        index_t wrong = 0;
        for (index_t y = rows.begin; y < rows.end; ++y)
            for (index_t x = 0; x < some.width(); ++x) wrong += some(x, y) != all(x, y);
        INFO("rows " << rows.begin << " to " << rows.end);
        CHECK(wrong == 0);
    }
}

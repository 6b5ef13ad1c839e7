// SPDX-License-Identifier: BSL-1.0
// Structuring elements in chains: the bytes of the compiled pipeline, the values, and bad text.
#include "support/chains.hpp"

#include <quoin/filter/morphology/open.hpp>
#include <quoin/filter/morphology/top_hat.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using element = structuring_element;

namespace {

constexpr extent size{131, 19};

/// Whether a chain, under every policy, makes the bytes of a pipeline.
template <class Make>
std::string differs(std::string const& text, Make const& make) {
    auto const in = test::random_pixels<std::uint8_t>(size, 3);
    image_view<std::uint8_t const> const view(in.data.data(), size.width, size.height);
    auto const expected = to_image(serial{}, make(view));
    return test::chain_differs(text.c_str(), {any_view(view)}, expected.view());
}

std::string said(std::string const& text) {
    return test::message([&] { (void)any_pipeline(text); });
}

} // namespace

TEST_CASE("any_pipeline: elements of every form, the bytes of the compiled pipeline", "[runtime]") {
    std::pair<std::string, element> const all[] = {
        {"5", element::rectangle(5, 5)},
        {"8x3", element::rectangle(8, 3)},
        {"disc:4", element::disc(4)},
        {"ellipse:7", element::ellipse(7, 7)},
        {"ellipse:12x5", element::ellipse(12, 5)},
        {"cross:3", element::cross(3)},
        {"line:9:30", element::line(9, 30)},
        {" line : 15 : -72.5 ", element::line(15, -72.5)},
        {"0110/1111/0011", element::from_rows("0110/1111/0011")},
    };
    for (auto const& [text, e] : all) CHECK(differs("erode=" + text, [&e = e](auto v) { return v | erode(e); }) == "");
    CHECK(differs("dilate=0110/1111/0011", [&](auto v) { return v | dilate(all[8].second); }) == "");
    CHECK(differs("open=disc:4", [&](auto v) { return v | open(element::disc(4)); }) == "");
    CHECK(differs("close=line:9:30", [&](auto v) { return v | close(element::line(9, 30)); }) == "");
    CHECK(differs("gradient=ellipse:7,top_hat=cross:3",
                  [&](auto v) { return v | gradient(element::ellipse(7, 7)) | top_hat(element::cross(3)); }) == "");
    CHECK(differs("gradient=8x3,black_hat=8x3", [](auto v) { return v | gradient(8, 3) | black_hat(8, 3); }) == "");
}

TEST_CASE("any_pipeline: elements as values", "[runtime]") {
    auto const text = [](std::vector<double> const& values) { return any_pipeline().then("erode", values).text(); };
    CHECK(text({3}) == "erode=3");
    CHECK(text({8, 3}) == "erode=8x3");
    CHECK(text({8, 3, 0}) == "erode=8x3");
    CHECK(text({4, 0, 1}) == "erode=disc:4");
    CHECK(text({12, 5, 2}) == "erode=ellipse:12x5");
    CHECK(text({3, 0, 3}) == "erode=cross:3");
    CHECK(text({9, 30.5, 4}) == "erode=line:9:30.5");
    CHECK(text({3, 2, 5, 0, 1, 0, 1, 1, 1}) == "erode=010/111");
    for (std::vector<double> const& wrong : std::vector<std::vector<double>>{{0, 3},
                                                                             {3, 3, 6},
                                                                             {3, 3, -1},
                                                                             {4, 1, 1},
                                                                             {300, 0, 1},
                                                                             {3, 2, 5, 0, 1, 0},
                                                                             {3, 2, 5, 0, 1, 0, 1, 2, 1},
                                                                             {3, 1, 5, 1, 1, 1},
                                                                             {2, 2, 5, 0, 0, 0, 0},
                                                                             {3, 3, 0.5}})
        CHECK_THROWS_AS(any_pipeline().then("erode", wrong), invalid_argument);
}

TEST_CASE("any_pipeline: text that is no element", "[runtime]") {
    std::string const forms = "15x4 or 15, disc:7, ellipse:15x9 or ellipse:15, cross:3, line:15:30, or rows of 0 and 1 "
                              "as 010/111/010";
    CHECK(said("gray,erode") ==
          "chain, character 11: the end of 'erode', where ELEMENT, " + forms + ", is needed; write erode=ELEMENT");
    CHECK(said("erode=0x3") ==
          "chain, character 7: '0' for ELEMENT (" + forms + "); give a whole number from 1 to 511");
    CHECK(said("erode=3x512").starts_with("chain, character 9: '512' for ELEMENT"));
    CHECK(said("erode=").starts_with("chain, character 7: '' for ELEMENT"));
    CHECK(said("erode=3:4") == "chain, character 9: '4' behind the last value of erode=ELEMENT");
    CHECK(said("gray,open=disk:3") == "chain, character 11: 'disk:3' for ELEMENT; give " + forms);
    CHECK(said("open=disc") == "chain, character 10: the end of 'disc', where the radius is needed; give " + forms);
    CHECK(said("open=disc:256") ==
          "chain, character 11: '256' for the radius (in pixels); give a whole number from 0 to 255");
    CHECK(said("open=cross:-1").starts_with("chain, character 12: '-1' for the radius"));
    CHECK(said("open=disc:3:4") == "chain, character 13: '4' behind the last value of open=ELEMENT");
    CHECK(said("open=ellipse:9x0").starts_with("chain, character 16: '0' for ELEMENT"));
    CHECK(said("open=ellipse").starts_with("chain, character 13: the end of 'ellipse', where the sides are needed"));
    CHECK(said("open=line").starts_with("chain, character 10: the end of 'line', where the length and the angle are"));
    CHECK(said("open=line:9").starts_with("chain, character 12: the end of 'line:9', where the angle is needed"));
    CHECK(said("open=line:0:9") ==
          "chain, character 11: '0' for the length (in pixels); give a whole number from 1 to 511");
    CHECK(said("open=line:9:x") ==
          "chain, character 13: 'x' for the angle (in degrees); give a number from -360 to 360");
    CHECK(said("open=010/121/010") ==
          "chain, character 11: '2' in row 2 of the element; give rows of 0 and 1 separated by /");
    CHECK(said("open=010/11") ==
          "chain, character 10: row 2 of the element has 2 pixels and the first one 3; give rows "
          "of the same length");
    CHECK(said("open=010/").starts_with("chain, character 10: row 2 of the element has 0 pixels"));
    CHECK(said("open=000/000") == "chain, character 6: an element without a 1; give at least one");
    CHECK(said("open=" + std::string(512, '1') + "/" + std::string(512, '1')) ==
          "chain, character 6: an element of 512 x 2 pixels; give sides from 1 to 511");
}

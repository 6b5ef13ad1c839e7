// SPDX-License-Identifier: BSL-1.0
// Times the least value over rectangles, ellipses, crosses and lines of several sizes, and the greatest one, which
// costs as much.
#include "support/jobs.hpp"

#include <quoin/filter/morphology/erode.hpp>

namespace {

using element = quoin::structuring_element;

element ellipse(int width, int height) {
    return element::ellipse(width, height);
}

bool const registered =
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("erode-3", [](auto v) { return v | quoin::erode(3, 3); }) &&
    bench::add_pipeline<std::uint8_t>("erode-5", [](auto v) { return v | quoin::erode(5, 5); }) &&
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("erode-15",
                                                            [](auto v) { return v | quoin::erode(15, 15); }) &&
    bench::add_pipeline<std::uint8_t>("erode-31", [](auto v) { return v | quoin::erode(31, 31); }) &&
    bench::add_pipeline<std::uint8_t>("dilate-15", [](auto v) { return v | quoin::dilate(15, 15); }) &&
    bench::add_pipeline<std::uint8_t, std::uint16_t, float>("erode-ellipse-15",
                                                            [](auto v) { return v | quoin::erode(ellipse(15, 15)); }) &&
    bench::add_pipeline<std::uint8_t>("erode-ellipse-31", [](auto v) { return v | quoin::erode(ellipse(31, 31)); }) &&
    bench::add_pipeline<std::uint8_t>("erode-cross-3", [](auto v) { return v | quoin::erode(element::cross(1)); }) &&
    bench::add_pipeline<std::uint8_t>("erode-line-15-45",
                                      [](auto v) { return v | quoin::erode(element::line(15, 45)); }) &&
    bench::add_pipeline<std::uint8_t>("dilate-ellipse-15", [](auto v) { return v | quoin::dilate(ellipse(15, 15)); });

} // namespace

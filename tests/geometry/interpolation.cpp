// SPDX-License-Identifier: BSL-1.0
#include <quoin/geometry/interpolation.hpp>

#include "support/sampling.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/translate.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// The value of a row at a place, read as the first pixel of the shifted row.
template <class T, std::size_t N>
T value_at(T const (&row)[N], double place, interpolation how) {
    image_view<T const> const view(row, static_cast<index_t>(N), 1);
    return to_image(serial{}, view | extend(replicate) | translate(-place, 0, how))(0, 0);
}

} // namespace

TEST_CASE("interpolation: nearest takes the right one of two that are equally near", "[geometry][interpolation]") {
    std::int16_t const row[] = {10, 20, 30, 40};
    CHECK(value_at(row, 1.49, interpolation::nearest) == 20);
    CHECK(value_at(row, 1.5, interpolation::nearest) == 30);
    CHECK(value_at(row, -0.5, interpolation::nearest) == 10);
    CHECK(value_at(row, -3.6, interpolation::nearest) == 10);
    CHECK(value_at(row, 9, interpolation::nearest) == 40);
}

TEST_CASE("interpolation: linear lies on lines, half up, by steps of 1/2048", "[geometry][interpolation]") {
    std::int16_t const row[] = {0, 1, -1, 20480};
    CHECK(value_at(row, 0.25, interpolation::linear) == 0);
    CHECK(value_at(row, 0.5, interpolation::linear) == 1);
    CHECK(value_at(row, 1.75, interpolation::linear) == 0); // -1/2
    CHECK(value_at(row, 1.76, interpolation::linear) == -1);
    std::int16_t const slope[] = {0, 20480};
    CHECK(value_at(slope, 1.0 / 2048, interpolation::linear) == 10);
    CHECK(value_at(slope, 1.499 / 2048, interpolation::linear) == 10);
    CHECK(value_at(slope, 1.5 / 2048, interpolation::linear) == 20);
    CHECK(value_at(slope, 1 - 0.5 / 2048, interpolation::linear) == 20480);
}

TEST_CASE("interpolation: cubic has Keys' weights", "[geometry][interpolation]") {
    // At a half: -3/32, 19/32, 19/32, -3/32. At a quarter, of distances 5/4, 1/4, 3/4 and 7/4: -27/256, 225/256, ...
    std::int32_t const row[] = {0, 0, 1 << 20, 0, 0};
    CHECK(value_at(row, 0.5, interpolation::cubic) == -(3 << 15));
    CHECK(value_at(row, 1.5, interpolation::cubic) == 19 << 15);
    CHECK(value_at(row, 3.25, interpolation::cubic) == -27 * 4096);
    CHECK(value_at(row, 2.25, interpolation::cubic) == 225 * 4096);
    CHECK(value_at(row, 1.25, interpolation::cubic) == 67 * 4096);
    CHECK(value_at(row, 0.25, interpolation::cubic) == -9 * 4096);
    std::uint8_t const edge[] = {0, 0, 255, 255};
    CHECK(value_at(edge, 0.5, interpolation::cubic) == 0);
    CHECK(value_at(edge, 2.5, interpolation::cubic) == 255);
}

TEST_CASE("interpolation: lanczos4 has the weights of its kernel", "[geometry][interpolation]") {
    // At a half, of 16384: -207, 979, -2720, 10140 and the same from the right.
    std::int32_t const row[] = {0, 0, 0, 0, 1 << 14, 0, 0, 0, 0};
    int const weights[] = {-207, 979, -2720, 10140, 10140, -2720, 979, -207};
    for (int i = 0; i < 8; ++i) CHECK(value_at(row, i + 0.5, interpolation::lanczos4) == weights[i]);
    // Every weight of every fraction, against the real kernel.
    for (int part = 0; part < 2048; ++part) {
        auto const taps = test::taps_at(interpolation::lanczos4, std::int64_t{part} << 21);
        for (int i = 0; i < 8; ++i)
            REQUIRE(value_at(row, i + part / 2048.0, interpolation::lanczos4) ==
                    static_cast<int>(taps.weights[static_cast<std::size_t>(7 - i)] * 16384));
    }
}

TEST_CASE("interpolation: images of one value stay as they are", "[geometry][interpolation]") {
    for (auto const how : test::interpolations)
        for (int part = 0; part < 2048; ++part) {
            std::uint16_t const row[] = {65535, 65535, 65535};
            REQUIRE(value_at(row, part / 2048.0, how) == 65535);
        }
}

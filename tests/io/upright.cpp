// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <quoin/io/upright.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("upright puts every corner where Exif says that it belongs", "[io]") {
    // Exif names where the stored row 0 and column 0 are in the picture: a turn or a mirror is wrong in one of them.
    for (extent const size : {extent{1, 1}, {5, 1}, {3, 4}, {130, 67}}) {
        auto const stored = files::random_image<rgb8>(size.width, size.height, 3);
        for (int orientation = 1; orientation <= 8; ++orientation) {
            CAPTURE(size.width, size.height, orientation);
            auto const turned = upright(image<rgb8>(stored), orientation);
            bool const swapped = orientation > 4;
            index_t const right = turned.width() - 1, bottom = turned.height() - 1;
            REQUIRE(turned.size() == (swapped ? extent{size.height, size.width} : size));
            for (index_t v = 0; v < size.height; ++v)
                for (index_t u = 0; u < size.width; ++u) {
                    // The row 0 is at: 1 top, 2 top, 3 bottom, 4 bottom, 5 left, 6 right, 7 right, 8 left;
                    // the column 0 at: 1 left, 2 right, 3 right, 4 left, 5 top, 6 top, 7 bottom, 8 bottom.
                    bool const row_far = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
                    bool const column_far =
                        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
                    index_t const x = swapped ? (row_far ? right - v : v) : (column_far ? right - u : u);
                    index_t const y = swapped ? (column_far ? bottom - u : u) : (row_far ? bottom - v : v);
                    REQUIRE(turned(x, y) == stored(u, v));
                }
        }
    }
    for (int const wrong : {0, 9, -1}) CHECK_THROWS_AS(upright(image<rgb8>(2, 2), wrong), invalid_argument);
}

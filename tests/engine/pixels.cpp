// SPDX-License-Identifier: BSL-1.0
// Pixels of every gray type through the engine: read, in lines and where they lie, and written, at every width.
#include "engine/every_width.hpp"

TEST_CASE("pixels: gray ones of every type of channel, at every width", "[engine]") {
    test::channel_types::each([]<class T>() {
        CAPTURE(sizeof(T), std::is_signed_v<T>);
        CHECK(test::wrong_at_every_width<T>() == "");
    });
}

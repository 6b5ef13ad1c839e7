// SPDX-License-Identifier: BSL-1.0
// Video frames as sources and as results of the engine: every layout, siting and filter, at small sizes all of them,
// in memory with nothing around it, under every policy, against plain loops.
#include "frames.hpp"
#include "support/device_policy.hpp"

#include <quoin/filter/linear/box.hpp>
#include <quoin/geometry/crop.hpp>

#include <catch2/catch_message.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::frame;

namespace {

bool same(image<ycbcr8> const& a, image<ycbcr8> const& b) {
    for (index_t y = 0; y < b.height(); ++y)
        for (index_t x = 0; x < b.width(); ++x)
            if (!(a(x, y) == b(x, y))) return false;
    return a.size() == b.size();
}

} // namespace

TEST_CASE("video: every layout of every small size equals the loops, under every policy", "[engine][video]") {
    CHECK(test::wrong_small<std::uint8_t>(std::vector{test::scalar_policies().front()}, 9) == "");
    CHECK(test::wrong_small<std::uint8_t>(std::vector{test::vector_policies().front()}, 9) == "");
    CHECK(test::wrong_small<std::uint8_t>(test::scalar_policies(), 3) == "");
    CHECK(test::wrong_small<std::uint8_t>(test::vector_policies(), 3) == "");
}

TEST_CASE("video: strips and tiles do not change a frame", "[engine][video]") {
    CHECK(test::wrong_cut<std::uint8_t>(test::scalar_policies(), 71, 13) == "");
    CHECK(test::wrong_cut<std::uint8_t>(test::vector_policies(), 203, 15) == "");
    CHECK(test::wrong_cut<std::uint8_t>(test::vector_policies(), 256, 6) == "");
    CHECK(test::wrong_cut<std::uint8_t>(test::vector_policies(), 129, 8) == "");
}

TEST_CASE("video: behind a frame any stage reads what it reads of an image", "[engine][video]") {
    for (auto const kind : test::frame_kinds) {
        frame<std::uint8_t> f(kind, 150, 21, 4, {});
        f.fill(11);
        image<ycbcr8> const whole = to_image(serial{}, f.view());
        for (auto const& policy : test::vector_policies()) {
            CAPTURE(policy.name(), static_cast<int>(kind));
            // Rows again and again, at odd columns, and backwards.
            auto const boxed = [](auto v) { return v | crop({3, 5, 101, 9}) | extend(wrap) | box(5); };
            CHECK(same(to_image(policy, boxed(f.view()), {.strip_rows = 3}), to_image(serial{}, boxed(whole.view()))));
        }
    }
}

TEST_CASE("video: a policy of a device makes an image, and its host the frame", "[engine][video]") {
    auto const in = test::random_pixels<std::uint8_t>(31, 9, 4);
    frame<std::uint8_t> f(test::frame_kind::yuyv, 31, 9, 0, {});
    int kernels = 0;
    CHECK(test::wrong_written(test::device_policy{&kernels}, in, f) == "");
    CHECK(kernels == 1);
}

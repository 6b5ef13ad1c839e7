// SPDX-License-Identifier: BSL-1.0
// That a chain is one pass: memory does not grow with the image's height, every source pixel is read once a
// strip, every row of an intermediate image is computed once a strip. Counts all allocations of this
// executable.
#include <quoin/exec/run.hpp>

#include "support/allocations.hpp"
#include "support/oracle.hpp"
#include "support/video.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/workspace.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/color/rgb_to_ycbcr.hpp>
#include <quoin/filter/color/ycbcr_to_rgb.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/image/image.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace quoin;

namespace {

using test::usage;
using test::used_by;

template <class Policy>
usage chain(Policy const& policy, extent size) {
    image<rgb8> const in(size);
    image<std::uint8_t> out(size);
    return used_by([&] {
        run(policy, in.view() | gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f), out.view());
    });
}

/// A view that counts how often each pixel is read.
struct counting_view {
    using pixel_type = std::uint8_t;
    extent size;
    std::vector<int>* reads;
    constexpr index_t width() const { return size.width; }
    constexpr index_t height() const { return size.height; }
    std::uint8_t load(index_t x, index_t y) const {
        ++(*reads)[static_cast<std::size_t>(y * size.width + x)];
        return static_cast<std::uint8_t>(x * 3 + y);
    }
};
static_assert(concepts::view<counting_view>);

struct counting_identity {
    int* calls;
    std::uint8_t operator()(std::uint8_t v) const {
        ++*calls;
        return v;
    }
};

} // namespace

TEST_CASE("fusion: a five-stage chain takes the same memory for any height, little of it", "[exec][fusion]") {
    auto const check = [](auto const& policy) {
        index_t const width = 1000;
        usage const small = chain(policy, {width, 200}), large = chain(policy, {width, 1600});
        CAPTURE(policy.name(), small.bytes, large.bytes, small.count);
        CHECK(small == large);
        // Three local stages of three lines each, padded; and the few bytes that hold them.
        CHECK(large.bytes <= static_cast<std::size_t>(3 * 3 * (width + 512)));
        CHECK(large.count <= 3 * 3 * 2);
        CHECK(large.count >= 3);
    };
    check(serial{});
    check(simd{});
}

TEST_CASE("fusion: pointwise stages take no memory at all", "[exec][fusion]") {
    image<rgb8> const in(1000, 50);
    image<std::uint8_t> out(1000, 50);
    auto const p = in.view() | gray | brightness(1.2f) | [](std::uint8_t v) { return v; } | brightness(0.5f);
    CHECK(used_by([&] { run(serial{}, p, out.view()); }) == usage{0, 0});
    CHECK(used_by([&] { run(simd{}, p, out.view()); }) == usage{0, 0});
}

TEST_CASE(
    "fusion: every source pixel is read once, and with strips only the rows that strips share are read again",
    "[exec][fusion]") {
    extent const size{200, 30};
    image<std::uint8_t> out(size);
    auto const check = [&](auto const& policy) {
        std::vector<int> reads(static_cast<std::size_t>(size.area()));
        auto const p = counting_view{size, &reads} | gaussian3 | sharpen;
        run(policy, p, out.view());
        CHECK(std::all_of(reads.begin(), reads.end(), [](int n) { return n == 1; }));
        std::fill(reads.begin(), reads.end(), 0);
        run(policy, p, out.view(), {10, 0});
        bool right = true;
        for (index_t y = 0; y < 30; ++y) {
            bool const shared =
                (y >= 8 && y < 12) || (y >= 18 && y < 22); // two rows on each side of rows 10 and 20
            for (index_t x = 0; x < 200; ++x)
                right = right && reads[static_cast<std::size_t>(y * 200 + x)] == 1 + shared;
        }
        CHECK(right);
    };
    check(serial{});
    check(simd{});
}

TEST_CASE("fusion: every row of an intermediate image is computed once", "[exec][fusion]") {
    extent const size{100, 40};
    auto const in = test::random_pixels<std::uint8_t>(size, 4);
    image<std::uint8_t> out(size);
    int calls = 0;
    run(serial{},
        image_view<std::uint8_t const>(in.data.data(), 100, 40) | gaussian3 | counting_identity{&calls} |
            sharpen | gaussian3,
        out.view());
    CHECK(calls == 100 * 40);
}

TEST_CASE("fusion: from a frame of video to a frame in one pass", "[exec][fusion][video]") {
    constexpr auto matrix = ycbcr_matrix::bt709;
    constexpr auto range = ycbcr_range::limited;
    auto const chain = [](auto const& in) {
        return in | ycbcr_to_rgb(matrix, range) | brightness(0.8f) | rgb_to_ycbcr(matrix, range);
    };
    auto const check = [&](auto const& policy) {
        std::vector<usage> all;
        for (index_t const height : {21, 201}) {
            test::frame<std::uint8_t> in(test::frame_kind::nv12, 301, height, 0, {});
            in.fill(5);
            test::frame<std::uint8_t> out(test::frame_kind::nv12, 301, height, 2, {}), expected = out;
            workspace memory;
            auto const evaluate = [&] { run(policy, chain(in.view()), out.view(), {.memory = &memory}); };
            // Neither memory for pixels between the stages, nor any in the second call.
            all.push_back(used_by([&] { run(policy, chain(in.view()), out.view()); }));
            evaluate();
            CHECK(used_by(evaluate) == usage{0, 0});
            // The same as pixel by pixel.
            image<ycbcr8> last(301, height);
            for (index_t y = 0; y < height; ++y)
                for (index_t x = 0; x < 301; ++x) {
                    rgb8 const color = ycbcr_to_rgb(matrix, range)(in.pixel(x, y));
                    last(x, y) = rgb_to_ycbcr(matrix, range)(map_channels(color, brightness(0.8f)));
                }
            expected.write(last.view());
            CHECK(out.memory == expected.memory);
        }
        CAPTURE(policy.name(), all[0].bytes, all[0].count);
        CHECK(all[0] == all[1]);
        CHECK(all[0].bytes < 12 * (301 + 512));
    };
    check(simd{});
    int calls = 0;
    test::frame<std::uint8_t> in(test::frame_kind::i420, 33, 10, 0, {}), out = in;
    auto const counted = [&calls](ycbcr8 p) {
        ++calls;
        return p;
    };
    run(serial{}, in.view() | counted, out.view(), {.strip_rows = 3});
    CHECK(calls == 33 * 10);
    // Half a frame cannot be read and overwritten.
    CHECK_THROWS_AS(run(serial{}, in.view() | counted, in.view()), invalid_argument);
    CHECK(calls == 33 * 10);
}

// SPDX-License-Identifier: BSL-1.0
#include "support/allocations.hpp"
#include "support/model_stages.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/parallel.hpp>
#include <quoin/exec/run.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/workspace.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/geometry/resize.hpp>
#include <quoin/geometry/rotate.hpp>
#include <quoin/mask/to_bits.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

template <class P>
image<P> random_image(extent size) {
    auto const pixels = test::random_pixels<P>(size, 3);
    image<P> result(size);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) result.view()(x, y) = pixels(x, y);
    return result;
}

image<rgb8> const& source() {
    static image<rgb8> const pixels = random_image<rgb8>({301, 170});
    return pixels;
}

/// Interleaved channels, running sums, a border with a value, lines that are read backwards, and pixels in registers.
auto chain() {
    return source().view() | flip_x | gaussian3 | extend(constant(9)) | gray | box(7) | gaussian3;
}

} // namespace

TEST_CASE("workspace: run and to_bits allocate nothing when they are called again", "[exec][workspace]") {
    auto const check = [](auto const& policy) {
        auto const p = chain();
        image<std::uint8_t> expected(p.size()), out(p.size());
        run(serial{}, p, expected);
        workspace memory;
        auto const frame = [&] { run(policy, p, out, {.strip_rows = 40, .memory = &memory}); };
        CHECK(test::used_by(frame).count > 0);
        frame(); // makes one piece of several
        out = image<std::uint8_t>(p.size());
        CHECK(test::used_by(frame) == test::usage{0, 0});
        CHECK(test::equal(out, expected));

        bit_image mask(p.size()), same(p.size());
        to_bits(serial{}, p | threshold(120), same);
        auto const bits = [&] { to_bits(policy, p | threshold(120), mask, {.strip_rows = 40, .memory = &memory}); };
        bits();
        bits();
        CHECK(test::used_by(bits) == test::usage{0, 0});
        CHECK(mask == same);
    };
    check(serial{});
    check(simd{});
}

TEST_CASE("workspace: the memory of a transposed image does not grow with its height", "[exec][workspace]") {
    auto const used = [](index_t width) {
        image<rgb8> const in(width, 90);
        auto const p = in.view() | gaussian3 | gray | box(7) | flip_x | transpose | transpose | rotate90 | gaussian3;
        image<std::uint8_t> out(p.size());
        return test::used_by([&] { run(simd{}, p, out); });
    };
    CHECK(used(400) == used(4000));
    auto const resized = [](index_t width) {
        image<rgb8> const in(width, 90);
        auto const p = in.view() | gray | resize({width, 40}) | transpose;
        image<std::uint8_t> out(p.size());
        return test::used_by([&] { run(simd{}, p, out); });
    };
    CHECK(resized(400) == resized(4000));
}

TEST_CASE("workspace: what a stage keeps from row to row lies in it", "[exec][workspace]") {
    image<rgb8> const in(301, 90);
    auto const p = in.view() | test::summed_columns{0, 0, 1, 0} | test::summed_columns{1, 1, 2, 2} | flip_y;
    image<rgb<std::int32_t>> out(p.size());
    workspace memory;
    auto const frame = [&] { run(simd{}, p, out, {.strip_rows = 40, .memory = &memory}); };
    frame();
    frame();
    CHECK(test::used_by(frame) == test::usage{0, 0});
}

TEST_CASE("workspace: threads have memory of their own", "[exec][workspace]") {
    auto const p = chain();
    image<std::uint8_t> expected(p.size()), out(p.size());
    run(serial{}, p, expected);
    workspace memory;
    for (int threads : {2, 5, 3}) { // more than the memory was prepared for, and fewer
        CAPTURE(threads);
        for (int frame = 0; frame < 3; ++frame) {
            out = image<std::uint8_t>(p.size());
            run(test::thread_policy{threads}, p, out, {.strip_rows = 9, .memory = &memory});
            CHECK(test::equal(out, expected));
        }
    }
    parallel const two(2);
    auto const frame = [&] { run(two, p, out, {.strip_rows = 170, .memory = &memory}); };
    for (int i = 0; i < 3; ++i) frame();
    CHECK(test::used_by(frame) == test::usage{0, 0});
}

TEST_CASE("workspace: serves pipelines of other pixels and sizes in turn", "[exec][workspace]") {
    workspace memory;
    for (index_t width : {1, 40, 300, 7, 299})
        for (index_t height : {1, 3, 64}) {
            CAPTURE(width, height);
            auto const small = random_image<float>({width, height});
            image<float> expected(small.size()), out(small.size());
            run(serial{}, small.view() | gaussian3 | box(3), expected);
            run(simd{}, small.view() | gaussian3 | box(3), out, {.memory = &memory});
            CHECK(test::equal(out, expected));
        }
    workspace const copy = memory; // keeps nothing, and is usable
    auto const p = chain();
    image<std::uint8_t> expected(p.size()), out(p.size());
    run(serial{}, p, expected);
    workspace other = copy;
    run(simd{}, p, out, {.memory = &other});
    CHECK(test::equal(out, expected));
}

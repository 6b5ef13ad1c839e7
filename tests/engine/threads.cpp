// SPDX-License-Identifier: BSL-1.0
// Everything on plain std::thread alone, so that the thread sanitizer, which does not understand oneTBB, can
// watch: run this executable with [threads] under it.
#include <quoin/exec/to_image.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/sum.hpp>

#include "support/oracle.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/point/brightness.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

TEST_CASE("threads: a chain and its reductions on four std::thread equal serial", "[exec][threads]") {
    test::thread_policy const threads{4};
    for (extent const size : {extent{1, 1}, extent{130, 9}, extent{300, 200}}) {
        auto const in = test::random_pixels<rgb8>(size, 21);
        image_view<rgb8 const> const v(in.data.data(), size.width, size.height);
        auto const chain = v | gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f);
        auto const expected = to_image(serial{}, chain);
        for (quoin::tiling const t : {quoin::tiling{}, quoin::tiling{1, 0}, quoin::tiling{7, 64}}) {
            test::guarded<std::uint8_t> out(size);
            run(threads, chain, out.view(), t);
            bool same = out.guards_intact();
            for (index_t y = 0; y < size.height; ++y)
                same = same && std::equal(expected.view().row(y), expected.view().row(y) + size.width,
                                          out.view().row(y));
            CHECK(same);
        }
        CHECK(sum(threads, chain) == sum(serial{}, chain));
        CHECK(min_max(threads, chain) == min_max(serial{}, chain));
        CHECK(histogram(threads, chain) == histogram(serial{}, chain));
    }
}

TEST_CASE("threads: reductions in order, and exceptions", "[exec][threads]") {
    test::thread_policy const threads{4};
    auto const digits = [](index_t b, index_t) { return std::to_string(b); };
    auto const join = [](std::string const& a, std::string const& b) { return a + b; };
    CHECK(reduce_chunks(threads, chunks{10, 1}, std::string(), digits, join) == "0123456789");
    CHECK_THROWS_AS(threads.bulk(100,
                                 [](index_t i) {
                                     if (i % 10 == 3) throw i;
                                 }),
                    index_t);
}

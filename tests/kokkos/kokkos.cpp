// SPDX-License-Identifier: BSL-1.0
// The line engine, the reductions and the segmenter as Kokkos kernels on host spaces: the bytes of serial, and one
// kernel a pipeline.
#include "kokkos_support.hpp"

#include <quoin/exec/kokkos.hpp>
#include <quoin/quoin.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using host = Kokkos::DefaultHostExecutionSpace;

TEST_CASE("kokkos is a policy", "[kokkos]") {
    STATIC_REQUIRE(concepts::policy<kokkos<host>>);
    STATIC_REQUIRE(concepts::policy<kokkos_tiles<host>>);
    CHECK(kokkos<host>().concurrency() == host().concurrency());
}

TEST_CASE("kokkos: pipelines are the bytes of serial, in one kernel", "[kokkos]") {
    for (extent const size : {extent{1, 1}, extent{7, 3}, extent{65, 40}, extent{131, 97}}) {
        CAPTURE(size.width, size.height);
        auto const source = noise<rgb8>(size, 1);
        auto const check = [&](auto const& pipeline) {
            auto const expected = to_image(serial{}, pipeline);
            kernel_counter const kernels;
            CHECK(same_pixels(expected, to_image(kokkos<host>{}, pipeline)));
            CHECK(kernels.count() == 1);
            CHECK(same_pixels(expected, to_image(kokkos<host>{}, pipeline, {3, 64})));
        };
        auto const view = source.view();
        check(view | gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f));
        check(view | extend(wrap) | gaussian3 | sharpen);
        check(zip(view | gray, view | gray | gaussian(2)) | [](std::uint8_t a, std::uint8_t b) { return a - b; });
    }
}

TEST_CASE("kokkos: reductions and the segmenter equal serial's", "[kokkos]") {
    auto const source = noise<std::uint8_t>({301, 203}, 2);
    auto const smooth = source.view() | gaussian3 | gaussian3;
    CHECK(sum(kokkos<host>{}, smooth) == sum(serial{}, smooth));
    CHECK(sum(kokkos<host>{}, smooth | convert_to<float>) == sum(serial{}, smooth | convert_to<float>));
    CHECK(min_max(kokkos<host>{}, smooth) == min_max(serial{}, smooth));
    CHECK(histogram(kokkos<host>{}, smooth) == histogram(serial{}, smooth));

    index_t const level = otsu(kokkos<host>{}, smooth);
    CHECK(level == otsu(serial{}, smooth));
    auto const mask = smooth | threshold(static_cast<double>(level));
    for (auto const method : {segment_method::run_merge, segment_method::minimum}) {
        segment_options options;
        options.method = method;
        auto const expected = segment(serial{}, to_bits(serial{}, mask), options);
        auto const computed = segment(kokkos<host>{}, to_bits(kokkos<host>{}, mask), options);
        REQUIRE(expected.rectangles.size() > 100);
        CHECK(computed.rectangles == expected.rectangles);
        CHECK(computed.components == expected.components);
    }
}

TEST_CASE("kokkos: an exception of a stage arrives at the caller", "[kokkos]") {
    auto const source = noise<std::uint8_t>({64, 64}, 3);
    auto const failing = source.view() | [](std::uint8_t v) -> std::uint8_t {
        if (v > 10) throw std::runtime_error("from a stage");
        return v;
    };
    CHECK_THROWS_AS(to_image(kokkos<host>{}, failing), std::runtime_error);
}

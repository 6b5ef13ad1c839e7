// SPDX-License-Identifier: BSL-1.0
// Every algorithm under every policy, traced, and policies that stand on each other.
#include "observe/traces.hpp"
#include "support/device_policy.hpp"
#include "support/mask_algorithms.hpp"

#include <quoin/exec/parallel.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/sum.hpp>
#include <quoin/observe/pass_kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using namespace test;

namespace {

auto five(auto v) {
    return v | gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f);
}

/// Every algorithm gives under traced() what it gives without, and is in the trace.
template <class Policy>
void check_algorithms(Policy const& plain) {
    CAPTURE(plain.name());
    image<rgb8> const in = picture({301, 77});
    auto const chain = five(in.view());
    trace t;
    auto const p = traced(plain, t);
    STATIC_CHECK(concepts::policy<std::remove_const_t<decltype(p)>>);
    CHECK(p.name() == plain.name());
    CHECK(p.concurrency() == plain.concurrency());

    image<std::uint8_t> const expected = to_image(serial{}, chain);
    CHECK(equal(to_image(p, chain), expected));
    auto const first = t.stages();
    REQUIRE(first.size() == 5);
    CHECK(first[4].stage == "sharpen | brightness");
    CHECK(first[4].rows == 77);
    CHECK(first[0].rows == blocks_of(t));

    CHECK(sum(p, chain) == sum(serial{}, expected.view()));
    CHECK(histogram(p, chain) == histogram(serial{}, expected.view()));
    bit_image const mask = to_bits(p, in.view() | gray | threshold(99));
    CHECK(mask == to_bits(serial{}, in.view() | gray | threshold(99)));
    CHECK(t.stages().size() == 7); // the chain again, and to_bits with two stages
    CHECK(t.stages()[4].rows == 3 * 77);

    segment_options const options{1, 1, 3, 2, segment_method::minimum};
    CHECK(segment(p, mask, options).rectangles == segment(serial{}, mask, options).rectangles);
    auto const stages = t.stages();
    CHECK(std::any_of(stages.begin(), stages.end(), [](auto const& s) { return s.kind == pass_kind::work; }));
    double shares = 0;
    for (stage_time const& s : stages) shares += s.share;
    CHECK(shares > 0.999);
    CHECK(shares < 1.001);
    CHECK(count(chrome(t), R"("ph": "X")") > blocks_of(t));
}

} // namespace

TEST_CASE("trace: every algorithm under every policy", "[exec][trace]") {
    for (auto const& plain : test::scalar_policies()) check_algorithms(plain);
    for (auto const& plain : test::vector_policies()) check_algorithms(plain);
}

TEST_CASE("trace: one inside another, none, and nothing to do", "[exec][trace]") {
    image<std::uint8_t> const in(50, 40), empty(0, 40);
    trace inner, outer;
    auto const p = traced(traced(simd{}, inner), outer);
    to_image(p, in.view() | gaussian3);
    p.bulk(3, [](index_t) {});
    CHECK(rows_of(inner) == rows_of(outer));
    CHECK(inner.stages().size() == 4);

    outer.clear();
    to_image(traced(simd{}, outer), empty.view() | gaussian3);
    to_bits(traced(simd{}, outer), empty.view() | gaussian3);
    traced(simd{}, outer).bulk(0, [](index_t) {});
    for (stage_time const& s : outer.stages()) CHECK((s.rows == 0 && s.ns == 0 && s.share == 0));

    trace* const none = nullptr;
    auto const silent = traced(test::scalar_policy::of(parallel(2)), none);
    CHECK(equal(to_image(silent, in.view() | gaussian3), to_image(serial{}, in.view() | gaussian3)));
    CHECK(segment(silent, to_bits(silent, in.view())).rectangles.empty());
}

TEST_CASE("trace: pipelines that the policy takes over are one span", "[exec][trace]") {
    image<std::uint8_t> const in(50, 40);
    int kernels = 0;
    trace t;
    auto const p = traced(test::device_policy{&kernels}, t);
    to_image(p, in.view() | gaussian3);
    CHECK(rows_of(t) == "gaussian3 device 1\n");
    bit_image const mask = to_bits(p, in.view() | threshold(1));
    CHECK(sum(p, in.view() | gaussian3) == 0);
    CHECK(kernels == 3);
    CHECK(rows_of(t) == "gaussian3 device 2\nthreshold device 1\nset-up set-up 2\nsource output 80\n");
    segment(p, mask);
    CHECK(t.stages().size() > 4);
    CHECK(t.stages().back().kind == pass_kind::work);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/observe/trace.hpp>

#include "observe/traces.hpp"

#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/geometry/resize.hpp>
#include <quoin/pipe/zip.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <thread>
#include <utility>

using namespace quoin;
using namespace test;

namespace {

auto five(auto v) {
    return v | gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f);
}

template <class Pipeline>
detail::stage_list list_of(Pipeline const& p) {
    return detail::stages_of(p);
}

struct own_stage {
    static constexpr quoin::footprint footprint{1, 1};
    std::uint8_t operator()(auto const& w) const { return w(0, 0); }
};

} // namespace

TEST_CASE("trace: names of stages", "[exec][trace]") {
    using detail::stage_name, detail::work_name;
    STATIC_CHECK(stage_name("quoin::avx2::gaussian3_fn", "") == "gaussian3");
    STATIC_CHECK(stage_name("quoin::avx2::convert_to_fn<float>", "") == "convert_to");
    STATIC_CHECK(stage_name("{anonymous}::erode<a<3>, b>", "") == "erode");
    STATIC_CHECK(stage_name("f()::<lambda(auto:1)>", "pointwise") == "pointwise");
    STATIC_CHECK(stage_name("", "local") == "local");
    STATIC_CHECK(
        work_name("q::for_each_chunk<p, q::runs<p>(const p&, bits) const::<lambda(long)> >(q)::<lambda(int)>") ==
        "runs");
    STATIC_CHECK(work_name("std::function<void(long)>") == "work");
    STATIC_CHECK(detail::type_in("auto f() [with T = int[3]]") == "int[3]");

    image<rgb8> const c(4, 4);
    image<std::uint8_t> const g(4, 4);
    auto const lambda = [](std::uint8_t v) { return v; };
    auto const plus = [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(a + b); };
    using names = std::vector<std::string>;
    auto const chain = list_of(five(c.view()));
    CHECK(chain.text() == "gray | gaussian3 | sobel_magnitude | sharpen | brightness");
    CHECK(chain.all_passes() == names{"gray", "gaussian3", "sobel_magnitude", "sharpen | brightness"});
    auto const bare = list_of(as_pipeline(g.view()));
    CHECK(bare.text() == "source");
    CHECK(bare.all_passes() == names{"source"});
    auto const own = list_of(g.view() | extend(wrap) | own_stage{} | lambda | convert_to<float>);
    CHECK(own.text() == "own_stage | pointwise | convert_to");
    CHECK(own.all_passes() == names{"source", "own_stage | pointwise | convert_to"});
    auto const zipped = list_of(zip(g.view(), g.view() | gaussian3 | lambda) | plus | sharpen);
    CHECK(zipped.text() == "zip(source, gaussian3 | pointwise) | pointwise | sharpen");
    CHECK(zipped.all_passes() == names{"source", "zip(source, gaussian3 | pointwise) | pointwise", "sharpen"});
    auto const twice = list_of(zip(zip(g.view() | lambda, g.view()) | plus, g.view() | lambda) | plus);
    CHECK(twice.text() == "zip(zip(pointwise, source) | pointwise, pointwise) | pointwise");
    CHECK(twice.all_passes() == names{"zip(zip(pointwise, source) | pointwise, pointwise) | pointwise"});
}

TEST_CASE("trace: every stage computes every row once", "[exec][trace]") {
    image<rgb8> const in = picture({100, 50});
    auto const check = [&](auto const& policy) {
        trace t;
        to_image(traced(policy, t), five(in.view()));
        CHECK(rows_of(t) == "set-up set-up 1\ngray lines 50\ngaussian3 lines 50\nsobel_magnitude lines 50\n"
                            "sharpen | brightness output 50\n");
        CHECK(t.stages()[0].evaluation == "gray | gaussian3 | sobel_magnitude | sharpen | brightness");
        CHECK(t.threads().size() == 1);
        t.clear();
        CHECK(t.stages().empty());
        CHECK(t.threads().empty());
        CHECK(count(chrome(t), R"("ph": "X")") == 0);
    };
    check(test::scalar_policy::of(serial{}));
    check(test::vector_policy::of(simd{}));
}

TEST_CASE("trace: both passes of resize", "[exec][trace]") {
    image<rgb8> const in = picture({100, 50});
    trace t;
    to_image(traced(test::vector_policy::of(simd{}), t),
             in.view() | gray | resize<resize_mode::accurate>({40, 20}) | gaussian3);
    CHECK(rows_of(t) == "set-up set-up 1\ngray lines 50\nresample columns lines 50\nresample rows lines 20\n"
                        "gaussian3 output 20\n");
}

TEST_CASE("trace: the inputs of zip keep apart", "[exec][trace]") {
    image<std::uint8_t> const a(40, 30), b(40, 30);
    auto const plus = [](std::uint8_t x, std::uint8_t y) { return static_cast<std::uint8_t>(x + y); };
    trace t;
    to_image(traced(simd{}, t),
             zip(a.view() | brightness(2) | gaussian3, b.view() | box(5)) | plus | extend(replicate) | sharpen,
             {10, 0});
    // Three strips of 10 rows; a neighbor of sharpen's, then one of gaussian3's or two of box's, are computed again,
    // with one more above, since running sums keep the row that their window has left.
    CHECK(rows_of(t) == "set-up set-up 3\nbrightness lines 38\nsource lines 44\nbox_column lines 34\n"
                        "zip(gaussian3, box_row) | pointwise lines 34\nsharpen output 30\n");
}

TEST_CASE("trace: a stage has its own time, not that of the stages it waits for", "[exec][trace]") {
    image<std::uint8_t> in(4, 20);
    for (index_t y = 0; y < 20; ++y) in(0, y) = 1;
    auto const slow = [](std::uint8_t v) {
        if (v == 1) std::this_thread::sleep_for(std::chrono::milliseconds(2));
        return v;
    };
    trace t;
    to_image(traced(serial{}, t), std::as_const(in).view() | slow | gaussian3 | sharpen);
    auto const stages = t.stages();
    REQUIRE(stages.size() == 4);
    CHECK(stages[1].stage == "pointwise");
    CHECK(stages[1].ns >= 40'000'000);
    CHECK(stages[0].ns + stages[2].ns + stages[3].ns < stages[1].ns);
    CHECK(stages[1].share > 0.5);
    CHECK(t.threads()[0].ns >= stages[1].ns);
}

TEST_CASE("trace: what clear() finds running is lost, not added to what comes after", "[exec][trace]") {
    image<std::uint8_t> const in(50, 40);
    trace t;
    bool cleared = false;
    auto const clears = [&](std::uint8_t v) {
        if (!std::exchange(cleared, true)) {
            t.clear();
            to_image(traced(serial{}, t), in.view() | gaussian3);
        }
        return v;
    };
    to_image(traced(serial{}, t), in.view() | clears);
    CHECK(rows_of(t) == "set-up set-up 1\nsource lines 40\ngaussian3 output 40\n");
    CHECK(blocks_of(t) == 1);
}

TEST_CASE("trace: the table has a line for every stage and thread", "[exec][trace]") {
    image<rgb8> const in = picture({100, 50});
    trace t;
    to_image(traced(test::vector_policy::of(simd{}), t), five(in.view()));
    std::string const table = t.table();
    CHECK(count(table, "\n") == 1 + 1 + 5 + 1);
    CHECK(table.find("  sharpen | brightness") != table.npos);
    CHECK(table.find("thread 0") != table.npos);
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/observe/trace.hpp>

#include "support/device_policy.hpp"
#include "support/oracle.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/parallel.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/observe/pass_kind.hpp>
#include <quoin/measure/sum.hpp>
#include <quoin/rect/segment.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <sstream>
#include <thread>
#include <utility>

using namespace quoin;

namespace {

auto five(auto v) {
    return v | gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f);
}

image<rgb8> picture(extent size) {
    auto const pixels = test::random_pixels<rgb8>(size, 31);
    image<rgb8> result(size);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) result(x, y) = pixels(x, y);
    return result;
}

template <class T>
bool equal(image<T> const& a, image<T> const& b) {
    bool same = a.size() == b.size();
    for (index_t y = 0; same && y < a.height(); ++y)
        same = std::equal(a.view().row(y), a.view().row(y) + a.width(), b.view().row(y));
    return same;
}

/// "stage kind rows" of every stage, one a line.
std::string rows_of(trace const& t) {
    std::string text;
    for (stage_time const& s : t.stages())
        text += s.stage + ' ' + detail::kind_name(s.kind) + ' ' + std::to_string(s.rows) + '\n';
    return text;
}

index_t blocks_of(trace const& t) {
    index_t sum = 0;
    for (thread_time const& w : t.threads()) sum += w.blocks;
    return sum;
}

template <class Pipeline>
detail::stage_list list_of(Pipeline const& p) {
    return detail::stages_of(p);
}

struct own_stage {
    static constexpr quoin::footprint footprint{1, 1};
    std::uint8_t operator()(auto const& w) const { return w(0, 0); }
};

std::string chrome(trace const& t) {
    std::ostringstream out;
    t.write_chrome(out);
    return out.str();
}

index_t count(std::string const& text, std::string const& part) {
    index_t n = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != text.npos; at += part.size()) ++n;
    return n;
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

TEST_CASE("trace: every algorithm under every policy", "[exec][trace]") {
    for (auto const& plain : test::scalar_policies()) check_algorithms(plain);
    for (auto const& plain : test::vector_policies()) check_algorithms(plain);
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

TEST_CASE("trace: threads share one trace", "[exec][trace][threads]") {
    image<rgb8> const in = picture({130, 90});
    trace t;
    auto const p = traced(test::scalar_policy::of(test::thread_policy{3}), t);
    {
        std::vector<std::jthread> both;
        for (int i = 0; i < 2; ++i)
            both.emplace_back([&] {
                for (int k = 0; k < 5; ++k) to_image(p, five(in.view()), {10, 0});
            });
        for (int k = 0; k < 20; ++k) (void)t.table(); // read meanwhile
    }
    auto const stages = t.stages();
    REQUIRE(stages.size() == 5);
    CHECK(stages[0].rows == 2 * 5 * 9);
    CHECK(stages[4].rows == 2 * 5 * 90);
    CHECK(blocks_of(t) == 2 * 5 * 9);
    std::string const json = chrome(t);
    CHECK(count(json, R"("cat": "evaluation")") == 10);
    CHECK(count(json, R"("cat": "block")") == 90);
    CHECK(count(json, R"("name": "thread_name")") >= static_cast<index_t>(t.threads().size()));
}

TEST_CASE("trace: exceptions pass, and the trace goes on", "[exec][trace]") {
    image<std::uint8_t> const in(50, 100);
    trace t;
    auto const fails = [](std::uint8_t) -> std::uint8_t { throw 5; };
    CHECK_THROWS_AS(to_image(traced(serial{}, t), in.view() | fails | gaussian3), int);
    CHECK_THROWS_AS(to_image(traced(parallel(3), t), in.view() | gaussian3 | fails | sharpen, {10, 0}), int);
    CHECK_THROWS_AS(traced(test::thread_policy{2}, t).bulk(9, [](index_t) { throw 5; }), int);
    t.clear();
    to_image(traced(serial{}, t), in.view() | gaussian3);
    CHECK(rows_of(t) == "set-up set-up 1\nsource lines 100\ngaussian3 output 100\n");
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

TEST_CASE("trace: the text stays small, the sums hold everything", "[exec][trace]") {
    trace t;
    index_t const calls = 3 * static_cast<index_t>(detail::recording::most_spans);
    traced(test::thread_policy{2}, t).bulk(calls, [](index_t) {});
    CHECK(t.stages()[0].rows == calls);
    CHECK(blocks_of(t) == calls);
    std::string const json = chrome(t);
    CHECK(count(json, R"("ph": "X")") == calls / 3);
    CHECK(json.size() < 2'000'000);
    CHECK(json.find("\"spans left out\": " + std::to_string(calls / 3 * 2 + 1)) != json.npos);
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

// SPDX-License-Identifier: BSL-1.0
// Traces of several threads, and of evaluations that end by an exception.
#include "observe/traces.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/parallel.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/sharpen.hpp>

#include <catch2/catch_test_macros.hpp>

#include <thread>

using namespace quoin;
using namespace test;

TEST_CASE("trace: threads share one trace", "[exec][trace][threads]") {
    image<rgb8> const in = picture({130, 90});
    trace t;
    auto const p = traced(test::scalar_policy::of(test::thread_policy{3}), t);
    {
        std::vector<std::jthread> both;
        for (int i = 0; i < 2; ++i)
            both.emplace_back([&] {
                for (int k = 0; k < 5; ++k) to_image(p, in.view() | gray | gaussian3 | sharpen, {10, 0});
            });
        for (int k = 0; k < 20; ++k) (void)t.table(); // read meanwhile
    }
    auto const stages = t.stages();
    REQUIRE(stages.size() == 4);
    CHECK(stages[0].rows == 2 * 5 * 9);
    CHECK(stages[3].rows == 2 * 5 * 90);
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

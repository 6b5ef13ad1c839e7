// SPDX-License-Identifier: BSL-1.0
#include <quoin/observe/watched.hpp>

#include "support/device_policy.hpp"
#include "support/mask_algorithms.hpp"
#include "support/oracle.hpp"
#include "support/policies.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/parallel.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/warp_affine.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/measure/sum.hpp>
#include <quoin/observe/trace.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace quoin;
using test::equal;

namespace {

/// Pixels that say which rows were read: row y is noted when its first pixel is, and `stop_at` requests a stop.
struct noting_view {
    using pixel_type = std::uint8_t;
    struct notes {
        std::atomic<index_t> rows{0}, rows_after_stop{0};
        index_t stop_at = -1;
        std::stop_source source;
    };
    extent size;
    notes* seen;
    index_t width() const { return size.width; }
    index_t height() const { return size.height; }
    std::uint8_t load(index_t x, index_t y) const {
        if (x == 0) {
            ++seen->rows;
            if (seen->source.stop_requested()) ++seen->rows_after_stop;
            if (y == seen->stop_at) seen->source.request_stop();
        }
        return static_cast<std::uint8_t>(x * 5 + y * 3 + 1);
    }
};

auto four(auto v) {
    return v | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f) | gaussian3;
}

/// f(policy) for every policy, by two types.
void under_every_policy(auto const& f) {
    for (auto const& plain : test::scalar_policies()) f(plain);
    for (auto const& plain : test::vector_policies()) f(plain);
}

/// The message of the `canceled` that f throws; "" where it throws none.
std::string canceled_message(auto const& f) {
    try {
        f();
    } catch (canceled const& e) {
        return e.what();
    }
    return {};
}

} // namespace

TEST_CASE("watched: without a stop the same bytes, and progress rises to the end, one call at a time",
          "[exec][watched]") {
    image<std::uint8_t> in(90, 400);
    for (index_t y = 0; y < 400; ++y)
        for (index_t x = 0; x < 90; ++x) in(x, y) = static_cast<std::uint8_t>(x * y);
    auto const p = std::as_const(in).view() | gaussian3 | sharpen;
    auto const expected = to_image(serial{}, p);
    under_every_policy([&](auto const& plain) {
        CAPTURE(plain.name());
        std::vector<index_t> calls;
        std::atomic<int> inside{0};
        bool alone = true, totals = true;
        std::stop_source never;
        auto const policy = watched(plain, {never.get_token(), [&](index_t done, index_t total) {
                                                alone = alone && ++inside == 1;
                                                totals = totals && total == 400;
                                                calls.push_back(done);
                                                --inside;
                                            }});
        CHECK(policy.name() == plain.name());
        CHECK(policy.concurrency() == plain.concurrency());
        CHECK(equal(to_image(policy, p), expected));
        CHECK(alone);
        CHECK(totals);
        CHECK(std::is_sorted(calls.begin(), calls.end()));
        CHECK(std::adjacent_find(calls.begin(), calls.end()) == calls.end());
        REQUIRE(!calls.empty());
        CHECK(calls.back() == 400);
        CHECK(calls.size() <= 101);
        calls.clear();
        CHECK(sum(policy, p) == sum(serial{}, expected.view()));
        CHECK(calls.back() == 400);
        calls.clear();
        bit_image const mask = to_bits(policy, p | threshold(90));
        totals = true;
        CHECK(segment(watched(plain, {never.get_token(), {}}), mask).rectangles == segment(serial{}, mask).rectangles);
    });
}

TEST_CASE("watched: after a stop no more than the row in hand of each pass and thread is computed", "[exec][watched]") {
    extent const size{64, 2000};
    under_every_policy([&](auto const& plain) {
        CAPTURE(plain.name());
        noting_view::notes seen;
        seen.stop_at = 1000;
        image<std::uint8_t> out(size);
        auto const policy = watched(plain, {seen.source.get_token(), {}});
        std::string const message = canceled_message([&] { run(policy, four(noting_view{size, &seen}), out.view()); });
        CHECK(message.find("of 2000 rows were done") != message.npos);
        CHECK(message.starts_with("quoin::watched: "));
        CHECK(seen.rows_after_stop <= plain.concurrency());
        CHECK(seen.rows < 2000);
    });
}

TEST_CASE("watched: the message counts the rows that were written", "[exec][watched]") {
    extent const size{64, 300};
    auto const check = [&](auto const& plain) {
        noting_view::notes seen;
        seen.stop_at = 100;
        image<std::uint8_t> out(size);
        std::string const message = canceled_message(
            [&] { run(plain, noting_view{size, &seen} | gaussian3, out.view(), watch{seen.source.get_token(), {}}); });
        index_t written = 0;
        while (written < 300 && out(0, written) != 0) ++written;
        // The first pixel of row 98 needs row 99, that of row 99 needs row 100, behind which the stop is seen.
        CHECK(written == 100);
        CHECK(message.find(" 100 of 300 rows") != message.npos);
        for (index_t y = written; y < 300; ++y) CHECK(out(0, y) == 0);
    };
    check(serial{});
    check(simd{});
}

TEST_CASE("watched: in front of a gathering stage is an evaluation of its own", "[exec][watched]") {
    image<std::uint8_t> const in(90, 400);
    std::vector<std::pair<index_t, index_t>> ends; // (done, total) of last reports
    index_t last = 0;
    auto const tell = [&](index_t done, index_t total) {
        CHECK((done > last || done * 50 < total));
        last = done;
        if (done == total) ends.emplace_back(done, total);
    };
    auto const policy = watched(simd{}, {{}, tell});
    to_image(policy, in.view() | gaussian3 | crop(5, 10, 70, 300) |
                         warp_affine({1, 0.1, 0, 0, 1, 2}, interpolation::linear, {80, 200}));
    CHECK(ends == std::vector<std::pair<index_t, index_t>>{{300, 300}, {200, 200}});
    ends.clear();
    to_image(policy, in.view() | warp_affine({1, 0.1, 0, 0, 1, 2}, interpolation::linear, {80, 200}) |
                         gaussian3); // reads the view
    CHECK(ends == std::vector<std::pair<index_t, index_t>>{{200, 200}});
}

TEST_CASE("watched: calls of work that is no pipeline", "[exec][watched]") {
    under_every_policy([&](auto const& plain) {
        CAPTURE(plain.name());
        std::stop_source source;
        std::atomic<int> made{0};
        std::string const message = canceled_message([&] {
            watched(plain, {source.get_token(), {}}).bulk(1000, [&](index_t) {
                if (++made == 10) source.request_stop();
            });
        });
        CHECK(made >= 10);
        CHECK(made <= 10 + plain.concurrency());
        CHECK(message.find(std::to_string(made) + " of 1000 calls") != message.npos);

        index_t last = 0;
        watched(plain, {{}, [&](index_t done, index_t) { last = done; }}).bulk(250, [](index_t) {});
        CHECK(last == 250);
        bit_image mask(300, 300);
        CHECK_THROWS_AS(segment(watched(plain, {source.get_token(), {}}), mask), canceled);
    });
}

TEST_CASE("watched: a stop before the beginning writes nothing, one after the end changes nothing", "[exec][watched]") {
    image<std::uint8_t> const in(40, 30);
    image<std::uint8_t> out(40, 30);
    for (index_t y = 0; y < 30; ++y) std::fill_n(out.view().row(y), 40, std::uint8_t{9});
    std::stop_source source;
    watch const w{source.get_token(), {}};
    source.request_stop();
    std::string const message = canceled_message([&] { run(parallel(2), in.view() | gaussian3, out.view(), w); });
    CHECK(message.find(" 0 of 30 rows") != message.npos);
    for (index_t y = 0; y < 30; ++y)
        CHECK(std::all_of(out.view().row(y), out.view().row(y) + 40, [](int v) { return v == 9; }));
    CHECK_THROWS_AS(run(serial{}, in.view(), out.view(), w), error);

    std::stop_source late;
    auto const stops_at_the_end = [&](index_t done, index_t total) {
        if (done == total) late.request_stop();
    };
    CHECK_NOTHROW(run(serial{}, in.view(), out.view(), watch{late.get_token(), stops_at_the_end}));
    CHECK(out(0, 0) == 0);
}

TEST_CASE("watched: exceptions of stages and of progress pass", "[exec][watched]") {
    image<std::uint8_t> const in(40, 300);
    auto const fails = [](std::uint8_t) -> std::uint8_t { throw 5; };
    under_every_policy([&](auto const& plain) {
        CHECK_THROWS_AS(to_image(watched(plain, {}), in.view() | fails | gaussian3), int);
        auto const refuses = [](index_t done, index_t) {
            if (done > 20) throw 'x';
        };
        CHECK_THROWS_AS(to_image(watched(plain, {{}, refuses}), in.view() | gaussian3), char);
    });
}

TEST_CASE("watched: nested with traces and with itself", "[exec][watched]") {
    extent const size{64, 200};
    auto const check = [&](auto const& make) {
        noting_view::notes seen;
        seen.stop_at = 50;
        image<std::uint8_t> out(size);
        watch const w{seen.source.get_token(), {}};
        trace t;
        CHECK_THROWS_AS(run(make(w, t), noting_view{size, &seen} | gaussian3 | sharpen, out.view()), canceled);
        CHECK(seen.rows_after_stop == 0);
        if (!t.stages().empty()) {
            CHECK(t.stages()[3].rows > 40);
            CHECK(t.stages()[3].rows < 60);
        }
        image<std::uint8_t> const in(size);
        CHECK_NOTHROW(run(make({}, t), in.view() | gaussian3 | sharpen, out.view()));
    };
    check([](watch const& w, trace& t) { return traced(watched(simd{}, w), t); });
    check([](watch const& w, trace& t) { return watched(traced(serial{}, t), w); });
    check([](watch const& w, trace&) { return watched(watched(serial{}, w), {}); });
    check([](watch const& w, trace&) { return watched(watched(serial{}, {}), w); });
}

TEST_CASE("watched: nothing to do", "[exec][watched]") {
    image<std::uint8_t> const empty(0, 7);
    int calls = 0;
    std::stop_source source;
    source.request_stop();
    auto const p = watched(serial{}, {source.get_token(), [&](index_t, index_t) { ++calls; }});
    CHECK(to_image(p, empty.view() | gaussian3).size() == extent{0, 7});
    CHECK(to_bits(p, empty.view()).popcount() == 0);
    CHECK_NOTHROW(p.bulk(0, [](index_t) {}));
    CHECK(calls == 0);
}

TEST_CASE("watched: column tiles have rows of their own; run's other arguments mean what they did", "[exec][watched]") {
    image<std::uint8_t> const in(300, 20);
    image<std::uint8_t> out(300, 20);
    index_t last = 0, all = 0;
    watch const w{{}, [&](index_t done, index_t total) { last = done, all = total; }};
    run(serial{}, in.view() | gaussian3, out.view(), w, {10, 64});
    CHECK(last == 5 * 20);
    CHECK(all == 5 * 20);
    run(serial{}, in.view() | gaussian3, out.view(), {});
    run(serial{}, in.view() | gaussian3, out.view(), {10, 0});
    image<std::uint8_t> other(3, 3);
    CHECK_THROWS_AS(run(serial{}, in.view() | gaussian3, other.view(), w), invalid_argument);
}

TEST_CASE("watched: pipelines that the policy takes over are stopped before they begin", "[exec][watched]") {
    image<std::uint8_t> const in(50, 40);
    int kernels = 0;
    index_t last = 0;
    std::stop_source source;
    auto const p =
        watched(test::device_policy{&kernels}, {source.get_token(), [&](index_t done, index_t) { last = done; }});
    to_image(p, in.view() | gaussian3);
    CHECK(last == 40);
    CHECK(kernels == 1);
    bit_image const mask = to_bits(p, in.view());
    source.request_stop();
    CHECK_THROWS_AS(to_image(p, in.view() | gaussian3), canceled);
    CHECK_THROWS_AS(segment(p, mask), canceled);
    CHECK(kernels == 2);
}

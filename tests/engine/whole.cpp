// SPDX-License-Identifier: BSL-1.0
// Whole stages under every policy: of a view, of colors in planes, behind other stages, twice, and among zipped inputs.
#include "support/oracle.hpp"
#include "support/sum_of_three.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/observe/trace.hpp>
#include <quoin/observe/watched.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// The sums of all pixels up to this one, row by row from the bottom. The type of the result is wider than bytes.
struct running_total {
    using computes_whole = void;
    static constexpr char const* name = "running_total";
    template <class T>
        requires(sizeof(T) <= 2)
    using result_channel = std::uint16_t;

    template <class Policy, class T>
    void fill(Policy const& policy, image_view<T const> in, image_view<std::uint16_t> out) const {
        policy.bulk(1, [&](index_t) { total(in, out); });
    }
    template <class T>
    static void total(image_view<T const> in, image_view<std::uint16_t> out) {
        std::uint16_t sum = 0;
        for (index_t y = in.height(); y-- > 0;)
            for (index_t x = 0; x < in.width(); ++x) out(x, y) = sum = static_cast<std::uint16_t>(sum + in(x, y));
    }
};

template <class P>
auto total(test::plain<P> const& in) {
    test::plain<rebind_t<P, std::uint16_t>> out(in.size);
    for_each_channel<P>([&](auto c) {
        unsigned sum = 0;
        for (index_t y = in.size.height; y-- > 0;)
            for (index_t x = 0; x < in.size.width; ++x) {
                sum += get_channel<decltype(c)::value>(in(x, y));
                get_channel<decltype(c)::value>(out(x, y)) = static_cast<std::uint16_t>(sum);
            }
    });
    return out;
}

/// The pixel at the other end of a row.
struct far_end {
    using gathers = void;
    static constexpr char const* name = "far_end";
    constexpr extent result(extent input) const { return input; }
    template <class View, class Border>
    constexpr auto at(View const& v, Border const&, index_t x, index_t y) const {
        return v.load(v.width() - 1 - x, y);
    }
};
template <class P>
test::plain<P> mirror(test::plain<P> const& in) {
    test::plain<P> out(in.size);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) out(x, y) = in(in.size.width - 1 - x, y);
    return out;
}

std::vector<extent> const sizes{{1, 1}, {2, 7}, {33, 5}, {70, 41}};

/// Whether a pipeline, evaluated once, makes what plain(in) does.
template <class P, class Make, class Plain>
bool makes(Make const& make, Plain const& plain) {
    auto const in = test::random_pixels<P>({33, 5}, 8);
    auto const expected = plain(in);
    auto const got = to_image(serial{}, make(image_view<P const>(in.data.data(), 33, 5)));
    bool same = got.size() == expected.size;
    for (index_t y = 0; y < expected.size.height; ++y)
        for (index_t x = 0; x < expected.size.width; ++x)
            for_each_channel<typename decltype(got)::pixel_type>([&](auto c) {
                constexpr int i = decltype(c)::value;
                same &= get_channel<i>(got(x, y)) == get_channel<i>(expected(x, y));
            });
    return same;
}

} // namespace

TEST_CASE("whole: a view, gray and in colors", "[engine][whole]") {
    auto const chain = [](auto v) { return v | running_total{}; };
    auto const plain = [](auto const& in) { return total(in); };
    CHECK(makes<std::uint8_t>(chain, plain));
    CHECK(test::sweep<rgb8>(sizes, chain, plain) == "");
}

TEST_CASE("whole: behind and before other stages, and twice", "[engine][whole]") {
    CHECK(test::sweep<std::uint8_t>(
              sizes,
              [](auto v) {
                  return v | extend(replicate) | test::sum_of_three{} | running_total{} | test::sum_of_three{} |
                         far_end{} | running_total{} | running_total{} | far_end{};
              },
              [](auto const& in) {
                  auto const first = test::add_three(total(test::add_three(in, replicate)), replicate);
                  return mirror(total(total(mirror(first))));
              }) == "");
    CHECK(makes<rgb8>(
        [](auto v) { return v | extend(replicate) | running_total{} | flip_y | far_end{} | test::sum_of_three{}; },
        [](auto const& in) {
            auto const made = mirror(total(in));
            auto flipped = made;
            for (index_t y = 0; y < in.size.height; ++y)
                for (index_t x = 0; x < in.size.width; ++x) flipped(x, y) = made(x, in.size.height - 1 - y);
            return test::add_three(flipped, replicate);
        }));
}

TEST_CASE("whole: among zipped inputs", "[engine][whole]") {
    CHECK(makes<std::uint8_t>(
        [](auto v) {
            auto const difference = [](auto a, auto b) { return static_cast<std::uint8_t>(a - b); };
            return zip(v | test::sum_of_three{} | running_total{}, v | running_total{} | test::sum_of_three{}) |
                   difference | running_total{};
        },
        [](auto const& in) {
            auto const a = total(test::add_three(in, reflect_101));
            auto const b = test::add_three(total(in), reflect_101);
            test::plain<std::uint8_t> d(in.size);
            for (std::size_t i = 0; i < d.data.size(); ++i)
                d.data[i] = static_cast<std::uint8_t>(a.data[i] - b.data[i]);
            return total(d);
        }));
}

TEST_CASE("whole: planes are read in place, and so are parts of the result", "[engine][whole]") {
    planar_image<rgb8> planes(9, 4);
    for (int c = 0; c < 3; ++c)
        for (index_t y = 0; y < 4; ++y)
            for (index_t x = 0; x < 9; ++x) planes.view().plane(c)(x, y) = static_cast<std::uint8_t>(x + y + c);
    auto const both = to_image(serial{}, std::as_const(planes).view() | running_total{} | crop(3, 1, 4, 2));
    image<rgb8> const copied = to_image(serial{}, std::as_const(planes).view());
    auto const expected = to_image(serial{}, copied.view() | running_total{});
    for (index_t y = 0; y < 2; ++y)
        for (index_t x = 0; x < 4; ++x) {
            CHECK(both(x, y).r == expected(x + 3, y + 1).r);
            CHECK(both(x, y).b == expected(x + 3, y + 1).b);
        }
}

TEST_CASE("whole: reductions, empty images, overlapping outputs", "[engine][whole]") {
    image<std::uint8_t> in(20, 30);
    in(19, 0) = 7; // the last pixel of the order
    auto const counts =
        histogram(serial{}, in.view() | running_total{} | [](std::uint16_t v) { return static_cast<std::uint8_t>(v); });
    CHECK(counts[0] == 599);
    CHECK(counts[7] == 1);
    image<std::uint8_t> const none;
    CHECK(to_image(serial{}, none.view() | running_total{}).empty());
    // Any pixel of the result may depend on any of the input.
    image<std::uint16_t> wide(20, 30);
    auto const top = subview(wide.view(), {0, 0, 20, 15});
    CHECK_THROWS_AS(run(serial{}, wide.view() | running_total{} | crop(0, 15, 20, 15), top), invalid_argument);
}

TEST_CASE("whole: a trace and a watch show the work", "[engine][whole]") {
    image<std::uint8_t> const in(20, 30);
    trace t;
    (void)to_image(traced(serial{}, t), in.view() | test::sum_of_three{} | running_total{} | test::sum_of_three{});
    std::vector<std::string> evaluations;
    for (stage_time const& s : t.stages())
        if (evaluations.empty() || evaluations.back() != s.evaluation) evaluations.push_back(s.evaluation);
    CHECK(evaluations == std::vector<std::string>{"sum_of_three", "fill"}); // both evaluations have the same stages
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(to_image(watched(serial{}, {stop.get_token()}), in.view() | running_total{}), canceled);
}

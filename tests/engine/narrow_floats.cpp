// SPDX-License-Identifier: BSL-1.0
// Pixels of half and bfloat16 through the engine, as source and as result, at every width.
#include "support/narrow_floats.hpp"
#include "support/oracle.hpp"

#include <quoin/geometry/flip.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/image/planar_view.hpp>
#include <quoin/pipe/zip.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;
using test::plain;

namespace {

/// Any numbers but NaN, subnormal and infinite ones with the rest.
template <class P>
plain<P> random_numbers(extent size, unsigned seed) {
    using T = channel_t<P>;
    std::mt19937 random(seed);
    plain<P> result(size);
    for (P& p : result.data)
        for_each_channel<P>([&](auto c) {
            unsigned const bits = random() & 0xffffu;
            bool const nan = (bits & 0x7fffu) > test::layout_of<T>.infinity();
            get_channel<decltype(c)::value>(p) = T::from_bits(static_cast<std::uint16_t>(nan ? bits & 0x83ffu : bits));
        });
    return result;
}

/// The same pixels with channels f(channel).
template <class R, class P, class F>
plain<rebind_t<P, R>> each_channel(plain<P> const& in, F const& f) {
    plain<rebind_t<P, R>> out(in.size);
    for (std::size_t i = 0; i < in.data.size(); ++i) out.data[i] = map_channels(in.data[i], f);
    return out;
}

template <class T>
float value(T v) {
    return static_cast<float>(test::layout_of<T>.value(v.bits()));
}
template <class T>
T nearest(float v) {
    return T::from_bits(static_cast<std::uint16_t>(test::layout_of<T>.nearest(v)));
}

/// What is wrong with pixels P as they are read and as they are written.
template <class P>
std::string wrong_pixels() {
    using T = channel_t<P>;
    unsigned seed = 3;
    for (extent const size : test::many_extents()) {
        auto const in = random_numbers<P>(size, ++seed);
        auto const floats = each_channel<float>(in, value<T>);
        std::string wrong = test::check_pipeline(in, floats, [](auto v) { return v | convert_to<float>; });
        if (wrong.empty()) {
            auto const sums = each_channel<float>(floats, [](float v) { return v * 1.001f; });
            wrong = test::check_pipeline(in, each_channel<T>(sums, nearest<T>), [](auto v) {
                return v | convert_to<float> | vectorized([](auto p) {
                           return map_channels(p, [](auto x) { return x * decltype(x)(1.001f); });
                       }) |
                       convert_to<T>;
            });
        }
        if (wrong.empty()) {
            auto turned = in;
            for (index_t y = 0; y < size.height; ++y)
                for (index_t x = 0; x < size.width; ++x) turned(x, y) = in(size.width - 1 - x, size.height - 1 - y);
            wrong = test::check_pipeline(in, turned, [](auto v) { return v | flip_x | flip_y; });
        }
        if (!wrong.empty()) return "seed " + std::to_string(seed) + ", " + wrong;
    }
    return {};
}

/// A stage of the user's own that reads half and makes float, one pixel at a time.
struct steps_down {
    static constexpr quoin::footprint footprint{0, 0, 0, 1};
    template <class Window>
    float operator()(Window const& w) const {
        return w(0, 1) - w(0, 0);
    }
};

} // namespace

TEST_CASE("half, bfloat16: read, computed in float and written, under every policy", "[engine]") {
    CHECK(wrong_pixels<half>() == "");
    CHECK(wrong_pixels<bfloat16>() == "");
    CHECK(wrong_pixels<rgb<half>>() == "");
    CHECK(wrong_pixels<rgba<bfloat16>>() == "");
}

TEST_CASE("half: a chain has the bytes of its steps", "[engine]") {
    for (extent const size : test::few_extents()) {
        auto const in = each_channel<half>(test::random_pixels<rgbf>(size, 8, true), nearest<half>);
        test::guarded<rgbf> const floats(each_channel<float>(in, value<half>));
        test::guarded<rgbf> blurred(size);
        run(serial{}, floats.view() | extend(constant(value(half(0.3f)))) | gaussian3, blurred.view());
        plain<rgbf> sums(size);
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) sums(x, y) = blurred.view().load(x, y);
        CHECK(test::check_pipeline(in, each_channel<bfloat16>(sums, nearest<bfloat16>), [](auto v) {
                  return v | convert_to<float> | extend(constant(half(0.3f))) | gaussian3 | convert_to<bfloat16>;
              }) == "");
    }
}

TEST_CASE("half: functions of single pixels and windows of the user's own", "[engine]") {
    for (extent const size : test::many_extents()) {
        auto const in = random_numbers<half>(size, 5);
        auto const down = [&](index_t x, index_t y) { return y + 1 < size.height ? value(in(x, y + 1)) : 7.0f; };
        plain<float> steps(size);
        plain<bfloat16> means(size);
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) {
                steps(x, y) = down(x, y) - value(in(x, y));
                means(x, y) = nearest<bfloat16>(value(in(x, y)) / 2 + value(in(size.width - 1 - x, y)) / 2);
            }
        CHECK(test::check_pipeline(in, steps, [](auto v) { return v | extend(constant(7)) | steps_down{}; }) == "");
        CHECK(test::check_pipeline(in, means, [](auto v) {
                  return zip(v, v | flip_x) | [](half a, half b) { return bfloat16(a / 2 + b / 2); };
              }) == "");
    }
}

TEST_CASE("half: parts of an image, and planes, under every policy", "[engine]") {
    extent const size{77, 9};
    auto const in = random_numbers<rgb<half>>({size.width + 5, size.height + 4}, 6);
    test::guarded<rgb<half>> const source(in);
    auto const part = subview(source.view(), {3, 2, size.width, size.height});
    auto const check = [&](auto const& policies) {
        for (auto const& policy : policies) {
            CAPTURE(policy.name());
            test::guarded<half> memory({size.width, 3 * size.height});
            auto const all = memory.view();
            planar_view<rgb<half>> const planes({all.row(0), all.row(size.height), all.row(2 * size.height)},
                                                size.width, size.height, all.stride());
            run(policy, part | convert_to<float> | convert_to<half>, planes);
            test::guarded<rgb<half>> whole(in.size);
            auto const inside = subview(whole.view(), {1, 4, size.width, size.height});
            run(policy, planes | flip_y, inside);
            int wrong = 0;
            for (index_t y = 0; y < size.height; ++y)
                for (index_t x = 0; x < size.width; ++x) {
                    wrong += planes.load(x, y) != in(x + 3, y + 2);
                    wrong += inside.load(x, size.height - 1 - y) != in(x + 3, y + 2);
                }
            CHECK(wrong == 0);
            CHECK(memory.guards_intact());
            CHECK(whole.guards_intact());
        }
    };
    check(test::scalar_policies());
    check(test::vector_policies());
}

namespace {

constexpr bool test_constant_expression() {
    float const in[6] = {1.0f, 0x1p-25f, 65520.0f, -0.1f, 3.0f, 0.0f};
    half stored[6] = {};
    run(serial{}, image_view<float const>(in, 3, 2) | convert_to<half>, image_view<half>(stored, 3, 2));
    float out[6] = {};
    run(serial{}, image_view<half const>(stored, 3, 2) | convert_to<float>, image_view<float>(out, 3, 2));
    return stored[0].bits() == 0x3c00 && stored[1].bits() == 0 && stored[2].bits() == 0x7c00 && out[3] == half(-0.1f);
}

} // namespace

TEST_CASE("half: in constant expressions", "[engine]") {
    static_assert(test_constant_expression());
    CHECK(test_constant_expression());
}

// SPDX-License-Identifier: BSL-1.0
#include <quoin/filter/tone/lut.hpp>

#include "support/functor.hpp"
#include "support/message.hpp"
#include "support/oracle.hpp"

#include <quoin/core/half.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/threshold.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <array>
#include <random>

using namespace quoin;
using Catch::Matchers::ContainsSubstring;
using test::message;

namespace {

template <class U>
std::vector<U> random_table(std::size_t size, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<U> table(size);
    for (U& v : table) v = static_cast<U>(random());
    return table;
}

/// All values of T, in rows of odd width.
template <class P>
test::plain<P> every_value() {
    using T = channel_t<P>;
    test::plain<P> in({131, sizeof(T) == 1 ? 5 : 501});
    std::size_t i = 0;
    for (P& p : in.data)
        for_each_channel<P>([&](auto c) { get_channel<decltype(c)::value>(p) = static_cast<T>(i++ * 3); });
    return in;
}

/// What is wrong with a stage, under serial and simd, against tables[channel][value].
template <class P, class U>
std::string wrong(auto const& stage, std::vector<std::vector<U>> const& tables) {
    auto const in = every_value<P>();
    test::plain<rebind_t<P, U>> expected(in.size);
    for (std::size_t i = 0; i < in.data.size(); ++i)
        for_each_channel<P>([&](auto c) {
            constexpr int k = decltype(c)::value;
            auto const& table = tables[tables.size() == 1 ? 0 : k];
            get_channel<k>(expected.data[i]) = table[static_cast<std::size_t>(get_channel<k>(in.data[i]))];
        });
    test::guarded<P> const source(in);
    auto const pipeline = source.view() | stage;
    auto const compared = [&](auto const& policy) {
        test::guarded<rebind_t<P, U>> out(in.size);
        run(policy, pipeline, out.view());
        return test::difference(expected, std::as_const(out).view());
    };
    return compared(serial{}) + compared(simd{});
}

} // namespace

TEST_CASE("lut: every byte of every channel", "[filter][lut]") {
    std::vector<std::vector<std::uint8_t>> tables;
    for (unsigned seed = 1; seed < 5; ++seed) tables.push_back(random_table<std::uint8_t>(256, seed));
    auto const &a = tables[0], &b = tables[1], &c = tables[2], &d = tables[3];
    CHECK(wrong<std::uint8_t, std::uint8_t>(lut(a), {a}) == "");
    CHECK(wrong<rgb8, std::uint8_t>(lut(b), {b}) == "");
    CHECK(wrong<rgb8, std::uint8_t>(lut(a, b, c), {a, b, c}) == "");
    CHECK(wrong<rgba8, std::uint8_t>(lut(a, b, c, d), {a, b, c, d}) == "");
}

TEST_CASE("lut: other types of results, and 16 bits", "[filter][lut]") {
    auto const floats = random_table<float>(256, 7);
    CHECK(wrong<rgb8, float>(lut(floats), {floats}) == "");
    auto const deep = random_table<std::uint16_t>(65536, 8), other = random_table<std::uint16_t>(65536, 9);
    CHECK(wrong<std::uint16_t, std::uint16_t>(lut(deep), {deep}) == "");
    CHECK(wrong<rgb<std::uint16_t>, std::uint16_t>(lut(deep, other, deep), {deep, other, deep}) == "");
    auto const bytes = random_table<std::uint8_t>(65536, 10);
    CHECK(wrong<std::uint16_t, std::uint8_t>(lut(bytes), {bytes}) == "");
    std::vector<half> halves;
    for (int i = 0; i < 256; ++i) halves.push_back(half(static_cast<float>(i) / 4));
    auto const stage = lut(halves);
    test::guarded<std::uint8_t> const in(every_value<std::uint8_t>());
    image<half> const out = to_image(serial{}, in.view() | stage);
    CHECK(static_cast<float>(out(2, 0)) == 1.5f);
}

TEST_CASE("lut: neighbors that map bytes to bytes are put into its tables", "[filter][lut]") {
    auto const a = random_table<std::uint8_t>(256, 1), b = random_table<std::uint8_t>(256, 2),
               c = random_table<std::uint8_t>(256, 3);
    auto const negative = vectorized([](auto v) { return static_cast<decltype(v)>(decltype(v)(255) - v); });
    auto const all = [&](std::uint8_t v, std::vector<std::uint8_t> const& middle) {
        std::uint8_t const first = static_cast<std::uint8_t>(a[v] > 77 ? 255 : 0);
        return c[middle[first]];
    };
    std::vector<std::vector<std::uint8_t>> expected(3, std::vector<std::uint8_t>(256));
    for (std::size_t v = 0; v < 256; ++v) {
        expected[0][v] = all(static_cast<std::uint8_t>(v), a);
        expected[1][v] = all(static_cast<std::uint8_t>(v), b);
        expected[2][v] = all(static_cast<std::uint8_t>(v), c);
    }
    CHECK(wrong<rgb8, std::uint8_t>(lut(a) | threshold(77) | lut(a, b, c) | lut(c), expected) == "");
    std::vector<std::uint8_t> one(256);
    for (std::size_t v = 0; v < 256; ++v) one[v] = static_cast<std::uint8_t>(255 - b[255 - v]);
    CHECK(wrong<std::uint8_t, std::uint8_t>(negative | lut(b) | negative, {one}) == "");

    // Behind a local stage, and before one.
    auto const in = test::random_pixels<std::uint8_t>({70, 9}, 4);
    test::guarded<std::uint8_t> const source(in);
    image<std::uint8_t> smooth = to_image(serial{}, source.view() | gaussian3);
    for (index_t y = 0; y < 9; ++y)
        for (index_t x = 0; x < 70; ++x) smooth(x, y) = b[smooth(x, y)];
    image<std::uint8_t> const twice = to_image(serial{}, smooth.view() | gaussian3);
    test::plain<std::uint8_t> reference(in.size);
    for (index_t y = 0; y < 9; ++y)
        for (index_t x = 0; x < 70; ++x) reference(x, y) = twice(x, y);
    CHECK(test::check_pipeline(in, reference, [&](auto v) { return v | gaussian3 | lut(b) | gaussian3; }) == "");
}

TEST_CASE("lut: an array and a C array are tables, and a copy outlives its table", "[filter][lut]") {
    std::uint8_t const bytes[] = {0, 128, 255};
    image_view<std::uint8_t const> const view(bytes, 3, 1);
    auto const stage = [] {
        std::array<std::int16_t, 256> table{};
        for (int i = 0; i < 256; ++i) table[static_cast<std::size_t>(i)] = static_cast<std::int16_t>(i - 128);
        return lut(table);
    }();
    auto const out = to_image(serial{}, view | stage);
    CHECK((out(0, 0) == -128 && out(1, 0) == 0 && out(2, 0) == 127));
    std::uint8_t all[256] = {};
    all[128] = 9;
    CHECK(to_image(serial{}, view | lut(all))(1, 0) == 9);
}

TEST_CASE("lut: a table of the wrong length is refused with its length", "[filter][lut]") {
    std::vector<std::uint8_t> const good(256), none, shorter(255), deep(65536);
    CHECK_THAT(message([&] { lut(none); }), ContainsSubstring("quoin::lut: a table has 0 values; give 256 values"));
    CHECK_THAT(message([&] { lut(shorter); }), ContainsSubstring("a table has 255 values; give 256 values for bytes"));
    CHECK_THAT(message([&] { lut(good, good, deep); }),
               ContainsSubstring("a table has 65536 values, and the first one 256; give tables of one length"));
    image<std::uint8_t> const bytes(3, 1);
    image<std::uint16_t> const words(3, 1);
    CHECK_THAT(message([&] { bytes.view() | lut(deep); }),
               ContainsSubstring("a table of 65536 values cannot follow pixels of 8 bits; give 256 values"));
    CHECK_THAT(message([&] { words.view() | lut(good); }),
               ContainsSubstring("a table of 256 values cannot follow pixels of 16 bits; give 65536 values"));
}

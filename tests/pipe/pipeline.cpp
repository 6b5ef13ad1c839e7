// SPDX-License-Identifier: BSL-1.0
#include <quoin/pipe/pipeline.hpp>

#include "support/oracle.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/image/image.hpp>
#include <quoin/pipe/zip.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

using view8 = image_view<std::uint8_t const>;
using color8 = image_view<rgb8 const>;

template <class P, class Pipeline>
std::vector<P> bytes(Pipeline const& p) {
    image<P> out(p.size());
    run(serial{}, p, out.view());
    std::vector<P> all;
    for (index_t y = 0; y < p.height(); ++y)
        for (index_t x = 0; x < p.width(); ++x) all.push_back(out(x, y));
    return all;
}

struct notes_expansion {
    using expands = void;
    extent* input;
    detail::border_kind* border;
    template <class P>
    auto expand(extent e, detail::border_kind k) const {
        *input = e;
        *border = k;
        return compose();
    }
};

struct mean3 {
    static constexpr quoin::footprint footprint{1, 1};
    std::uint8_t operator()(auto const& w) const {
        int sum = 4;
        for (int j = -1; j <= 1; ++j)
            for (int i = -1; i <= 1; ++i) sum += w(i, j);
        return static_cast<std::uint8_t>(sum / 9);
    }
};

constexpr bool test_types() {
    auto const p = color8{} | gray | gaussian3 | sobel_x | convert_to<float>;
    static_assert(std::same_as<decltype(p)::pixel_type, float>);
    static_assert(std::is_trivially_copyable_v<decltype(p)>);
    static_assert(
        std::same_as<decltype(p),
                     pipeline<color8, gray_fn, gaussian3_fn, sobel_x_fn, convert_to_fn<float>> const>);
    static_assert(sizeof(p) <= sizeof(color8) + 16); // stages without data take no room of their own
    static_assert(concepts::evaluable<color8> && concepts::evaluable<pipeline<view8, gaussian3_fn>> &&
                  !concepts::evaluable<int> && !concepts::evaluable<gaussian3_fn> && !concepts::evaluable<image<rgb8>>);
    static_assert(concepts::source<view8> && !concepts::source<pipeline<view8>>);
    return p.size() == extent{};
}

} // namespace

TEST_CASE("pipeline: a cheap value with a type that lists its stages", "[pipe]") {
    static_assert(test_types());
    CHECK(test_types());
    auto const in = test::random_pixels<rgb8>({9, 4}, 1);
    color8 const v(in.data.data(), 9, 4);
    auto const p = v | gray | threshold(100);
    auto const copy = p;
    CHECK(copy.source().data() == v.data());
    CHECK(p.width() == 9);
    CHECK(p.height() == 4);
    CHECK(bytes<std::uint8_t>(p) == bytes<std::uint8_t>(copy));
}

TEST_CASE("operator|: a closure made beforehand is the same as its stages one by one", "[pipe]") {
    auto const in = test::random_pixels<rgb8>({40, 6}, 2);
    color8 const v(in.data.data(), 40, 6);
    auto const expected = bytes<std::uint8_t>(v | gray | extend(wrap) | gaussian3 | box(3) | threshold(90));
    auto const front = gray | extend(wrap);
    auto const back = gaussian3 | box(3) | threshold(90);
    CHECK(bytes<std::uint8_t>(v | front | back) == expected);
    CHECK(bytes<std::uint8_t>(v | (front | back)) == expected);
    CHECK(bytes<std::uint8_t>(v | (gray | (extend(wrap) | gaussian3)) | box(3) | threshold(90)) == expected);
    CHECK(
        bytes<std::uint8_t>(v | (gray | [](std::uint8_t x) { return static_cast<std::uint8_t>(255 - x); })) ==
        bytes<std::uint8_t>(v | gray | [](std::uint8_t x) { return static_cast<std::uint8_t>(255 - x); }));
}

TEST_CASE("extend: holds for the local stages behind it, up to the next", "[pipe]") {
    auto const in = test::random_pixels<std::uint8_t>({7, 5}, 3);
    auto const mean = [](auto border) {
        return [border](test::plain<std::uint8_t> const& from) {
            return test::local<std::uint8_t>(from, border, [](auto const& at) {
                int sum = 4;
                for (int j = -1; j <= 1; ++j)
                    for (int i = -1; i <= 1; ++i) sum += at(i, j);
                return static_cast<std::uint8_t>(sum / 9);
            });
        };
    };
    auto const expected = mean(constant(0))(mean(replicate)(mean(replicate)(mean(reflect_101)(in))));
    CHECK(test::check_pipeline(in, expected, [](auto v) {
              return v | mean3{} | extend(wrap) | extend(replicate) | mean3{} | mean3{} |
                     extend(constant(0)) | mean3{};
          }) == "");
}

TEST_CASE("expand: gets the extent of its input and the border of the last extend", "[pipe]") {
    extent input;
    auto border = detail::border_kind::other;
    notes_expansion const probe{&input, &border};
    test::plain<std::uint8_t> const in({5, 4});
    view8 const v(in.data.data(), 5, 4);
    (void)(v | probe);
    CHECK((input == extent{5, 4} && border == detail::border_kind::reflect_101));
    (void)(v | extend(constant(4)) | extend(wrap) | gaussian3 | probe);
    CHECK(border == detail::border_kind::wrap);
    (void)(v | extend(constant(4)) | probe | extend(reflect));
    CHECK(border == detail::border_kind::constant);
}

// SPDX-License-Identifier: BSL-1.0
// Gathering stages under every policy: at the head of a pipeline, behind other stages, twice, and among zipped inputs.
#include "support/oracle.hpp"
#include "support/sum_of_three.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/observe/trace.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// out(x, y) = in(2 x - y - 3, x - 2), of 9 more columns and 2 rows fewer.
struct sheared {
    using gathers = void;
    static constexpr char const* name = "sheared";

    constexpr extent result(extent input) const { return {input.width + 9, std::max<index_t>(1, input.height - 2)}; }
    template <class View, class Border>
    constexpr auto at(View const& v, Border const& border, index_t x, index_t y) const {
        using P = std::remove_const_t<typename View::pixel_type>;
        index_t const i = 2 * x - y - 3, j = x - 2;
        if (i >= 0 && i < v.width() && j >= 0 && j < v.height()) return static_cast<P>(v.load(i, j));
        if constexpr (Border::has_value) return border.template value_as<P>();
        else return static_cast<P>(v.load(border(i, v.width()), border(j, v.height())));
    }
};

template <class P, class Border>
test::plain<P> shear(test::plain<P> const& in, Border const& border) {
    test::plain<P> out(sheared{}.result(in.size));
    for (index_t y = 0; y < out.size.height; ++y)
        for (index_t x = 0; x < out.size.width; ++x) {
            index_t const i = test::outside(border, 2 * x - y - 3, in.size.width);
            index_t const j = test::outside(border, x - 2, in.size.height);
            if (i >= 0 && j >= 0) out(x, y) = in(i, j);
            else
                for_each_channel<P>([&](auto c) {
                    get_channel<decltype(c)::value>(out(x, y)) =
                        static_cast<channel_t<P>>(test::constant_value<decltype(c)::value>(border));
                });
        }
    return out;
}

std::vector<extent> const sizes{{1, 1}, {2, 7}, {33, 5}, {70, 41}};

template <class P, class Border>
std::string alone(Border border) {
    return test::sweep<P>(
        sizes, [=](auto v) { return v | extend(border) | sheared{}; },
        [=](auto const& in) { return shear(in, border); });
}

} // namespace

TEST_CASE("gather: a view, with every border", "[engine][gather]") {
    CHECK(alone<std::uint8_t>(replicate) == "");
    CHECK(alone<rgb8>(reflect) == "");
    CHECK(alone<std::uint8_t>(reflect_101) == "");
    CHECK(alone<std::uint8_t>(wrap) == "");
    CHECK(alone<rgb8>(constant(rgb8{7, 8, 9})) == "");
}

TEST_CASE("gather: parts of a view", "[engine][gather]") {
    std::string const found = test::sweep<std::uint8_t>(
        {{33, 5}, {70, 41}}, [](auto v) { return v | crop(2, 1, 30, 4) | flip_y | sheared{}; },
        [](auto const& in) {
            test::plain<std::uint8_t> part({30, 4});
            for (index_t y = 0; y < 4; ++y)
                for (index_t x = 0; x < 30; ++x) part(x, y) = in(2 + x, 4 - y);
            return shear(part, reflect_101);
        });
    CHECK(found == "");
}

TEST_CASE("gather: behind and between other stages", "[engine][gather]") {
    std::string const found = test::sweep<std::uint8_t>(
        sizes,
        [](auto v) {
            return v | extend(replicate) | test::sum_of_three{} | sheared{} | test::sum_of_three{} | extend(wrap) |
                   sheared{} | sheared{};
        },
        [](auto const& in) {
            auto const first = test::add_three(shear(test::add_three(in, replicate), replicate), replicate);
            return shear(shear(first, wrap), wrap);
        });
    CHECK(found == "");
}

TEST_CASE("gather: among zipped inputs", "[engine][gather]") {
    std::string const found = test::sweep<std::uint8_t>(
        sizes,
        [](auto v) {
            auto const difference = [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(a - b); };
            return zip(v | test::sum_of_three{} | sheared{}, v | sheared{} | test::sum_of_three{}) | difference |
                   sheared{};
        },
        [](auto const& in) {
            auto const a = shear(test::add_three(in, reflect_101), reflect_101);
            auto const b = test::add_three(shear(in, reflect_101), reflect_101);
            test::plain<std::uint8_t> d(a.size);
            for (std::size_t i = 0; i < d.data.size(); ++i)
                d.data[i] = static_cast<std::uint8_t>(a.data[i] - b.data[i]);
            return shear(d, reflect_101);
        });
    CHECK(found == "");
}

TEST_CASE("gather: a trace shows the evaluation of what is gathered from", "[engine][gather]") {
    image<std::uint8_t> const in(20, 30);
    trace t;
    (void)to_image(traced(serial{}, t), in.view() | test::sum_of_three{} | sheared{} | test::sum_of_three{});
    std::vector<std::string> evaluations;
    for (stage_time const& s : t.stages())
        if (evaluations.empty() || evaluations.back() != s.evaluation) evaluations.push_back(s.evaluation);
    REQUIRE(evaluations.size() == 2);
    CHECK(evaluations[0].find("sheared") == std::string::npos);
    CHECK(evaluations[1].find("sheared") == 0);
}

// SPDX-License-Identifier: BSL-1.0
// A program that says `using namespace quoin` has the names of quoin's concepts for itself.
#include <quoin/io.hpp>
#include <quoin/quoin.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

// Not in a namespace: a name of quoin would be as near as these.
struct source {
    int first;
};
template <class T>
struct view {
    T value;
};
enum class border { none, thin };
using channel = unsigned char;
using pixel = channel;
using gray_pixel = pixel;
constexpr int policy = 2;
constexpr int evaluable(int x) {
    return x + policy;
}
struct local_functor {};
struct owning_image {};

TEST_CASE("names: a program's own source, view, border, channel, pixel and policy beside quoin's", "[view]") {
    source const s{1};
    view<source> const v{s};
    border const b = border::thin;
    CHECK(v.value.first == 1);
    CHECK(b != border::none);
    CHECK(evaluable(policy) == 4);
    STATIC_CHECK(sizeof(pixel) == sizeof(channel));
    STATIC_CHECK(!concepts::view<view<source>>);
    STATIC_CHECK(!concepts::source<source>);
    STATIC_CHECK(!concepts::border<border>);
    STATIC_CHECK(concepts::channel<channel>);
    STATIC_CHECK(concepts::gray_pixel<gray_pixel>);
    STATIC_CHECK(!concepts::local_functor<local_functor>);
    STATIC_CHECK(!concepts::owning_image<owning_image>);

    image<pixel> flat(5, 5);
    flat(2, 2) = 160;
    STATIC_CHECK(concepts::source<decltype(flat.view())>);
    CHECK(to_image(serial{}, flat.view() | extend(replicate) | gaussian3)(2, 2) == 40);
}

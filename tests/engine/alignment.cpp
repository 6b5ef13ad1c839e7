// SPDX-License-Identifier: BSL-1.0
// Where source and result lie in memory changes no byte of the result and no byte beside it.
#include "support/oracle.hpp"

#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/geometry/flip.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace quoin;

namespace {

/// Pixels in memory of their own, `offset` channels behind a multiple of 64 bytes.
template <class P>
struct placed {
    using T = channel_t<P>;
    placed(extent e, index_t offset, T fill)
        : size(e), stride((size.width * channels_v<P> + 63) / 64 * 64 + 64),
          memory(static_cast<std::size_t>(stride * size.height + 256), fill) {
        T* base = memory.data();
        while (reinterpret_cast<std::uintptr_t>(base) % 64 != 0) ++base;
        first = base + offset;
    }
    image_view<P> view() { return {first, size.width, size.height, stride}; }

    extent size;
    index_t stride;
    std::vector<T> memory;
    T* first;
};

template <class P, class Make>
void check(Make const& make) {
    using T = channel_t<P>;
    extent const size{97, 6};
    auto const pixels = test::random_pixels<P>(size, 8);
    // Aligned, off by one channel, and off by more than half a register.
    for (index_t const from : {0, 1, 37})
        for (index_t const to : {0, 1, 37})
            for (auto const& policy : test::vector_policies())
                for (store_hint const stores : {store_hint::cached, store_hint::streaming}) {
                    CAPTURE(from, to, policy.name());
                    placed<P> in(size, from, T(3)), expected(size, to, T(7)), out(size, to, T(7));
                    for (index_t y = 0; y < size.height; ++y)
                        for (index_t x = 0; x < size.width; ++x) in.view().store(x, y, pixels(x, y));
                    run(test::scalar_policies().front(), make(in.view()), expected.view());
                    run(policy, make(in.view()), out.view(), {0, 0, stores});
                    // All of the memory, so also what is beside the result.
                    bool same = true;
                    index_t const begin = out.first - out.memory.data(),
                                  other = expected.first - expected.memory.data();
                    for (index_t i = -to; i < out.stride * size.height + 64; ++i)
                        same = same && out.memory[static_cast<std::size_t>(begin + i)] ==
                                           expected.memory[static_cast<std::size_t>(other + i)];
                    CHECK(same);
                }
}

} // namespace

TEST_CASE("alignment: three places of the source against three of the result", "[engine]") {
    check<std::uint8_t>([](auto v) { return v | gaussian3; });
    check<rgb8>([](auto v) { return v | brightness(1.3f); });
    check<std::uint16_t>([](auto v) { return v | gaussian3 | flip_x; });
    check<float>([](auto v) { return v | brightness(0.5f); });
}

// SPDX-License-Identifier: BSL-1.0
// A lambda that works on lanes, in which a difference of bytes is an int for numbers and a byte for lanes.
// expect: quoin: a vectorized stage must return the same type of pixel for lanes as for scalars; end it with

#include <quoin/exec.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/filter.hpp>

int main() {
    using namespace quoin;
    image<std::uint8_t> const one(8, 8), other(8, 8);
#ifdef FIXED
    auto const distance = vectorized([](auto a, auto b) { return saturate<std::uint8_t>(max(a, b) - min(a, b)); });
#else
    auto const distance = vectorized([](auto a, auto b) { return max(a, b) - min(a, b); });
#endif
    to_image(simd{}, zip(one.view(), other.view()) | distance);
}

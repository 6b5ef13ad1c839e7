// SPDX-License-Identifier: BSL-1.0
// A stage that says it works on lanes, and returns another type of pixel for them than for scalars.
// expect: quoin: a vectorized stage must return the same type of pixel for lanes as for scalars; end it with

#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>

int main() {
    quoin::image<std::uint8_t> const picture(8, 8);
#ifdef FIXED
    auto const brighter = quoin::vectorized(
        [](auto v) { return quoin::saturate<std::uint8_t>(quoin::convert<std::int16_t>(v) + std::int16_t(9)); });
#else
    auto const brighter = quoin::vectorized([](auto v) { return quoin::convert<std::int16_t>(v) + 9; });
#endif
    auto const result = quoin::to_image(quoin::simd{}, picture.view() | brighter);
    return result.width() == 8 ? 0 : 1;
}

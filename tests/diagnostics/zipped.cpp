// SPDX-License-Identifier: BSL-1.0
// Zipped inputs with what cannot follow them.
// expect: quoin::operator\|: this is no stage for zipped pixels; behind zip\(a, b\) stands a pointwise stage
// expect: quoin::operator\|: this is no stage for zipped pixels
// expect: quoin::operator\|: this is no stage for zipped pixels
// expect: quoin::operator\|: this is no stage for zipped pixels
// expect: quoin: several images are evaluated as one; write zip\(a, b\) \| f
// expect: quoin::zip: an owning image cannot be the source of a pipeline, .* write zip\(a.view\(\), b.view\(\)\)
// expect: quoin::zip: one image needs no zip
// expect: quoin::operator\|: this is no stage for zipped pixels

#include <quoin/exec.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter.hpp>
#include <quoin/geometry.hpp>

int main() {
    using namespace quoin;
    image<std::uint8_t> const one(8, 8), other(8, 8);
    auto const both = zip(one.view(), other.view());
    auto const mean = [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>((a + b) / 2); };
#ifdef FIXED
    to_image(serial{}, both | mean);
#elif CASE == 1
    auto const all = both | [](std::uint8_t a) { return a; };
#elif CASE == 2
    auto const all = both | gaussian3;
#elif CASE == 3
    auto const all = both | gaussian(1.5);
#elif CASE == 4
    auto const all = both | crop(0, 0, 3, 3);
#elif CASE == 5
    auto const all = to_image(serial{}, both);
#elif CASE == 6
    auto const all = zip(one, other) | mean;
#elif CASE == 7
    auto const all = zip(one.view());
#elif CASE == 8
    auto const all = both | gray | gaussian3;
#endif
}

// SPDX-License-Identifier: BSL-1.0
// The name of a function where a stage belongs: one that makes a stage, and one that ends a pipeline.
// expect: quoin::operator\|: this is a function of other arguments .*; call the function that makes a stage
// expect: quoin::operator\|: this is a function of other arguments .*; call the function that makes a stage
// expect: quoin::operator\|: this is a function of other arguments .*; call the function that makes a stage
// expect: quoin::operator\|: this function ends a pipeline .*; call it with a policy, as in otsu\(policy, pipeline\)
// expect: quoin::operator\|: this function ends a pipeline
// expect: quoin::operator\|: this function ends a pipeline
// expect: quoin::operator\|: this function ends a pipeline
// expect: quoin::operator\|: this function ends a pipeline
// expect: quoin::operator\|: this function ends a pipeline
// expect: quoin::operator\|: this is a function that makes a stage, and no stage; call it with its parameters
// expect: quoin::operator\|: this is a function that makes a stage, an
// expect: quoin::operator\|: this is a function that makes a stage, an
// expect: quoin::operator\|: this is a function that makes a stage, an
// expect: quoin::operator\|: this is a function of other arguments

#include <quoin/exec.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter.hpp>
#include <quoin/geometry.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/measure.hpp>

std::uint8_t dimmed(std::uint8_t v) {
    return v / 2;
}

int main() {
    using namespace quoin;
    image<rgb8> const photo(8, 8);
    auto const light = photo.view() | gray;
#ifdef FIXED
    auto const all = light | gaussian(1.5) | box(3) | threshold(3) | (gaussian3 | dimmed);
    return otsu(serial{}, all) > 255;
#elif CASE == 1
    auto const all = light | gaussian;
#elif CASE == 2
    auto const all = light | box;
#elif CASE == 3
    auto const all = light | threshold;
#elif CASE == 4
    auto const all = light | gaussian3 | otsu;
#elif CASE == 5
    auto const all = light | sum;
#elif CASE == 6
    auto const all = light | histogram;
#elif CASE == 7
    auto const all = light | min_max;
#elif CASE == 8
    auto const all = light | to_image;
#elif CASE == 9
    auto const all = light | threshold(3) | to_bits;
#elif CASE == 10
    auto const all = light | crop;
#elif CASE == 11
    auto const all = light | correlate;
#elif CASE == 12
    auto const all = light | convolve | gaussian3;
#elif CASE == 13
    auto const all = light | extend;
#elif CASE == 14
    auto const all = light | (gaussian3 | box);
#endif
}

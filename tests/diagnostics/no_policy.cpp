// SPDX-License-Identifier: BSL-1.0
// A function that evaluates, without its policy or with it in the wrong place, and without an output.
// expect: quoin: the policy is missing or not the first argument; .* as in to_image\(quoin::simd{}, pipeline\)
// expect: quoin: the policy is missing
// expect: quoin: the policy is missing
// expect: quoin: the policy is missing
// expect: quoin: the policy is missing
// expect: quoin: the policy is missing or not the first argument
// expect: quoin: the policy is missing or not the first argument
// expect: quoin: the policy is missing or not the first argument
// expect: quoin: the policy is missing or not the first argument
// expect: quoin::run: the output is missing; give an image or a view

#include <quoin/exec.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/measure.hpp>

int main() {
    using namespace quoin;
    image<std::uint8_t> picture(8, 8), result(8, 8);
    auto const smooth = picture.view() | gaussian3;
#ifdef FIXED
    run(serial{}, smooth, result);
#elif CASE == 1
    auto const all = to_image(smooth);
#elif CASE == 2
    run(smooth, result);
#elif CASE == 3
    auto const all = otsu(smooth);
#elif CASE == 4
    auto const all = sum(picture);
#elif CASE == 5
    auto const all = to_bits(smooth | threshold(3));
#elif CASE == 6
    run(smooth, serial{}, result);
#elif CASE == 7
    auto const all = to_image(smooth, serial{});
#elif CASE == 8
    auto const all = to_bits(smooth, serial{});
#elif CASE == 9
    auto const all = min_max(picture, serial{});
#elif CASE == 10
    run(serial{}, smooth);
#endif
}

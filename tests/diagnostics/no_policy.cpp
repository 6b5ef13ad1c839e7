// SPDX-License-Identifier: BSL-1.0
// A function that evaluates, without its policy.
// expect: quoin: the policy is missing, .* it is the first argument, as in to_image\(quoin::simd{}, pipeline\)
// expect: quoin: the policy is missing
// expect: quoin: the policy is missing
// expect: quoin: the policy is missing
// expect: quoin: the policy is missing

#include <quoin/exec/serial.hpp>
#include <quoin/quoin.hpp>

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
#endif
}

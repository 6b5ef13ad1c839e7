// SPDX-License-Identifier: BSL-1.0
// Computing with pixels of half and bfloat16, which are only stored.
// expect: quoin::operator\|: half and bfloat16 are stored, and stages compute in float; write convert_to<float> before
// expect: quoin::operator\|: half and bfloat16 are stored, and stages compute in float; write convert_to<float> before
// expect: quoin::operator\|: half and bfloat16 are stored, and stages compute in float; write convert_to<float> before
// expect: quoin::operator\|: half and bfloat16 are stored, and stages compute in float; write convert_to<float> before
// expect: quoin::operator\|: half and bfloat16 are stored, and stages compute in float; write convert_to<float> before
// expect: quoin: half and bfloat16 are stored, and this function computes with pixels; give it view . convert_to<float>
// expect: quoin: half and bfloat16 are stored, and this function computes with pixels; give it view . convert_to<float>
// expect: quoin: half and bfloat16 are stored, and this function computes with pixels; give it view . convert_to<float>
// expect: quoin::run: the pipeline's pixels are not those of the output view; end the pipeline with convert_to<Channel>

#include <quoin/exec.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/measure.hpp>

int main() {
    using namespace quoin;
    image<rgb<half>> const photo(8, 8);
    image<bfloat16> picture(8, 8);
    auto const view = picture.view();
    [[maybe_unused]] auto const sums = vectorized([](auto a, auto b) { return a + b; });
#ifdef FIXED
    to_image(serial{}, photo.view() | convert_to<float> | gray | gaussian(1.5) | threshold(0.5f));
    image<bfloat16> smooth(8, 8);
    run(serial{}, view | convert_to<float> | gaussian3 | convert_to<bfloat16>, smooth);
    to_image(serial{}, photo.view() | [](rgb<half> p) { return p.r + p.g; });
    sum(serial{}, view | convert_to<float>);
#elif CASE == 1
    auto const all = photo.view() | gray | gaussian3;
#elif CASE == 2
    auto const all = view | gaussian(1.5) | sobel_magnitude;
#elif CASE == 3
    auto const all = view | (absolute | box(5));
#elif CASE == 4
    auto const all = view | convert_to<float> | convert_to<half> | threshold(0.5f);
#elif CASE == 5
    auto const all = zip(view, view) | sums | gaussian3;
#elif CASE == 6
    sum(serial{}, view);
#elif CASE == 7
    min_max(serial{}, photo);
#elif CASE == 8
    to_bits(serial{}, view);
#elif CASE == 9
    run(serial{}, view | convert_to<float> | gaussian3, picture);
#endif
}

// SPDX-License-Identifier: BSL-1.0
// What is no view left of a stage, and what is no stage right of a view.
// expect: quoin::operator\|: left of this stage stands neither a view or a pipeline nor a stage
// expect: quoin::operator\|: left of this stage stands neither a view or a pipeline nor a stage
// expect: quoin::operator\|: an image, a view or a pipeline is no stage; combine two by zip\(a, b\) \| f
// expect: quoin::operator\|: an image, a view or a pipeline is no stage
// expect: quoin: a policy evaluates an image, a view or a pipeline, and this is none; give a closure of stages a source
// expect: quoin::operator\|: an owning image cannot be the source of a pipeline
// expect: quoin::operator\|: an image, a view or a pipeline stands left of the stages; write view \| stage

#include <quoin/exec.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter.hpp>
#include <quoin/measure.hpp>

int main() {
    using namespace quoin;
    image<std::uint8_t> picture(8, 8);
    auto const view = picture.view();
    auto const invert = [](auto v) { return static_cast<decltype(v)>(255 - v); };
#ifdef FIXED
    to_image(serial{}, view | (vectorized(invert) | gaussian3));
#elif CASE == 1
    auto const all = otsu(serial{}, view) | gaussian3;
#elif CASE == 2
    auto const all = invert | gaussian3;
#elif CASE == 3
    auto const all = view | gaussian3 | view;
#elif CASE == 4
    auto const all = view | gaussian3 | picture;
#elif CASE == 5
    auto const all = to_image(serial{}, gaussian3 | sharpen);
#elif CASE == 6
    auto const all = picture | picture;
#elif CASE == 7
    auto const all = gaussian3 | view;
#endif
}

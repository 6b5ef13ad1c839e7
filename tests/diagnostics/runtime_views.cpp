// SPDX-License-Identifier: BSL-1.0
// Pixels of a type that is known at run time only, in the wrong place.
// expect: quoin::operator\|: left of this stage stands neither a view or a pipeline nor a stage.*read an any_view by
// expect: quoin: a policy evaluates an image, a view or a pipeline, and this is none; .*read an any_view by as<P>\(\)

#include <quoin/exec.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter.hpp>
#include <quoin/runtime/any_pipeline.hpp>

int main() {
    using namespace quoin;
    image<std::uint8_t> picture(8, 8);
    any_image drawn({channel_type::u8, 1}, {8, 8});
    any_pipeline const chain("gray");
#ifdef FIXED
    run(serial{}, chain, picture.view(), drawn.output());
    to_image(serial{}, drawn.view().as<std::uint8_t>() | gaussian3);
#elif CASE == 1
    auto const all = drawn.view() | gaussian3;
#elif CASE == 2
    auto const all = to_image(serial{}, drawn.view());
#endif
}

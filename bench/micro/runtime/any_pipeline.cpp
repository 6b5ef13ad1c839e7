// SPDX-License-Identifier: BSL-1.0
// Times chains that are chosen at run time: chain-5 and six local stages, beside what is compiled, and swept rows that
// end with a part of a step.
#include "support/jobs.hpp"

#include <quoin/runtime/any_pipeline.hpp>

namespace {

template <class P>
bool add(char const* job, char const* text, int narrower = 0) {
    using R = std::uint8_t;
    return bench::add_work(job, sizeof(P) + sizeof(R), [=](auto const& policy, quoin::extent size) {
        size.width -= narrower;
        return [=, chain = quoin::any_pipeline(text), in = bench::scene<P>(size), out = bench::canvas<R>(size)] {
            quoin::run(policy, chain, in, out);
            bench::keep();
        };
    });
}

bool const registered =
    add<quoin::rgb8>("any-chain-5<rgb8>", "gray,gaussian3,sobel_magnitude,sharpen,brightness=1.2") &&
    add<std::uint8_t>("any-local-6<u8>", "gaussian5,box=7,sharpen,gaussian3,sobel_magnitude,brightness=1.2") &&
    add<std::uint8_t>("any-median-3<u8>", "median=3") && add<std::uint8_t>("any-median-3-odd<u8>", "median=3", 1);

} // namespace

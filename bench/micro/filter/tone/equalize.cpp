// SPDX-License-Identifier: BSL-1.0
// Times stages that are made of counts, with the reading that counts.
#include "support/jobs.hpp"

#include <quoin/filter/tone/equalize.hpp>
#include <quoin/measure/histogram.hpp>

namespace {

/// make(counts) is the stage.
template <class T, class Make>
bool add(std::string const& name, Make make) {
    return bench::add_work(name + '<' + bench::pixel_name<T>() + '>', 3 * sizeof(T),
                           [=](auto const& policy, quoin::extent size) {
                               return [=, view = bench::scene<T>(size), out = bench::canvas<T>(size)] {
                                   quoin::run(policy, view | make(quoin::histogram(policy, view)), out);
                                   bench::keep();
                               };
                           });
}

auto const equalized = [](auto const& counts) { return quoin::equalize(counts); };
bool const bytes = add<std::uint8_t>("equalize", equalized);
bool const words = add<std::uint16_t>("equalize", equalized);
bool const stretched = add<std::uint8_t>("stretch", [](auto const& counts) { return quoin::stretch(counts, 2, 98); });
bool const normalized = bench::add_work("normalize<u8>", 3, [](auto const& policy, quoin::extent size) {
    return [=, view = bench::scene<std::uint8_t>(size), out = bench::canvas<std::uint8_t>(size)] {
        quoin::run(policy, view | quoin::normalize(policy, view), out);
        bench::keep();
    };
});

} // namespace

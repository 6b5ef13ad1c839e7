// SPDX-License-Identifier: BSL-1.0
// Times clahe, with the reading that counts.
#include "support/jobs.hpp"

#include <quoin/filter/tone/clahe.hpp>
#include <quoin/measure/histogram.hpp>

namespace {

template <class T>
bool add(std::string const& name) {
    return bench::add_work(name + '<' + bench::pixel_name<T>() + '>', 3 * sizeof(T),
                           [=](auto const& policy, quoin::extent size) {
                               return [=, view = bench::scene<T>(size), out = bench::canvas<T>(size)] {
                                   quoin::run(policy, view | quoin::clahe(policy, view, 2), out);
                                   bench::keep();
                               };
                           });
}

bool const bytes = add<std::uint8_t>("clahe");
bool const words = add<std::uint16_t>("clahe");

} // namespace

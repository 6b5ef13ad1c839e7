// SPDX-License-Identifier: BSL-1.0
// Times a frame that is added to the average of many.
#include "support/jobs.hpp"

#include <quoin/measure/frame_average.hpp>

namespace {

template <class P>
bool add() {
    return bench::add_work("frame_average<" + bench::pixel_name<P>() + '>', sizeof(P) + 2 * sizeof(std::uint32_t),
                           [](auto const& policy, quoin::extent size) {
                               auto const average = std::make_shared<quoin::frame_average<P>>(size);
                               return [=, view = bench::scene<P>(size)] {
                                   if (average->frames() == average->most_frames) average->clear();
                                   average->add(policy, view);
                                   bench::keep();
                               };
                           });
}
bool const registered = add<std::uint8_t>() && add<std::uint16_t>() && add<float>();

} // namespace

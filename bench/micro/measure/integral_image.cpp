// SPDX-License-Identifier: BSL-1.0
// Times integral images. OpenCV's integral is the peer.
#include "support/jobs.hpp"

#include <quoin/measure/integral_image.hpp>

namespace {

template <class P>
bool add(std::string const& name, auto work) {
    return bench::add_terminal(name + '<' + bench::pixel_name<P>() + '>', sizeof(P), bench::scene<P>, work);
}

constexpr auto sums = [](auto const& policy, auto const& view) { return quoin::integral_image(policy, view); };
constexpr auto squares = [](auto const& policy, auto const& view) {
    return quoin::squared_integral_image(policy, view);
};
bool const registered = add<std::uint8_t>("integral_image", sums) && add<std::uint16_t>("integral_image", sums) &&
                        add<float>("integral_image", sums) && add<std::uint8_t>("squared_integral_image", squares);

} // namespace

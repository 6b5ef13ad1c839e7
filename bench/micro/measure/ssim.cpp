// SPDX-License-Identifier: BSL-1.0
// Times the structural similarity of two images, at one scale and at five.
#include "support/jobs.hpp"

#include <quoin/measure/ms_ssim.hpp>
#include <quoin/measure/ssim.hpp>

namespace {

template <class T, class Compute>
bool add(std::string const& name, Compute compute) {
    return bench::add_work(name + '<' + bench::pixel_name<T>() + '>', 2 * sizeof(T),
                           [=](auto const& policy, quoin::extent size) {
                               return [=, a = bench::scene<T>(size), b = bench::rough_scene<T>(size)] {
                                   bench::keep(compute(policy, a, b));
                               };
                           });
}

auto const uniform = [](auto const& policy, auto const& a, auto const& b) { return quoin::ssim(policy, a, b); };
auto const gaussian = [](auto const& policy, auto const& a, auto const& b) {
    return quoin::ssim(policy, a, b, {.window = quoin::ssim_window::gaussian});
};
auto const scales = [](auto const& policy, auto const& a, auto const& b) { return quoin::ms_ssim(policy, a, b); };
bool const registered = add<std::uint8_t>("ssim", uniform) && add<std::uint16_t>("ssim", uniform) &&
                        add<std::uint8_t>("ssim-gaussian", gaussian) && add<std::uint8_t>("ms_ssim", scales);

} // namespace

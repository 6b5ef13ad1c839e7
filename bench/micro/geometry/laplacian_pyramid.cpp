// SPDX-License-Identifier: BSL-1.0
// Times a Laplacian pyramid of four levels, and its collapse.
#include "support/jobs.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/geometry/laplacian_pyramid.hpp>

namespace {

template <class P>
bool add() {
    auto const name = [](char const* job) { return job + ('<' + bench::pixel_name<P>() + '>'); };
    return bench::add_work(
               name("laplacian-pyramid"), sizeof(P) + sizeof(typename quoin::laplacian_levels<P>::level_pixel),
               [](auto const& policy, quoin::extent size) {
                   return [=, in = bench::scene<P>(size)] { bench::keep(quoin::laplacian_pyramid(policy, in, 4)); };
               }) &&
           bench::add_work(name("collapse"), sizeof(P) + sizeof(typename quoin::laplacian_levels<P>::level_pixel),
                           [](auto const& policy, quoin::extent size) {
                               auto const pyramid = std::make_shared<quoin::laplacian_levels<P> const>(
                                   quoin::laplacian_pyramid(policy, bench::scene<P>(size), 4));
                               return [=] { bench::keep(quoin::collapse(policy, *pyramid)); };
                           });
}

bool const registered = add<std::uint8_t>() && add<float>();

} // namespace

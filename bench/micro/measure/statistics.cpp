// SPDX-License-Identifier: BSL-1.0
// Times statistics, alone and together.
#include "support/jobs.hpp"

#include <quoin/measure/histogram.hpp>
#include <quoin/measure/mean_std.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/moments.hpp>
#include <quoin/measure/projections.hpp>

namespace {

template <class P>
bool add(std::string const& name, auto work) {
    return bench::add_terminal(name + '<' + bench::pixel_name<P>() + '>', sizeof(P), bench::scene<P>, work);
}

constexpr auto mean_std = [](auto const& policy, auto const& view) { return quoin::mean_std(policy, view); };
bool const means = add<std::uint8_t>("mean_std", mean_std) && add<quoin::rgb8>("mean_std", mean_std) &&
                   add<float>("mean_std", mean_std);

constexpr auto moments = [](auto const& policy, auto const& view) { return quoin::moments(policy, view); };
bool const sums = add<std::uint8_t>("moments", moments) && add<std::uint16_t>("moments", moments);

bool const counts =
    add<quoin::rgb8>("histogram", [](auto const& policy, auto const& view) { return quoin::histogram(policy, view); });

bool const lines = add<std::uint8_t>(
    "projections", [](auto const& policy, auto const& view) { return quoin::projections(policy, view); });

bool const together = add<std::uint8_t>("statistics-5", [](auto const& policy, auto const& view) {
    return quoin::statistics(policy, view, quoin::mean_std, quoin::min_max, quoin::histogram);
});

} // namespace

// SPDX-License-Identifier: BSL-1.0
// Times the reductions, and Otsu's level with the mask that it makes.
#include "support/jobs.hpp"

#include <quoin/filter/point/threshold.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/otsu.hpp>
#include <quoin/measure/sum.hpp>

namespace {

template <class P>
bool add(std::string const& name, auto work) {
    return bench::add_terminal(name + '<' + bench::pixel_name<P>() + '>', sizeof(P), bench::scene<P>, work);
}

constexpr auto histogram = [](auto const& policy, auto const& view) { return quoin::histogram(policy, view); };
bool const histograms = add<std::uint8_t>("histogram", histogram) && add<std::uint16_t>("histogram", histogram);
bool const otsu =
    add<std::uint8_t>("otsu", [](auto const& policy, auto const& view) { return quoin::otsu(policy, view); });

bool const otsu_mask = bench::add_work(
    "otsu_threshold<u8>", 2 * sizeof(std::uint8_t), [](auto const& policy, quoin::extent size) {
        return [=, view = bench::scene<std::uint8_t>(size), out = bench::canvas<std::uint8_t>(size)] {
            auto const level = static_cast<double>(quoin::otsu(policy, view));
            quoin::run(policy, view | quoin::threshold(level), out);
            bench::keep();
        };
    });

constexpr auto sum = [](auto const& policy, auto const& view) { return quoin::sum(policy, view); };
bool const sums = add<std::uint8_t>("sum", sum) && add<std::uint16_t>("sum", sum) && add<float>("sum", sum);

constexpr auto min_max = [](auto const& policy, auto const& view) { return quoin::min_max(policy, view); };
bool const ranges = add<std::uint8_t>("min_max", min_max) && add<std::uint16_t>("min_max", min_max) &&
                    add<float>("min_max", min_max);

} // namespace

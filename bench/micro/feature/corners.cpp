// SPDX-License-Identifier: BSL-1.0
// Times lists of corners.
#include "support/jobs.hpp"

#include <quoin/feature/fast_corners.hpp>
#include <quoin/feature/good_features.hpp>

namespace {

bool add(std::string const& name, auto find) {
    return bench::add_terminal(name, 1, bench::scene<std::uint8_t>, find);
}
bool const fast = add("fast_corners", [](auto const& policy, auto const& view) {
    return quoin::fast_corners(policy, view, {.threshold = 20}).size();
});
bool const good = add("good_features", [](auto const& policy, auto const& view) {
    return quoin::good_features(policy, view, {.distance = 10, .most = 1000}).size();
});

} // namespace

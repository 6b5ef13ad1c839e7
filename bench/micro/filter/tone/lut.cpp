// SPDX-License-Identifier: BSL-1.0
// Times values looked up in tables: one for all channels, and one for each.
#include "support/jobs.hpp"

#include <quoin/filter/tone/lut.hpp>

namespace {

template <class T>
std::vector<T> table(unsigned factor) {
    std::vector<T> values(std::size_t{1} << (8 * sizeof(T)));
    for (std::size_t v = 0; v < values.size(); ++v) values[v] = static_cast<T>(v * factor);
    return values;
}

bool const bytes = bench::add_pipeline<std::uint8_t, quoin::rgb8>(
    "lut", [](auto view) { return view | quoin::lut(table<std::uint8_t>(7)); });
bool const words =
    bench::add_pipeline<std::uint16_t>("lut", [](auto view) { return view | quoin::lut(table<std::uint16_t>(7)); });
bool const channels = bench::add_pipeline<quoin::rgb8>("lut-3", [](auto view) {
    return view | quoin::lut(table<std::uint8_t>(3), table<std::uint8_t>(5), table<std::uint8_t>(7));
});

} // namespace

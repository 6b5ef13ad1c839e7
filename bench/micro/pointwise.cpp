// SPDX-License-Identifier: BSL-1.0
// Times chains of 1 to 10 gains: what a further stage costs that stays in registers.
#include "support/jobs.hpp"
#include "support/kernels.hpp"

namespace {

template <int... Length>
bool add(std::integer_sequence<int, Length...>) {
    return (bench::add_pipeline<std::uint8_t>("pointwise-" + std::to_string(Length + 1),
                                              [](auto view) { return bench::pointwise_chain<Length + 1>(view); }) &&
            ...);
}
bool const registered = add(std::make_integer_sequence<int, 10>{});

} // namespace

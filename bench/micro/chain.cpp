// SPDX-License-Identifier: BSL-1.0
// Times a chain of different filters: what each further one costs in one pass.
#include "support/jobs.hpp"
#include "support/kernels.hpp"

namespace {

bool const chain_1 =
    bench::add_pipeline<quoin::rgb8>("chain-1", [](auto view) { return bench::chain<1>(view); });
bool const chain_2 =
    bench::add_pipeline<quoin::rgb8>("chain-2", [](auto view) { return bench::chain<2>(view); });
bool const chain_3 =
    bench::add_pipeline<quoin::rgb8>("chain-3", [](auto view) { return bench::chain<3>(view); });
bool const chain_4 =
    bench::add_pipeline<quoin::rgb8>("chain-4", [](auto view) { return bench::chain<4>(view); });
bool const chain_5 = bench::add_pipeline<quoin::rgb8, quoin::rgb16, quoin::rgbf>(
    "chain-5", [](auto view) { return bench::chain<5>(view); });

} // namespace

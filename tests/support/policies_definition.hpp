// SPDX-License-Identifier: BSL-1.0
// The functions of policies.hpp; include it in one source file of a test executable.
#pragma once

#include "support/policies.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/parallel.hpp>
#include <quoin/exec/parallel_simd.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>

namespace test {

std::vector<quoin::any_policy<quoin::scalar_lanes>> const& scalar_policies() {
    using erased = quoin::any_policy<quoin::scalar_lanes>;
    static std::vector<erased> const all{erased::of(quoin::serial{}), erased::of(quoin::parallel(3)),
                                         erased::of(thread_policy{2}), erased::of(backwards_policy{})};
    return all;
}

std::vector<quoin::any_policy<quoin::simd_lanes>> const& vector_policies() {
    using erased = quoin::any_policy<quoin::simd_lanes>;
    static std::vector<erased> const all{erased::of(quoin::simd{}), erased::of(quoin::parallel_simd(2))};
    return all;
}

} // namespace test

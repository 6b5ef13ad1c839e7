// SPDX-License-Identifier: BSL-1.0
// The policies that fuzzers compare, behind one type for each lane family.
#pragma once

#include "support/thread_policy.hpp"

#include <quoin/exec/any_policy.hpp>
#include <quoin/exec/parallel.hpp>
#include <quoin/exec/parallel_simd.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/workspace.hpp>

namespace fuzz {

/// Kept from input to input.
inline quoin::workspace memory;

/// f(policy) for each of them, for those with threads where `threads` asks: they take many times as long.
template <class F>
void with_every_policy(bool threads, F const& f) {
    using scalar = quoin::any_policy<quoin::scalar_lanes>;
    using vector = quoin::any_policy<quoin::simd_lanes>;
    static scalar const serial = scalar::of(quoin::serial{}), backwards = scalar::of(test::backwards_policy{}),
                        parallel = scalar::of(quoin::parallel(2));
    static vector const simd = vector::of(quoin::simd{}), parallel_simd = vector::of(quoin::parallel_simd(3));
    f(serial);
    f(backwards);
    f(simd);
    if (!threads) return;
    f(parallel);
    f(parallel_simd);
}

} // namespace fuzz

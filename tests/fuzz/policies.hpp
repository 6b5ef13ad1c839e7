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

#include <cstddef>
#include <cstdint>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t room);

namespace fuzz {

/// Kept from input to input.
inline quoin::workspace memory;

/// f(policy) for the policies of a set of bits: serial, serial backwards, simd, parallel, parallel_simd.
template <class F>
void with_policies(unsigned set, F const& f) {
    using scalar = quoin::any_policy<quoin::scalar_lanes>;
    using vector = quoin::any_policy<quoin::simd_lanes>;
    static scalar const serial = scalar::of(quoin::serial{}), backwards = scalar::of(test::backwards_policy{}),
                        parallel = scalar::of(quoin::parallel(2));
    static vector const simd = vector::of(quoin::simd{}), parallel_simd = vector::of(quoin::parallel_simd(3));
    if (set & 1) f(serial);
    if (set & 2) f(backwards);
    if (set & 4) f(simd);
    if (set & 8) f(parallel);
    if (set & 16) f(parallel_simd);
}

/// f(policy) for each of them, for those with threads where `threads` asks: they take many times as long.
template <class F>
void with_every_policy(bool threads, F const& f) {
    with_policies(threads ? 31 : 7, f);
}

/// f(policy) for each of them for one number in 32, and for one of those without threads for others, mostly for simd.
template <class F>
void with_some_policy(unsigned which, F const& f) {
    which %= 32;
    with_policies(which == 0 ? 31 : which < 6 ? 1 : which < 12 ? 2 : 4, f);
}

/// A mutation, with other policies in the byte at `place`: the seeds have all of them, which takes most of the time.
inline std::size_t mutate_with_policies(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed,
                                        std::size_t place) {
    size = LLVMFuzzerMutate(data, size, room);
    if (size > place) data[place] = static_cast<std::uint8_t>(seed);
    return size;
}

} // namespace fuzz

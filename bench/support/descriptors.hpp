// SPDX-License-Identifier: BSL-1.0
// Descriptors that are as far from each other as random bits are.
#pragma once

#include <quoin/feature/binary_descriptor.hpp>

#include <random>
#include <vector>

namespace bench {

inline std::vector<quoin::binary_descriptor> descriptors(std::size_t n, unsigned seed) {
    std::mt19937_64 random(seed);
    std::vector<quoin::binary_descriptor> all(n);
    for (auto& d : all)
        for (std::uint64_t& word : d) word = random();
    return all;
}

} // namespace bench

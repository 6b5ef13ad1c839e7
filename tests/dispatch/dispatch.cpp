// SPDX-License-Identifier: BSL-1.0
// One source compiled for several instruction sets: which one is picked, and that all give the same bytes.

#include "chain.hpp"

#include <quoin/exec/run.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/point/brightness.hpp>

#include <catch2/catch_test_macros.hpp>

#include <exception>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

/// What Linux says that this machine's processor can do.
std::set<std::string> processor_flags() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("flags")) {
            std::istringstream words(line.substr(line.find(':') + 1));
            return {std::istream_iterator<std::string>(words), {}};
        }
    return {};
}

struct level {
    std::string name;
    chain_function* function;
    std::vector<std::string> needs; // beside those of the level before
};

/// The levels that this machine has, from the lowest.
std::vector<level> levels() {
    auto const flags = processor_flags();
    if (flags.empty()) SKIP("/proc/cpuinfo names no processor flags");
    std::vector<level> result;
    for (level const& l :
         {level{"x86-64", chain_x86_64, {}},
          level{"x86-64-v3",
                chain_x86_64_v3,
                {"cx16", "lahf_lm", "popcnt", "ssse3", "sse4_1", "sse4_2", "avx", "avx2", "bmi1", "bmi2", "f16c", "fma",
                 "abm", "movbe"}},
          level{"x86-64-v4", chain_x86_64_v4, {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}},
          level{"x86-64-v4+vbmi", chain_x86_64_v4_vbmi, {"avx512ifma", "avx512vbmi", "avx512_vbmi2", "avx512_vnni"}}}) {
        for (std::string const& flag : l.needs)
            if (!flags.contains(flag)) return result;
        result.push_back(l);
    }
    return result;
}

std::vector<std::uint8_t> noise(std::size_t size, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<std::uint8_t> bytes(size);
    for (auto& b : bytes) b = static_cast<std::uint8_t>(random());
    return bytes;
}

} // namespace

TEST_CASE("the best level that the machine supports is picked") {
    CHECK(std::string(chain_level()) == levels().back().name);
}

TEST_CASE("every level gives the bytes of the serial policy") {
    // Widths around the register sizes, so that whole and partial steps occur at every level.
    for (quoin::index_t const width : {1, 15, 16, 63, 64, 65, 333}) {
        quoin::index_t const height = 47;
        unsigned const seed = 20240 + static_cast<unsigned>(width);
        CAPTURE(width, height, seed);
        auto const rgb = noise(static_cast<std::size_t>(width * height * 3), seed);
        std::vector<std::uint8_t> expected(static_cast<std::size_t>(width * height));
        quoin::run(quoin::serial{},
                   quoin::image_view<quoin::rgb8 const>(rgb.data(), width, height) | quoin::gray | quoin::gaussian3 |
                       quoin::sobel_magnitude | quoin::sharpen | quoin::brightness(1.2f),
                   quoin::image_view<std::uint8_t>(expected.data(), width, height));
        for (level const& l : levels()) {
            CAPTURE(l.name);
            std::vector<std::uint8_t> result(expected.size());
            l.function(rgb.data(), width, height, result.data());
            CHECK(result == expected);
        }
        std::vector<std::uint8_t> result(expected.size());
        chain(rgb.data(), width, height, result.data());
        CHECK(result == expected);
    }
}

TEST_CASE("an exception from a level is caught as std::exception") {
    std::uint8_t out = 7;
    for (level const& l : levels()) {
        CAPTURE(l.name);
        CHECK_THROWS_AS(l.function(nullptr, 1, 1, &out), std::exception);
    }
    CHECK(out == 7);
}

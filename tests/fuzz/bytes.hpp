// SPDX-License-Identifier: BSL-1.0
// What the fuzzers share: choices read from the fuzzer's bytes, and the way to report a finding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>

namespace fuzz {

/// Bytes taken one after the other; 0 where there are none left.
class bytes {
public:
    bytes(std::uint8_t const* data, std::size_t size) : data_(data), size_(size) {}

    std::uint8_t next() {
        if (size_ == 0) return 0;
        --size_;
        return *data_++;
    }
    /// In [least, most].
    int in(int least, int most) {
        int const two = next() << 8 | next();
        return least + two % (most - least + 1);
    }
    bool empty() const { return size_ == 0; }
    std::span<std::byte const> rest() const { return std::as_bytes(std::span(data_, size_)); }

private:
    std::uint8_t const* data_;
    std::size_t size_;
};

/// Ends the program, which makes the fuzzer keep the input.
[[noreturn]] inline void finding(std::string const& what) {
    std::fprintf(stderr, "finding: %s\n", what.c_str());
    std::abort();
}

inline void expect(bool right, char const* what) {
    if (!right) finding(what);
}

} // namespace fuzz

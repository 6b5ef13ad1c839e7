// SPDX-License-Identifier: BSL-1.0
#include <quoin/core/detail/aligned_array.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>

using namespace quoin;

namespace {

constexpr bool test_value() {
    detail::aligned_array<int> a(5);
    for (int i = 0; i < 5; ++i)
        if (a.data()[i] != 0) return false;
    a.data()[3] = 7;
    detail::aligned_array<int> b = a;
    b.data()[3] = 8;
    if (a.data()[3] != 7 || b.data()[3] != 8 || b.size() != 5) return false;
    a = b;
    if (a.data()[3] != 8 || a.data() == b.data()) return false;
    int const* const old = a.data();
    detail::aligned_array<int> c = std::move(a);
    if (c.data() != old || a.data() != nullptr || a.size() != 0) return false;
    c = detail::aligned_array<int>();
    detail::aligned_array<int> const empty(0);
    return c.data() == nullptr && empty.data() == nullptr && empty.size() == 0;
}

} // namespace

TEST_CASE("aligned_array: zeroed, deep copies, moves", "[core]") {
    static_assert(test_value());
    CHECK(test_value());
}

TEST_CASE("aligned_array: aligned to 64 bytes", "[core]") {
    for (index_t n : {1, 3, 64, 1000}) {
        detail::aligned_array<std::uint8_t> const a(n);
        CHECK(reinterpret_cast<std::uintptr_t>(a.data()) % image_alignment == 0);
    }
}

// SPDX-License-Identifier: BSL-1.0
// any_policy, tiling: how a pipeline is evaluated, decided when the program runs. The bytes are the same.
#undef NDEBUG
#include <quoin/exec/any_policy.hpp>
#include <quoin/exec/parallel_simd.hpp>
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian3.hpp>

#include <cassert>
#include <cstring>

namespace {

using chosen = quoin::any_policy<quoin::simd_lanes>;

/// The filter is compiled once, however many policies there are.
quoin::image<std::uint8_t> blurred(chosen const& policy, quoin::tiling t = {}) {
    quoin::image<std::uint8_t> ramp(300, 200);
    for (quoin::index_t y = 0; y < ramp.height(); ++y)
        for (quoin::index_t x = 0; x < ramp.width(); ++x) ramp(x, y) = static_cast<std::uint8_t>(x * y);
    return to_image(policy, ramp.view() | quoin::gaussian3, t);
}

bool same(quoin::image<std::uint8_t> const& a, quoin::image<std::uint8_t> const& b) {
    for (quoin::index_t y = 0; y < a.height(); ++y)
        if (std::memcmp(a.view().row(y), b.view().row(y), static_cast<std::size_t>(a.width())) != 0) return false;
    return a.size() == b.size();
}

} // namespace

int main() {
    auto const one = blurred(chosen::of(quoin::simd{}));
    chosen const two = chosen::of(quoin::parallel_simd(2));
    assert(two.concurrency() == 2 && two.name() == quoin::parallel_simd(2).name());
    assert(same(one, blurred(two)));

    // Blocks of 16 rows, and a result that is not to push other things out of the caches. Left alone, quoin chooses.
    quoin::tiling const t{.strip_rows = 16, .stores = quoin::store_hint::streaming};
    assert(same(one, blurred(two, t)));
}

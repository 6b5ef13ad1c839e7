// SPDX-License-Identifier: BSL-1.0
// resize of channels that are not bytes: in double, in the order of the input.
#include <quoin/geometry/resize.hpp>

#include "support/oracle.hpp"
#include "support/resampling.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// The sines of the library and of the test may differ in the last bit, and with them the weights of two kernels.
template <class P>
std::string check(double tolerance) {
    for (auto const& [from, to] :
         {std::pair{extent{131, 20}, extent{67, 33}}, std::pair{extent{40, 30}, extent{77, 9}}})
        for (int k = 0; k < 6; ++k) {
            std::string const wrong = test::sweep<P>(
                {from}, [&, to = to](auto v) { return v | resize(to, static_cast<resize_kernel>(k)); },
                [&, to = to](auto const& in) { return test::resized<P, resize_mode::pillow>(in, to, k); },
                k == 3 || k == 5 ? tolerance : 0);
            if (!wrong.empty()) return "kernel " + std::to_string(k) + ": " + wrong;
        }
    return "";
}

} // namespace

TEST_CASE("resize: 16 bits, floating point and 32 bits", "[geometry][resize]") {
    CHECK(check<std::uint16_t>(0) == "");
    CHECK(check<float>(1e-6) == "");
    CHECK(check<rgbf>(1e-6) == "");
    CHECK(check<std::int32_t>(0) == "");
}

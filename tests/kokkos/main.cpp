// SPDX-License-Identifier: BSL-1.0
// Kokkos runs as long as the tests do.
#include <Kokkos_Core.hpp>
#include <catch2/catch_session.hpp>

int main(int argc, char** argv) {
    // More threads than the smallest machines have cores, so that the order of work is not the order of rows.
    Kokkos::ScopeGuard const running(Kokkos::InitializationSettings().set_num_threads(3).set_disable_warnings(true));
    return Catch::Session().run(argc, argv);
}

// SPDX-License-Identifier: BSL-1.0
// Somebody's program: a pipeline under every policy that it was built with, and one value of the result.

#include <quoin/quoin.hpp>
#if USE_SIMD
#include <quoin/exec/simd.hpp>
#endif
#if USE_PARALLEL
#include <quoin/exec/parallel.hpp>
#endif
#if USE_IO
#include <quoin/io/read_image.hpp>
#include <quoin/io/write_image.hpp>
#endif

#if USE_RUNTIME
#include <quoin/runtime/any_pipeline.hpp>
#endif

#include <cstdio>
#include <utility>

#if USE_DISPATCH
extern "C" long answer();
extern "C" char const* answer_level();
#endif

namespace {

/// A gray square of 4 x 4 on black, blurred.
template <class Policy>
int check(Policy const& policy) {
    quoin::image<quoin::rgb8> photo(16, 12);
    for (quoin::index_t y = 4; y < 8; ++y)
        for (quoin::index_t x = 6; x < 10; ++x) photo(x, y) = {160, 160, 160};

    auto const blurred = quoin::to_image(policy, std::as_const(photo).view() | quoin::gray | quoin::gaussian3);

    // [1 2 1; 2 4 2; 1 2 1] / 16 of 160: 9 weights of 16 at the corner, 1 diagonally outside, all inside.
    bool const right = blurred(6, 4) == 90 && blurred(5, 3) == 10 && blurred(7, 5) == 160 && blurred(0, 0) == 0;
    std::printf("%s: %s\n", policy.name().c_str(), right ? "right" : "WRONG");
    return right ? 0 : 1;
}

} // namespace

int main() {
    int wrong = check(quoin::serial{});
#if USE_SIMD
    wrong += check(quoin::simd{});
#endif
#if USE_PARALLEL
    wrong += check(quoin::parallel(2));
#endif
#if USE_IO && USE_CODECS && !QUOIN_WITH_CODECS
#error "quoin::codecs is linked, but its headers do not know it"
#endif
#if USE_IO
    try {
        quoin::read_image<quoin::rgb8>("no-such-file.png");
        ++wrong;
    } catch (quoin::io_error const& e) {
        std::printf("%s\n", e.what());
    }
#endif
#if USE_IO && USE_CODECS
    for (char const* name : {"consumer.png", "consumer.jpg"}) {
        quoin::write_image(name, quoin::image<std::uint8_t>(5, 3));
        bool const right = quoin::read_image<std::uint8_t>(name).size() == quoin::extent{5, 3};
        std::printf("%s: %s\n", name, right ? "right" : "WRONG");
        wrong += right ? 0 : 1;
    }
#endif
#if USE_RUNTIME
    quoin::image<std::uint8_t> const flat(5, 3);
    quoin::any_image const bright = to_image(quoin::serial{}, quoin::any_pipeline("threshold=-1,box=3"), flat.view());
    wrong += bright.view().as<std::uint8_t>()(2, 1) != 255;
#endif
#if USE_DISPATCH
    std::printf("%s: %ld\n", answer_level(), answer());
    wrong += answer() != 42;
#endif
    return wrong;
}

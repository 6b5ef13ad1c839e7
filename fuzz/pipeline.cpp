// SPDX-License-Identifier: BSL-1.0
// Random pipelines: every policy, strip and tile against the serial policy, which computes stage by stage.

#include "bytes.hpp"
#include "policies.hpp"

#include <quoin/algorithm/to_image.hpp>
#include <quoin/exec/run.hpp>
#include <quoin/filter/box.hpp>
#include <quoin/filter/brightness.hpp>
#include <quoin/filter/convolve.hpp>
#include <quoin/filter/gaussian.hpp>
#include <quoin/filter/gaussian3.hpp>
#include <quoin/filter/gaussian5.hpp>
#include <quoin/filter/gray.hpp>
#include <quoin/filter/sharpen.hpp>
#include <quoin/filter/sobel.hpp>
#include <quoin/filter/threshold.hpp>

namespace {

using quoin::index_t;

/// Values in the middle of memory that is as large as the rows are apart, so that a step too far is seen.
template <class P>
struct source {
    quoin::extent size;
    index_t pitch;
    std::vector<quoin::channel_t<P>> memory;

    source(quoin::extent s, int gap, fuzz::bytes& in)
        : size(s), pitch(s.width * quoin::channels_v<P> + gap),
          memory(static_cast<std::size_t>(pitch * (s.height - 1) + s.width * quoin::channels_v<P>)) {
        std::uint64_t state = in.next() + 1u;
        for (auto& v : memory) { // the fuzzer's bytes, then numbers that follow from them
            state = state * 6364136223846793005u + 1442695040888963407u + in.next();
            v = static_cast<quoin::channel_t<P>>(state >> 40);
        }
    }
    quoin::image_view<P const> view() const { return {memory.data(), size.width, size.height, pitch}; }
};

/// How a pipeline is evaluated.
struct way {
    quoin::tiling blocks;
    bool threads;
};

/// f(stage) with the stage of gray pixels that `which` chooses among the first `Count`.
template <int Count, class F>
void with_stage(int which, int value, F const& f) {
    which %= Count;
    if (which == 0) f(quoin::gaussian3);
    else if (which == 1) f(quoin::sobel_magnitude);
    else if (which == 2) f(quoin::brightness(static_cast<float>(value) / 64));
    if constexpr (Count > 3) {
        if (which == 3) f(quoin::sharpen);
        else if (which == 4) f(quoin::box(1 + 2 * (value % 6)));
        else if (which == 5) f(quoin::threshold(value));
        else if (which == 6) f(quoin::gaussian5);
        else if (which == 7) f(quoin::gaussian(0.3 + value % 23 / 4.0));
    }
}

/// The stages one by one, each into an image, against the pipeline of both.
template <class Source, class A, class B>
void check(Source const& in, A const& a, B const& b, way const& w) {
    quoin::serial const serial;
    auto const first = quoin::to_image(serial, in | a);
    auto const expected = quoin::to_image(serial, first.view() | b);
    auto const pipeline = in | a | b;
    fuzz::with_every_policy(w.threads, [&](auto const& policy) {
        quoin::image<typename decltype(pipeline)::pixel_type> found(pipeline.size());
        quoin::run(policy, pipeline, found.view(), w.blocks);
        for (index_t y = 0; y < found.height(); ++y)
            for (index_t x = 0; x < found.width(); ++x)
                if (!(found(x, y) == expected(x, y)))
                    fuzz::finding("differs under " + policy.name() + " at " + std::to_string(x) + ", " +
                                  std::to_string(y) + " of " + std::to_string(found.width()) + " x " +
                                  std::to_string(found.height()));
    });
}

/// One of `First` stages, then one of `Second`: the more, the longer this takes to compile.
template <class P, int First, int Second>
void two_stages(fuzz::bytes& in, quoin::extent size, way const& w) {
    int const first = in.next(), value = in.next(), second = in.next(), another = in.next();
    source<P> const pixels(size, in.next() % 5, in);
    with_stage<First>(first, value, [&](auto const& a) {
        with_stage<Second>(second, another, [&](auto const& b) { check(pixels.view(), a, b, w); });
    });
}

/// A colour image to gray, then a chain of the usual filters.
void colour_chain(fuzz::bytes& in, quoin::extent size, way const& w) {
    float const gain = static_cast<float>(in.next()) / 64;
    source<quoin::rgb8> const pixels(size, in.next() % 5, in);
    constexpr auto edges = quoin::gaussian3 | quoin::sobel_magnitude | quoin::sharpen;
    check(pixels.view(), quoin::gray, edges | quoin::brightness(gain), w);
}

/// Signed values between stages, and a kernel of the fuzzer's own.
void signed_chain(fuzz::bytes& in, quoin::extent size, way const& w) {
    int kernel[3][3];
    for (auto& row : kernel)
        for (int& k : row) k = in.in(-20, 20);
    int const divisor = in.in(1, 40);
    source<std::uint8_t> const pixels(size, in.next() % 5, in);
    check(pixels.view(), quoin::sobel_x, quoin::convolve(kernel, divisor), w);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::bytes in(data, size);
    unsigned const first = in.next();
    unsigned const kind = first % 8;
    quoin::extent const extent{in.in(1, 140), in.in(1, 24)};
    way const w{{in.in(0, 9), in.in(0, 3) == 0 ? in.in(1, 90) : 0}, first / 16 == 0};
    if (kind < 4) two_stages<std::uint8_t, 8, 3>(in, extent, w);
    else if (kind < 6) two_stages<std::uint16_t, 3, 3>(in, extent, w);
    else if (kind == 6) colour_chain(in, extent, w);
    else signed_chain(in, extent, w);
    return 0;
}

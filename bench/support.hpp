// SPDX-License-Identifier: BSL-1.0
// What the benchmarks share: policies, sizes, inputs, and registration under names of the form
// job/size/policy, where the policy says its threads ("parallel:8") if it may use more than one.
#pragma once

#include <benchmark/benchmark.h>

#include <quoin/exec/run.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/image/image.hpp>

#if QUOIN_WITH_SIMD
#include <quoin/exec/simd.hpp>
#endif
#if QUOIN_WITH_PARALLEL
#include <quoin/exec/parallel.hpp>
#endif
#if QUOIN_WITH_SIMD && QUOIN_WITH_PARALLEL
#include <quoin/exec/parallel_simd.hpp>
#endif
#if QUOIN_WITH_KOKKOS
#include <quoin/exec/kokkos.hpp>
#endif

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace bench {

using quoin::index_t;

struct named_size {
    char const* name;
    quoin::extent size;
};
inline constexpr named_size sizes[] = {
    {"720p", {1280, 720}}, {"1080p", {1920, 1080}}, {"4k", {3840, 2160}}, {"8k", {7680, 4320}}};

/// Every policy of this build, made once, so that all benchmarks share the threads.
struct policy_set {
    int threads;
#if QUOIN_WITH_PARALLEL
    quoin::parallel parallel{threads};
#endif
#if QUOIN_WITH_SIMD && QUOIN_WITH_PARALLEL
    quoin::parallel_simd parallel_simd{threads};
#endif

    std::string with_threads(std::string const& name) const {
        return name + ':' + std::to_string(threads);
    }

    /// f(name, policy)
    template <class F>
    void for_each(F const& f) const {
        f("serial", quoin::serial{});
#if QUOIN_WITH_SIMD
        f("simd", quoin::simd{});
#endif
#if QUOIN_WITH_PARALLEL
        f(with_threads("parallel"), parallel);
#endif
#if QUOIN_WITH_SIMD && QUOIN_WITH_PARALLEL
        f(with_threads("parallel_simd"), parallel_simd);
#endif
#if QUOIN_WITH_KOKKOS
        f(with_threads("kokkos"), quoin::kokkos<Kokkos::DefaultExecutionSpace>{});
#if QUOIN_WITH_SIMD
        f(with_threads("kokkos_simd"), quoin::kokkos<Kokkos::DefaultHostExecutionSpace, quoin::simd_lanes>{});
#endif
#endif
    }
};

/// What the files of this folder register; main calls each with the policies.
inline std::vector<std::function<void(policy_set const&)>>& registrations() {
    static std::vector<std::function<void(policy_set const&)>> all;
    return all;
}

/// "u8", "u16", "f32", with rgb in front for three channels.
template <class P>
std::string pixel_name() {
    using T = quoin::channel_t<P>;
    std::string const bits = std::to_string(8 * sizeof(T));
    std::string const channel =
        std::floating_point<T> ? "f" + bits : (std::is_signed_v<T> ? "i" : "u") + bits;
    return quoin::channels_v<P> == 3 ? "rgb-" + channel : channel;
}

/// Slopes with noise on top, in the range 0..255 for every type; made once for each extent.
template <class P>
quoin::image_view<P const> scene(quoin::extent size) {
    static std::map<std::pair<index_t, index_t>, quoin::image<P>> made;
    quoin::image<P>& image = made[{size.width, size.height}];
    if (image.empty()) {
        image = quoin::image<P>(size);
        std::uint32_t random = 1;
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x)
                quoin::for_each_channel<P>([&](auto c) {
                    constexpr int i = decltype(c)::value;
                    random = random * 1664525u + 1013904223u;
                    index_t const value = (x / (3 + i) + y / 5) % 192 + random / (1u << 26);
                    quoin::get_channel<i>(image(x, y)) = static_cast<quoin::channel_t<P>>(value);
                });
    }
    return std::as_const(image).view();
}

/// memcpy that reads and writes as many bytes altogether, on one thread and on all.
void add_memcpy(int bytes_per_pixel, named_size const& at, policy_set const& policies);

/// Registers one benchmark; `body` holds the timing loop. The bytes are those read and written.
void add(std::string const& job, named_size const& at, std::string const& policy, int bytes_per_pixel,
         std::function<void(benchmark::State&)> body);

/// Pipelines: make(view) for the pixel types P..., evaluated into an image. Returns true, so that a variable can
/// be initialised by it before main:
///     bool const registered = bench::add_pipeline<float>("box", [](auto v) { return v | quoin::box(3); });
template <class... P, class Make>
bool add_pipeline(std::string const& name, Make make) {
    auto const add_type = [=]<class Q>(Q const*, policy_set const& policies) {
        using R = typename decltype(make(quoin::image_view<Q const>{}))::pixel_type;
        std::string const job = name + '<' + pixel_name<Q>() + '>';
        for (named_size const& at : sizes) {
            policies.for_each([&](std::string const& policy_name, auto const& policy) {
                add(job, at, policy_name, sizeof(Q) + sizeof(R), [=](benchmark::State& state) {
                    auto const pipeline = make(scene<Q>(at.size));
                    quoin::image<R> out(at.size);
                    for (auto _ : state) {
                        quoin::run(policy, pipeline, out.view());
                        benchmark::ClobberMemory();
                    }
                });
            });
            add_memcpy(sizeof(Q) + sizeof(R), at, policies);
        }
    };
    registrations().push_back(
        [=](policy_set const& policies) { (add_type(static_cast<P const*>(nullptr), policies), ...); });
    return true;
}

/// Terminals: work(policy, prepare(size)) for every size; the bytes are those of a pixel of what prepare gives.
template <class Prepare, class Work>
bool add_terminal(std::string const& job, int bytes_per_pixel, Prepare prepare, Work work) {
    registrations().push_back([=](policy_set const& policies) {
        for (named_size const& at : sizes) {
            policies.for_each([&](std::string const& policy_name, auto const& policy) {
                add(job, at, policy_name, bytes_per_pixel, [=](benchmark::State& state) {
                    auto const& input = prepare(at.size);
                    for (auto _ : state) benchmark::DoNotOptimize(work(policy, input));
                });
            });
            add_memcpy(bytes_per_pixel, at, policies);
        }
    });
    return true;
}

} // namespace bench

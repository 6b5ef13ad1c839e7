// SPDX-License-Identifier: BSL-1.0
// The filters, pipelines and the segmenter under kokkos<Kokkos::Cuda>: compiled by nvcc wherever a CUDA-enabled Kokkos
// is at hand, and run where there is a GPU, where every result must equal serial's.
#include <quoin/exec/kokkos.hpp>
#include <quoin/quoin.hpp>

#include <cstdio>

using namespace quoin;

namespace {

using space = Kokkos::DefaultExecutionSpace;

int failures = 0;

struct negative {
    using vectorized = void;
    template <class V>
    QUOIN_INLINE V operator()(V const& v) const {
        return V(255) - v;
    }
};

struct larger {
    using vectorized = void;
    template <class V>
    QUOIN_INLINE V operator()(V const& a, V const& b) const {
        return max(a, b);
    }
};

struct shifted_by_place {
    using vectorized = void;
    using takes_position = void;
    template <class V, class I>
    QUOIN_INLINE V operator()(V const& v, position<I> const& at) const {
        return convert<scalar_t<V>>((convert<std::int32_t>(v) + at.x + at.y * 3) & 255);
    }
};

/// Every pixel of the pipeline on the device against the serial policy.
template <class Pipeline>
void compare(char const* what, Pipeline const& p) {
    auto const expected = to_image(serial{}, p);
    auto const computed = to_image(kokkos<space>{}, p);
    index_t different = 0;
    for (index_t y = 0; y < p.height(); ++y)
        for (index_t x = 0; x < p.width(); ++x) different += !(expected(x, y) == computed(x, y));
    std::printf("%-28s %lld pixels differ\n", what, static_cast<long long>(different));
    failures += different != 0;
}

} // namespace

int main(int argc, char** argv) {
    Kokkos::ScopeGuard const kokkos_is_running(argc, argv);
    image<rgb8> source(1003, 517);
    std::uint32_t state = 1;
    for (index_t y = 0; y < source.height(); ++y)
        for (index_t x = 0; x < source.width(); ++x) {
            state = state * 1664525u + 1013904223u;
            source(x, y) = {static_cast<std::uint8_t>(state >> 24), static_cast<std::uint8_t>(state >> 16),
                            static_cast<std::uint8_t>(x + y)};
        }
    auto const view = std::as_const(source).view();
    compare("five filters", view | gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2f));
    compare("positions", view | gray | gaussian3 | shifted_by_place{} | crop(3, 5, 900, 500) | shifted_by_place{});
    compare("channel by channel", view | gaussian3 | gaussian5 | sharpen);
    compare("warps", view | gray | gaussian3 | warp_affine({0.9, -0.2, 5.5, 0.2, 0.9, -3.25}) | pad(1, 2, 3, 4) |
                         polar(300, 200, 150, {200, 300}, interpolation::cubic));
    compare("gaussian(2), box(5)", view | gray | gaussian(2) | box(5));
    compare("correlate", view | gray | correlate({{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}}));
    compare("sobel_x, borders", view | gray | extend(constant(9)) | gaussian3 | extend(wrap) | sobel_x);
    compare("zip", zip(view | gray, view | gray | gaussian3) | larger{});
    compare("quarter turns", view | gaussian3 | rotate90 | gray | sharpen | transpose);
    compare("flip and crop", view | gaussian3 | flip_x | crop(3, 5, 900, 500) | gray | sharpen | flip_y);
    compare("resize", view | gray | resize({500, 700}, resize_kernel::cubic) | gaussian3 | pyramid_down);
    compare("threshold, own functor", view | gray | negative{} | threshold(100));

    auto const mask = view | gray | gaussian3 | threshold(127);
    auto const expected = segment(serial{}, to_bits(serial{}, mask));
    auto const computed = segment(kokkos<space>{}, to_bits(kokkos<space>{}, mask));
    std::printf("%-28s %zu rectangles, %zu expected\n", "segment", computed.rectangles.size(),
                expected.rectangles.size());
    failures += computed.rectangles != expected.rectangles;
    return failures == 0 ? 0 : 1;
}

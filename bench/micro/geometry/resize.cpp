// SPDX-License-Identifier: BSL-1.0
// Times resize: half the size, a width of 224, and Lanczos.
#include "support/jobs.hpp"

#include <quoin/geometry/resize.hpp>

namespace {

template <quoin::resize_mode Mode>
auto to_part(quoin::index_t numerator, quoin::index_t denominator, quoin::resize_kernel kernel) {
    return [=](auto view) {
        quoin::extent const size{view.width() * numerator / denominator, view.height() * numerator / denominator};
        return view | quoin::resize<Mode>(size, kernel);
    };
}

using quoin::resize_kernel, quoin::resize_mode;

bool const registered =
    bench::add_pipeline<std::uint8_t, std::uint16_t, float, quoin::rgb8>(
        "resize-half", to_part<resize_mode::pillow>(1, 2, resize_kernel::triangle)) &&
    bench::add_pipeline<quoin::rgb8>("resize-half-simd",
                                     to_part<resize_mode::pillow_simd>(1, 2, resize_kernel::triangle)) &&
    bench::add_pipeline<quoin::rgb8>("resize-half-lanczos",
                                     to_part<resize_mode::pillow_simd>(1, 2, resize_kernel::lanczos3)) &&
    bench::add_pipeline<quoin::rgb8>("resize-17th", to_part<resize_mode::pillow_simd>(7, 120, resize_kernel::triangle));

} // namespace

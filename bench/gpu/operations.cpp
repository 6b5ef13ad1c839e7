// SPDX-License-Identifier: BSL-1.0
// The operations of the catalogue on pixels QUOIN_GPU_PIXEL; compiled once for each of its values.
#include "gpu.hpp"

#include <quoin/runtime/detail/channels.hpp>

#include <map>
#include <string_view>

#define QUOIN_GPU_TEXT_OF(pixel) #pixel
#define QUOIN_GPU_TEXT(pixel) QUOIN_GPU_TEXT_OF(pixel)

namespace gpu {

namespace {

using values = std::vector<double>;

/// Values of the parameters of an operation, one list a test.
std::vector<values> values_of(operation const& about) {
    if (about.parameter_count() == 0) return {{}};
    values ramp{7, 7, 1};
    for (int i = 0; i < 49; ++i) ramp.push_back((i % 7 - 2.5) / 49);
    std::map<std::string_view, std::vector<values>> const known{
        {"extend", {{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 77}}},
        {"box", {{3, 3}, {15, 15}, {6, 21}}},
        {"canny", {{50, 100, 0, 0}, {300, 900, 1, 1}}},
        {"difference_of_gaussians", {{1, 1.6}}},
        {"laplacian", {{0}, {2}}},
        {"laplacian_of_gaussian", {{1.2}}},
        {"sobel", {{1}, {2}}},
        {"gaussian", {{0.8, 0}, {4, 2}, {9, 0}}},
        {"guided", {{1, 100}, {3, 400}}},
        {"local_binary_pattern", {{0, 1}, {2, 2.5}}},
        {"motion_blur", {{5, 0}, {9, 30}}},
        {"unsharp", {{0.8, 1.5, 0}, {2, 1, 3}}},
        {"bilateral_grid", {{60, 64}, {3000, 8}}},
        {"coherence", {{1.5}}},
        {"structure_tensor", {{1}}},
        {"correlate_separable", {{3, 5, 8, -1, 0, 1, 1, 2, 3, 2, 1}, {1, 9, 3, 1, .1, .2, .3, .4, .5, .4, .3, .2, .1}}},
        {"bayer_to_rgb", {{0, 0}, {2, 1}}},
        {"fast_score", {{20, 0}, {5, 1}}},
        {"harris", {{3, 0.04}, {2, 0.05}}},
        {"shi_tomasi", {{3}, {6}}},
        {"bilateral", {{5, 25, 2}, {9, 60, 3}}},
        {"nl_means", {{3, 5, 20}}},
        {"anisotropic", {{3, 12, 0, 0.25}, {3, 12, 1, 0.2}}},
        {"tv", {{4, 20}}},
        {"adaptive_median", {{2}}},
        {"median", {{3}, {5}, {9}}},
        {"median_cross", {{0}, {1}}},
        {"median_weighted", {{2}}},
        {"percentile", {{5, 25}}},
        {"rank_max", {{3, 3}, {7, 4}}},
        {"rank_min", {{3, 3}, {6, 21}}},
        // Two numbers and the number of the shape: 0 is a rectangle, 1 a disc, 2 an ellipse, 4 a line.
        {"erode", {{3, 3, 0}, {15, 8, 0}, {6, 0, 1}, {15, 30, 4}}},
        {"dilate", {{3, 3, 0}, {4, 9, 0}, {9, 14, 2}}},
        {"open", {{5, 4, 0}, {3, 0, 1}}},
        {"close", {{5, 4, 0}}},
        {"gradient", {{3, 3, 0}, {7, 2, 0}, {3, 0, 1}}},
        {"top_hat", {{5, 4, 0}, {3, 0, 1}}},
        {"black_hat", {{5, 4, 0}}},
        {"open_by_reconstruction", {{5, 4, 0}, {3, 0, 1}}},
        {"close_by_reconstruction", {{5, 4, 0}}},
        {"area_open", {{20, 0}, {50, 1}}},
        {"area_close", {{20, 0}, {50, 1}}},
        {"h_maxima", {{10, 0}, {40, 1}}},
        {"h_minima", {{10, 0}, {40, 1}}},
        {"brightness", {{1.2}}},
        {"threshold", {{100}}},
        {"vignette", {{0.5, 0, 0}, {-0.7, 0.3, 0.1}}},
        {"convert_to", {{0}, {1}, {2}, {3}, {4}}},
        {"crop", {{3, 2, 31, 26}}},
        {"resize", {{40, 25, 2, 0}, {200, 30, 5, 2}}},
        {"resize_area", {{40, 25}}},
        {"resize_cubic", {{150, 70}}},
        {"resize_linear", {{150, 70}}},
        {"pad", {{3, 2, 1, 5, 2, 0}}},
        {"polar", {{20, 20, 15, 32, 32, 1}}},
        {"rotate", {{30, 1}}},
        {"translate", {{0.5, -0.25, 1}}},
        {"undistort", {{40, 40, 20, 20, 0.1, 0, 0, 0, 0, 1}}},
        {"warp_affine", {{0.9, 0.3, -10.2, -0.3, 1.1, 7.7, 2, 50, 40}}},
        {"warp_perspective", {{1, 0.1, 2, 0, 1.1, 3, 0.001, 0, 1, 1}}},
        {"color_matrix", {{0.4, 0.8, 0.2, 0.3, 0.7, 0.2, -0.3, 0.5, 0.1, 10, -20, 30.5}}},
        {"colormap", {{0}, {4}}},
        {"gray", {{0}, {1}, {2}, {3}, {4}}},
        {"hsl_to_rgb", {{0}, {1}}},
        {"hsv_to_rgb", {{0}, {1}}},
        {"xyz_to_rgb", {{0}, {1}}},
        {"rgb_to_hsl", {{0}, {1}}},
        {"rgb_to_xyz", {{0}, {1}}},
        {"rgb_to_hsv", {{0}, {1}, {2}, {3}}},
        {"rgb_to_ycbcr", {{0, 0}, {1, 1}}},
        {"white_balance", {{1.5, 1, 0.5}}},
        {"ycbcr_to_rgb", {{0, 0}, {1, 1}}},
        {"clamp", {{20, 200}}},
        {"gamma", {{0.45}}},
        {"in_range", {{20, 90, 20, 90, 20, 90, 20, 90}}},
        {"adaptive_threshold", {{15, 2, 0, 0}, {5, 1.5, 1, 1}}},
        {"levels", {{20, 200, 1.2}}},
        {"log", {{1}}},
        {"offset", {{20}, {-30.5}}},
        {"hit_or_miss", {{3, 1, 1, -1, 1, 0}}},
        {"posterize", {{3}}},
        {"solarize", {{100}}},
        {"sigmoid", {{0.5, 10}}},
        // Whole numbers and others, in squares of side 3 and 7.
        {"correlate",
         {{3, 3, 1, 0, -1, 0, -1, 5, -1, 0, -1, 0}, {5, 1, 16, 1, 4, 6, 4, 1}, {1, 3, 1, .5, .2, .3}, ramp}},
    };
    auto const found = known.find(std::string_view(about.name) == "convolve" ? "correlate" : about.name);
    return found == known.end() ? std::vector<values>{} : found->second;
}

/// Whether an operation leaves pixels of so many channels as they are, or does not take them.
template <class E>
constexpr bool leaves(int channels) {
    if constexpr (requires { E::leaves(0); }) return E::leaves(channels);
    else return channels > 1 && requires {
            typename E::of_gray_alone;
        };
}

} // namespace

template <class P>
void test_operations(self_test& test) {
    auto const entry = [&]<class E>(E) {
        // Several images have other sources, and what is made of counts needs a reading first.
        constexpr bool alone = E::about.inputs == 1 && !requires {
            E::counts;
        };
        if constexpr (alone && !leaves<E>(channels_v<P>) && quoin::detail::takes_channel<E, channel_t<P>>) {
            auto const all = values_of(E::about);
            test.expect(E::about.name, !all.empty(), "no values are known here for its parameters; add some");
            for (values const& v : all) {
                std::string what = QUOIN_GPU_TEXT(QUOIN_GPU_PIXEL) " | " + std::string(E::about.name);
                for (double const number : v) what += ' ' + std::to_string(number);
                E::with_stage(v.data(), [&](auto const& stage) {
                    using F = std::remove_cvref_t<decltype(stage)>;
                    if constexpr (quoin::detail::is_extend<F>)
                        test.resident<P>(what, [&](auto view) { return view | gaussian3 | stage | sharpen; });
                    else if constexpr (concepts::stage_for<F, P>)
                        test.resident<P>(what, [&](auto view) { return view | stage; });
                });
            }
        }
    };
    for (int i = 0; i < catalogue::size; ++i) catalogue::at(i, entry);
}

template void test_operations<QUOIN_GPU_PIXEL>(self_test&);

} // namespace gpu

// SPDX-License-Identifier: BSL-1.0
// Images that are warped with OpenCV, which rounds places to 1/32: bytes of noise differ by several. Empty without it.
#if QUOIN_WITH_OPENCV
#include "support.hpp"
#include "support/maps.hpp"

#include <quoin/geometry/laplacian_pyramid.hpp>
#include <quoin/geometry/pad.hpp>
#include <quoin/geometry/polar.hpp>
#include <quoin/geometry/remap.hpp>
#include <quoin/geometry/translate.hpp>

#include <opencv2/imgproc.hpp>

namespace {

using u8 = std::uint8_t;

/// The same call for several pixel types.
template <class... P, class Ours, class Theirs>
bool add_each(std::string const& name, double allowed, Ours ours, Theirs theirs) {
    return (bench::add_opencv_filter<P>(name, allowed, ours, theirs) && ...);
}
template <class Ours, class Theirs>
bool add_three(std::string const& name, double allowed, Ours ours, Theirs theirs) {
    return add_each<u8, float, quoin::rgb8>(name, allowed, ours, theirs);
}

constexpr int border = cv::BORDER_REFLECT_101;

bool add_affine(std::string const& name, double allowed, quoin::interpolation how, int flag) {
    constexpr quoin::affine m = bench::turned;
    cv::Mat const map = (cv::Mat_<double>(2, 3) << m.a, m.b, m.c, m.d, m.e, m.f);
    return add_three(
        name, allowed, [=](auto v) { return v | quoin::warp_affine(m, how); },
        [=](cv::Mat const& in, cv::Mat& out) {
            cv::warpAffine(in, out, map, in.size(), flag | cv::WARP_INVERSE_MAP, border);
        });
}

bool add_perspective() {
    constexpr quoin::perspective m = bench::tilted;
    cv::Mat const map = (cv::Mat_<double>(3, 3) << m.a, m.b, m.c, m.d, m.e, m.f, m.g, m.h, m.i);
    return add_three(
        "warp-perspective", 16, [=](auto v) { return v | quoin::warp_perspective(m); },
        [=](cv::Mat const& in, cv::Mat& out) {
            cv::warpPerspective(in, out, map, in.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, border);
        });
}

bool const warps =
    // The nearest of two pixels that are equally near may be either.
    add_affine("warp-affine-nearest", 255, quoin::interpolation::nearest, cv::INTER_NEAREST) &&
    add_affine("warp-affine", 16, quoin::interpolation::linear, cv::INTER_LINEAR) &&
    add_affine("warp-affine-cubic", 24, quoin::interpolation::cubic, cv::INTER_CUBIC) &&
    add_affine("warp-affine-lanczos4", 24, quoin::interpolation::lanczos4, cv::INTER_LANCZOS4) && add_perspective() &&
    add_three(
        "remap", 16,
        [](auto v) { return v | quoin::remap(bench::turned_columns(v.size()), bench::turned_rows(v.size())); },
        [](cv::Mat const& in, cv::Mat& out) {
            quoin::extent const size{in.cols, in.rows};
            cv::remap(in, out, bench::as_mat<float>(bench::turned_columns(size)),
                      bench::as_mat<float>(bench::turned_rows(size)), cv::INTER_LINEAR, border);
        }) &&
    add_three("polar", 16, bench::unrolled, [](cv::Mat const& in, cv::Mat& out) {
        auto const radius = static_cast<float>(in.rows) / 2;
        cv::warpPolar(in, out, in.size(), {static_cast<float>(in.cols) / 2, radius}, static_cast<double>(radius),
                      cv::INTER_LINEAR | cv::WARP_FILL_OUTLIERS);
    });

bool const padded = add_each<u8, std::uint16_t, float, quoin::rgb8, quoin::rgba8>(
    "pad-16", 0, [](auto v) { return v | quoin::pad(16, 16, 16, 16); },
    [](cv::Mat const& in, cv::Mat& out) { cv::copyMakeBorder(in, out, 16, 16, 16, 16, border); });

bool const translated = add_each<u8, std::uint16_t, float, quoin::rgb8>(
    "translate", 1, [](auto v) { return v | quoin::translate(2.25, -3.5); },
    [](cv::Mat const& in, cv::Mat& out) {
        cv::Mat const map = (cv::Mat_<double>(2, 3) << 1, 0, -2.25, 0, 1, 3.5);
        cv::warpAffine(in, out, map, in.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, border);
    });

/// The steps of a Laplacian pyramid of four levels, into images that are kept from call to call.
struct laplacian_steps {
    cv::Mat levels[4], smaller[4], enlarged[4];

    void down(cv::Mat const& in) {
        for (int i = 0; i < 4; ++i) {
            cv::Mat const& level = i == 0 ? in : smaller[i - 1];
            cv::pyrDown(level, smaller[i]);
            cv::pyrUp(smaller[i], enlarged[i], level.size());
            cv::subtract(level, enlarged[i], levels[i], cv::noArray(), level.depth() == CV_8U ? CV_16S : CV_32F);
        }
    }
    void up(cv::Mat& out) {
        for (int i = 3; i >= 0; --i) {
            cv::Mat const coarse = i == 3 ? smaller[3] : enlarged[i + 1];
            cv::pyrUp(coarse, enlarged[i], levels[i].size());
            cv::add(levels[i], enlarged[i], i == 0 ? out : enlarged[i], cv::noArray(), enlarged[i].depth());
        }
    }
};

template <class P>
bool add_laplacian() {
    using Q = typename quoin::laplacian_levels<P>::level_pixel;
    auto const difference = [](quoin::extent size) {
        auto const ours = quoin::laplacian_pyramid(quoin::serial{}, bench::scene<P>(size), 4);
        laplacian_steps theirs;
        theirs.down(bench::as_mat<P>(bench::scene<P>(size)));
        double most = bench::largest_difference(theirs.smaller[3], bench::as_mat<P>(ours.rest.view()));
        for (std::size_t i = 0; i < 4; ++i)
            most = std::max(most, bench::largest_difference(theirs.levels[i], bench::as_mat<Q>(ours.levels[i].view())));
        return most;
    };
    auto const restored = [](quoin::extent size) {
        auto const view = bench::scene<P>(size);
        auto const ours = quoin::collapse(quoin::serial{}, quoin::laplacian_pyramid(quoin::serial{}, view, 4));
        laplacian_steps theirs;
        cv::Mat out;
        theirs.down(bench::as_mat<P>(view));
        theirs.up(out);
        return bench::largest_difference(out, bench::as_mat<P>(ours.view()));
    };
    std::string const type = '<' + bench::pixel_name<P>() + '>';
    auto const down = [](quoin::extent size) {
        cv::Mat const in = bench::as_mat<P>(bench::scene<P>(size));
        auto const steps = std::make_shared<laplacian_steps>();
        return [=] {
            steps->down(in);
            bench::keep();
        };
    };
    auto const up = [](quoin::extent size) {
        cv::Mat const out = bench::as_mat<P>(bench::canvas<P>(size));
        auto const steps = std::make_shared<laplacian_steps>();
        steps->down(bench::as_mat<P>(bench::scene<P>(size)));
        return [=] {
            cv::Mat to = out;
            steps->up(to);
            bench::keep();
        };
    };
    return bench::add_opencv("laplacian-pyramid" + type, sizeof(P) + sizeof(Q), 1e-3, difference, down) &&
           bench::add_opencv("collapse" + type, sizeof(P) + sizeof(Q), 1e-3, restored, up);
}
bool const pyramids = add_laplacian<u8>() && add_laplacian<float>();

} // namespace
#endif

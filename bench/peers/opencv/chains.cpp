// SPDX-License-Identifier: BSL-1.0
// Chains with OpenCV, one call after the other. Empty without it.
#if QUOIN_WITH_OPENCV
#include "calls.hpp"
#include "support.hpp"

namespace {

namespace calls = bench::calls;

template <int Length>
void chain(cv::Mat const& in, cv::Mat& out) {
    static cv::Mat stage[4];
    calls::gray(in, Length == 1 ? out : stage[0]);
    if constexpr (Length > 1) calls::blur3(stage[0], Length == 2 ? out : stage[1]);
    if constexpr (Length > 2) calls::sobel_magnitude(stage[1], Length == 3 ? out : stage[2]);
    if constexpr (Length > 3) calls::sharpen(stage[2], Length == 4 ? out : stage[3]);
    if constexpr (Length > 4) calls::gain(stage[3], out, 1.2f);
}

template <int Length>
bool add_chain(double allowed) {
    return bench::add_opencv_filter<quoin::rgb8>(
        "chain-" + std::to_string(Length), allowed, [](auto v) { return bench::chain<Length>(v); }, chain<Length>);
}

/// call(stage number, in, out) so many times, through two images.
void repeat(int length, cv::Mat const& in, cv::Mat& out, auto const& call) {
    static cv::Mat between[2];
    cv::Mat const* from = &in;
    for (int i = 0; i < length; ++i) {
        cv::Mat* const to = i + 1 == length ? &out : &between[i % 2];
        call(i, *from, *to);
        from = to;
    }
}

// Halves are rounded to even by OpenCV and up by quoin, and each further gain can carry such a 1 on.
template <int... Length>
bool add_lengths(std::integer_sequence<int, Length...>) {
    return (bench::add_opencv_filter<std::uint8_t>(
                "pointwise-" + std::to_string(Length + 1), Length + 1,
                [](auto v) { return bench::pointwise_chain<Length + 1>(v); },
                [](cv::Mat const& in, cv::Mat& out) {
                    repeat(Length + 1, in, out,
                           [](int i, cv::Mat const& from, cv::Mat& to) { calls::gain(from, to, bench::gains[i % 2]); });
                }) &&
            ...) &&
           (bench::add_opencv_filter<std::uint8_t>(
                "local-" + std::to_string(Length + 1), 0, [](auto v) { return bench::local_chain<Length + 1>(v); },
                [](cv::Mat const& in, cv::Mat& out) {
                    repeat(Length + 1, in, out, [](int, cv::Mat const& from, cv::Mat& to) { calls::blur3(from, to); });
                }) &&
            ...);
}

bool const registered = add_chain<1>(0) && add_chain<2>(0) && add_chain<3>(0) && add_chain<4>(1) && add_chain<5>(2) &&
                        add_lengths(std::make_integer_sequence<int, 10>{});

} // namespace
#endif

// SPDX-License-Identifier: BSL-1.0
// The functors of stages behind zip alone, called for pixels in plain memory under both lane families.
#pragma once

#include "support/oracle.hpp"

#include <quoin/exec/detail/apply.hpp>
#include <quoin/geometry/flip.hpp>
#include <quoin/lanes/simd_lanes.hpp>
#include <quoin/pipe/zip.hpp>

namespace test {

/// f(pixel, pixel, ...) of each place, `count` at a time. The last step is filled up with the last pixels.
template <class Lanes, class R, class... P, class F>
QUOIN_NOINLINE std::vector<R> zipped_alone(F const& f, std::vector<P> const&... inputs) {
    using quoin::detail::lane_array;
    auto const size = std::min({inputs.size()...});
    std::vector<R> out(size);
    for (std::size_t x = 0; x < size; x += Lanes::count) {
        auto const step = [&]<class Q>(std::vector<Q> const& in) {
            lane_array<Lanes, Q> a = {};
            for (std::size_t i = 0; i < Lanes::count; ++i) a.store(static_cast<int>(i), in[std::min(x + i, size - 1)]);
            return a.pixels();
        };
        auto const result =
            lane_array<Lanes, R>::from(quoin::detail::apply_pointwise<Lanes, R, P...>(f, step(inputs)...));
        for (std::size_t i = 0; i < Lanes::count && x + i < size; ++i) out[x + i] = result.load(static_cast<int>(i));
    }
    return out;
}

/// What is wrong with f behind zip: result(pixel, pixel, ...) says what each place should be, to the bit but for the
/// payload and the sign of NaN.
template <class... P, class F, class Result>
std::string wrong_zipped(F const& f, Result const& result, std::vector<P> const&... inputs) {
    using R = quoin::stage_result_t<F, quoin::zipped<P...>>;
    auto const same = [](R const& a, R const& b) {
        bool equal = true;
        quoin::for_each_channel<R>([&](auto c) {
            auto const p = quoin::get_channel<decltype(c)::value>(a), q = quoin::get_channel<decltype(c)::value>(b);
            if constexpr (std::is_floating_point_v<quoin::channel_t<R>>)
                equal = equal && ((p != p && q != q) || (p == q && std::signbit(p) == std::signbit(q)));
            else equal = equal && p == q;
        });
        return equal;
    };
    auto const one = zipped_alone<quoin::scalar_lanes, R, P...>(f, inputs...);
    auto const many = zipped_alone<quoin::simd_lanes, R, P...>(f, inputs...);
    for (std::size_t i = 0; i < one.size(); ++i) {
        R const expected = static_cast<R>(result(inputs[i]...));
        for (auto const& [family, got] : {std::pair{"scalars", one[i]}, std::pair{"lanes", many[i]}}) {
            if (same(expected, got)) continue;
            std::ostringstream text;
            text << family << ", place " << i << ": ";
            auto const print = [&]<class Q>(Q const& p) {
                quoin::for_each_channel<Q>(
                    [&](auto c) { text << static_cast<double>(quoin::get_channel<decltype(c)::value>(p)) << ' '; });
            };
            ((print(inputs[i]), text << "| "), ...);
            text << "-> ";
            print(got);
            text << "instead of ";
            print(expected);
            return text.str();
        }
    }
    return {};
}

/// All pairs of bytes: the first of each, and the second.
inline std::vector<std::uint8_t> all_pairs(bool second) {
    std::vector<std::uint8_t> all(65536);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(second ? i >> 8 : i & 255);
    return all;
}

/// Random values with the extremes of T; of floating point also NaN, infinities and zeros of both signs.
template <class T>
std::vector<T> random_channels(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<T> all(count);
    using limits = std::numeric_limits<T>;
    for (T& v : all) {
        unsigned const bits = random(), how = random() % 16;
        if constexpr (std::is_floating_point_v<T>) {
            T const special[] = {limits::quiet_NaN(), limits::infinity(), -limits::infinity(), T(0), T(-0.0), T(1)};
            v = how < 6 ? special[how] : static_cast<T>(static_cast<double>(bits) / 2147483648.0 - 0.5);
        } else {
            T const special[] = {limits::min(), limits::max(), T(0), T(1), T(limits::max() - 1), T(limits::max() / 2)};
            v = how < 6 ? special[how] : static_cast<T>(bits);
        }
    }
    return all;
}

/// A stage behind zip in the engine: of an image and its mirror image, under every policy and tiling.
template <class P, class F, class Result>
std::string wrong_zipped_in_engine(F const& f, Result const& result) {
    for (extent const size : few_extents()) {
        auto const in = random_pixels<P>(size, 3);
        plain<decltype(result(P{}, P{}))> expected(size);
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) expected(x, y) = result(in(x, y), in(size.width - 1 - x, y));
        std::string const wrong = check_pipeline(in, expected, [&](auto v) { return zip(v, v | quoin::flip_x) | f; });
        if (!wrong.empty()) return wrong;
    }
    return {};
}

} // namespace test

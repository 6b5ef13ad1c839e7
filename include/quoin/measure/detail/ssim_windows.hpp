// SPDX-License-Identifier: BSL-1.0
// The structural similarity of two gray images in windows, summed over rows.
#pragma once

#include <quoin/exec/policy.hpp>
#include <quoin/image/image_view.hpp>
#include <quoin/measure/detail/row_sums.hpp>

#include <array>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Lanes of sixteen values, so that the double values of a few sums fit the registers.
template <class V>
struct sixteen_values {
    using type = V;
};
template <template <class, int> class V, class T, int N>
struct sixteen_values<V<T, N>> {
    using type = V<T, 16>;
};
template <class Lanes>
struct sixteen_lanes {
    static constexpr int count = 16;
    template <class T>
    using type = typename sixteen_values<typename Lanes::template type<T>>::type;
    template <class U, class T>
    static QUOIN_INLINE type<U> load_as(T const* p) {
        if constexpr (std::same_as<T, U>) return type<T>::load(p);
        else return convert<U>(type<T>::load(p));
    }
    template <class T>
    static QUOIN_INLINE void store(T* p, type<T> const& value) {
        value.store(p);
    }
};
template <>
struct sixteen_lanes<scalar_lanes> : scalar_lanes {};

/// One channel of two images of the same extent.
template <class T>
struct channel_pair {
    T const* data[2];
    index_t stride[2];
    int step; ///< from a pixel to the next, in elements
    extent size;

    /// Row y of image i, each value beside the next; `line` takes it if it does not lie so.
    T const* row(int i, index_t y, T* line) const {
        T const* const from = data[i] + y * stride[i];
        if (step == 1) return from;
        for (index_t x = 0; x < size.width; ++x) line[x] = from[x * step];
        return line;
    }
};

/// The similarity from the scaled sums of a window: x and y of the values, xx of both squares, xy of the products.
struct ssim_constants {
    double n;          ///< the weight of a window: 1, or its pixels for sums of integers
    double luminance;  ///< (k1 range)^2 n^2
    double covariance; ///< (k2 range)^2 n^2, or n (n - 1) for samples
};

template <class V>
QUOIN_INLINE V similarity(V const& xy_means, V const& squared_means, V const& xy, V const& xx,
                          ssim_constants const& c) {
    V const top = (xy_means + xy_means + c.luminance) * ((xy - xy_means) + (xy - xy_means) + c.covariance);
    return top / ((squared_means + c.luminance) * (xx - squared_means + c.covariance));
}

/// The part of the similarity that luminance is not in.
template <class V>
QUOIN_INLINE V contrast_and_structure(V const& xy_means, V const& squared_means, V const& xy, V const& xx,
                                      ssim_constants const& c) {
    return ((xy - xy_means) + (xy - xy_means) + c.covariance) / (xx - squared_means + c.covariance);
}

/// The sums over columns of 7 pixels, in i32 for bytes and in double for other types. Both hold sums of integers
/// exactly, so a row enters and another leaves; sums of floating point are computed anew.
template <class Lanes, class T>
class uniform_ssim {
    using A = std::conditional_t<std::same_as<T, std::uint8_t>, std::int32_t, double>;
    static constexpr index_t side = 7;

public:
    uniform_ssim(channel_pair<T> const& pair, double range)
        : pair_(pair), c_{side * side, square(0.01 * range * side * side),
                          square(0.03 * range) * (side * side) * (side * side - 1)} {
        for (auto& each : sums_) each.resize(width());
        for (auto& each : lines_) each.resize(width());
    }
    static constexpr index_t window = side;

    /// The sum of the similarities of row y of the result.
    double row(index_t y) {
        if (std::integral<T> && y == last_ + 1) {
            add<1>(y + side - 1);
            add<-1>(y - 1);
        } else {
            for (auto& each : sums_) std::fill(each.begin(), each.end(), A(0));
            for (index_t k = 0; k < side; ++k) add<1>(y + k);
        }
        last_ = y;
        column_sums values;
        values.add<sixteen_lanes<Lanes>>(
            0, pair_.size.width - side + 1, [&](auto lanes, index_t i) QUOIN_LAMBDA_INLINE {
                using family = decltype(lanes);
                auto const across = [&](int k) QUOIN_LAMBDA_INLINE {
                    A const* const p = sums_[static_cast<std::size_t>(k)].data() + i;
                    auto sum = family::template load_as<A>(p);
                    for (int j = 1; j < side; ++j) sum = sum + family::template load_as<A>(p + j);
                    return sum;
                };
                constexpr A n = side * side;
                auto const x = across(0), y_sum = across(1), xx = across(2) * n, xy = across(3) * n;
                return similarity(convert<double>(x * y_sum), convert<double>(x * x + y_sum * y_sum),
                                  convert<double>(xy), convert<double>(xx), c_);
            });
        return values.sum();
    }

private:
    static double square(double v) { return v * v; }
    std::size_t width() const { return static_cast<std::size_t>(pair_.size.width); }

    template <int Sign>
    QUOIN_NOINLINE void add(index_t y) {
        T const* const a = pair_.row(0, y, lines_[0].data());
        T const* const b = pair_.row(1, y, lines_[1].data());
        A *const x = sums_[0].data(), *const ys = sums_[1].data(), *const xx = sums_[2].data(),
                 *const xy = sums_[3].data();
        for_each_step<Lanes>(pair_.size.width, [=](auto lanes, index_t i) QUOIN_LAMBDA_INLINE {
            using family = decltype(lanes);
            auto const v = family::template load_as<A>(a + i), w = family::template load_as<A>(b + i);
            auto const change = [](A* to, auto const& by) QUOIN_LAMBDA_INLINE {
                auto const before = family::template load_as<A>(to);
                if constexpr (Sign > 0) family::store(to, before + by);
                else family::store(to, before - by);
            };
            change(x + i, v);
            change(ys + i, w);
            change(xx + i, v * v + w * w);
            change(xy + i, v * w);
        });
    }

    channel_pair<T> pair_;
    ssim_constants c_;
    std::array<std::vector<A>, 4> sums_;
    std::array<std::vector<T>, 2> lines_;
    index_t last_ = -2;
};

/// The same with the weights exp(-d^2 / (2 * 1.5^2)) in 11 rows and columns. Rows are kept as float, which holds bytes
/// and u16 exactly. First columns, then rows are added, from the outermost pair to the middle. Without luminance a row
/// has the sum of the contrasts and structures alone.
template <class Lanes, class T, bool Luminance = true>
class gaussian_ssim {
    using F = std::conditional_t<std::same_as<T, double>, double, float>;
    static constexpr index_t side = 11, radius = 5;

public:
    gaussian_ssim(channel_pair<T> const& pair, double range)
        : pair_(pair), c_{1, 0.01 * range * (0.01 * range), 0.03 * range * (0.03 * range)} {
        double total = 0;
        for (int k = 0; k <= radius; ++k) {
            weights_[k] = __builtin_exp(-0.5 / 2.25 * (k * k));
            total += k == 0 ? weights_[k] : 2 * weights_[k];
        }
        for (double& w : weights_) w /= total;
        for (auto& image : rows_)
            for (auto& each : image) each.resize(width());
        for (auto& each : sums_) each.resize(width());
        line_.resize(width());
    }
    static constexpr index_t window = side;

    double row(index_t y) {
        index_t const first = y == last_ + 1 ? y + side - 1 : y;
        for (index_t k = first; k < y + side; ++k)
            for (int i = 0; i < 2; ++i) {
                T const* const from = pair_.row(i, k, line_.data());
                F* const to = at(i, k);
                for (index_t x = 0; x < pair_.size.width; ++x) to[x] = static_cast<F>(from[x]);
            }
        last_ = y;
        add_columns(y);
        column_sums values;
        values.add<sixteen_lanes<Lanes>>(
            0, pair_.size.width - side + 1, [&](auto lanes, index_t i) QUOIN_LAMBDA_INLINE {
                using family = decltype(lanes);
                auto const across = [&](int k) QUOIN_LAMBDA_INLINE {
                    double const* const p = sums_[static_cast<std::size_t>(k)].data() + i + radius;
                    auto sum = family::template load_as<double>(p) * weights_[0];
                    for (int j = radius; j > 0; --j)
                        sum =
                            sum + (family::template load_as<double>(p - j) + family::template load_as<double>(p + j)) *
                                      weights_[j];
                    return sum;
                };
                auto const x = across(0), y_mean = across(1);
                auto const products = x * y_mean, squares = x * x + y_mean * y_mean;
                if constexpr (Luminance) return similarity(products, squares, across(3), across(2), c_);
                else return contrast_and_structure(products, squares, across(3), across(2), c_);
            });
        return values.sum();
    }

private:
    std::size_t width() const { return static_cast<std::size_t>(pair_.size.width); }
    F* at(int image, index_t y) {
        return rows_[static_cast<std::size_t>(image)][static_cast<std::size_t>(y % side)].data();
    }

    QUOIN_NOINLINE void add_columns(index_t y) {
        F const *a[side], *b[side];
        for (index_t k = 0; k < side; ++k) a[k] = at(0, y + k), b[k] = at(1, y + k);
        double* const to[4] = {sums_[0].data(), sums_[1].data(), sums_[2].data(), sums_[3].data()};
        for_each_step<sixteen_lanes<Lanes>>(pair_.size.width, [&](auto lanes, index_t i) QUOIN_LAMBDA_INLINE {
            using family = decltype(lanes);
            auto const load = [i](F const* row)
                                  QUOIN_LAMBDA_INLINE { return family::template load_as<double>(row + i); };
            auto const v = load(a[radius]), w = load(b[radius]);
            auto x = v * weights_[0], ys = w * weights_[0];
            auto xx = (v * v + w * w) * weights_[0], xy = v * w * weights_[0];
            for (int j = radius; j > 0; --j) {
                auto const v0 = load(a[radius - j]), v1 = load(a[radius + j]);
                auto const w0 = load(b[radius - j]), w1 = load(b[radius + j]);
                x = x + (v0 + v1) * weights_[j];
                ys = ys + (w0 + w1) * weights_[j];
                xx = xx + ((v0 * v0 + v1 * v1) + (w0 * w0 + w1 * w1)) * weights_[j];
                xy = xy + (v0 * w0 + v1 * w1) * weights_[j];
            }
            family::store(to[0] + i, x);
            family::store(to[1] + i, ys);
            family::store(to[2] + i, xx);
            family::store(to[3] + i, xy);
        });
    }

    channel_pair<T> pair_;
    ssim_constants c_;
    double weights_[radius + 1];
    std::array<std::array<std::vector<F>, side>, 2> rows_;
    std::array<std::vector<double>, 4> sums_;
    std::vector<T> line_;
    index_t last_ = -2;
};

/// The range of values of channels T, where 0 stands for that of an integer type.
/// @throws invalid_argument if the extents differ, or without a range for floating point.
template <class T>
double range_of_pair(char const* what, extent a, extent b, double range) {
    if (a != b)
        raise(what, ": an image of ", a.width, " x ", a.height, " and one of ", b.width, " x ", b.height,
              " cannot be compared; give two of the same extent");
    double const used = std::integral<T> && range == 0 ? static_cast<double>(highest<T>) : range;
    if (!(used > 0))
        raise(what, ": the range is ", range,
              "; give the largest possible value less the smallest, as in {.range = 1}");
    return used;
}

/// The mean of f(pair) for the channels of two images.
template <class P, class Q, class F>
double mean_of_channels(image_view<P> const& a, image_view<Q> const& b, F const& f) {
    double total = 0;
    for (int c = 0; c < channels_v<P>; ++c)
        total += f(channel_pair<channel_t<P>>{
            {a.data() + c, b.data() + c}, {a.stride(), b.stride()}, channels_v<P>, a.size()});
    return total / channels_v<P>;
}

/// The mean similarity over all windows that lie inside. Rows are added from the top.
template <class Windows, class Policy, class T>
double mean_similarity(Policy const& policy, channel_pair<T> const& pair, double range) {
    index_t const rows = pair.size.height - Windows::window + 1, columns = pair.size.width - Windows::window + 1;
    std::vector<double> sums(static_cast<std::size_t>(rows));
    for_each_chunk(policy, {rows, 64}, [&](index_t begin, index_t end) {
        Windows windows(pair, range);
        for (index_t y = begin; y < end; ++y) sums[static_cast<std::size_t>(y)] = windows.row(y);
    });
    double total = 0;
    for (double const each : sums) total += each;
    return total / (static_cast<double>(rows) * static_cast<double>(columns));
}

} // namespace detail

QUOIN_NAMESPACE_END

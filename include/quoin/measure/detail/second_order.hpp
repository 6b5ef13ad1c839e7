// SPDX-License-Identifier: BSL-1.0
// Sums of values and of products of two channels.
#pragma once

#include <quoin/measure/detail/row_sums.hpp>
#include <quoin/measure/statistics.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The squares of the channels or, if Mixed, the products of any two channels.
template <class P, bool Mixed>
struct second_order_state {
    using T = channel_t<P>;
    static constexpr int n = channels_v<P>;
    static constexpr bool ordered = false;
    static constexpr index_t least = 1;
    static_assert(std::integral<T>);

    i128 sums[n] = {};
    i128 products[n][n] = {}; // [a][b] for b <= a

    explicit second_order_state(extent) {}

    template <class Lanes>
    void add(row_part<P> const& part) {
        for (int a = 0; a < n; ++a) {
            sums[a] += row_sum<Lanes>(part.planes[a], part.count);
            for (int b = Mixed ? 0 : a; b <= a; ++b) {
                T const *const p = part.planes[a], *const q = part.planes[b];
                if constexpr (sizeof(T) <= 2) products[a][b] += row_product<Lanes>(p, q, part.count);
                else
                    for (index_t i = 0; i < part.count; ++i) products[a][b] += std::int64_t{p[i]} * q[i];
            }
        }
    }
    void join(second_order_state const& other) {
        for (int a = 0; a < n; ++a) {
            sums[a] += other.sums[a];
            for (int b = 0; b <= a; ++b) products[a][b] += other.products[a][b];
        }
    }

    double mean(int a, index_t pixels) const { return rounded_ratio(sums[a], static_cast<u128>(pixels)); }
    double covariance(int a, int b, index_t pixels) const {
        i128 const count = pixels;
        return rounded_ratio(count * products[a][b] - sums[a] * sums[b], static_cast<u128>(count * count));
    }
};

/// The same in double.
template <class P, bool Mixed>
    requires std::floating_point<channel_t<P>>
struct second_order_state<P, Mixed> {
    using T = channel_t<P>;
    static constexpr int n = channels_v<P>;
    static constexpr bool ordered = true;
    static constexpr index_t least = 1;

    double sums[n] = {};
    double products[n][n] = {}; // of the differences from the mean
    double count = 0;

    explicit second_order_state(extent) {}

    template <class Lanes>
    QUOIN_NOINLINE void add(row_part<P> const& part) {
        second_order_state one{extent{}};
        one.count = static_cast<double>(part.count);
        for (int a = 0; a < n; ++a) {
            T const* const p = part.planes[a];
            column_sums values;
            values.add<Lanes>(part.x, part.count, [p](auto lanes, index_t i) QUOIN_LAMBDA_INLINE {
                return convert<double>(decltype(lanes)::template load_as<T>(p + i));
            });
            one.sums[a] = values.sum();
        }
        for (int a = 0; a < n; ++a)
            for (int b = Mixed ? 0 : a; b <= a; ++b) {
                T const *const p = part.planes[a], *const q = part.planes[b];
                double const mean_a = one.sums[a] / one.count, mean_b = one.sums[b] / one.count;
                column_sums values;
                values.add<Lanes>(part.x, part.count, [=](auto lanes, index_t i) QUOIN_LAMBDA_INLINE {
                    using family = decltype(lanes);
                    auto const from_a = convert<double>(family::template load_as<T>(p + i)) - mean_a;
                    if constexpr (!Mixed) return from_a * from_a;
                    else return from_a * (convert<double>(family::template load_as<T>(q + i)) - mean_b);
                });
                one.products[a][b] = values.sum();
            }
        join(one);
    }
    void join(second_order_state const& other) {
        if (other.count == 0) return;
        if (count == 0) {
            *this = other;
            return;
        }
        double apart[n];
        for (int a = 0; a < n; ++a) apart[a] = other.sums[a] / other.count - sums[a] / count;
        double const weight = count * (other.count / (count + other.count));
        for (int a = 0; a < n; ++a) {
            for (int b = Mixed ? 0 : a; b <= a; ++b)
                products[a][b] += other.products[a][b] + apart[a] * apart[b] * weight;
            sums[a] += other.sums[a];
        }
        count += other.count;
    }

    double mean(int a, index_t) const { return sums[a] / count; }
    double covariance(int a, int b, index_t) const { return products[a][b] / count; }
};

} // namespace detail

QUOIN_NAMESPACE_END

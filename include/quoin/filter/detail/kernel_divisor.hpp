// SPDX-License-Identifier: BSL-1.0
// The division of a weighted sum by the divisor of its kernel.
#pragma once

#include <quoin/lanes/arithmetic.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A divisor > 0 of sums with factors K.
template <class K>
class kernel_divisor {
public:
    constexpr kernel_divisor() = default;
    /// The absolute factors sum to `total`.
    constexpr kernel_divisor(K divisor, std::int64_t total)
        : divisor_(divisor), is_short_(total < 16384 && divisor <= K(16000)) {}

    /// The sum of integers / divisor, rounded half up and saturated. It is floor((sum + floor(d / 2)) / d), which is
    /// the largest integer below (sum + floor(d / 2) + 1/2) / d. That value is never a whole number, and the product
    /// with the reciprocal has a smaller error than its distance to one. In float this holds for small sums and
    /// quotients up to 256.
    template <class T, class Sum>
    QUOIN_INLINE auto whole_quotient(Sum const& sum) const {
        if (divisor_ == K(1)) return saturate<T>(sum);
        if constexpr (std::same_as<T, std::uint8_t>)
            if (is_short_) return saturate<T>(convert<std::int32_t>(divided<float>(sum)));
        return saturate<T>(divided<double>(sum));
    }
    /// The sum in floating point F / divisor.
    template <class T, class F, class Sum>
    QUOIN_INLINE auto quotient(Sum const& sum) const {
        return saturate<T>(divisor_ == K(1) ? sum : sum / static_cast<F>(divisor_));
    }

private:
    template <class F, class Sum>
    QUOIN_INLINE auto divided(Sum const& sum) const {
        F const rounding = static_cast<F>(static_cast<int>(divisor_) / 2) + F(0.5);
        return floor((convert<F>(sum) + rounding) * (F(1) / static_cast<F>(divisor_)));
    }

    K divisor_ = K(1);
    bool is_short_ = false;
};

/// Whether the divisor and the factors of a kernel are whole numbers that an int holds.
inline bool are_whole(double const* values, int count) {
    for (int i = 0; i < count; ++i)
        if (!(values[i] >= -2147483647 && values[i] <= 2147483647 &&
              values[i] == static_cast<double>(static_cast<std::int64_t>(values[i]))))
            return false;
    return true;
}

} // namespace detail

QUOIN_NAMESPACE_END

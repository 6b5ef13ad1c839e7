// SPDX-License-Identifier: BSL-1.0
#include <quoin/view/correlate.hpp>

#include "support/oracle.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// A filter of nothing but weighted_mean.
template <auto K, int Shift>
struct mean_of {
    using vectorised = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint = K.footprint;
    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return weighted_mean<K, Shift>(w);
    }
};
/// And of correlate.
template <auto K>
struct correlation_of {
    using vectorised = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint = K.footprint;
    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return correlate<K>(w);
    }
};

template <class T, auto K, class Finish>
auto summed(Finish const& finish) {
    return [=](auto const& at) {
        constexpr int rx = K.footprint.left, ry = K.footprint.up;
        if constexpr (std::floating_point<T>) {
            double sum = 0; // whole numbers, so exact
            for (int j = -ry; j <= ry; ++j)
                for (int i = -rx; i <= rx; ++i) sum += K.factor[j + ry][i + rx] * static_cast<double>(at(i, j));
            return finish(sum);
        } else {
            std::int64_t sum = 0;
            for (int j = -ry; j <= ry; ++j)
                for (int i = -rx; i <= rx; ++i) sum += std::int64_t{K.factor[j + ry][i + rx]} * at(i, j);
            return finish(sum);
        }
    };
}

template <class T, auto K, int Shift>
std::string check_mean() {
    return test::sweep<T>(
        test::few_extents(), [](auto v) { return v | mean_of<K, Shift>{}; },
        [](auto const& in) {
            return test::local<T>(in, reflect_101, summed<T, K>([](auto sum) {
                if constexpr (std::floating_point<T>) return static_cast<T>(sum / (1 << Shift));
                else return test::clamped<T>(test::floor_div(sum + (1 << (Shift - 1)), 1 << Shift));
            }));
        });
}
template <class T, auto K>
std::string check_sum() {
    using R = wide_t<T>;
    return test::sweep<T>(
        test::few_extents(), [](auto v) { return v | correlation_of<K>{}; },
        [](auto const& in) {
            return test::local<R>(in, reflect_101, summed<T, K>([](auto sum) { return static_cast<R>(sum); }));
        });
}

// An odd number of taps, an even one, a single one; with and without negative factors; sums of bytes that fill 16 bits
// without a sign, and sums that do not fit them; rows and columns alone.
constexpr kernel<3, 3> binomial{{{1, 2, 1}, {2, 4, 2}, {1, 2, 1}}};
constexpr kernel<3, 3> ring{{{1, 1, 1}, {1, 0, 1}, {1, 1, 1}}};
constexpr kernel<3, 3> unsharp{{{-2, -2, -2}, {-2, 32, -2}, {-2, -2, -2}}};
constexpr kernel<1, 1> alone{{{7}}};
constexpr kernel<5, 1> row{{{-3, 0, 9, 1, -2}}};
constexpr kernel<1, 5> column{{{1}, {4}, {6}, {4}, {1}}};
constexpr kernel<5, 5> full{{{1, 4, 6, 4, 1}, {4, 16, 24, 16, 4}, {6, 24, 36, 24, 6}, {4, 16, 24, 16, 4}, {1, 4, 6, 4, 1}}};
constexpr kernel<5, 3> lopsided{{{0, 0, 5, 0, 0}, {1, -2, 0, 3, 64}, {0, -7, 0, 0, 1}}};
constexpr kernel<3, 3> large{{{100, -90, 3}, {70, 64, -200}, {1, 2, 127}}};

template <class T>
void check_all() {
    CHECK(check_mean<T, binomial, 4>() == "");
    CHECK(check_mean<T, ring, 3>() == "");
    CHECK(check_mean<T, unsharp, 4>() == "");
    CHECK(check_mean<T, alone, 2>() == "");
    CHECK(check_mean<T, row, 2>() == "");
    CHECK(check_mean<T, column, 4>() == "");
    CHECK(check_mean<T, full, 8>() == "");
    CHECK(check_mean<T, lopsided, 6>() == "");
}

constexpr bool test_constexpr() {
    std::uint8_t const memory[3][3] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 255}};
    struct rows {
        std::uint8_t const (*at)[3];
        constexpr std::uint8_t const* operator()(int dy) const { return at[1 + dy]; }
    };
    window<scalar_lanes, std::uint8_t, rows> const w({memory}, 0, 1);
    return weighted_mean<binomial, 4>(w) == (1 + 4 + 3 + 8 + 20 + 12 + 7 + 16 + 255 + 8) / 16 && correlate<ring>(w) == 286;
}

} // namespace

TEST_CASE("weighted_mean: equals plain loops for bytes under every policy", "[view][correlate]") {
    check_all<std::uint8_t>();
}
TEST_CASE("weighted_mean: equals plain loops for words", "[view][correlate]") {
    check_all<std::uint16_t>();
    check_all<std::int16_t>();
}
TEST_CASE("weighted_mean: factors and sums too large for bytes", "[view][correlate]") {
    CHECK(check_mean<std::uint8_t, large, 7>() == "");
    CHECK(check_mean<std::uint16_t, large, 7>() == "");
    CHECK(check_mean<std::int16_t, large, 7>() == "");
    CHECK(check_mean<std::int32_t, large, 7>() == "");
    CHECK(check_mean<std::int8_t, unsharp, 4>() == "");
}
TEST_CASE("weighted_mean: equals plain loops for floating point and 32 bits", "[view][correlate]") {
    check_all<float>();
    CHECK(check_mean<std::int32_t, full, 8>() == "");
}
TEST_CASE("correlate: the sum itself", "[view][correlate]") {
    CHECK(check_sum<std::uint8_t, unsharp>() == "");
    CHECK(check_sum<std::uint16_t, large>() == "");
    CHECK(check_sum<std::int16_t, row>() == "");
    CHECK(check_sum<float, lopsided>() == "");
}
TEST_CASE("correlate: in constant expressions", "[view][correlate]") {
    static_assert(test_constexpr());
    CHECK(test_constexpr());
}

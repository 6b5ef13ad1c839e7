// SPDX-License-Identifier: BSL-1.0
#include <quoin/pipe/kernel.hpp>

#include "support/functor.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace quoin;

namespace {

/// A filter of nothing but weighted_mean.
template <auto K, int Shift>
struct mean_of {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint = K.footprint;
    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return weighted_mean<K, Shift>(w);
    }
};
/// And of weighted_sum.
template <auto K>
struct correlation_of {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint = K.footprint;
    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return weighted_sum<K>(w);
    }
};

/// One of several filters, chosen while it runs: one loop for each type of pixels, and not for each filter too.
template <class... Filters>
struct one_of {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{2, 2};
    static_assert(((Filters::footprint.left <= 2 && Filters::footprint.up <= 2) && ...));
    int which;

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        return call<Filters...>(w, which);
    }

private:
    template <class First, class... Rest, class Window>
    static QUOIN_INLINE auto call(Window const& w, int which) {
        if constexpr (sizeof...(Rest) > 0)
            if (which > 0) return call<Rest...>(w, which - 1);
        return First{}(w);
    }
};

using rows_of_factors = std::vector<std::vector<int>>;
template <auto K>
rows_of_factors rows_of() {
    rows_of_factors result;
    for (auto const& row : K.factor) result.emplace_back(std::begin(row), std::end(row));
    return result;
}

/// The sum of the factors times what lies below them, whole numbers in double.
auto summed(rows_of_factors const& factors) {
    return [factors](auto const& at) {
        int const height = static_cast<int>(factors.size()), width = static_cast<int>(factors[0].size());
        double sum = 0;
        for (int j = 0; j < height; ++j)
            for (int i = 0; i < width; ++i)
                sum += factors[static_cast<std::size_t>(j)][static_cast<std::size_t>(i)] *
                       at(i - width / 2, j - height / 2);
        return sum;
    };
}

/// Every one of the filters against plain loops.
template <class T, auto... K, int... Shift>
void check_means(one_of<mean_of<K, Shift>...>) {
    rows_of_factors const factors[] = {rows_of<K>()...};
    int const shifts[] = {Shift...};
    for (int which = 0; which < static_cast<int>(sizeof...(K)); ++which) {
        CAPTURE(which);
        auto const mean = [sum = summed(factors[which]), shift = shifts[which]](auto const& at,
                                                                                test::channel_kind kind) {
            if (!kind.integral) return kind.stored(sum(at) / (1 << shift));
            return kind.stored(static_cast<double>(
                test::floor_div(static_cast<std::int64_t>(sum(at)) + (1 << (shift - 1)), 1 << shift)));
        };
        CHECK(test::wrong_alone<T>(one_of<mean_of<K, Shift>...>{which}, mean) == "");
    }
}
template <class T, auto K>
std::string wrong_sum() {
    return test::wrong_alone<T>(correlation_of<K>{},
                                [sum = summed(rows_of<K>())](auto const& at, auto) { return sum(at); });
}

// An odd number of taps, an even one, a single one; with and without negative factors; sums of bytes that fill 16 bits
// without a sign, and sums that do not fit them; rows and columns alone; factors and sums too large for bytes.
constexpr kernel<3, 3> binomial{{{1, 2, 1}, {2, 4, 2}, {1, 2, 1}}};
constexpr kernel<3, 3> ring{{{1, 1, 1}, {1, 0, 1}, {1, 1, 1}}};
constexpr kernel<3, 3> unsharp{{{-2, -2, -2}, {-2, 32, -2}, {-2, -2, -2}}};
constexpr kernel<1, 1> alone{{{7}}};
constexpr kernel<5, 1> row{{{-3, 0, 9, 1, -2}}};
constexpr kernel<1, 5> column{{{1}, {4}, {6}, {4}, {1}}};
constexpr kernel<5, 5> full{
    {{1, 4, 6, 4, 1}, {4, 16, 24, 16, 4}, {6, 24, 36, 24, 6}, {4, 16, 24, 16, 4}, {1, 4, 6, 4, 1}}};
constexpr kernel<5, 3> lopsided{{{0, 0, 5, 0, 0}, {1, -2, 0, 3, 64}, {0, -7, 0, 0, 1}}};
constexpr kernel<3, 3> large{{{100, -90, 3}, {70, 64, -200}, {1, 2, 127}}};

using means = one_of<mean_of<binomial, 4>, mean_of<ring, 3>, mean_of<unsharp, 4>, mean_of<alone, 2>, mean_of<row, 2>,
                     mean_of<column, 4>, mean_of<full, 8>, mean_of<lopsided, 6>, mean_of<large, 7>>;

constexpr bool test_constexpr() {
    std::uint8_t const memory[3][3] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 255}};
    struct rows {
        std::uint8_t const (*at)[3];
        constexpr std::uint8_t const* operator()(int dy) const { return at[1 + dy]; }
    };
    window<scalar_lanes, std::uint8_t, rows> const w({memory}, 0, 1);
    return weighted_mean<binomial, 4>(w) == (1 + 4 + 3 + 8 + 20 + 12 + 7 + 16 + 255 + 8) / 16 &&
           weighted_sum<ring>(w) == 286;
}

} // namespace

TEST_CASE("weighted_mean: equals plain loops for bytes", "[view][weighted_sum]") {
    check_means<std::uint8_t>(means{});
    check_means<std::int8_t>(one_of<mean_of<unsharp, 4>>{});
}
TEST_CASE("weighted_mean: equals plain loops for 16 bits", "[view][weighted_sum]") {
    check_means<std::uint16_t>(means{});
    check_means<std::int16_t>(means{});
}
TEST_CASE("weighted_mean: equals plain loops for floating point and 32 bits", "[view][weighted_sum]") {
    check_means<float>(means{});
    check_means<std::int32_t>(one_of<mean_of<full, 8>, mean_of<large, 7>>{});
}
TEST_CASE("weighted_sum: the sum itself", "[view][weighted_sum]") {
    CHECK(wrong_sum<std::uint8_t, unsharp>() == "");
    CHECK(wrong_sum<std::uint8_t, alone>() == "");
    CHECK(wrong_sum<std::uint16_t, large>() == "");
    CHECK(wrong_sum<std::int16_t, row>() == "");
    CHECK(wrong_sum<float, lopsided>() == "");
}
TEST_CASE("weighted_sum: in constant expressions", "[view][weighted_sum]") {
    static_assert(test_constexpr());
    CHECK(test_constexpr());
}

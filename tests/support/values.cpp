// SPDX-License-Identifier: BSL-1.0
// What values.hpp and functor.hpp declare, compiled once for all tests.
#include "support/functor.hpp"

namespace test {

template <class T>
lines<T>::lines(index_t width, index_t height, int channels, index_t front)
    : plane_(front + width), front_(front), channels_(channels),
      rows_(static_cast<std::size_t>(height), std::vector<T>(static_cast<std::size_t>(plane_ * channels))) {
    for (auto const& r : rows_) addresses_.push_back(r.data() + front);
}

template <class T>
lines<T>::lines(index_t width, values const& v, index_t front) : lines(width, v.size.height, v.channels, front) {
    for (index_t y = 0; y < v.size.height; ++y)
        for (int c = 0; c < channels_; ++c)
            for (index_t x = 0; x < v.size.width; ++x) row(y)[x + c * plane_] = static_cast<T>(v.row(y, c)[x]);
}

template <class T>
void lines<T>::take(index_t y, index_t x, values& result, index_t to) const {
    for (int c = 0; c < channels_; ++c)
        for (index_t i = 0; i < result.size.width; ++i)
            result.row(to, c)[i] = static_cast<double>(first()[y][x + i + c * plane_]);
}

template <class T>
values random_values(extent size, int channels, unsigned seed, bool fractions) {
    values result(size, channels);
    plain<T> const pixels = random_pixels<T>({size.width * channels, size.height}, seed, fractions);
    for (std::size_t i = 0; i < result.data.size(); ++i) result.data[i] = static_cast<double>(pixels.data[i]);
    return result;
}

template <class T, class U>
values by_rows(values const& in, quoin::footprint reach, int channels, index_t count, index_t front,
               row_call<T, U> compute) {
    values out({in.size.width - reach.left - reach.right, in.size.height - reach.up - reach.down}, channels);
    index_t const width = (out.size.width + count - 1) / count * count;
    lines<T> const rows(reach.left + width + reach.right, in, front);
    lines<U> result(rows.plane(), 1, channels);
    for (index_t y = 0; y < out.size.height; ++y) {
        compute(y, rows.first() + y + reach.up, rows.plane(), reach.left, reach.left + width, result.row(0));
        result.take(0, reach.left, out, y);
    }
    return out;
}

std::string difference(values const& expected, values const& got, double tolerance) {
    if (expected.size != got.size || expected.channels != got.channels) return "another size";
    for (int c = 0; c < expected.channels; ++c)
        for (index_t y = 0; y < expected.size.height; ++y)
            for (index_t x = 0; x < expected.size.width; ++x) {
                double const e = expected.row(y, c)[x], g = got.row(y, c)[x];
                if (std::memcmp(&e, &g, sizeof(e)) == 0) continue;
                if (tolerance > 0 && std::abs(e - g) <= tolerance * std::max(1.0, std::abs(e))) continue;
                return "at (" + std::to_string(x) + ", " + std::to_string(y) + ") channel " + std::to_string(c) + ": " +
                       std::to_string(e) + " expected, got " + std::to_string(g);
            }
    return {};
}

std::string difference(values const& expected, ways const& got, double tolerance) {
    struct {
        char const* name;
        values const& result;
    } const all[] = {{"one pixel a step", got.one},
                     {"several pixels a step", got.several},
                     {"one pixel a step, with words", got.one_with_words},
                     {"several pixels a step, with words", got.several_with_words}};
    for (auto const& [name, result] : all) {
        if (result.data.empty()) continue;
        std::string found = difference(expected, result, tolerance);
        if (found.empty() && tolerance > 0) found = difference(got.one, result, 0);
        if (!found.empty()) return name + (", " + found) + "\n";
    }
    return {};
}

#define QUOIN_TEST_ROWS(T, U)                                                                                          \
    template values by_rows<T, U>(values const&, quoin::footprint, int, index_t, index_t, row_call<T, U>);
#define QUOIN_TEST_VALUES(T)                                                                                           \
    template class lines<T>;                                                                                           \
    template values random_values<T>(extent, int, unsigned, bool);                                                     \
    QUOIN_TEST_ROWS(T, std::uint8_t)                                                                                   \
    QUOIN_TEST_ROWS(T, std::int8_t)                                                                                    \
    QUOIN_TEST_ROWS(T, std::uint16_t)                                                                                  \
    QUOIN_TEST_ROWS(T, std::int16_t)                                                                                   \
    QUOIN_TEST_ROWS(T, std::uint32_t)                                                                                  \
    QUOIN_TEST_ROWS(T, std::int32_t)                                                                                   \
    QUOIN_TEST_ROWS(T, std::int64_t)                                                                                   \
    QUOIN_TEST_ROWS(T, std::uint64_t)                                                                                  \
    QUOIN_TEST_ROWS(T, float)                                                                                          \
    QUOIN_TEST_ROWS(T, double)
QUOIN_TEST_VALUES(std::uint8_t)
QUOIN_TEST_VALUES(std::int8_t)
QUOIN_TEST_VALUES(std::uint16_t)
QUOIN_TEST_VALUES(std::int16_t)
QUOIN_TEST_VALUES(std::uint32_t)
QUOIN_TEST_VALUES(std::int32_t)
QUOIN_TEST_VALUES(std::int64_t)
QUOIN_TEST_VALUES(std::uint64_t)
QUOIN_TEST_VALUES(float)
QUOIN_TEST_VALUES(double)
#undef QUOIN_TEST_VALUES
#undef QUOIN_TEST_ROWS

} // namespace test

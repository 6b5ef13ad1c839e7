// SPDX-License-Identifier: BSL-1.0
// runs: the runs of set pixels of a mask.
#pragma once

#include <quoin/exec/detail/policy_ref.hpp>
#include <quoin/mask/detail/u64_rows.hpp>

#include <span>
#include <vector>

QUOIN_NAMESPACE_BEGIN

/// The pixels begin <= x < end of one row. All are set, and the pixels directly before and after are not.
struct pixel_run {
    std::int32_t begin = 0;
    std::int32_t end = 0;
    friend constexpr bool operator==(pixel_run const&, pixel_run const&) = default;
};

/// The runs of a mask in raster order. The id of a run is its index in that order.
struct run_list {
    std::vector<pixel_run> all;
    std::vector<index_t> first; ///< height + 1 ids: the runs of row y have the ids first[y] <= id < first[y + 1]
    index_t width = 0;          ///< the width of the mask

    index_t size() const { return static_cast<index_t>(all.size()); }
    index_t height() const { return static_cast<index_t>(first.size()) - 1; }
    std::span<pixel_run const> row(index_t y) const {
        return {all.data() + first[y], static_cast<std::size_t>(first[y + 1] - first[y])};
    }
};

namespace detail {

constexpr index_t count_runs(std::uint64_t const* row, index_t words) {
    index_t count = 0;
    for (index_t i = 0; i < words; ++i) count += std::popcount(row[i] & ~from_left(row, i));
    return count;
}

/// Writes the runs of a row. `out` has room for count_runs() of them.
constexpr void write_runs(std::uint64_t const* row, index_t words, index_t width, pixel_run* out) {
    pixel_run* starts = out;
    pixel_run* ends = out;
    for (index_t i = 0; i < words; ++i) {
        std::uint64_t const before = from_left(row, i);
        std::uint64_t const change = row[i] ^ before;
        for_each_bit(change & row[i], i, [&](index_t x) { starts++->begin = static_cast<std::int32_t>(x); });
        for_each_bit(change & before, i, [&](index_t x) { ends++->end = static_cast<std::int32_t>(x); });
    }
    if (ends != starts) ends->end = static_cast<std::int32_t>(width);
}

/// resize() that does not keep the elements, and asks for large pages if they pay.
template <class T>
void resize_for_use(std::vector<T>& v, index_t count) {
    std::size_t const n = static_cast<std::size_t>(count);
    if (n > v.capacity()) {
        v = {};
        v.reserve(n);
        expect_use(v.data(), n * sizeof(T));
    }
    v.resize(n);
}

/// Sets `first` to the number of runs above each row, followed by the number of all runs.
template <concepts::policy Policy>
void run_offsets(Policy const& p, bit_image const& mask, std::vector<index_t>& first) {
    first.assign(static_cast<std::size_t>(mask.height() + 1), 0);
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y) first[y] = count_runs(mask.row(y), mask.words_per_row());
    });
    exclusive_scan(first);
}

} // namespace detail

/// All runs of the mask in raster order. Cost: two passes over the words of the mask and one over the runs. Memory: 8
/// bytes a run and 8 bytes a row.
/// @throws invalid_argument for a mask with a side above 2^31 - 1 pixels.
template <concepts::policy Policy>
run_list runs(Policy const& p, bit_image const& mask);

namespace detail {

template <concepts::policy Policy>
run_list runs_of(Policy const& p, bit_image const& mask) {
    check_sides("quoin::runs", mask.size());
    run_list result{{}, {}, mask.width()};
    run_offsets(p, mask, result.first);
    index_t const words = mask.words_per_row();
    resize_for_use(result.all, result.first.back());
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y)
            write_runs(mask.row(y), words, mask.width(), result.all.data() + result.first[y]);
    });
    return result;
}

} // namespace detail

template <concepts::policy Policy>
run_list runs(Policy const& p, bit_image const& mask) {
    return detail::runs_of(detail::policy_ref::to(p), mask);
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// What happens at the seams between bands of a mask: components and rectangles of neighboring bands become one.
#pragma once

#include <quoin/label/connectivity.hpp>
#include <quoin/label/detail/component_sums.hpp>

#include <numeric>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A run of the first or the last row of a band.
struct seam_run {
    index_t begin = 0, end = 0;
    index_t of = 0; ///< the index of its component in band_parts::ids

    friend bool operator==(seam_run const&, seam_run const&) = default;
};

/// The components of a band that reach its first or last row. No runs: the band has no rows, or these no pixels.
struct band_parts {
    std::vector<seam_run> top, bottom;
    std::vector<index_t> ids; ///< their numbers in the band, from the smallest
    std::vector<component_sums> sums;
    index_t count = 0; ///< all components of the band

    template <class F>
    void for_each_field(F const& f) {
        f(top);
        f(bottom);
        f(ids);
        f(sums);
        f(count);
    }
};

/// The components of the whole mask, as far as a band is concerned. They are numbered in raster order of their first
/// pixels.
struct band_numbers {
    index_t first = 0, all = 0;       ///< the number of the first one that begins in the band; how many there are
    std::vector<index_t> number;      ///< for each of band_parts::ids
    std::vector<std::uint8_t> begins; ///< for each of these, whether the component begins in the band
    std::vector<component_sums> sums; ///< for each of these, of the whole component

    template <class F>
    void for_each_field(F const& f) {
        f(first);
        f(all);
        f(number);
        f(begins);
        f(sums);
    }
};

/// The numbers of the components of bands that follow each other.
inline std::vector<band_numbers> joined_parts(std::vector<band_parts> const& bands, connectivity c) {
    std::vector<std::size_t> node(bands.size() + 1); // the node of ids[0] of each band
    for (std::size_t b = 0; b < bands.size(); ++b) node[b + 1] = node[b] + bands[b].ids.size();
    std::vector<std::size_t> parent(node.back());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    auto const root = [&](std::size_t i) {
        for (; parent[i] != i; i = parent[i]) parent[i] = parent[parent[i]];
        return i;
    };
    index_t const reach = c == connectivity::eight ? 1 : 0;
    for (std::size_t b = 1; b < bands.size(); ++b) {
        auto const& above = bands[b - 1].bottom;
        std::size_t i = 0;
        for (seam_run const& run : bands[b].top) {
            while (i < above.size() && above[i].end + reach <= run.begin) ++i;
            for (std::size_t k = i; k < above.size() && above[k].begin < run.end + reach; ++k) {
                std::size_t const one = root(node[b - 1] + static_cast<std::size_t>(above[k].of));
                std::size_t const other = root(node[b] + static_cast<std::size_t>(run.of));
                parent[one < other ? other : one] = one < other ? one : other; // the first pixel is in the first one
            }
        }
    }

    std::vector<component_sums> sums(node.back());
    std::vector<index_t> number(node.back());
    std::vector<band_numbers> result(bands.size());
    index_t all = 0;
    for (std::size_t b = 0; b < bands.size(); ++b) {
        result[b].first = all;
        index_t joined = 0;
        for (std::size_t k = 0; k < bands[b].ids.size(); ++k) {
            std::size_t const i = node[b] + k, r = root(i);
            if (r != i) ++joined;
            else number[i] = all + bands[b].ids[k] - joined;
            sums[r].add(bands[b].sums[k]);
        }
        all += bands[b].count - joined;
    }
    for (std::size_t b = 0; b < bands.size(); ++b) {
        result[b].all = all;
        for (std::size_t i = node[b]; i < node[b + 1]; ++i) {
            std::size_t const r = root(i);
            result[b].number.push_back(number[r]);
            result[b].begins.push_back(r == i);
            result[b].sums.push_back(sums[r]);
        }
    }
    return result;
}

/// The rectangles of a band, by run_merge, that begin in its first row, and the runs of its last row.
struct band_rectangles {
    struct first_row {
        index_t begin = 0, end = 0, height = 0;
        index_t last = -1; ///< the index in `bottom` if it reaches the last row
    };
    std::vector<first_row> top;
    std::vector<seam_run> bottom; ///< `of` is not used
    index_t count = 0;

    template <class F>
    void for_each_field(F const& f) {
        f(top);
        f(bottom);
        f(count);
    }
};

/// How the rectangles of a band go on in the bands above and below.
struct band_extensions {
    index_t first = 0, all = 0;
    std::vector<std::uint8_t>
        goes_on;               ///< for each of band_rectangles::top, whether it belongs to one of the band above
    std::vector<index_t> rows; ///< for each run of the last row, by how many rows its rectangle is longer

    template <class F>
    void for_each_field(F const& f) {
        f(first);
        f(all);
        f(goes_on);
        f(rows);
    }
};

/// A rectangle goes on where the next band begins with an equal run.
inline std::vector<band_extensions> joined_rectangles(std::vector<band_rectangles> const& bands) {
    std::vector<band_extensions> result(bands.size());
    for (std::size_t b = bands.size(); b-- > 0;) {
        auto const& here = bands[b];
        result[b].goes_on.resize(here.top.size());
        result[b].rows.resize(here.bottom.size()); // unless the band below has set it
        if (b == 0) continue;
        auto const& above = bands[b - 1].bottom;
        auto& longer = result[b - 1].rows;
        longer.resize(above.size());
        std::size_t i = 0;
        for (std::size_t k = 0; k < here.top.size(); ++k) {
            auto const& run = here.top[k];
            while (i < above.size() && above[i].begin < run.begin) ++i;
            if (i == above.size() || above[i].begin != run.begin || above[i].end != run.end) continue;
            result[b].goes_on[k] = 1;
            longer[i] = run.height + (run.last < 0 ? 0 : result[b].rows[static_cast<std::size_t>(run.last)]);
        }
    }
    index_t all = 0;
    for (std::size_t b = 0; b < bands.size(); ++b) {
        result[b].first = all;
        all += bands[b].count;
        for (std::uint8_t const each : result[b].goes_on) all -= each;
    }
    for (band_extensions& each : result) each.all = all;
    return result;
}

} // namespace detail

QUOIN_NAMESPACE_END

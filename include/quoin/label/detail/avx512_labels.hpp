// SPDX-License-Identifier: BSL-1.0
// label_runs and stack_runs for 16 runs at a time (AVX-512).
#pragma once

#include <quoin/label/detail/run_labels.hpp>

#include <bit>
#include <cstdint>
#include <cstring>

QUOIN_NAMESPACE_BEGIN
namespace detail {

typedef std::int32_t numbers16 __attribute__((vector_size(64)));

inline numbers16 load16(std::int32_t const* from) {
    numbers16 v;
    std::memcpy(&v, from, sizeof v);
    return v;
}
inline void store16(std::int32_t* to, numbers16 v) {
    std::memcpy(to, &v, sizeof v);
}
/// For each index in `at` (modulo 32), the number at that index of the 32 in low and high.
inline numbers16 look_up(numbers16 low, numbers16 at, numbers16 high) {
    asm("vpermt2d %2, %1, %0" : "+v"(low) : "v"(at), "v"(high));
    return low;
}
/// Moves the numbers whose bit is set to the front.
inline numbers16 pack(numbers16 v, unsigned set) {
    return __builtin_ia32_compresssi512_mask(v, numbers16{}, static_cast<std::uint16_t>(set));
}
inline constexpr numbers16 zero_to_15{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
inline constexpr numbers16 evens{0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30};

/// first, first + 1, ... where a bit is set; the other numbers do not change.
inline numbers16 count_on(numbers16 others, label_t first, unsigned set) {
    return __builtin_ia32_expandsi512_mask(zero_to_15 + first, others, static_cast<std::uint16_t>(set));
}

/// Bit k is a[k] < b[k], both unsigned.
inline unsigned below(numbers16 a, numbers16 b) {
    return __builtin_ia32_ucmpd512_mask(a, b, 1, static_cast<std::uint16_t>(-1));
}
inline unsigned same(numbers16 a, numbers16 b) {
    return __builtin_ia32_ucmpd512_mask(a, b, 0, static_cast<std::uint16_t>(-1));
}

/// 16 runs from j on, and the first run above each, if these are among 32 consecutive runs. They are not if the row
/// above has many more runs. `found` is then false, and the other values are unset.
struct runs16 {
    runs16(index_t j, index_t count, run_row const& here, run_row const& above)
        : used(count - j < 16 ? static_cast<int>(count - j) : 16), valid((1u << used) - 1), from(here.first[j]),
          found(here.first[j + used - 1] - from < 31), at(load16(here.first + j) - here.first[j]) {
        if (!found) return;
        std::int32_t const* const edge = here.edges + 2 * j;
        numbers16 const e0 = load16(edge), e1 = load16(edge + 16);
        begin = look_up(e0, evens, e1);
        end = look_up(e0, evens + 1, e1);
        std::int32_t const* const up = above.edges + 2 * index_t{from};
        numbers16 const u0 = load16(up), u1 = load16(up + 16), u2 = load16(up + 32), u3 = load16(up + 48);
        low_begins = look_up(u0, evens, u1);
        high_begins = look_up(u2, evens, u3);
        low_ends = look_up(u0, evens + 1, u1);
        high_ends = look_up(u2, evens + 1, u3);
    }

    int used;        // the number of runs
    unsigned valid;  // a bit for each of them
    label_t from;    // the first of the 32 runs
    bool found;
    numbers16 at;    // the index among the 32
    numbers16 begin, end;
    numbers16 low_begins, high_begins, low_ends, high_ends;
};

template <bool Corners>
inline label_t label_runs(index_t count, run_row const& here, run_row const& above, label_t labels, label_t* parent,
                          run_queue& several) {
    for (index_t j = 0; j < count; j += 16) {
        runs16 const r(j, count, here, above);
        if (!r.found) {
            labels = label_each_run<Corners>(j, j + r.used, here, above, labels, parent, several);
            continue;
        }
        numbers16 const limit = r.end + Corners;
        unsigned const fresh = ~below(look_up(r.low_begins, r.at, r.high_begins), limit) & r.valid;
        unsigned const two = below(look_up(r.low_begins, r.at + 1, r.high_begins), limit) & r.valid;
        numbers16 const inherited = look_up(load16(above.label + r.from), r.at, load16(above.label + r.from + 16));
        store16(here.label + j, count_on(inherited, labels, fresh));
        store16(parent + labels, zero_to_15 + labels);
        labels += std::popcount(fresh);
        store16(several.runs + several.count, pack(zero_to_15 + static_cast<label_t>(j), two));
        several.count += std::popcount(two);
    }
    return labels;
}

inline label_t stack_runs(index_t count, run_row const& here, run_row const& above, label_t next, std::int32_t bottom,
                          stack_arrays const& out, run_queue& continued) {
    for (index_t j = 0; j < count; j += 16) {
        runs16 const r(j, count, here, above);
        if (!r.found) {
            next = stack_each_run(j, j + r.used, here, above, next, bottom, out, continued);
            continue;
        }
        unsigned const equal = same(look_up(r.low_begins, r.at, r.high_begins), r.begin) &
                               same(look_up(r.low_ends, r.at, r.high_ends), r.end) & r.valid;
        unsigned const fresh = ~equal & r.valid;
        numbers16 const old = look_up(load16(above.tag + r.from), r.at, load16(above.tag + r.from + 16));
        store16(here.tag + j, count_on(old, next, fresh));
        store16(out.begin + next, pack(r.begin, fresh));
        store16(out.end + next, pack(r.end, fresh));
        store16(out.bottom + next, numbers16{} + bottom);
        store16(out.label + next, pack(load16(here.label + j), fresh));
        next += std::popcount(fresh);
        store16(continued.runs + continued.count, pack(zero_to_15 + static_cast<label_t>(j), equal));
        continued.count += std::popcount(equal);
    }
    return next;
}

} // namespace detail
QUOIN_NAMESPACE_END

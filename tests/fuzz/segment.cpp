// SPDX-License-Identifier: BSL-1.0
// The segmenter: every policy against plain loops, small masks against all partitions there are, strips and bands of
// any height against the whole mask, and regularize against what it promises.

#include "bytes.hpp"
#include "policies.hpp"

#include <quoin/rect/segment.hpp>

#include "rect/promises.hpp"
#include "rect/streamed.hpp"
#include "support/masks.hpp"

#include <cmath>

namespace {

using quoin::bit_image;
using quoin::index_t;

/// Most masks are small; others are wide, or so high that they have several strips of 64 rows. The pixels are the bits
/// of what follows, or runs whose lengths are its bytes.
bit_image mask_of(fuzz::bytes& in) {
    int const kind = in.next() % 8;
    index_t const width = kind == 1 ? in.in(1, 130) : kind == 2 ? in.in(1, 30) : in.in(1, 9);
    index_t const height = kind == 1 ? in.in(1, 40) : kind == 2 ? in.in(1, 200) : in.in(1, 7);
    bool const runs = in.next() % 2 == 0;
    bit_image mask(width, height);
    int left = 0;
    unsigned current = 0;
    bool set = true;
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x) {
            if (left == 0) {
                current = in.next();
                left = runs ? 1 + static_cast<int>(current) : 8;
                set = !set;
            }
            mask.set(x, y, runs ? set : current >> (left - 1) & 1);
            --left;
        }
    return mask;
}

/// Dilated by a square, outside `outside`, in plain loops.
bit_image spread(bit_image const& m, index_t radius, bool of, bool outside) {
    return masks::where(m.width(), m.height(), [&](index_t x, index_t y) {
        for (index_t v = y - radius; v <= y + radius; ++v)
            for (index_t u = x - radius; u <= x + radius; ++u) {
                bool const inside = u >= 0 && v >= 0 && u < m.width() && v < m.height();
                if ((inside ? m.get(u, v) : outside) == of) return of;
            }
        return !of;
    });
}

bit_image cleaned_by_loops(bit_image m, quoin::segment_options const& o) {
    if (o.open > 0) m = spread(spread(m, o.open, false, true), o.open, true, false);
    if (o.close > 0) m = spread(spread(m, o.close, true, false), o.close, false, true);
    auto const sizes_of = [](std::vector<index_t> const& label) {
        std::vector<index_t> sizes(label.size() + 1);
        for (index_t const l : label)
            if (l >= 0) ++sizes[static_cast<std::size_t>(l)];
        return sizes;
    };
    auto const at = [&](index_t x, index_t y) { return static_cast<std::size_t>(y * m.width() + x); };
    if (o.fill_holes > 0) { // holes are background that does not reach the border, 8-connected
        bit_image const background =
            masks::where(m.width(), m.height(), [&](index_t x, index_t y) { return !m.get(x, y); });
        auto const label = masks::flood_fill(background, true);
        auto const sizes = sizes_of(label);
        std::vector<bool> open(label.size() + 1);
        for (index_t y = 0; y < m.height(); ++y)
            for (index_t x = 0; x < m.width(); ++x)
                if (label[at(x, y)] >= 0 && (x == 0 || y == 0 || x + 1 == m.width() || y + 1 == m.height()))
                    open[static_cast<std::size_t>(label[at(x, y)])] = true;
        for (index_t y = 0; y < m.height(); ++y)
            for (index_t x = 0; x < m.width(); ++x)
                if (auto const l = label[at(x, y)];
                    l >= 0 && !open[static_cast<std::size_t>(l)] && sizes[static_cast<std::size_t>(l)] <= o.fill_holes)
                    m.set(x, y);
    }
    if (o.min_area > 1) {
        auto const label = masks::flood_fill(m, false);
        auto const sizes = sizes_of(label);
        for (index_t y = 0; y < m.height(); ++y)
            for (index_t x = 0; x < m.width(); ++x)
                if (auto const l = label[at(x, y)]; l >= 0 && sizes[static_cast<std::size_t>(l)] < o.min_area)
                    m.set(x, y, false);
    }
    return m;
}

void check_components(bit_image const& m, std::vector<quoin::component> const& found) {
    auto const label = masks::flood_fill(m, false);
    std::vector<quoin::component> expected;
    std::vector<double> sums_x, sums_y;
    for (index_t y = 0; y < m.height(); ++y)
        for (index_t x = 0; x < m.width(); ++x) {
            index_t const l = label[static_cast<std::size_t>(y * m.width() + x)];
            if (l < 0) continue;
            auto const i = static_cast<std::size_t>(l);
            if (i == expected.size()) {
                expected.push_back({});
                expected.back().box = {x, y, 1, 1};
                sums_x.push_back(0);
                sums_y.push_back(0);
            }
            quoin::rect& box = expected[i].box;
            index_t const right = std::max(box.right(), x + 1), bottom = std::max(box.bottom(), y + 1);
            box.x = std::min(box.x, x);
            box.width = right - box.x;
            box.height = bottom - box.y;
            ++expected[i].area;
            sums_x[i] += static_cast<double>(x);
            sums_y[i] += static_cast<double>(y);
        }
    fuzz::expect(found.size() == expected.size(), "another number of components");
    for (std::size_t i = 0; i < found.size(); ++i) {
        auto const area = static_cast<double>(expected[i].area);
        fuzz::expect(found[i].area == expected[i].area && found[i].box == expected[i].box &&
                         std::abs(found[i].centroid_x - sums_x[i] / area) < 1e-9 &&
                         std::abs(found[i].centroid_y - sums_y[i] / area) < 1e-9,
                     "a component differs");
    }
}

/// Strips of this height instead of 64 rows.
void check_strips(bit_image const& m, index_t height, quoin::segmentation const& whole) {
    std::vector<quoin::labeled_rect> rectangles;
    std::vector<quoin::component> components;
    quoin::detail::merge_memory memory;
    quoin::detail::merge_runs(quoin::simd{}, m, quoin::detail::strips_of(m.width(), 0, m.height(), height),
                              quoin::connectivity::four, rectangles, components, memory);
    fuzz::expect(rectangles == whole.rectangles && components == whole.components, "strips make a difference");
    for (quoin::connectivity const c : {quoin::connectivity::four, quoin::connectivity::eight}) {
        auto const label = masks::flood_fill(m, c == quoin::connectivity::eight);
        quoin::component_map map;
        quoin::detail::components_in_strips(quoin::simd{}, m, c, height, map, memory.labels);
        for (index_t y = 0; y < m.height(); ++y)
            for (index_t id = map.runs.first[y]; id < map.runs.first[y + 1]; ++id)
                fuzz::expect(map.label[id] == label[static_cast<std::size_t>(y * m.width() + map.runs.all[id].begin)],
                             "a run of another component");
    }
}

void check_regularize(bit_image const& m, fuzz::bytes& in) {
    quoin::regularize_options const options{in.in(0, 6), in.in(0, 100) / 100.0, in.in(1, 4)};
    if (auto const wrong = masks::fault(m, options, quoin::regularize(quoin::simd{}, m, options)); !wrong.empty())
        fuzz::finding("regularize: " + wrong);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::bytes in(data, size);
    quoin::segment_options options;
    unsigned const steps = in.next(), strips = in.next();
    bool const threads = steps / 16 == 0;
    bool const all_partitions = steps / 32 == 0;
    if (steps & 1) options.open = in.in(0, 3);
    if (steps & 2) options.close = in.in(0, 3);
    if (steps & 4) options.fill_holes = in.in(0, 20);
    if (steps & 8) options.min_area = in.in(0, 20);
    bit_image const mask = mask_of(in);
    bit_image const cleaned = cleaned_by_loops(mask, options);

    quoin::segmentation found[2];
    for (quoin::segment_method const method : {quoin::segment_method::run_merge, quoin::segment_method::minimum}) {
        options.method = method;
        bool const fewest = method == quoin::segment_method::minimum;
        quoin::segmentation& first = found[fewest];
        first = quoin::segment(quoin::serial{}, mask, options);
        if (auto const wrong = masks::fault(cleaned, first.rectangles); !wrong.empty()) fuzz::finding(wrong);
        check_components(cleaned, first.components);
        fuzz::expect(first.optimal == fewest, "the proof is missing, or is of nothing");
        fuzz::with_every_policy(threads, [&](auto const& policy) {
            quoin::segmentation const other = quoin::segment(policy, mask, options);
            if (other.rectangles != first.rectangles || other.components != first.components ||
                other.optimal != first.optimal || other.gap != first.gap)
                fuzz::finding("differs under " + policy.name());
        });
    }
    fuzz::expect(found[1].rectangles.size() <= found[0].rectangles.size(), "the fewest are more");
    check_strips(cleaned, 1 + strips % 70, found[0]);
    for (quoin::connectivity const c : {quoin::connectivity::four, quoin::connectivity::eight}) {
        auto const wrong = masks::stream_fault(quoin::simd{}, cleaned, {1 + strips % 3, strips / 3}, c);
        if (!wrong.empty()) fuzz::finding("in bands: " + wrong);
    }
    check_regularize(cleaned, in);
    if (cleaned.width() * cleaned.height() <= (all_partitions ? 36 : 16)) {
        masks::brute_force fewest(cleaned.width(), cleaned.height());
        fuzz::expect(static_cast<std::size_t>(fewest(masks::to_number(cleaned))) == found[1].rectangles.size(),
                     "brute force finds another minimum");
    }
    return 0;
}

// SPDX-License-Identifier: BSL-1.0
// The connected components of a mask for whoever says what to keep of its runs; not public.
#pragma once

#include <quoin/label/component.hpp>
#include <quoin/label/connectivity.hpp>
#include <quoin/label/detail/component_sums.hpp>
#include <quoin/label/detail/strips.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

inline component finish(component_sums const& s) {
    auto const area = static_cast<double>(s.area);
    return {s.area, s.box(), static_cast<double>(s.twice_x >> 1) / area, static_cast<double>(s.twice_y >> 1) / area};
}

/// A sink that also keeps the first and the last row of a strip.
template <class Sink>
struct seam_sink {
    Sink sink;
    strip& into;
    index_t first;
    index_t last;

    void row(index_t y, row_runs const& here, row_runs const& above) {
        sink.row(y, here, above);
        keep(y, here);
    }
    void repeat(index_t y, row_runs const& row) {
        sink.repeat(y, row);
        keep(y, row);
    }
    void keep(index_t y, row_runs const& row) {
        if (y == first) into.top.take(row);
        if (y == last) into.bottom.take(row);
    }
};

/// Sets `strips` to all strips, labeled; make_sink(s) makes the sink that sees the runs of strip s.
template <concepts::policy Policy, class MakeSink>
void scan_strips(Policy const& p, bit_image const& mask, connectivity c, chunks cut, std::vector<strip>& strips,
                 MakeSink const& make_sink) {
    strips.resize(static_cast<std::size_t>(cut.count()));
    p.bulk(cut.count(), [&](index_t s) {
        index_t const begin = cut.begin(s);
        index_t const end = cut.end(s);
        seam_sink<decltype(make_sink(s))> sink{make_sink(s), strips[s], begin, end - 1};
        label_t const labels = c == connectivity::eight
                                   ? scan_rows<true>(mask, begin, end, strips[s].part, sink)
                                   : scan_rows<false>(mask, begin, end, strips[s].part, sink);
        strips[s].number_parts(labels);
    });
}

/// Sets `result` to the components of all strips. each(s, sums) adds the pixels of each part of strip s to its sums,
/// which know the index of its component.
template <concepts::policy Policy, class Each>
void number_components(Policy const& p, std::vector<strip> const& strips, strip_joints const& joints,
                       std::vector<component>& result, Each const& each) {
    resize_for_use(result, joints.count());
    std::vector<component_sums> at_joint(static_cast<std::size_t>(joints.joints()));
    p.bulk(static_cast<index_t>(strips.size()), [&](index_t s) {
        strip const& of = strips[s];
        aligned_array<component_sums> const sums(of.parts, uninitialized);
        joints.start_sums(of, s, sums.data());
        each(s, sums.data());
        index_t id = joints.first_joint(s);
        for (label_t k = 0, next = 0; k < of.parts; ++k) {
            component_sums const& part = sums.data()[k];
            bool const joint = next < static_cast<label_t>(of.joints.size()) && of.joints[next] == k;
            if (joint) at_joint[id++] = part;
            else result[part.component] = finish(part);
            next += joint;
        }
    });
    for (index_t id = 0; id < joints.joints(); ++id)
        if (joints.root(id) != id) at_joint[joints.root(id)].add(at_joint[id]);
    for_each_chunk(p, chunks{joints.joints(), 4096}, [&](index_t begin, index_t end) {
        for (index_t id = begin; id < end; ++id)
            if (joints.root(id) == id) result[joints.component(id)] = finish(at_joint[id]);
    });
}

} // namespace detail
QUOIN_NAMESPACE_END

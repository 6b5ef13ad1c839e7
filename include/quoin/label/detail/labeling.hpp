// SPDX-License-Identifier: BSL-1.0
// The connected components of a mask. The caller's sink decides which data of the runs is stored.
#pragma once

#include <quoin/core/detail/spares.hpp>
#include <quoin/label/component.hpp>
#include <quoin/label/connectivity.hpp>
#include <quoin/label/detail/component_sums.hpp>
#include <quoin/label/detail/strips.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The component with this area, from the sums of its columns and rows.
inline component component_of(index_t area, rect box, index_t sum_x, index_t sum_y) {
    auto const n = static_cast<double>(area);
    return {area, box, static_cast<double>(sum_x) / n, static_cast<double>(sum_y) / n};
}
/// Stores the sums of a component: as its properties, or as the sums themselves.
inline void finish(component_sums const& s, component& into) {
    into = component_of(s.area, s.box(), s.twice_x >> 1, s.twice_y >> 1);
}
inline void finish(component_sums const& s, component_sums& into) {
    into = s;
}

/// The reusable memory of a labeling.
struct label_memory {
    /// The memory for the work on one strip.
    struct scratch {
        scan_memory scan;
        joint_bits bits;
        aligned_array<component_sums> sums;
    };
    std::vector<strip> strips;
    strip_joints joints;
    std::vector<component_sums> at_joint;
    spares<scratch> spare;
};

/// A sink that also stores the first and the last row of a strip.
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

/// Labels all strips, and joins the runs that touch across strip boundaries. make_sink(s, queue) returns the sink for
/// the runs of strip s. It may store as many numbers in the queue as a row has runs.
template <concepts::policy Policy, class MakeSink>
void scan_strips(Policy const& p, bit_image const& mask, connectivity c, row_strips cut, label_memory& memory,
                 MakeSink const& make_sink) {
    std::vector<strip>& strips = memory.strips;
    strips.resize(static_cast<std::size_t>(cut.count()));
    memory.spare.prepare(p.concurrency());
    p.bulk(cut.count(), [&](index_t s) {
        memory.spare.lend([&](label_memory::scratch& own) {
            own.scan.clear(mask.width());
            index_t const begin = cut.begin(s);
            index_t const end = cut.end(s);
            label_t* const queue = own.scan.queue.data();
            seam_sink<decltype(make_sink(s, queue))> sink{make_sink(s, queue), strips[s], begin, end - 1};
            label_t const labels = c == connectivity::eight
                                       ? scan_rows<true>(mask, begin, end, own.scan, strips[s].part, sink)
                                       : scan_rows<false>(mask, begin, end, own.scan, strips[s].part, sink);
            strips[s].number_parts(labels, own.bits);
        });
    });
    memory.joints.join(strips, c == connectivity::eight ? 1 : 0);
}

/// Sets `result` to the components of all strips, in the form that finish() gives them. each(s, sums) adds the pixels
/// of each part of strip s to its sums, which hold the index of its component.
template <concepts::policy Policy, class Result, class Each>
void number_components(Policy const& p, label_memory& memory, std::vector<Result>& result, Each const& each) {
    std::vector<strip> const& strips = memory.strips;
    strip_joints const& joints = memory.joints;
    std::vector<component_sums>& at_joint = memory.at_joint;
    resize_for_use(result, joints.count());
    at_joint.resize(static_cast<std::size_t>(joints.joints()));
    memory.spare.prepare(p.concurrency());
    p.bulk(static_cast<index_t>(strips.size()), [&](index_t s) {
        memory.spare.lend([&](label_memory::scratch& own) {
            strip const& of = strips[s];
            make_room(own.sums, of.parts);
            component_sums* const sums = own.sums.data();
            joints.start_sums(of, s, sums);
            each(s, sums);
            index_t id = joints.first_joint(s);
            for (label_t k = 0, next = 0; k < of.parts; ++k) {
                component_sums const& part = sums[k];
                bool const joint = next < static_cast<label_t>(of.joints.size()) && of.joints[next] == k;
                if (joint) at_joint[id++] = part;
                else finish(part, result[part.component]);
                next += joint;
            }
        });
    });
    for (index_t id = 0; id < joints.joints(); ++id)
        if (joints.root(id) != id) at_joint[joints.root(id)].add(at_joint[id]);
    for_each_chunk(p, chunks{joints.joints(), 4096}, [&](index_t begin, index_t end) {
        for (index_t id = begin; id < end; ++id)
            if (joints.root(id) == id) finish(at_joint[id], result[joints.component(id)]);
    });
}

} // namespace detail
QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Sums over the runs of each component; not public.
#pragma once

#include <quoin/label/components.hpp>

#include <vector>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// For each component the Sums to which add(sums, k, y, run) has added every run of row y of component k. Sums
/// are exact, so that their order does not matter: the strips may follow the number of threads.
template <class Sums, concepts::policy Policy, class Add>
std::vector<Sums> sum_by_component(Policy const& p, component_map const& map, Add const& add) {
    index_t const height = map.runs.height();
    index_t const strips = p.concurrency() > 1 ? index_t{4} * p.concurrency() : 1;
    chunks const cut{height, std::max(tuning::least_sum_rows, (height + strips - 1) / strips)};
    std::vector<Sums> result(map.components.size());
    // A component inside one strip is summed in its place, the others in a sum for each of the strips that they reach.
    auto const reach = [&](component const& c) { return (c.box.bottom() - 1) / cut.grain - c.box.y / cut.grain + 1; };
    std::vector<index_t> place(result.size());
    for (std::size_t k = 0; k < place.size(); ++k)
        if (index_t const n = reach(map.components[k]); n > 1) place[k] = n;
    std::vector<Sums> parts(static_cast<std::size_t>(exclusive_scan(place)));
    p.bulk(cut.count(), [&](index_t s) {
        index_t last = -1;
        Sums* into = nullptr;
        for (index_t y = cut.begin(s); y < cut.end(s); ++y)
            for (index_t id = map.runs.first[y]; id < map.runs.first[y + 1]; ++id) {
                index_t const k = map.label[id];
                if (k != last) {
                    rect const& box = map.components[k].box;
                    bool const inside = box.y >= cut.begin(s) && box.bottom() <= cut.end(s);
                    into = inside ? &result[k] : &parts[place[k] + s - box.y / cut.grain];
                    last = k;
                }
                add(*into, k, y, map.runs.all[id]);
            }
    });
    for (std::size_t k = 0; k < place.size(); ++k)
        if (index_t const n = reach(map.components[k]); n > 1)
            for (index_t i = 0; i < n; ++i) result[k].add(parts[place[k] + i]);
    return result;
}

} // namespace detail
QUOIN_NAMESPACE_END

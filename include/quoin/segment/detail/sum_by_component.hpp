// SPDX-License-Identifier: BSL-1.0
// Sums over the runs of each component; not public.
#pragma once

#include <quoin/segment/components.hpp>

#include <vector>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// For each component the Sums to which add(sums, k, y, run) has added every run of row y of component k. Sums
/// are exact, so that their order does not matter: the strips may follow the number of threads.
template <class Sums, policy Policy, class Add>
std::vector<Sums> sum_by_component(Policy const& p, component_map const& map, Add const& add) {
    index_t const height = map.runs.height();
    index_t const strips = p.concurrency() > 1 ? index_t{4} * p.concurrency() : 1;
    chunks const cut{height, std::max<index_t>(64, (height + strips - 1) / strips)};
    std::vector<Sums> result(map.components.size());
    // A component inside one strip is summed in its place, the others in a sum for each of the strips that they reach.
    auto const first_strip = [&](index_t k) { return map.components[k].box.y / cut.grain; };
    auto const last_strip = [&](index_t k) { return (map.components[k].box.bottom() - 1) / cut.grain; };
    constexpr index_t none = -1;
    std::vector<index_t> place(result.size(), none);
    index_t places = 0;
    for (std::size_t k = 0; k < place.size(); ++k)
        if (first_strip(k) != last_strip(k)) {
            place[k] = places;
            places += last_strip(k) - first_strip(k) + 1;
        }
    std::vector<Sums> parts(static_cast<std::size_t>(places));
    p.bulk(cut.count(), [&](index_t s) {
        index_t last = none;
        Sums* into = nullptr;
        for (index_t y = cut.begin(s); y < cut.end(s); ++y)
            for (index_t id = map.runs.first[y]; id < map.runs.first[y + 1]; ++id) {
                index_t const k = map.label[id];
                if (k != last) {
                    into = place[k] == none ? &result[k] : &parts[place[k] + s - first_strip(k)];
                    last = k;
                }
                add(*into, k, y, map.runs.all[id]);
            }
    });
    for (std::size_t k = 0; k < place.size(); ++k)
        for (index_t s = first_strip(k); place[k] != none && s <= last_strip(k); ++s)
            result[k].add(parts[place[k] + s - first_strip(k)]);
    return result;
}

} // namespace detail
QUOIN_NAMESPACE_END

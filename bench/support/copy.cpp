// SPDX-License-Identifier: BSL-1.0
// Times memcpy that reads and writes as many bytes altogether as the jobs do, on every number of threads.
#include "copy.hpp"

#include <cstring>
#include <set>
#include <tuple>

namespace bench {

namespace {

/// So many bytes read, and as many written.
auto copy_work(auto const& policy, index_t bytes) {
    struct memory {
        std::vector<char> from, to;
    };
    auto const m = std::make_shared<memory>();
    m->from.assign(static_cast<std::size_t>(bytes), 1);
    m->to = m->from;
    quoin::chunks const pieces{bytes, policy.concurrency() == 1 ? bytes : index_t{1} << 20};
    return [=] {
        quoin::for_each_chunk(policy, pieces, [&](index_t begin, index_t end) {
            std::memcpy(m->to.data() + begin, m->from.data() + begin, static_cast<std::size_t>(end - begin));
        });
        keep();
    };
}

} // namespace

void add_copies(policy_set const& policies, entries& all) {
    std::set<std::tuple<int, index_t, index_t>> known;
    entries copies;
    for (benchmark_entry const& e : all) {
        if (!known.insert({e.bytes_per_pixel, e.at.size.width, e.at.size.height}).second) continue;
        policies.for_each([&](std::string const& name, auto const& policy) {
            if (name != "serial" && (!name.starts_with("parallel:") || policy.concurrency() == 1)) return;
            copies.push_back({"memcpy-" + std::to_string(e.bytes_per_pixel) + 'B', e.at, name, e.bytes_per_pixel,
                              [policy, bytes = e.bytes_per_pixel](quoin::extent size) {
                                  return work(copy_work(policy, size.area() * bytes / 2));
                              }});
        });
    }
    all.insert(all.end(), copies.begin(), copies.end());
}

} // namespace bench

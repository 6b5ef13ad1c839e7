// SPDX-License-Identifier: BSL-1.0
// What a policy of a device looks like, without a device: it takes over whole pipelines and names a host for the rest.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/exec/serial.hpp>

#include <string>

namespace test {

struct device_policy {
    using lanes = quoin::scalar_lanes;
    int* kernels;

    int concurrency() const { return 1; }
    std::string name() const { return "device"; }
    template <class F>
    void bulk(quoin::index_t n, F const& f) const {
        quoin::serial{}.bulk(n, f);
    }
    quoin::serial host() const { return {}; }

    template <class Pipeline, class Out>
    void run_pipeline(Pipeline const& p, Out const& out, quoin::tiling t) const {
        ++*kernels;
        quoin::run(quoin::serial{}, p, out, t);
    }
};

static_assert(quoin::concepts::policy<device_policy>);

} // namespace test

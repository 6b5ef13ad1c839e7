// SPDX-License-Identifier: BSL-1.0
// What the files of micro/ and peers/ register: jobs under names of the form job/size/policy, where the policy says its
// threads ("parallel:8") if it may use more than one.
#pragma once

#include "inputs.hpp"
#include "policies.hpp"

#include <quoin/exec/run.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// What is timed: one evaluation. It owns what it works on.
using work = std::function<void()>;

/// A job at one size under one policy.
struct benchmark_entry {
    std::string job;
    named_size at;
    std::string policy;
    int bytes_per_pixel; ///< read and written
    /// Makes input and output of any extent. Everything that one evaluation needs beyond them it takes itself.
    std::function<work(quoin::extent)> prepare;
    /// The largest difference to quoin's result, for the work of others; throws where it is more than rounding
    /// explains.
    std::function<double(quoin::extent)> difference = {};

    std::string name() const { return job + '/' + at.name + '/' + policy; }
};

/// A list of entries, and the registrations that fill it.
using entries = std::vector<benchmark_entry>;
using registration = std::function<void(policy_set const&, entries&)>;
inline std::vector<registration>& registrations() {
    static std::vector<registration> all;
    return all;
}

/// Holds for the optimizer that memory may have been looked at: what has been computed was not in vain.
inline void keep() {
    asm volatile("" ::: "memory");
}
inline void keep(auto const& value) {
    asm volatile("" : : "r"(&value) : "memory");
}

/// make(policy, extent) gives the work, for every size and policy. Returns true, so that a variable can be initialized
/// by it before main.
template <class Make>
bool add_work(std::string const& job, int bytes_per_pixel, Make make) {
    registrations().push_back([=](policy_set const& policies, entries& all) {
        for (named_size const& at : sizes)
            policies.for_each([&](std::string const& name, auto const& policy) {
                all.push_back(
                    {job, at, name, bytes_per_pixel, [=](quoin::extent size) { return work(make(policy, size)); }});
            });
    });
    return true;
}

/// Pipelines: make(view) for the pixel types P..., evaluated into an image:
///     bool const registered = bench::add_pipeline<float>("box", [](auto v) { return v | quoin::box(3); });
template <class... P, class Make>
bool add_pipeline(std::string const& name, Make make) {
    auto const add_type = [&]<class Q>(Q const*) {
        using R = typename decltype(make(quoin::image_view<Q const>{}))::pixel_type;
        return add_work(name + '<' + pixel_name<Q>() + '>', sizeof(Q) + sizeof(R),
                        [=](auto const& policy, quoin::extent size) {
                            return [=, pipeline = make(scene<Q>(size)), out = canvas<R>(make(scene<Q>(size)).size())] {
                                quoin::run(policy, pipeline, out);
                                keep();
                            };
                        });
    };
    return (add_type(static_cast<P const*>(nullptr)) && ...);
}

/// Terminals: compute(policy, prepare(size)); the bytes are those of a pixel of what prepare gives.
template <class Prepare, class Compute>
bool add_terminal(std::string const& job, int bytes_per_pixel, Prepare prepare, Compute compute) {
    return add_work(job, bytes_per_pixel, [=](auto const& policy, quoin::extent size) {
        return [=, input = prepare(size)] { keep(compute(policy, input)); };
    });
}

} // namespace bench

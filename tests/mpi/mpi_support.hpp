// SPDX-License-Identifier: BSL-1.0
// Images for the tests of several processes, the same on each of them, and pipelines beside those of one process.
#pragma once

#include "io/files.hpp"
#include "support/policies.hpp"

#include <quoin/mpi/mpi.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <random>

namespace test {

template <class P>
quoin::image<P> same_noise(quoin::extent size) {
    quoin::image<P> result(size);
    std::mt19937 numbers(7);
    for (quoin::index_t y = 0; y < size.height; ++y)
        std::generate_n(result.view().row(y), size.width * quoin::channels_v<P>, [&] {
            if constexpr (std::floating_point<quoin::channel_t<P>>)
                return static_cast<quoin::channel_t<P>>(numbers()) / 1e6f;
            else return static_cast<quoin::channel_t<P>>(numbers());
        });
    return result;
}

/// A new seed, the same on all ranks.
template <class Inner>
unsigned shared_seed(quoin::mpi<Inner> const& policy) {
    unsigned seed = std::random_device{}();
    MPI_Bcast(&seed, 1, MPI_UNSIGNED, 0, policy.group()->comm());
    return seed;
}

template <class P>
bool same_pixels(quoin::image<P> const& a, quoin::image<P> const& b) {
    bool same = a.size() == b.size();
    for (quoin::index_t y = 0; same && y < a.height(); ++y)
        same = std::equal(a.view().row(y), a.view().row(y) + a.width() * quoin::channels_v<P>, b.view().row(y));
    return same;
}

/// A new folder that all ranks know. It is removed behind the last of them.
class shared_folder {
public:
    template <class Inner>
    explicit shared_folder(quoin::mpi<Inner> const& policy) : comm_(policy.group()->comm()) {
        std::string name;
        if (policy.rank() == 0) name = own_.emplace().path().string();
        quoin::detail::broadcast_bytes(*policy.group(), name, 0);
        path_ = name;
    }
    ~shared_folder() { MPI_Barrier(comm_); }
    std::filesystem::path operator/(std::string const& name) const { return path_ / name; }
    long count() const { return std::distance(std::filesystem::directory_iterator(path_), {}); }

private:
    std::optional<files::folder> own_; // of rank 0
    MPI_Comm comm_;
    std::filesystem::path path_;
};

/// Checks that the pipeline make(source) has the same pixels on all ranks together as in one process.
template <class P, class Policy, class Make>
void check_bands(std::vector<Policy> const& policies, quoin::extent size, Make const& make) {
    auto const whole = same_noise<P>(size);
    INFO(size.width << " x " << size.height);
    for (Policy const& inner : policies) {
        quoin::mpi const policy(MPI_COMM_WORLD, inner);
        auto const bands = quoin::scatter(policy, whole);
        CHECK(same_pixels(gather(bands), whole));
        CHECK(same_pixels(gather(to_image(policy, make(bands.view()))), to_image(inner, make(whole.view()))));
    }
}

} // namespace test

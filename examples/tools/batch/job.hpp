// SPDX-License-Identifier: BSL-1.0
// What quoin-batch needs to know of a job: its options, its outputs, its memory, and its three steps for one file.
#pragma once

#include "../common/observation.hpp"
#include "../common/policies.hpp"

#include <quoin/io/image_info.hpp>
#include <quoin/io/read_limits.hpp>

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace examples {

/// Runs on the threads of the whole run, so that those that have no file help with the rows of a large one. A thread
/// that waits here begins no other file.
template <class Lanes>
class pool_policy {
public:
    using lanes = Lanes;

    explicit pool_policy(int threads) : threads_(threads) {}
    int concurrency() const { return threads_; }
    std::string name() const { return "pool"; }

    template <class F>
    void bulk(quoin::index_t n, F const& f) const {
        if (threads_ > 1 && n > 1) {
            tbb::this_task_arena::isolate(
                [&] { tbb::parallel_for(quoin::index_t{0}, n, [&](quoin::index_t i) { f(i); }); });
            return;
        }
        for (quoin::index_t i = 0; i < n; ++i) f(i);
    }

private:
    int threads_;
};
/// The same behind a type that is quick to compile with.
using batch_policy = quoin::any_policy<fastest_policy::lanes>;

/// What a file is computed with. need(bytes) says what the file takes in all, where that shows only after decoding; it
/// throws where that is not to be had now, and the file is begun again when it is.
struct file_context {
    batch_policy policy;
    observation const& seen;
    std::function<void(quoin::index_t)> need;
};

/// One file on its way. Each step is called once, in this order, on any thread; each lets go of what the next ones do
/// not read.
class file_work {
public:
    virtual ~file_work() = default;
    virtual void decode(std::filesystem::path const& input, quoin::read_limits const& limits) = 0;
    virtual void compute(file_context const& context) = 0;
    /// Writes the files `stem` + suffix, for every suffix of the job.
    virtual void encode(std::string const& stem) = 0;
};

/// What is done to every file of a folder.
class job {
public:
    virtual ~job() = default;
    virtual void add_options(CLI::App& group) = 0;
    /// After parsing. @throws usage_error
    virtual void check() {}
    /// What the names of the outputs end with.
    virtual std::vector<std::string> suffixes() const = 0;
    /// At most so many bytes are in use at a time for an image of that kind in a file of that size, as far as the
    /// header tells.
    virtual quoin::index_t bytes(quoin::image_info const& info, quoin::index_t file_bytes) const = 0;
    virtual std::unique_ptr<file_work> start(quoin::image_info const& info, quoin::index_t bytes) const = 0;
};

} // namespace examples

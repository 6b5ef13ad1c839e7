// SPDX-License-Identifier: BSL-1.0
// Which thread ran how many strips on which core. Off while times are taken.
#pragma once

#include <sched.h>
#include <sys/types.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <utility>

namespace bench {

/// Counts the calls of a policy by core and thread.
class strip_counter {
public:
    /// The counter that policies report to, or null, which is how times are taken.
    static strip_counter*& active() {
        static strip_counter* counter = nullptr;
        return counter;
    }

    void add() {
        std::lock_guard const lock(mutex_);
        ++counts_[{sched_getcpu(), gettid()}];
    }
    /// {core, thread} to strips.
    std::map<std::pair<int, pid_t>, long> const& counts() const { return counts_; }

private:
    std::mutex mutex_;
    std::map<std::pair<int, pid_t>, long> counts_;
};

} // namespace bench

// SPDX-License-Identifier: BSL-1.0
// single_flight: what is asked again while it is computed waits for that result.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <unordered_map>
#include <utility>
#include <vector>

namespace examples {

/// Waiters by key. The first with a key leads: it computes. Those that come meanwhile follow, and whoever computed
/// gives them the result. The work of a flight is asked to stop only when all its waiters are: one that leaves does not
/// end what others wait for. The functions may be called by several threads.
template <class Key, class T, class Hash = std::hash<Key>>
class single_flight {
public:
    class flight {
    public:
        /// Tells the work to stop, when nobody waits any more.
        std::stop_token token() const { return stop_.get_token(); }

    private:
        friend single_flight;
        struct leave {
            flight* from;
            void operator()() const {
                if (from->waiting_.fetch_sub(1) == 1) from->stop_.request_stop();
            }
        };
        using watch = std::stop_callback<leave>;

        explicit flight(Key const& k) : key(k) {}
        /// False where all have left: then the work is given up.
        bool enter(std::stop_token const& token) {
            for (int n = waiting_; n > 0;)
                if (waiting_.compare_exchange_weak(n, n + 1)) {
                    watches.emplace_back(token, leave{this});
                    return true;
                }
            return false;
        }

        Key const key;
        std::vector<T> followers;
        std::stop_source stop_;
        std::atomic<int> waiting_ = 1;
        std::deque<watch> watches; // behind what they use at their end
    };

    /// The flight of a leader, or nothing: then the waiter is moved from, and follows. `stop` is asked when the waiter
    /// leaves.
    std::shared_ptr<flight> join(Key const& key, std::stop_token const& stop, T& waiter) {
        std::lock_guard const lock(mutex_);
        if (auto const there = flights_.find(key); there != flights_.end() && there->second->enter(stop)) {
            there->second->followers.push_back(std::move(waiter));
            return nullptr;
        }
        std::shared_ptr<flight> const fresh(new flight(key));
        fresh->watches.emplace_back(stop, typename flight::leave{fresh.get()});
        flights_.insert_or_assign(key, fresh);
        return fresh;
    }

    /// Ends a flight whose result is there. @returns its followers, which get it.
    std::vector<T> land(std::shared_ptr<flight> const& f) {
        std::lock_guard const lock(mutex_);
        if (auto const there = flights_.find(f->key); there != flights_.end() && there->second == f)
            flights_.erase(there);
        return std::move(f->followers);
    }

private:
    std::mutex mutex_;
    std::unordered_map<Key, std::shared_ptr<flight>, Hash> flights_;
};

} // namespace examples

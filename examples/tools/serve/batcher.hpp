// SPDX-License-Identifier: BSL-1.0
// batcher: a bounded queue from which workers take batches of items of the same kind.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace examples {

/// What a batcher holds at most, and when it gives a batch.
struct batch_limits {
    std::size_t items = 256;                  ///< that wait
    std::size_t bytes = std::size_t{1} << 30; ///< that wait
    std::chrono::nanoseconds age{};           ///< while the oldest item waits longer, none is taken; 0: no bound
    std::size_t batch = 1;                    ///< the items of a batch, at most
    std::chrono::nanoseconds wait{};          ///< how long an item waits for others of its kind, at most
};

/// Items of kinds, with priorities. A worker that is free gets those of one kind and priority: of the highest priority
/// for which there is a batch, the kind whose first item came first, and of it as many as there are, up to
/// limits.batch, in the order in which they came. It waits for more only where limits.wait says so, and then no longer
/// than the first of them has waited for that long.
///
/// An item whose deadline is over is not part of a batch: it comes in batch::late, to be answered but not computed.
///
/// Key is the kind, by which a std::map orders. Clock has time_point and duration, and now() for wait_and_take() alone:
/// all others are told what time it is, so that tests may have a clock of their own. The functions may be called by
/// several threads. Cost: a few operations on maps of the kinds that wait.
template <class Key, class T, class Clock = std::chrono::steady_clock>
class batcher {
public:
    using time_point = typename Clock::time_point;

    enum class outcome { taken, too_many_items, too_many_bytes, too_old, closed };

    struct batch {
        Key key{};
        std::vector<T> items;
        std::vector<T> late;
    };

    explicit batcher(batch_limits const& limits) : limits_(limits) {}

    /// Adds an item, which is moved from only where the outcome is `taken`.
    outcome push(Key const& key, T& item, std::size_t bytes, time_point deadline, time_point now, int priority = 0) {
        {
            std::lock_guard const lock(mutex_);
            if (closed_) return outcome::closed;
            if (items_ >= limits_.items) return outcome::too_many_items;
            if (bytes > limits_.bytes - bytes_) return outcome::too_many_bytes;
            if (limits_.age.count() > 0 && !came_.empty() && now - came_.begin()->second > limits_.age)
                return outcome::too_old;
            kind const where{-priority, key};
            auto& waiting = kinds_[where];
            if (waiting.empty()) first_.emplace(std::pair(where.first, next_), where);
            came_.emplace(next_, now);
            waiting.push_back({std::move(item), bytes, deadline, now, next_++});
            ++items_;
            bytes_ += bytes;
        }
        changed_.notify_one();
        return outcome::taken;
    }

    /// The batch that a free worker gets at this time, if there is one.
    std::optional<batch> take(time_point now) {
        std::lock_guard const lock(mutex_);
        return take_locked(now);
    }

    /// When a batch will be ready though nothing is added; nothing where no item waits.
    std::optional<time_point> next_time() const {
        std::lock_guard const lock(mutex_);
        return next_time_locked();
    }

    /// Waits for a batch. Nothing once the batcher is closed and empty, or a stop is requested.
    std::optional<batch> wait_and_take(std::stop_token const& stop) {
        std::unique_lock lock(mutex_);
        while (!stop.stop_requested()) {
            if (auto ready = take_locked(Clock::now())) {
                if (items_ > 0) changed_.notify_one(); // another worker may have been woken for the same item
                return ready;
            }
            if (closed_ && items_ == 0) return {};
            if (auto const at = next_time_locked()) {
                changed_.wait_until(lock, stop, *at, [&] { return take_is_ready(); });
            } else {
                changed_.wait(lock, stop, [&] { return items_ > 0 || closed_; });
            }
        }
        return {};
    }

    /// From here on nothing is added, and what waits is given at once.
    void close() {
        {
            std::lock_guard const lock(mutex_);
            closed_ = true;
        }
        changed_.notify_all();
    }

    std::size_t items() const {
        std::lock_guard const lock(mutex_);
        return items_;
    }
    std::size_t bytes() const {
        std::lock_guard const lock(mutex_);
        return bytes_;
    }

private:
    using kind = std::pair<int, Key>; // the highest priority first
    struct entry {
        T item;
        std::size_t bytes;
        time_point deadline, came;
        std::size_t number;
    };

    bool is_ready(std::deque<entry> const& waiting, time_point now) const {
        return closed_ || waiting.size() >= limits_.batch || now - waiting.front().came >= limits_.wait ||
               waiting.front().deadline <= now;
    }
    bool take_is_ready() const {
        time_point const now = Clock::now();
        for (auto const& [at, where] : first_)
            if (is_ready(kinds_.at(where), now)) return true;
        return closed_;
    }

    std::optional<batch> take_locked(time_point now) {
        for (auto at = first_.begin(); at != first_.end(); ++at) {
            kind const where = at->second;
            auto const found = kinds_.find(where);
            std::deque<entry>& waiting = found->second;
            if (!is_ready(waiting, now)) continue;
            batch result{where.second, {}, {}};
            while (!waiting.empty() && result.items.size() < limits_.batch) {
                entry& e = waiting.front();
                (e.deadline <= now ? result.late : result.items).push_back(std::move(e.item));
                --items_;
                bytes_ -= e.bytes;
                came_.erase(e.number);
                waiting.pop_front();
            }
            first_.erase(at);
            if (waiting.empty()) kinds_.erase(found);
            else first_.emplace(std::pair(where.first, waiting.front().number), where);
            return result;
        }
        return {};
    }

    std::optional<time_point> next_time_locked() const {
        std::optional<time_point> next;
        for (auto const& [at, where] : first_) {
            entry const& e = kinds_.at(where).front();
            time_point const ready = std::min<time_point>(
                e.came + std::chrono::duration_cast<typename Clock::duration>(limits_.wait), e.deadline);
            if (!next || ready < *next) next = ready;
        }
        return next;
    }

    batch_limits const limits_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::map<kind, std::deque<entry>> kinds_;           // none is empty
    std::map<std::pair<int, std::size_t>, kind> first_; // by the number of its first item
    std::map<std::size_t, time_point> came_;            // of all items, the oldest first
    std::size_t items_ = 0, bytes_ = 0, next_ = 0;
    bool closed_ = false;
};

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// byte_budget: how much memory all requests together may take.
#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace examples {

/// A number of bytes that is dealt out in charges. Its functions may be called by several threads.
class byte_budget {
public:
    explicit byte_budget(std::size_t bytes) : all_(bytes) {}
    byte_budget(byte_budget const&) = delete;
    byte_budget& operator=(byte_budget const&) = delete;

    std::size_t all() const { return all_; }
    std::size_t used() const { return used_.load(std::memory_order_relaxed); }

private:
    friend class byte_charge;

    bool take(std::size_t bytes) {
        std::size_t before = used_.load(std::memory_order_relaxed);
        do {
            if (bytes > all_ || before > all_ - bytes) return false;
        } while (!used_.compare_exchange_weak(before, before + bytes, std::memory_order_relaxed));
        return true;
    }
    void give_back(std::size_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }

    std::size_t const all_;
    std::atomic<std::size_t> used_ = 0;
};

/// Bytes of a budget, which are given back with the object. The budget must outlive it.
class byte_charge {
public:
    byte_charge() = default;
    explicit byte_charge(byte_budget& budget) : budget_(&budget) {}
    byte_charge(byte_charge&& other) noexcept
        : budget_(std::exchange(other.budget_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
    byte_charge& operator=(byte_charge&& other) noexcept {
        std::swap(budget_, other.budget_);
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~byte_charge() {
        if (budget_) budget_->give_back(bytes_);
    }

    std::size_t bytes() const { return bytes_; }

    /// Takes what is missing to so many bytes. False, and nothing is taken, where the budget does not have it.
    bool grow_to(std::size_t bytes) {
        if (bytes <= bytes_) return true;
        if (!budget_ || !budget_->take(bytes - bytes_)) return false;
        bytes_ = bytes;
        return true;
    }

private:
    byte_budget* budget_ = nullptr;
    std::size_t bytes_ = 0;
};

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// Scratch memory for concurrent calls, kept from one call to the next.
#pragma once

#include <quoin/core/geometry.hpp>

#include <vector>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Lends values of T, each to one borrower at a time. A copy lends values of its own.
template <class T>
class spares {
public:
    /// Aligned to cache lines against false sharing.
    struct alignas(128) place {
        bool taken = false; // std::atomic would do, but its header takes 0.1 s to compile
        T value;
    };

    spares() = default;
    spares(spares const&) noexcept {}
    spares& operator=(spares const&) noexcept { return *this; }

    /// Makes room for this many borrowers. No value may be lent at the same time.
    void prepare(int borrowers) {
        if (places_.size() < static_cast<std::size_t>(borrowers))
            places_ = std::vector<place>(static_cast<std::size_t>(borrowers));
    }

    /// Returns a place of which nobody else has the value, or null if there is none. Successive borrowers get the same.
    place* borrow() noexcept {
        for (place& each : places_)
            if (!__atomic_test_and_set(&each.taken, __ATOMIC_ACQUIRE)) return &each;
        return nullptr;
    }
    static void give_back(place* lent) noexcept {
        if (lent) __atomic_clear(&lent->taken, __ATOMIC_RELEASE);
    }

    /// Calls f(value) for all prepared values. None may be lent at the same time.
    template <class F>
    void for_each(F const& f) {
        for (place& each : places_) f(each.value);
    }

    /// Calls f(value). Borrowers beyond the prepared number get new values.
    template <class F>
    void lend(F const& f) {
        struct loan {
            place* from;
            ~loan() { give_back(from); }
        } const taken{borrow()};
        if (taken.from) return f(taken.from->value);
        T fresh;
        f(fresh);
    }

private:
    std::vector<place> places_;
};

} // namespace detail
QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Scratch memory for concurrent calls, kept from one call to the next.
#pragma once

#include <quoin/core/geometry.hpp>

#include <atomic>
#include <vector>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Lends values of T, each to one borrower at a time. A copy lends values of its own.
template <class T>
class spares {
    struct place {
        std::atomic<bool> taken{false};
        T value;
    };

public:
    spares() = default;
    spares(spares const&) noexcept {}
    spares& operator=(spares const&) noexcept { return *this; }

    /// Makes room for this many borrowers. No value may be lent at the same time.
    void prepare(int borrowers) {
        if (places_.size() < static_cast<std::size_t>(borrowers))
            places_ = std::vector<place>(static_cast<std::size_t>(borrowers));
    }

    /// Calls f(value). Successive borrowers get the same value. Borrowers beyond the prepared number get new values.
    template <class F>
    void lend(F const& f) {
        for (place& each : places_)
            if (!each.taken.exchange(true, std::memory_order_acquire)) {
                struct giving_back {
                    place& of;
                    ~giving_back() { of.taken.store(false, std::memory_order_release); }
                } const guard{each};
                return f(each.value);
            }
        T fresh;
        f(fresh);
    }

private:
    std::vector<place> places_;
};

} // namespace detail
QUOIN_NAMESPACE_END

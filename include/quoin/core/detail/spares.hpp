// SPDX-License-Identifier: BSL-1.0
// Scratch memory for calls that run at the same time, kept from one to the next; not public.
#pragma once

#include <quoin/core/geometry.hpp>

#include <atomic>
#include <vector>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// Lends out values of T, each to one borrower at a time. A copy lends out its own.
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

    /// Room for so many borrowers; nothing may be lent out meanwhile.
    void prepare(int borrowers) {
        if (places_.size() < static_cast<std::size_t>(borrowers))
            places_ = std::vector<place>(static_cast<std::size_t>(borrowers));
    }

    /// f(value); one borrower after the other gets the same value. Beyond the number prepared for they get new ones.
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

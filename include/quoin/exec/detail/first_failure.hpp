// SPDX-License-Identifier: BSL-1.0
// Passes an exception out of parallel work that must not throw.
#pragma once

#include <quoin/core/geometry.hpp>

#include <exception>
#include <mutex>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Keeps the first exception of many calls until all calls have returned.
class first_failure {
public:
    template <class F>
    void guard(F const& f, index_t i) noexcept {
        try {
            f(i);
        } catch (...) {
            std::scoped_lock const lock(mutex_);
            if (!failure_) failure_ = std::current_exception();
        }
    }
    void rethrow() const {
        if (failure_) std::rethrow_exception(failure_);
    }

private:
    std::mutex mutex_;
    std::exception_ptr failure_;
};

} // namespace detail

QUOIN_NAMESPACE_END

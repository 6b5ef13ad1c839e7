// SPDX-License-Identifier: BSL-1.0
// The observer of the rows of the line engine.
#pragma once

#include <quoin/core/geometry.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Notified of every row, on the thread that computes it. A pass fills the lines of one local stage, or computes the
/// result. Passes are numbered in the order of their stages in the pipeline, with zipped inputs from the first.
class row_observer {
public:
    virtual void begin_row(int pass) = 0;
    virtual void end_row(int pass) noexcept = 0;

protected:
    ~row_observer() = default;
};

/// One row of a pass. It does nothing without an observer.
class observed_row {
public:
    constexpr observed_row(row_observer* observer, int pass) : observer_(observer), pass_(pass) {
        if (observer_) observer_->begin_row(pass_);
    }
    constexpr ~observed_row() {
        if (observer_) observer_->end_row(pass_);
    }
    observed_row(observed_row const&) = delete;
    observed_row& operator=(observed_row const&) = delete;

private:
    row_observer* observer_;
    int pass_;
};

} // namespace detail

QUOIN_NAMESPACE_END

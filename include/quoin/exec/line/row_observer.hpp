// SPDX-License-Identifier: BSL-1.0
// Who sees the rows of the line engine as they are computed.
#pragma once

#include <quoin/core/geometry.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Told of every row, on the thread that computes it. A pass is what fills the lines of one local stage, or the result;
/// passes are numbered in the order in which their stages stand in the pipeline, zipped inputs from the first.
class row_observer {
public:
    virtual void begin_row(int pass) = 0;
    virtual void end_row(int pass) noexcept = 0;

protected:
    ~row_observer() = default;
};

/// One row of a pass; nothing where nobody observes.
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

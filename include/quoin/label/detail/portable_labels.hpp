// SPDX-License-Identifier: BSL-1.0
// label_runs and stack_runs for any processor.
#pragma once

#include <quoin/label/detail/run_labels.hpp>

QUOIN_NAMESPACE_BEGIN
namespace detail {

template <bool Corners>
inline label_t label_runs(index_t count, run_row const& here, run_row const& above, label_t labels, label_t* parent,
                          run_queue& several) {
    return label_each_run<Corners>(0, count, here, above, labels, parent, several);
}
inline label_t stack_runs(index_t count, run_row const& here, run_row const& above, label_t next, std::int32_t bottom,
                          stack_arrays const& out, run_queue& continued) {
    return stack_each_run(0, count, here, above, next, bottom, out, continued);
}

} // namespace detail
QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// The part of quoin::runtime that is the same for all lanes.
#include <quoin/runtime/detail/counted_table.hpp>

extern "C" {

quoin::operation const* quoin_runtime_operation(int number) {
    quoin::operation const* found = nullptr;
    quoin::catalogue::at(number, [&]<class E>(E) { found = &E::about; });
    return found;
}

void quoin_runtime_plan(quoin::abi::chain const* chain, quoin::abi::inputs const* in, quoin::abi::plan* plan) {
    quoin::detail::plan_chain(*chain, *in, *plan);
}

quoin::abi::rect quoin_runtime_needed(quoin::abi::chain const* chain, quoin::abi::inputs const* in, int input,
                                      quoin::abi::rect where) {
    return quoin::detail::needed_of_chain(*chain, *in, input, where);
}

void quoin_runtime_table(quoin::abi::stage const* stage, int type, std::int64_t const* counts, void* table,
                         char* message) {
    quoin::detail::table_of_counts(*stage, type, counts, table, message);
}
}

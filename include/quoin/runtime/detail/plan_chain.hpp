// SPDX-License-Identifier: BSL-1.0
// What programs ask of the planner, as plain data.
#pragma once

#include <quoin/runtime/detail/plan.hpp>

#include <exception>

QUOIN_NAMESPACE_BEGIN

namespace detail {

inline void copy_message(char const* text, char* to) {
    std::size_t i = 0;
    for (; text[i] && i + 1 < sizeof(abi::plan::message); ++i) to[i] = text[i];
    to[i] = 0;
}

inline void plan_chain(abi::chain const& chain, abi::inputs const& in, abi::plan& plan) {
    int* passes = plan.stage_passes;
    chain_planner planner(in, 0, plan.only_values, &passes);
    plan.failed = plan.cut = plan.counts = -1;
    for (int i = 0; i < chain.count && plan.failed < 0; ++i) {
        try {
            planner.add(chain.stages[i]);
            if (planner.cuts()) plan.cut = i;
            if (planner.counts() && plan.counts < 0) {
                plan.counts = i;
                plan.clip = planner.clip();
                plan.across = planner.tiles().width;
                plan.down = planner.tiles().height;
            }
        } catch (std::exception const& e) {
            plan.failed = i;
            copy_message(e.what(), plan.message);
        }
    }
    plan.type = planner.type();
    plan.channels = planner.channels();
    plan.width = planner.size().width;
    plan.height = planner.size().height;
    plan.bytes_per_column = planner.bytes_per_column();
    plan.halo = planner.halo();
    plan.passes = planner.passes();
    plan.held = planner.held();
}

inline abi::rect needed_of_chain(abi::chain const& chain, abi::inputs const& in, int input, abi::rect where) {
    chain_planner planner(in, 0);
    planner.add(chain);
    rect const r = planner.needed(input, {where.x, where.y, where.width, where.height});
    return {r.x, r.y, r.width, r.height};
}

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// What programs ask of a chain that is chosen at run time before they evaluate it.
#pragma once

#include <quoin/runtime/any_pipeline.hpp>

#include <cstdlib>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// any_pipeline::above_white of stages that begin with the first input.
inline std::optional<any_pipeline::excess> stage_above_white(std::vector<named_stage> const& stages,
                                                             std::vector<any_pipeline::result> const& inputs) {
    auto const all = all_operations();
    for (std::size_t i = 0; i < stages.size(); ++i) {
        named_stage const& s = stages[i];
        for (named_operand const& o : s.operands) {
            any_pipeline const own = chain_access::of(o);
            auto const in = behind(inputs[static_cast<std::size_t>(o.input)], inputs);
            if (auto found = stage_above_white(chain_access::stages(own), in)) return found;
        }
        any_pipeline const before = chain_access::front(chain_access::of(stages), static_cast<int>(i));
        channel_type const type = before.result_of(inputs).format.channel;
        int const white = type == channel_type::u8 ? 255 : type == channel_type::u16 ? 65535 : 0;
        operation const& about = *all[static_cast<std::size_t>(s.operation)];
        for (std::size_t k = 0; white > 0 && k < s.values.size(); ++k) {
            parameter const& p = about.parameters[k];
            // Behind one with several values, parameters and values have other numbers.
            if (p.type == parameter_type::size || p.type == parameter_type::kernel || p.type == parameter_type::element)
                break;
            bool const left_out = p.preset && s.values[k] == std::strtod(p.preset, nullptr);
            if (p.at_most_white && !left_out && s.values[k] > white)
                return any_pipeline::excess{s.text, s.values[k], white};
        }
    }
    return {};
}

/// any_pipeline::bytes_between.
inline index_t bytes_between(any_pipeline const& p, std::vector<any_pipeline::result> const& inputs) {
    p.result_of(inputs);
    index_t bytes = chain_access::plan(p, chain_access::pixels_of(inputs)).held;
    auto const all = all_operations();
    for (named_stage const& s : chain_access::stages(p))
        for (named_operand const& o : s.operands) {
            any_pipeline const own = chain_access::of(o);
            auto const in = behind(inputs[static_cast<std::size_t>(o.input)], inputs);
            bytes += bytes_between(own, in);
            if (!all[static_cast<std::size_t>(s.operation)]->reads_images() || own.empty()) continue;
            any_pipeline::result const made = own.result_of(in);
            bytes += any_image::bytes_of(made.format, made.size);
        }
    // An image that is read before another is made of it is there until the end.
    for (any_pipeline front = p;;) {
        int const cut = chain_access::plan(front, chain_access::pixels_of(inputs)).cut;
        if (cut < 0) return bytes;
        front = chain_access::front(std::move(front), cut);
        any_pipeline::result const between = front.result_of(inputs);
        bytes += any_image::bytes_of(between.format, between.size);
    }
}

} // namespace detail

QUOIN_NAMESPACE_END

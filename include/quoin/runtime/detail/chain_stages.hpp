// SPDX-License-Identifier: BSL-1.0
// What the evaluation of a chain asks of its stages: their form for quoin::runtime, their inputs and their names.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/geometry/remap.hpp>
#include <quoin/observe/detail/stage_names.hpp>
#include <quoin/runtime/any_view.hpp>
#include <quoin/runtime/detail/chain_text.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A chain as quoin::runtime takes it. It refers to the stages that it is made of.
class chain_data {
public:
    explicit chain_data(std::vector<named_stage> const& stages) {
        std::size_t count = 0;
        for (named_stage const& s : stages) count += s.operands.size();
        chains_.reserve(count);
        operands_.reserve(count);
        for (named_stage const& s : stages) {
            std::size_t const first = operands_.size();
            for (named_operand const& o : s.operands) {
                chains_.emplace_back(o.stages);
                operands_.push_back({o.input, *chains_.back().chain()});
            }
            stages_.push_back({s.operation, s.values.data(), s.tables.get(),
                               operands_.data() + first, static_cast<int>(s.operands.size())});
        }
        chain_ = {stages_.data(), static_cast<int>(stages_.size())};
    }
    chain_data(chain_data&&) = default; // vectors that are moved keep their memory
    abi::chain const* chain() const { return &chain_; }

private:
    std::vector<chain_data> chains_;
    std::vector<abi::operand> operands_;
    std::vector<abi::stage> stages_;
    abi::chain chain_{};
};

/// The operations from n on, behind the border that the ones before them have set.
inline std::vector<named_stage> stages_from(std::vector<named_stage> stages, int n) {
    auto const all = all_operations();
    auto const sets_border = [&](auto const& s) {
        return std::string_view(all[static_cast<std::size_t>(s.operation)]->name) == "extend";
    };
    auto const cut = stages.begin() + n;
    auto const border = std::find_if(std::make_reverse_iterator(cut), stages.rend(), sets_border);
    if (border == stages.rend()) stages.erase(stages.begin(), cut);
    else stages.erase(std::rotate(stages.begin(), border.base() - 1, border.base()), cut);
    return stages;
}

inline bool reads_alpha(std::vector<named_stage> const& stages, std::vector<operation const*> const& all) {
    for (auto const& s : stages) {
        if (all[static_cast<std::size_t>(s.operation)]->reads_alpha) return true;
        for (auto const& o : s.operands)
            if (reads_alpha(o.stages, all)) return true;
    }
    return false;
}

inline int inputs_of(std::vector<named_stage> const& stages) {
    int count = 1;
    for (auto const& s : stages)
        for (auto const& o : s.operands) count = std::max({count, o.input + 1, inputs_of(o.stages)});
    return count;
}

inline bool has_operands(std::vector<named_stage> const& stages) {
    return std::any_of(stages.begin(), stages.end(), [](named_stage const& s) { return !s.operands.empty(); });
}

/// The number of operations, those of operands included.
inline int operation_count(std::vector<named_stage> const& stages) {
    int n = 0;
    for (named_stage const& s : stages) {
        ++n;
        for (named_operand const& o : s.operands) n += operation_count(o.stages);
    }
    return n;
}

/// Counts the inputs from one more on.
inline void move_inputs(std::vector<named_stage>& stages) {
    for (named_stage& s : stages)
        for (named_operand& o : s.operands) {
            ++o.input;
            move_inputs(o.stages);
        }
}

/// The names of the operations, grouped by the passes that compute them. `passes` are the passes of each.
inline stage_list names_of(std::vector<named_stage> const& stages, int const*& passes,
                           std::vector<operation const*> const& all) {
    stage_list list;
    for (named_stage const& s : stages) {
        std::vector<stage_list> others;
        for (named_operand const& o : s.operands) others.push_back(names_of(o.stages, passes, all));
        int const own = *passes++;
        if (own < 0) {
            // The passes of images that are not read have numbers, too.
            for (stage_list const& o : others) list.passes.insert(list.passes.end(), o.passes.begin(), o.passes.end());
            continue;
        }
        std::string const name = all[static_cast<std::size_t>(s.operation)]->name;
        if (!others.empty()) {
            stage_list zipped;
            zipped.add_input(std::move(list), true, false);
            for (std::size_t k = 0; k < others.size(); ++k)
                zipped.add_input(std::move(others[k]), false, k + 1 == others.size());
            list = std::move(zipped);
        }
        stage_list::extend(list.whole, name);
        if (own == 0) stage_list::extend(list.last, name);
        for (int k = 1; k <= own; ++k) {
            list.passes.push_back(stage_list::named(list.last));
            list.last = own == 1 ? name : name + ' ' + std::to_string(k) + '/' + std::to_string(own);
        }
    }
    return list;
}

/// The views of inputs as quoin::runtime takes them.
inline std::vector<abi::pixels> pixels_of_views(std::vector<any_view> const& in) {
    std::vector<abi::pixels> all;
    for (any_view const& v : in) all.push_back(v.pixels());
    return all;
}

/// The inputs of a chain behind another one, whose result comes first.
template <class T>
std::vector<T> behind(T const& first, std::vector<T> const& inputs) {
    std::vector<T> all{first};
    all.insert(all.end(), inputs.begin(), inputs.end());
    return all;
}

/// Throws where maps that are inputs have numbers that are not finite.
inline void check_maps(std::vector<named_stage> const& stages, std::vector<any_view> const& in) {
    auto const all = all_operations();
    for (named_stage const& s : stages) {
        for (named_operand const& o : s.operands) check_maps(o.stages, in);
        if (!all[static_cast<std::size_t>(s.operation)]->reads_maps) continue;
        auto const map = [&](std::size_t k) { return in[static_cast<std::size_t>(s.operands[k].input)].as<float>(); };
        mapped_places const checked(map(0), map(1));
    }
}

/// The bytes of the part of the pixels, or of one of their planes.
inline byte_lattice memory_of(abi::pixels const& p, rect part, int plane) {
    auto const size =
        with_channel(p.type, []<class T>(std::type_identity<T>) { return static_cast<index_t>(sizeof(T)); });
    index_t const first = part.y * p.stride + part.x * p.step + plane * p.plane;
    return byte_lattice::of(static_cast<char const*>(p.data) + first * size, part.height, p.stride * size, part.width,
                            p.step * size, size);
}

inline bool share_memory(abi::pixels const& in, rect read, abi::pixels const& out) {
    for (int i = 0; i < in.channels; ++i)
        for (int o = 0; o < out.channels; ++o)
            if (have_common_bytes(memory_of(in, read, i), memory_of(out, {0, 0, out.width, out.height}, o)))
                return true;
    return false;
}

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Readable names of stages and of the engine's passes, derived from the names of types.
#pragma once

#include <quoin/pipe/zip.hpp>

#include <string>
#include <string_view>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A text that ends with the type in brackets, as the compiler writes it. The result type is deduced, so that nothing
/// follows the type.
template <class T>
constexpr auto type_text() {
#if defined(__GNUC__) || defined(__clang__)
    return static_cast<char const*>(__PRETTY_FUNCTION__);
#else
    return static_cast<char const*>("");
#endif
}
constexpr std::string_view type_in(std::string_view text) {
    std::size_t const begin = text.find("T = ");
    return begin == text.npos ? std::string_view() : text.substr(begin + 4, text.rfind(']') - begin - 4);
}

constexpr bool in_identifier(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The text without the bracketed group at its end.
constexpr std::string_view without_group(std::string_view text, char open, char close) {
    if (text.empty() || text.back() != close) return text;
    int depth = 0;
    for (std::size_t i = text.size(); i-- > 0;) {
        depth += (text[i] == close) - (text[i] == open);
        if (depth == 0) return text.substr(0, i);
    }
    return text;
}

constexpr std::string_view last_identifier(std::string_view text) {
    std::size_t begin = text.size();
    while (begin > 0 && in_identifier(text[begin - 1])) --begin;
    return text.substr(begin);
}

/// The name of a stage: gaussian3 for "quoin::gaussian3_fn", convert_to for "convert_to_fn<float>". A lambda has no
/// name.
constexpr std::string_view stage_name(std::string_view type, std::string_view nameless) {
    if (type.find("lambda") != type.npos) return nameless;
    std::string_view name = last_identifier(without_group(type, '<', '>'));
    if (name.ends_with("_fn")) name.remove_suffix(3);
    return name.empty() ? nameless : name;
}

/// The function that wrote the lambda of a bulk call. The first lambda in the text is the innermost one: the algorithm
/// wrote it, and for_each_chunk passed it on. Returns "work" if the compiler does not write functions into the names of
/// lambdas.
constexpr std::string_view work_name(std::string_view type) {
    std::size_t const lambda = type.find("::<lambda(");
    if (lambda == type.npos) return "work";
    std::string_view function = type.substr(0, lambda);
    if (function.ends_with(" const")) function.remove_suffix(6);
    std::string_view const name = last_identifier(without_group(without_group(function, '(', ')'), '<', '>'));
    return name.empty() ? "work" : name;
}

/// The name of a stage F: that of its type, or F::name.
template <class F>
constexpr std::string_view name_of(std::string_view nameless) {
    if constexpr (requires { F::name; }) return F::name;
    else return stage_name(type_in(type_text<F>()), nameless);
}

/// The names of a pipeline's stages.
struct stage_list {
    std::string whole;               ///< "gray | gaussian3"; empty if there is no stage
    std::vector<std::string> passes; ///< for each local stage, the stages that fill its lines
    std::string last;                ///< the stages from the last local stage on

    QUOIN_NOINLINE static std::string named(std::string const& text) { return text.empty() ? "source" : text; }
    QUOIN_NOINLINE static void extend(std::string& text, std::string_view name) {
        if (!text.empty()) text += " | ";
        text += name;
    }
    QUOIN_NOINLINE void add(std::string_view name) {
        extend(whole, name);
        extend(last, name);
    }
    /// Adds a stage whose input is in lines.
    QUOIN_NOINLINE void add_behind_lines(std::string_view name) {
        passes.push_back(named(last));
        last.clear();
        add(name);
    }
    QUOIN_NOINLINE void add_input(stage_list&& input, bool first, bool final) {
        char const* const before = first ? "zip(" : ", ";
        char const* const behind = final ? ")" : "";
        whole += before + named(input.whole) + behind;
        last += before + named(input.last) + behind;
        for (std::string& pass : input.passes) passes.push_back(std::move(pass));
    }

    std::string text() const { return named(whole); }
    /// The stages computed together, for each pass: the source or a local stage, and the stages behind it that need no
    /// lines. The last pass writes the result, and each other one fills the lines of a local stage.
    std::vector<std::string> all_passes() const {
        std::vector<std::string> all = passes;
        all.push_back(named(last));
        return all;
    }
};

struct name_visitor {
    static stage_list source(auto const&) { return {}; }
    template <class... Lists>
    static stage_list zip(Lists&&... inputs) {
        stage_list list;
        int i = 0;
        ((list.add_input(std::move(inputs), i == 0, i + 1 == sizeof...(Lists)), ++i), ...);
        return list;
    }
    template <class... F>
    static stage_list pointwise(stage_list&& list, F const&...) {
        (list.add(name_of<F>("pointwise")), ...);
        return std::move(list);
    }
    template <stage_kind Kind, class F>
    static stage_list stage(kind_constant<Kind>, stage_list&& list, F const&, auto const&) {
        if constexpr (Kind == stage_kind::local) list.add_behind_lines(name_of<F>("local"));
        else if constexpr (Kind == stage_kind::resample) list.add_behind_lines(name_of<F>("resample"));
        else list.add(name_of<F>("stage"));
        return std::move(list);
    }
};

template <class Pipeline>
stage_list stages_of(Pipeline const& p) {
    return fold(name_visitor{}, p);
}

} // namespace detail

QUOIN_NAMESPACE_END

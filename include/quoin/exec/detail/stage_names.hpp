// SPDX-License-Identifier: BSL-1.0
// Readable names of stages and of the engine's passes, made from the names of types.
#pragma once

#include <quoin/pipe/zip.hpp>

#include <string>
#include <string_view>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The type as the compiler writes it; its result is deduced so that the text ends with the type.
template <class T>
constexpr auto type_text() {
#if defined(__GNUC__) || defined(__clang__)
    std::string_view const text = __PRETTY_FUNCTION__;
    std::size_t const begin = text.find("T = ") + 4;
    return text.substr(begin, text.rfind(']') - begin);
#else
    return std::string_view();
#endif
}

constexpr bool in_identifier(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The text without the bracketed group at its end, and the blanks there.
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

/// "quoin::gaussian3_fn" is gaussian3, "convert_to_fn<float>" convert_to; a lambda is what its place in a pipeline says.
constexpr std::string_view stage_name(std::string_view type, std::string_view nameless) {
    if (type.find("lambda") != type.npos) return nameless;
    std::string_view name = last_identifier(without_group(type, '<', '>'));
    if (name.ends_with("_fn")) name.remove_suffix(3);
    return name.empty() ? nameless : name;
}
template <class F>
constexpr std::string_view stage_name() {
    return stage_name(type_text<F>(), local_functor<F> ? "local" : "pointwise");
}

/// The function whose lambda a policy is to call: the first lambda of the text is the innermost one, which the algorithm
/// wrote and for_each_chunk passed on. "bulk" where a compiler writes no functions into the names of lambdas.
constexpr std::string_view work_name(std::string_view type) {
    std::size_t const lambda = type.find("::<lambda(");
    if (lambda == type.npos) return "bulk";
    std::string_view function = type.substr(0, lambda);
    if (function.ends_with(" const")) function.remove_suffix(6);
    std::string_view const name = last_identifier(without_group(without_group(function, '(', ')'), '<', '>'));
    return name.empty() ? "bulk" : name;
}

/// The text with one stage more behind it.
inline std::string joined(std::string const& text, std::string_view stage) {
    return text.empty() ? std::string(stage) : text + " | " + std::string(stage);
}

template <class... Inputs, class Name>
std::string zip_name(zip_source<Inputs...> const*, Name const& name) {
    std::string text;
    ((text += (text.empty() ? "zip(" : ", ") + name(static_cast<Inputs const*>(nullptr))), ...);
    return text + ')';
}

/// The stages of a pipeline, in the order in which they are written; "source" where there are none.
template <class Source, class... Stages>
std::string pipeline_name(pipeline<Source, Stages...> const*) {
    std::string text;
    if constexpr (is_zip<Source>)
        text = zip_name(static_cast<Source const*>(nullptr), [](auto const* in) { return pipeline_name(in); });
    [[maybe_unused]] auto const add = [&]<class F>(F const*) {
        if constexpr (!is_extend<F>) text = joined(text, stage_name<F>());
    };
    (add(static_cast<Stages const*>(nullptr)), ...);
    return text.empty() ? "source" : text;
}

/// Adds the passes that fill the lines of local stages, in the order in which the engine builds its rows, and returns the
/// name of the last pass: a local stage or the source, and the pointwise stages that are computed with it.
template <class Source, class... Stages>
std::string add_passes(std::vector<std::string>& passes, pipeline<Source, Stages...> const*) {
    std::string current;
    if constexpr (is_zip<Source>)
        current = zip_name(static_cast<Source const*>(nullptr), [&](auto const* in) { return add_passes(passes, in); });
    auto const named = [&] { return current.empty() ? "source" : current; };
    [[maybe_unused]] auto const add = [&]<class F>(F const*) {
        if constexpr (local_functor<F>) {
            passes.push_back(named());
            current = stage_name<F>();
        } else if constexpr (!is_extend<F>) {
            current = joined(current, stage_name<F>());
        }
    };
    (add(static_cast<Stages const*>(nullptr)), ...);
    return named();
}

} // namespace detail

QUOIN_NAMESPACE_END

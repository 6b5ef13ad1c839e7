// SPDX-License-Identifier: BSL-1.0
// Readable names of stages and of the engine's passes, made from the names of types.
#pragma once

#include <quoin/pipe/zip.hpp>

#include <string>
#include <string_view>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A text that ends with the type in brackets, as the compiler writes it; the result is deduced so that nothing
/// follows.
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

/// "quoin::gaussian3_fn" is gaussian3, "convert_to_fn<float>" convert_to; a lambda has no name of its own.
constexpr std::string_view stage_name(std::string_view type, std::string_view nameless) {
    if (type.find("lambda") != type.npos) return nameless;
    std::string_view name = last_identifier(without_group(type, '<', '>'));
    if (name.ends_with("_fn")) name.remove_suffix(3);
    return name.empty() ? nameless : name;
}

/// The function whose lambda a policy is to call: the first lambda of the text is the innermost one, which the
/// algorithm wrote and for_each_chunk passed on. "work" where a compiler writes no functions into the names of lambdas.
constexpr std::string_view work_name(std::string_view type) {
    std::size_t const lambda = type.find("::<lambda(");
    if (lambda == type.npos) return "work";
    std::string_view function = type.substr(0, lambda);
    if (function.ends_with(" const")) function.remove_suffix(6);
    std::string_view const name = last_identifier(without_group(without_group(function, '(', ')'), '<', '>'));
    return name.empty() ? "work" : name;
}

/// A pipeline as names and marks, in the order in which the engine builds its rows.
class stage_list {
public:
    enum class mark { local, pointwise, open, next, close };

    template <class Source, class... Stages>
    void add(pipeline<Source, Stages...> const*) {
        add_source(static_cast<Source const*>(nullptr));
        (add_stage<Stages>(), ...);
    }

    /// "gray | gaussian3"; "source" where there is no stage.
    std::string text() const {
        std::string text;
        for (auto const& [what, type] : items_) extend_text(text, what, type);
        return text.empty() ? "source" : text;
    }

    /// What is computed together: the source or a local stage, and the pointwise stages behind it. All but the last
    /// fill the lines of a local stage; the last makes the result.
    std::vector<std::string> passes() const {
        std::vector<std::string> passes, outer;
        std::string current;
        auto const named = [&] { return current.empty() ? std::string("source") : current; };
        for (auto const& [what, type] : items_) {
            switch (what) {
            case mark::local:
                passes.push_back(named());
                current = stage_name(type, "local");
                break;
            case mark::pointwise:
                extend_text(current, what, type);
                break;
            case mark::open:
                outer.push_back("zip(");
                current.clear();
                break;
            case mark::next:
                outer.back() += named() + ", ";
                current.clear();
                break;
            case mark::close:
                current = outer.back() + named() + ')';
                outer.pop_back();
                break;
            }
        }
        passes.push_back(named());
        return passes;
    }

private:
    struct item {
        mark what;
        std::string_view type;
    };

    template <class Source>
    void add_source(Source const*) {}
    template <class First, class... Rest>
    void add_source(zip_source<First, Rest...> const*) {
        put(mark::open);
        add(static_cast<First const*>(nullptr));
        ((put(mark::next), add(static_cast<Rest const*>(nullptr))), ...);
        put(mark::close);
    }
    template <class F>
    void add_stage() {
        if constexpr (!is_extend<F>) put(local_functor<F> ? mark::local : mark::pointwise, type_text<F>());
    }
    // Out of line: one for each stage of each pipeline of a program is enough.
    QUOIN_NOINLINE void put(mark what, char const* type = "") { items_.push_back({what, type_in(type)}); }

    static void extend_text(std::string& text, mark what, std::string_view type) {
        bool const stage = what == mark::local || what == mark::pointwise;
        if (stage && !text.empty() && !text.ends_with('(') && !text.ends_with(", ")) text += " | ";
        bool const bare = text.empty() || text.ends_with('(') || text.ends_with(", ");
        if (stage) text += stage_name(type, what == mark::local ? "local" : "pointwise");
        else if (what == mark::open) text += "zip(";
        else text += std::string(bare ? "source" : "") + (what == mark::next ? ", " : ")");
    }

    std::vector<item> items_;
};

template <class Pipeline>
stage_list stages_of() {
    stage_list list;
    list.add(static_cast<Pipeline const*>(nullptr));
    return list;
}

} // namespace detail

QUOIN_NAMESPACE_END

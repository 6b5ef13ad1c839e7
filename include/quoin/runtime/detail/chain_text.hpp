// SPDX-License-Identifier: BSL-1.0
// Chains as text, such as "gray,gaussian=1.5,crop=0:0:64:64".
#pragma once

#include <quoin/core/detail/nearest_word.hpp>
#include <quoin/core/error.hpp>
#include <quoin/pipe/operation.hpp>
#include <quoin/runtime/detail/abi.hpp>
#include <quoin/runtime/detail/element_text.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

struct named_operand;

/// An operation with its values, as text and as numbers.
struct named_stage {
    int operation = 0;
    std::vector<double> values;
    std::string text;
    std::size_t place = 0; ///< the index of the first character of its text
    std::vector<named_operand> operands;
    std::shared_ptr<void const> tables = {}; ///< of a stage that is made of counts
};

/// A chain over one of the inputs, which an operation combines with the pixels so far.
struct named_operand {
    int input = 0; ///< from 0
    std::vector<named_stage> stages;
};

inline std::vector<operation const*> all_operations() {
    std::vector<operation const*> all;
    for (int i = 0; operation const* o = quoin_runtime_operation(i); ++i) all.push_back(o);
    return all;
}

/// Reads a chain. Every error names the place, the text there, and the possible texts.
class chain_reader {
public:
    explicit chain_reader(std::string_view text) : text_(text), operations_(all_operations()) {}

    /// @throws invalid_argument for text that is no chain.
    std::vector<named_stage> read() { return read_stages(text_); }

    /// What to say of a name that no operation has.
    std::string unknown(std::string_view name) const {
        std::vector<std::string_view> names;
        for (operation const* o : operations_) names.emplace_back(o->name);
        std::string_view const near = nearest_word(name, names);
        return '\'' + std::string(name) + "' is no operation; " +
               (near.empty() ? "there are " + known() : "did you mean " + std::string(near) + '?');
    }

    /// "box=SIZE", "extend=BORDER[:VALUE]"
    static std::string usage(operation const& o) {
        std::string text = o.name;
        int left_out = 0;
        for (int i = 0; i < o.parameter_count(); ++i) {
            parameter const& p = o.parameters[i];
            if (p.preset) {
                text += '[';
                ++left_out;
            }
            text += (i == 0 ? "=" : ":") + std::string(p.name);
        }
        text += std::string(static_cast<std::size_t>(left_out), ']');
        for (int i = 1; i < o.inputs; ++i) text += "(CHAIN)";
        return text;
    }

    /// The range of a numeric parameter: "a whole number from 1 to 255".
    static std::string range(parameter const& p) {
        std::string const kind = p.type == parameter_type::size && p.one_for_both
                                     ? "one whole number or two joined by x,"
                                 : p.type == parameter_type::size    ? "two whole numbers joined by x"
                                 : p.type == parameter_type::integer ? "a whole number"
                                                                     : "a number";
        if (p.most > 1e37 && p.least < -1e37) return kind;
        if (p.most > 1e37) return kind + " >= " + text_of(p.least);
        return kind + " from " + text_of(p.least) + " to " + text_of(p.most);
    }
    static std::string text_of(double v) {
        char text[32];
        auto const end = std::to_chars(text, text + sizeof(text), v).ptr;
        return std::string(text, end);
    }

private:
    friend element_text<chain_reader>;

    static constexpr std::string_view blanks = " \t\r\n";

    /// The names of all operations.
    std::string known() const {
        std::string text;
        for (operation const* o : operations_) text += (text.empty() ? "" : ", ") + std::string(o->name);
        return text;
    }

    std::vector<named_stage> read_stages(std::string_view text) {
        std::vector<named_stage> stages;
        if (trimmed(text).empty()) return stages;
        for (;;) {
            std::size_t const end = part_end(text);
            stages.push_back(read_stage(trimmed(text.substr(0, end))));
            if (end == text.size()) return stages;
            text.remove_prefix(end + 1);
        }
    }

    /// The index of the first comma outside of parentheses, or the end.
    std::size_t part_end(std::string_view text) const {
        std::size_t depth = 0, i = 0;
        for (; i < text.size() && (depth > 0 || text[i] != ','); ++i) {
            if (text[i] == '(' && ++depth > most_depth)
                fail(text.substr(i), "more than ", most_depth, " parentheses in each other");
            if (text[i] == ')' && depth-- == 0) fail(text.substr(i), "a ) without its (");
        }
        if (depth > 0) fail(text.substr(i), "the end, where a ) is missing");
        return i;
    }

    /// The chains in parentheses at the end of the text of an operation; `part` becomes the text before them. A chain
    /// begins with the number of its input, "#2", or reads the input behind those that were read.
    std::vector<named_operand> read_operands(std::string_view& part, operation const& o) {
        std::vector<named_operand> operands;
        std::string_view rest = part.substr(std::min(part.find('('), part.size()));
        part = trimmed(part.substr(0, part.size() - rest.size()));
        if (o.inputs == 1 && !rest.empty()) fail(rest, "'", rest, "' behind ", o.name, ", which reads one image");
        while (!rest.empty()) {
            if (rest.front() != '(') fail(rest, "'", rest, "' behind the ) of ", usage(o));
            std::size_t end = 1;
            for (int depth = 1; depth > 0; ++end) depth += (rest[end] == '(') - (rest[end] == ')');
            if (static_cast<int>(operands.size()) + 2 > o.inputs)
                fail(rest, "'", rest, "' behind the last image of ", usage(o));
            operands.push_back(read_operand(rest.substr(1, end - 2)));
            rest = trimmed(rest.substr(end));
        }
        while (static_cast<int>(operands.size()) + 1 < o.inputs) operands.push_back({next_input_++, {}});
        return operands;
    }

    named_operand read_operand(std::string_view text) {
        std::string_view inside = trimmed(text);
        if (!inside.starts_with('#')) {
            int const input = next_input_++;
            return {input, read_stages(inside)};
        }
        std::size_t const end = std::min(inside.find(','), inside.size());
        parameter const number_of_input{.name = "the number of an input",
                                        .type = parameter_type::integer,
                                        .least = 1,
                                        .most = 1000,
                                        .about = "in the order in which they are given"};
        double const n = number(number_of_input, trimmed(inside.substr(1, end - 1)), true);
        std::string_view const rest = end < inside.size() ? inside.substr(end + 1) : inside.substr(end);
        if (end < inside.size() && trimmed(rest).empty()) fail(rest, "nothing where an operation is needed");
        return {static_cast<int>(n) - 1, read_stages(rest)};
    }

    /// "(#2,gray)"
    static std::string text_of_operands(std::vector<named_operand> const& operands) {
        std::string text;
        for (named_operand const& o : operands) {
            text += "(#" + std::to_string(o.input + 1);
            for (named_stage const& s : o.stages) text += ',' + s.text;
            text += ')';
        }
        return text;
    }

    std::size_t place(std::string_view part) const { return static_cast<std::size_t>(part.data() - text_.data()); }

    static std::string_view trimmed(std::string_view part) {
        part.remove_prefix(std::min(part.find_first_not_of(blanks), part.size()));
        part.remove_suffix(part.size() - (part.find_last_not_of(blanks) + 1));
        return part;
    }

    template <class... Parts>
    [[noreturn]] void fail(std::string_view at, Parts const&... parts) const {
        raise("chain, character ", place(at) + 1, ": ", parts...);
    }

    named_stage read_stage(std::string_view part) {
        std::string_view const name = trimmed(part.substr(0, std::min(part.find_first_of("=("), part.size())));
        std::size_t i = 0;
        while (i < operations_.size() && name != operations_[i]->name) ++i;
        if (i == operations_.size()) no_operation(part, name);
        operation const& o = *operations_[i];
        std::vector<named_operand> operands = read_operands(part, o);
        std::size_t const equals = std::min(part.find('='), part.size());
        named_stage stage{
            static_cast<int>(i), {}, std::string(part) + text_of_operands(operands), place(part), std::move(operands)};
        bool const has_values = equals < part.size();
        std::string_view rest = trimmed(part.substr(equals + has_values));
        int const count = o.parameter_count();
        if (count == 0 && has_values) fail(rest, "'", rest, "' behind ", name, ", which takes no value");
        for (int k = 0; k < count; ++k) {
            parameter const& p = o.parameters[k];
            bool const given = k == 0 ? has_values : rest.data() != nullptr;
            if (!given && !p.preset)
                fail(part.substr(part.size()), "the end of '", part, "', where ", describe(p), " is needed; write ",
                     usage(o));
            std::string_view value = given ? rest : std::string_view(p.preset);
            if (p.type == parameter_type::kernel) {
                read_kernel(stage.values, p, value);
                rest = {};
                continue;
            }
            if (p.type == parameter_type::element) {
                element_text<chain_reader>{*this, p, usage(o)}.read(trimmed(value), stage.values);
                rest = {};
                continue;
            }
            std::size_t const end = std::min(value.find(':'), value.size());
            bool const more = given && end < value.size();
            std::string_view const own = trimmed(value.substr(0, end));
            rest = more ? trimmed(value.substr(end + 1)) : std::string_view();
            if (more && k + 1 == count) fail(rest, "'", rest, "' behind the last value of ", usage(o));
            if (p.type == parameter_type::size) read_size(stage.values, p, own, given);
            else stage.values.push_back(p.type == parameter_type::choice ? choice(p, own) : number(p, own, given));
        }
        return stage;
    }

    [[noreturn]] void no_operation(std::string_view part, std::string_view name) const {
        if (name.empty())
            fail(part, part.empty() ? "nothing" : "no name", " where an operation is needed; there are ", known());
        fail(part, unknown(name));
    }

    static std::string describe(parameter const& p) {
        if (p.type == parameter_type::choice) return std::string(p.name) + ", one of " + p.choices + ",";
        if (p.type == parameter_type::kernel || p.type == parameter_type::element)
            return std::string(p.name) + ", " + p.about + ",";
        return std::string(p.name) + ", " + range(p) + ",";
    }

    double number(parameter const& p, std::string_view text, bool given) const {
        double value = 0;
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        bool const read = error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
        bool const fits = read && value >= p.least && value <= p.most &&
                          (p.type != parameter_type::integer || value == std::floor(value));
        if (!fits && given) fail(text, "'", text, "' for ", p.name, " (", p.about, "); give ", range(p));
        return value;
    }

    void read_size(std::vector<double>& values, parameter const& p, std::string_view text, bool given) const {
        std::size_t const x = text.find('x');
        if (x == text.npos && !p.one_for_both)
            fail(text, "'", text, "' for ", p.name, " (", p.about, "); give ", range(p));
        parameter side = p;
        side.type = parameter_type::integer;
        values.push_back(number(side, text.substr(0, x), given));
        values.push_back(number(side, text.substr(x == text.npos ? 0 : x + 1), given));
    }

    double choice(parameter const& p, std::string_view text) const {
        std::string_view all = p.choices;
        for (int i = 0; !all.empty(); ++i) {
            std::size_t const end = std::min(all.find(' '), all.size());
            if (text == all.substr(0, end)) return i;
            all.remove_prefix(std::min(end + 1, all.size()));
        }
        fail(text, "'", text, "' for ", p.name, "; there are ", p.choices);
    }

    double kernel_number(std::string_view text) const {
        parameter const any{
            .name = "a value of the kernel", .least = -3.4028234e38, .most = 3.4028234e38, .about = "a factor"};
        return number(any, text, true);
    }

    /// The parts of the text between any of the separators.
    static std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
        std::vector<std::string_view> parts;
        for (;;) {
            std::size_t const end = text.find_first_of(separators);
            parts.push_back(text.substr(0, end));
            if (end == text.npos) return parts;
            text.remove_prefix(end + 1);
        }
    }

    void read_kernel(std::vector<double>& values, parameter const& p, std::string_view text) const {
        std::size_t const at = std::min(text.find('@'), text.size());
        double divisor = 1;
        if (at < text.size()) {
            divisor = kernel_number(trimmed(text.substr(at + 1)));
            if (!(divisor > 0)) fail(text.substr(at + 1), "the divisor '", text.substr(at + 1), "'; give a number > 0");
        }
        std::vector<double> numbers;
        std::size_t width = 0, height = 0;
        for (std::string_view const row : split(text.substr(0, at), "/")) {
            std::size_t const before = numbers.size();
            for (std::string_view const value : split(row, ": \t\r\n"))
                if (!value.empty()) numbers.push_back(kernel_number(value));
            std::size_t const here = numbers.size() - before;
            if (height == 0) width = here;
            if (here != width && !p.two_rows)
                fail(row, "row ", height + 1, " of the kernel has ", here, " values and the first one ", width);
            ++height;
        }
        auto const most = static_cast<std::size_t>(p.most);
        if (p.two_rows) {
            if (height != 2) fail(text, "'", text, "' has no two rows; give two, separated by /");
            height = numbers.size() - width;
            if (width % 2 == 0 || height % 2 == 0 || width > most || height > most)
                fail(text, "rows of ", width, " and ", height, " values; both numbers must be odd and at most ", most);
        } else if (width % 2 == 0 || height % 2 == 0 || width > most || height > most) {
            fail(text, "a kernel of ", width, " x ", height, " values; both sides must be odd and at most ", most);
        }
        values = {static_cast<double>(width), static_cast<double>(height), divisor};
        values.insert(values.end(), numbers.begin(), numbers.end());
    }

    static constexpr std::size_t most_depth = 8;

    std::string_view text_;
    std::vector<operation const*> operations_;
    int next_input_ = 1;
};

/// Values as text. Each number is the shortest text that reads as the same number.
inline std::string text_of_values(operation const& o, std::vector<double> const& values) {
    auto const text = [](double v) {
        char buffer[32];
        return std::string(buffer, std::to_chars(buffer, buffer + sizeof(buffer), v).ptr);
    };
    std::string all = o.name;
    std::size_t i = 0;
    for (int k = 0; k < o.parameter_count() && i < values.size(); ++k) {
        parameter const& p = o.parameters[k];
        all += k == 0 ? '=' : ':';
        if (p.type == parameter_type::choice) {
            std::string_view words = p.choices;
            for (double n = values[i]; n >= 1 && !words.empty(); --n)
                words.remove_prefix(std::min(words.find(' '), words.size() - 1) + 1);
            all += words.substr(0, words.find(' '));
        } else if (p.type == parameter_type::size && values.size() >= i + 2) {
            all += text(values[i]) + 'x' + text(values[i + 1]);
            ++i;
        } else if (p.type == parameter_type::kernel && values.size() >= i + 3) {
            auto const width = static_cast<std::size_t>(values[i]);
            for (std::size_t n = i + 3, in_row = 0; n < values.size(); ++n, ++in_row) {
                bool const next_row = in_row == width && (!p.two_rows || n == i + 3 + width);
                all += (n == i + 3 ? "" : next_row ? "/" : ":") + text(values[n]);
                if (next_row) in_row = 0;
            }
            all += '@' + text(values[i + 2]);
            i = values.size();
        } else if (p.type == parameter_type::element && values.size() >= i + 2) {
            all += text_of_element(values.data() + i, values.size() - i, text);
            i = values.size();
        } else {
            all += text(values[i]);
        }
        ++i;
    }
    return all;
}

/// An operation with values, which are checked like those of text. `operands` is text in parentheses.
inline named_stage stage_of_values(int number, operation const& o, std::vector<double> const& values,
                                   std::string const& operands = {}) {
    for (double v : values)
        if (!std::isfinite(v)) raise("quoin::any_pipeline: a value of ", o.name, " is not a finite number");
    std::vector<named_stage> stages = chain_reader(text_of_values(o, values) + operands).read();
    bool const same = stages.size() == 1 && stages[0].operation == number && values.size() <= stages[0].values.size() &&
                      std::equal(values.begin(), values.end(), stages[0].values.begin());
    if (!same) raise("quoin::any_pipeline: the values of ", o.name, " do not fit; it is ", chain_reader::usage(o));
    return stages[0];
}

} // namespace detail

QUOIN_NAMESPACE_END

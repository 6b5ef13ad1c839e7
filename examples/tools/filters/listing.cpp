// SPDX-License-Identifier: BSL-1.0
// What the catalogue says of its operations.
#include "listing.hpp"

#include "../common/json.hpp"

#include <quoin/runtime/any_pipeline.hpp>

#include <algorithm>
#include <iterator>
#include <sstream>

namespace examples {

namespace {

std::vector<std::string> words_of(char const* text) {
    std::istringstream in(text ? text : "");
    return {std::istream_iterator<std::string>(in), {}};
}

/// Blanks up to a column, or one.
std::string padded(std::string text, std::size_t column) {
    text.append(text.size() < column ? column - text.size() : 1, ' ');
    return text;
}

/// The text in lines of at most 100 characters, all but the first one indented.
std::string wrapped(std::string const& head, std::string const& text, std::size_t column) {
    std::string all = padded(head, column);
    std::size_t length = all.size();
    bool first = true;
    for (std::string const& word : words_of(text.c_str())) {
        if (!first && length + 1 + word.size() > 100) {
            all += '\n' + std::string(column, ' ');
            length = column;
        } else if (!first) {
            all += ' ';
            ++length;
        }
        all += word;
        length += word.size();
        first = false;
    }
    return all + '\n';
}

/// "a whole number from 1 to 255", "replicate, wrap or constant"
std::string values_of(quoin::parameter const& p) {
    if (p.two_rows) return "two rows, each of an odd number, at most " + quoin::detail::chain_reader::text_of(p.most);
    if (p.type == quoin::parameter_type::kernel)
        return "both sides odd, at most " + quoin::detail::chain_reader::text_of(p.most);
    if (p.type == quoin::parameter_type::element)
        return "sides and lengths from 1 to " + quoin::detail::chain_reader::text_of(p.most) +
               ", radii from 0 to 255, angles from -360 to 360";
    if (p.type != quoin::parameter_type::choice) return quoin::detail::chain_reader::range(p);
    std::string text;
    auto const words = words_of(p.choices);
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    return text;
}

/// Chains of the operation alone, with values that fit: one for each word of a choice. Numbers are such that
/// matrices are not singular.
std::vector<std::string> samples_of(quoin::operation const& o) {
    std::vector<std::string> all{o.name};
    for (int k = 0; k < o.parameter_count(); ++k) {
        quoin::parameter const& p = o.parameters[k];
        std::vector<std::string> values{
            quoin::detail::chain_reader::text_of(std::clamp(k * k % 5 + 1.0, p.least, p.most))};
        if (p.type == quoin::parameter_type::choice) values = words_of(p.choices);
        else if (p.type == quoin::parameter_type::size) values = {"2x2"};
        else if (p.two_rows) values = {"1/1"};
        else if (p.preset) values = {p.preset};
        std::vector<std::string> longer;
        for (std::string const& chain : all)
            for (std::string const& value : values) longer.push_back(chain + (k == 0 ? '=' : ':') + value);
        all = std::move(longer);
    }
    for (std::string& chain : all)
        for (int i = 1; i < o.inputs; ++i) // the same pixels once more
            chain += o.reads_maps ? "(#" + std::to_string(i + 1) + ")" : o.gray_others ? "(#1,gray)" : "(#1)";
    return all;
}

constexpr char const* type_names[] = {"u8", "u16", "i16", "i32", "f32"};
constexpr int channel_counts[] = {1, 3, 4};

/// What a chain makes of each format that it takes, asked of the planner.
struct sampled_results {
    std::string chain;
    std::vector<std::pair<quoin::pixel_format, quoin::pixel_format>> formats;
};

sampled_results results_of(std::string const& chain) {
    quoin::any_pipeline const p(chain);
    sampled_results all{chain, {}};
    for (int type = 0; type < static_cast<int>(std::size(type_names)); ++type)
        for (int channels : channel_counts) {
            quoin::pixel_format const from{static_cast<quoin::channel_type>(type), channels};
            try {
                quoin::any_pipeline::result const pixels{from, {64, 64}}, map{{quoin::channel_type::f32, 1}, {64, 64}};
                all.formats.emplace_back(from, p.result_of({pixels, map, map}).format);
            } catch (quoin::invalid_argument const&) { // not of these pixels
            }
        }
    return all;
}

std::string type_name(quoin::pixel_format f) {
    return type_names[static_cast<int>(f.channel)];
}
std::string kind_name(int channels) {
    return channels == 1 ? "gray" : channels == 3 ? "RGB" : "RGBA";
}
void add_word(std::string& list, std::string const& word, char const* separator = ", ") {
    list += (list.empty() ? "" : separator) + word;
}

/// "gray, RGB, RGBA; u8, u16"
std::string pixels_text(sampled_results const& r) {
    std::string types, kinds;
    for (int type = 0; type < static_cast<int>(std::size(type_names)); ++type)
        if (std::any_of(r.formats.begin(), r.formats.end(),
                        [&](auto const& f) { return static_cast<int>(f.first.channel) == type; }))
            add_word(types, type_names[type]);
    for (int channels : channel_counts)
        if (std::any_of(r.formats.begin(), r.formats.end(),
                        [&](auto const& f) { return f.first.channels == channels; }))
            add_word(kinds, kind_name(channels));
    return kinds + "; " + types;
}

/// "the same", "gray of the same type", "u8: i16; u16, i16, i32: i32; f32: f32", "of the type TYPE"
std::string result_text(quoin::operation const& o, std::vector<sampled_results> const& samples) {
    std::string text;
    bool const gray = std::all_of(samples[0].formats.begin(), samples[0].formats.end(),
                                  [](auto const& f) { return f.second.channels == 1; });
    if (gray) text = "gray";
    auto const types = [](sampled_results const& r) {
        std::vector<std::pair<std::string, std::string>> all;
        for (auto const& [from, to] : r.formats) all.emplace_back(type_name(from), type_name(to));
        return all;
    };
    auto const first = types(samples[0]);
    // Words of a choice may be for some of the types alone.
    auto const differ = [&](sampled_results const& s) {
        return std::any_of(s.formats.begin(), s.formats.end(), [&](auto const& f) {
            return std::any_of(samples[0].formats.begin(), samples[0].formats.end(), [&](auto const& g) {
                return f.first == g.first && f.second.channel != g.second.channel;
            });
        });
    };
    if (std::any_of(samples.begin(), samples.end(), differ)) {
        // A choice decides, and names the type.
        for (int k = 0; k < o.parameter_count(); ++k)
            if (o.parameters[k].type == quoin::parameter_type::choice)
                return text + (gray ? " of the type " : "of the type ") + o.parameters[k].name;
    }
    bool const same = std::all_of(first.begin(), first.end(), [](auto const& t) { return t.first == t.second; });
    if (same) return gray ? "gray of the same type" : "the same";
    std::string list;
    for (std::size_t i = 0; i < first.size();) { // types in a row that become the same one
        std::string from;
        std::size_t j = i;
        std::string last;
        for (; j < first.size() && first[j].second == first[i].second; ++j)
            if (first[j].first != last) add_word(from, last = first[j].first);
        add_word(list, from + ": " + first[i].second, "; ");
        i = j;
    }
    return text + (gray ? ", " : "") + list;
}

std::vector<sampled_results> sampled(quoin::operation const& o) {
    std::vector<sampled_results> all;
    for (std::string const& chain : samples_of(o)) all.push_back(results_of(chain));
    return all;
}

json_object json_of(quoin::operation const& o) {
    constexpr char const* kinds[] = {"integer", "number", "choice", "size", "kernel", "element"};
    json_array parameters;
    for (int k = 0; k < o.parameter_count(); ++k) {
        quoin::parameter const& p = o.parameters[k];
        json_object one{{"name", p.name}, {"type", kinds[static_cast<int>(p.type)]}};
        if (p.type == quoin::parameter_type::choice) {
            auto const words = words_of(p.choices);
            one.emplace_back("choices", json_array(words.begin(), words.end()));
        } else {
            one.emplace_back("least", p.least);
            one.emplace_back("most", p.most);
        }
        if (p.preset) one.emplace_back("preset", p.preset);
        one.emplace_back("values", values_of(p));
        one.emplace_back("about", p.about);
        parameters.emplace_back(std::move(one));
    }
    auto const samples = sampled(o);
    json_array results;
    for (sampled_results const& s : samples) {
        json_object formats;
        for (auto const& [from, to] : s.formats) formats.emplace_back(quoin::to_text(from), quoin::to_text(to));
        results.emplace_back(json_object{{"chain", s.chain}, {"formats", std::move(formats)}});
    }
    return {{"name", o.name},
            {"usage", quoin::detail::chain_reader::usage(o)},
            {"about", o.about},
            {"inputs", o.inputs},
            {"parameters", parameters},
            {"pixels", pixels_text(samples[0])},
            {"result", result_text(o, samples)},
            {"rounding", o.rounding},
            {"floating", o.floating},
            {"opencv", o.opencv},
            {"pillow", o.pillow},
            {"scikit_image", o.scikit_image},
            {"results", results}};
}

/// All that the catalogue says.
std::string operations_text() {
    std::string text;
    for (quoin::operation const* o : quoin::any_pipeline::operations()) {
        if (!text.empty()) text += '\n';
        text += quoin::detail::chain_reader::usage(*o) + '\n';
        auto const line = [&](char const* head, std::string const& what) {
            if (!what.empty()) text += wrapped("  " + std::string(head), what, 16);
        };
        line("computes", o->about);
        for (int k = 0; k < o->parameter_count(); ++k) {
            quoin::parameter const& p = o->parameters[k];
            std::string what = values_of(p);
            if (*p.about) what += std::string(": ") + p.about;
            if (p.preset) what += std::string("; ") + p.preset + " where it is left out";
            line(p.name, what);
        }
        auto const samples = sampled(*o);
        line("pixels", pixels_text(samples[0]));
        line("result", result_text(*o, samples));
        line("integers", o->rounding);
        line("floats", o->floating);
        line("OpenCV", o->opencv);
        line("Pillow", o->pillow);
        line("scikit-image", o->scikit_image);
    }
    text.pop_back();
    return text;
}

} // namespace

json_object operations_object() {
    json_array all;
    for (quoin::operation const* o : quoin::any_pipeline::operations()) all.emplace_back(json_of(*o));
    return {{"operations", std::move(all)}};
}

std::string operations_json() {
    return json_text(operations_object());
}

std::string operations_help() {
    std::string text = "Operations, for all channels alike but gray; --list says all of them:\n";
    for (quoin::operation const* o : quoin::any_pipeline::operations())
        text += wrapped("  " + quoin::detail::chain_reader::usage(*o), o->about, 28);
    return text;
}

void add_list_option(command_line& line) {
    line.add_flag(
        "--list{text}",
        [](std::string const& form) {
            if (form == "text") throw print_and_exit{operations_text()};
            if (form == "json") throw print_and_exit{operations_json()};
            throw usage_error("--list: '" + form + "' is no form of the list; give --list or --list=json");
        },
        "Print what each operation does, takes, makes, how it rounds and what other libraries "
        "call it; --list=json for programs");
}

} // namespace examples

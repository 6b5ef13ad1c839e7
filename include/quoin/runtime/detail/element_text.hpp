// SPDX-License-Identifier: BSL-1.0
// Structuring elements as text in chains.
#pragma once

#include <quoin/filter/detail/element_values.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Reads the text of an element, for a reader of chains.
template <class Reader>
struct element_text {
    Reader const& reader;
    parameter const& p;
    std::string usage; ///< of the operation

    void read(std::string_view text, std::vector<double>& values) const {
        auto const done = [&](element_shape shape) { values.push_back(static_cast<double>(shape)); };
        if (text.find('/') != text.npos) {
            read_rows(text, values);
            return;
        }
        std::vector<std::string_view> parts = reader.split(text, ":");
        auto const at_most = [&](std::size_t count) {
            if (parts.size() > count)
                reader.fail(parts[count], "'", parts[count], "' behind the last value of ", usage);
        };
        parameter sides = p;
        sides.one_for_both = true;
        if (text.empty() || text.front() < 'a' || text.front() > 'z') {
            at_most(1);
            reader.read_size(values, sides, text, true);
            return done(element_shape::rectangle);
        }
        constexpr std::string_view words[] = {"disc", "ellipse", "cross", "line"};
        auto const word = std::find(std::begin(words), std::end(words), reader.trimmed(parts[0]));
        if (word == std::end(words)) reader.fail(text, "'", text, "' for ", p.name, "; give ", p.about);
        auto const shape = static_cast<element_shape>(1 + (word - std::begin(words)));
        if (parts.size() == 1)
            reader.fail(text.substr(text.size()), "the end of '", text, "', where ",
                        shape == element_shape::ellipse ? "the sides are"
                        : shape == element_shape::line  ? "the length and the angle are"
                                                        : "the radius is",
                        " needed; give ", p.about);
        parameter number_of{.type = parameter_type::integer, .most = structuring_element::most_side / 2};
        if (shape == element_shape::ellipse) {
            at_most(2);
            reader.read_size(values, sides, reader.trimmed(parts[1]), true);
        } else if (shape == element_shape::line) {
            if (parts.size() == 2)
                reader.fail(text.substr(text.size()), "the end of '", text, "', where the angle is needed; give ",
                            p.about);
            at_most(3);
            number_of = {.name = "the length",
                         .type = parameter_type::integer,
                         .least = 1,
                         .most = p.most,
                         .about = "in pixels"};
            values.push_back(reader.number(number_of, reader.trimmed(parts[1]), true));
            number_of = {.name = "the angle", .least = -360, .most = 360, .about = "in degrees"};
            values.push_back(reader.number(number_of, reader.trimmed(parts[2]), true));
        } else {
            at_most(2);
            number_of.name = "the radius";
            number_of.about = "in pixels";
            values.push_back(reader.number(number_of, reader.trimmed(parts[1]), true));
            values.push_back(0);
        }
        done(shape);
    }

private:
    void read_rows(std::string_view text, std::vector<double>& values) const {
        std::vector<std::string_view> const rows = reader.split(text, "/");
        std::size_t const width = rows[0].size(), most = static_cast<std::size_t>(p.most);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            std::size_t const other = rows[i].find_first_not_of("01");
            if (other != rows[i].npos)
                reader.fail(rows[i].substr(other), "'", rows[i].substr(other, 1), "' in row ", i + 1,
                            " of the element; give rows of 0 and 1 separated by /");
            if (rows[i].size() != width || width == 0)
                reader.fail(rows[i], "row ", i + 1, " of the element has ", rows[i].size(),
                            " pixels and the first one ", width, "; give rows of the same length");
        }
        if (width > most || rows.size() > most)
            reader.fail(text, "an element of ", width, " x ", rows.size(), " pixels; give sides from 1 to ", most);
        if (text.find('1') == text.npos) reader.fail(text, "an element without a 1; give at least one");
        values = {static_cast<double>(width), static_cast<double>(rows.size()),
                  static_cast<double>(element_shape::rows)};
        for (char const c : text)
            if (c != '/') values.push_back(c == '1');
    }
};

/// The values of an element as text. Numbers that are no shape are left to the reader.
template <class Text>
std::string text_of_element(double const* values, std::size_t count, Text const& text) {
    std::string const a = text(values[0]), b = text(values[1]);
    double const shape = count > 2 ? values[2] : 0;
    if (shape == static_cast<double>(element_shape::disc)) return "disc:" + a;
    if (shape == static_cast<double>(element_shape::ellipse)) return "ellipse:" + a + 'x' + b;
    if (shape == static_cast<double>(element_shape::cross)) return "cross:" + a;
    if (shape == static_cast<double>(element_shape::line)) return "line:" + a + ':' + b;
    if (shape != static_cast<double>(element_shape::rows)) return a + 'x' + b;
    std::string all;
    auto const width = values[0] >= 1 ? static_cast<std::size_t>(std::min(values[0], 1e6)) : std::size_t{1};
    for (std::size_t i = 3; i < count; ++i) all += (i > 3 && (i - 3) % width == 0 ? "/" : "") + text(values[i]);
    return all.find('/') == all.npos ? all + '/' : all;
}

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Lines of fields between tabs, as journals and manifests have them.
#pragma once

#include <charconv>
#include <string>
#include <string_view>
#include <vector>

namespace examples {

/// Names may hold any byte but 0 and /.
inline std::string escaped(std::string const& text) {
    std::string result;
    for (char const c : text) {
        if (c == '\t') result += "%09";
        else if (c == '\n') result += "%0a";
        else if (c == '%') result += "%25";
        else result += c;
    }
    return result;
}

inline std::string unescaped(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string_view const code = text.substr(i, 3);
        if (text[i] != '%') result += text[i];
        else result += code == "%09" ? '\t' : code == "%0a" ? '\n' : '%';
        if (text[i] == '%') i += 2;
    }
    return result;
}

inline std::vector<std::string> split(std::string const& line) {
    std::vector<std::string> fields(1);
    for (char const c : line)
        if (c == '\t') fields.emplace_back();
        else fields.back() += c;
    return fields;
}

inline bool number(std::string const& text, auto& value) {
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

} // namespace examples

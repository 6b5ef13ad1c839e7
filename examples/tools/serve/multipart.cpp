// SPDX-License-Identifier: BSL-1.0
// Bodies of several parts.
#include "multipart.hpp"

#include "http_letters.hpp"

#include <algorithm>
#include <functional>

namespace examples {

namespace {

/// Characters that a boundary may have.
bool is_of_boundary(char c) {
    constexpr std::string_view marks = "'()+_,-./:=? ";
    return is_alphanumeric(c) || marks.find(c) != marks.npos;
}

/// A value with parameters: "form-data; name=a; filename=\"b\"".
class parameter_reader {
public:
    explicit parameter_reader(std::string_view text) : rest_(text) {}

    /// The word before the parameters.
    std::string_view first() {
        std::string_view const word = trimmed(rest_.substr(0, rest_.find(';')));
        rest_.remove_prefix(std::min(rest_.size(), rest_.find(';')));
        return word;
    }

    /// False at the end, or where there is a fault.
    bool next(std::string_view& name, std::string& value) {
        skip_blanks();
        if (rest_.empty()) return false;
        if (!take(';')) return fail();
        skip_blanks();
        std::size_t const length = token_length();
        name = rest_.substr(0, length);
        rest_.remove_prefix(length);
        if (length == 0 || !take('=')) return fail();
        value.clear();
        if (take('"')) return read_quoted(value) || fail();
        std::size_t const end = token_length();
        value = rest_.substr(0, end);
        rest_.remove_prefix(end);
        return end > 0 || fail();
    }

    bool failed() const { return failed_; }

private:
    void skip_blanks() {
        while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
    }
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::size_t token_length() const {
        return static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), is_token) - rest_.begin());
    }
    bool read_quoted(std::string& value) {
        while (!rest_.empty()) {
            char c = rest_.front();
            rest_.remove_prefix(1);
            if (c == '"') return true;
            if (c == '\\') {
                if (rest_.empty()) return false;
                c = rest_.front();
                rest_.remove_prefix(1);
            }
            value += c;
        }
        return false;
    }
    bool fail() {
        failed_ = true;
        return false;
    }

    std::string_view rest_;
    bool failed_ = false;
};

http_fault bad(std::string message) {
    return {400, std::move(message)};
}
std::string number(std::size_t part) {
    return "part " + std::to_string(part);
}

/// The lines before the bytes of a part.
std::optional<http_fault> check_part_head(std::string_view lines, std::string const& part) {
    bool described = false;
    while (!lines.empty()) {
        std::string_view const line = lines.substr(0, lines.find("\r\n"));
        lines.remove_prefix(line.size() + 2);
        if (std::any_of(line.begin(), line.end(), [](char c) { return is_control(c) && c != '\t'; }))
            return bad(part + " has a control character in its head, such as CR or LF alone");
        std::size_t const colon = line.find(':');
        if (colon == 0 || colon == line.npos ||
            !std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), is_token))
            return bad(part + " has a line in its head that is not a name, a colon and a value");
        std::string_view const name = line.substr(0, colon), value = trimmed(line.substr(colon + 1));
        if (same_word(name, "content-transfer-encoding")) {
            if (!same_word(value, "binary") && !same_word(value, "8bit") && !same_word(value, "7bit"))
                return bad(part + " has a Content-Transfer-Encoding; send its bytes as they are");
        } else if (same_word(name, "content-disposition")) {
            if (described) return bad(part + " has Content-Disposition twice");
            described = true;
            parameter_reader reader(value);
            bool named = same_word(reader.first(), "form-data");
            if (!named) return bad(part + " is no form-data");
            named = false;
            std::string_view parameter;
            for (std::string given; reader.next(parameter, given);) {
                if (!same_word(parameter, "name")) continue;
                if (named) return bad(part + " has two names");
                named = true;
            }
            if (reader.failed()) return bad(part + " has a Content-Disposition that is not form-data; name=\"...\"");
            if (!named) return bad(part + " has no name");
        }
    }
    if (!described) return bad(part + " has no Content-Disposition: form-data");
    return {};
}

} // namespace

std::optional<http_fault> read_boundary(std::string_view content_type, std::string& boundary) {
    boundary.clear();
    parameter_reader reader(content_type);
    std::string_view const type = reader.first();
    if (!same_word(type.substr(0, 10), "multipart/")) return {};
    if (!same_word(type, "multipart/form-data"))
        return http_fault{415, "of bodies of several parts only multipart/form-data is known here"};
    std::optional<std::string> given;
    std::string_view name;
    for (std::string value; reader.next(name, value);) {
        if (!same_word(name, "boundary")) continue;
        if (given) return bad("Content-Type has two boundaries");
        given = value;
    }
    if (reader.failed()) return bad("Content-Type is not multipart/form-data; boundary=...");
    if (!given) return bad("Content-Type has no boundary");
    if (given->empty() || given->size() > 70 || given->back() == ' ' ||
        !std::all_of(given->begin(), given->end(), is_of_boundary))
        return bad("the boundary in Content-Type is not 1 to 70 of the characters that boundaries have");
    boundary = *given;
    return {};
}

std::optional<http_fault> read_multipart(std::string_view body, std::string_view boundary,
                                         multipart_limits const& limits, std::vector<std::string_view>& parts) {
    parts.clear();
    std::string const mark = "\r\n--" + std::string(boundary);
    if (!body.starts_with(std::string_view(mark).substr(2)))
        return bad("the body does not begin with the boundary that Content-Type names");
    std::string_view rest = body.substr(mark.size() - 2);
    std::boyer_moore_horspool_searcher const next_mark(mark.begin(), mark.end());
    auto const goes_on = [] { return bad("a line of the body begins with the boundary and goes on"); };
    for (;;) {
        // Behind a boundary.
        bool const last = rest.starts_with("--");
        if (last) rest.remove_prefix(2);
        while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
        if (last && (rest.empty() || rest == "\r\n")) break;
        if (last) return bad("bytes follow the last boundary of the body");
        if (rest.empty()) return bad("the body ends before its last boundary");
        if (!rest.starts_with("\r\n")) return goes_on();
        // A part: lines, an empty line, bytes. The bytes of a part without lines begin behind two line ends.
        if (parts.size() == limits.parts)
            return http_fault{413, "the body has more than " + std::to_string(limits.parts) + " parts"};
        std::string const part = number(parts.size() + 1);
        std::size_t const head = rest.substr(0, limits.head_bytes + 4).find("\r\n\r\n");
        if (head == rest.npos)
            return rest.size() > limits.head_bytes + 4
                       ? http_fault{413,
                                    part + " has a head of more than " + std::to_string(limits.head_bytes) + " bytes"}
                       : bad(part + " has no empty line behind its head");
        if (rest.substr(0, head).find(mark) != rest.npos) return goes_on();
        if (auto fault = check_part_head(head == 0 ? std::string_view() : rest.substr(2, head), part)) return fault;
        rest.remove_prefix(head + 4);
        // An empty part ends at the line end before it.
        std::string_view const from(rest.data() - 2, rest.size() + 2);
        auto const found = std::search(from.begin(), from.end(), next_mark);
        if (found == from.end()) return bad("the body ends before its last boundary");
        auto const size = std::max<std::ptrdiff_t>(0, found - from.begin() - 2);
        if (static_cast<std::size_t>(size) > limits.part_bytes)
            return http_fault{413, part + " has more than " + std::to_string(limits.part_bytes) + " bytes"};
        parts.push_back(rest.substr(0, static_cast<std::size_t>(size)));
        rest = from.substr(static_cast<std::size_t>(found - from.begin()) + mark.size());
    }
    if (parts.empty()) return bad("the body has no parts");
    return {};
}

} // namespace examples

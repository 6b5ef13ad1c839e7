// SPDX-License-Identifier: BSL-1.0
// Heads of requests: what is taken can be read in one way alone, by a second reader that looks for bytes.
#include "bytes.hpp"

#include "tools/serve/http_letters.hpp"
#include "tools/serve/http_text.hpp"
#include "tools/serve/multipart.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace {

/// The values of a field, by a search in the text.
std::vector<std::string> values_of(std::string const& text, std::string const& name) {
    std::vector<std::string> all;
    for (std::size_t at = text.find("\r\n"); at + 2 < text.size(); at = text.find("\r\n", at + 2)) {
        std::string line = text.substr(at + 2, text.find("\r\n", at + 2) - at - 2);
        if (line.size() <= name.size() || line[name.size()] != ':') continue;
        if (examples::same_word(line.substr(0, name.size()), name))
            all.emplace_back(examples::trimmed(std::string_view(line).substr(name.size() + 1)));
    }
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string const text(reinterpret_cast<char const*>(data), size);
    examples::http_head head, again;
    auto const fault = examples::read_http_head(text, head);
    auto const second = examples::read_http_head(text, again);
    fuzz::expect(fault.has_value() == second.has_value(), "the same text is taken and refused");
    if (fault) {
        static std::set<int> const known{400, 415, 417, 501, 505};
        fuzz::expect(known.contains(fault->status) && !fault->message.empty(), "a refusal without a status or words");
        return 0;
    }
    fuzz::expect(text.find("\r\n\r\n") == text.size() - 4, "the head does not end at its first empty line");
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') fuzz::expect(text.substr(i, 2) == "\r\n", "CR stands alone");
        if (text[i] == '\n') fuzz::expect(i > 0 && text[i - 1] == '\r', "LF stands alone");
    }
    auto const lengths = values_of(text, "Content-Length"), codings = values_of(text, "Transfer-Encoding");
    fuzz::expect(lengths.size() <= 1 && codings.size() <= 1 && lengths.size() + codings.size() <= 1, "two lengths");
    fuzz::expect(lengths.empty() != head.content_length.has_value(), "a length is overlooked");
    if (!lengths.empty()) {
        std::string digits = lengths[0];
        digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
        fuzz::expect(digits == std::to_string(*head.content_length), "a length is read as another one");
    }
    fuzz::expect(codings.empty() != head.chunked, "a coding is overlooked");
    fuzz::expect(values_of(text, "Host").size() + (head.minor == 0) >= 1, "no host");
    fuzz::expect(head.target.starts_with('/') && head.path.starts_with('/'), "the target is no path");
    fuzz::expect(text.starts_with(head.method + ' ' + head.target + " HTTP/1."), "the first line is read otherwise");
    fuzz::expect(std::none_of(head.path.begin(), head.path.end(), examples::is_control), "a control character");
    std::set<std::string> names;
    for (auto const& [name, value] : head.query) fuzz::expect(names.insert(name).second, "a name is given twice");

    std::string boundary;
    auto const wrong = examples::read_boundary(head.content_type, boundary);
    fuzz::expect(boundary.size() <= 70 && (!wrong || boundary.empty()), "a boundary that is none");
    return 0;
}

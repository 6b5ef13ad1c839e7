// SPDX-License-Identifier: BSL-1.0
// Bodies of several parts: what is taken is what a search for the boundary finds, and nothing else.
#include "bytes.hpp"

#include "tools/serve/multipart.hpp"

#include <algorithm>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::bytes choices(data, size);
    std::string boundary;
    for (int n = choices.in(1, 4); n > 0; --n) boundary += "b-"[choices.next() % 2];
    auto const rest = choices.rest();
    // A buffer of its own, so that reading behind it is noticed.
    std::vector<char> const bytes(reinterpret_cast<char const*>(rest.data()),
                                  reinterpret_cast<char const*>(rest.data()) + rest.size());
    std::string_view const body(bytes.data(), bytes.size());
    std::vector<std::string_view> parts;
    examples::multipart_limits const limits{.parts = 4, .head_bytes = 200, .part_bytes = 1000};
    auto const fault = examples::read_multipart(body, boundary, limits, parts);
    if (fault) {
        fuzz::expect((fault->status == 400 || fault->status == 413) && !fault->message.empty(),
                     "a refusal without a status or words");
        return 0;
    }
    fuzz::expect(!parts.empty() && parts.size() <= limits.parts, "the number of parts");
    std::string const mark = "\r\n--" + boundary, whole = "\r\n" + std::string(body);
    std::vector<std::size_t> marks;
    for (std::size_t at = whole.find(mark); at != whole.npos; at = whole.find(mark, at + 1)) marks.push_back(at);
    fuzz::expect(marks.size() == parts.size() + 1 && marks[0] == 0, "there are other boundaries");
    for (std::size_t i = 0; i < parts.size(); ++i) {
        fuzz::expect(parts[i].size() <= limits.part_bytes, "a part above its limit");
        // From behind a boundary: blanks, lines, an empty line, the part; then the next boundary.
        std::string const piece = whole.substr(marks[i] + mark.size(), marks[i + 1] - marks[i] - mark.size()) + "\r\n";
        std::size_t const empty = piece.find("\r\n\r\n");
        fuzz::expect(empty != piece.npos, "a part without an empty line");
        std::string const behind = piece.substr(empty + 4);
        fuzz::expect(behind.empty() ? parts[i].empty()
                                    : parts[i] == std::string_view(behind).substr(0, behind.size() - 2),
                     "the bytes of a part");
    }
    std::string end = whole.substr(marks.back() + mark.size());
    fuzz::expect(end.starts_with("--"), "no last boundary");
    end.erase(0, 2);
    end.erase(0, std::min(end.find_first_not_of(" \t"), end.size()));
    fuzz::expect(end.empty() || end == "\r\n", "bytes behind the last boundary");
    return 0;
}

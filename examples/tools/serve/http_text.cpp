// SPDX-License-Identifier: BSL-1.0
// Heads of requests.
#include "http_text.hpp"

#include "http_letters.hpp"

#include <algorithm>
#include <charconv>

namespace examples {

namespace {

bool is_graphic(char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F;
}

http_fault bad(std::string message) {
    return {400, std::move(message)};
}

std::optional<http_fault> read_target(std::string_view target, http_head& head) {
    if (target.empty() || target.front() != '/')
        return bad("the target of the request is no path; give one that begins with a slash");
    if (!std::all_of(target.begin(), target.end(), is_graphic))
        return bad("the target of the request has bytes that no URL has; write them as %XX");
    head.target = target;
    std::size_t const mark = target.find('?');
    auto path = decoded_url(target.substr(0, mark), false);
    if (!path) return bad("the path has a % without two hexadecimal digits, or a control character");
    head.path = std::move(*path);
    if (mark == target.npos) return {};
    std::string_view rest = target.substr(mark + 1);
    while (!rest.empty()) {
        std::string_view const part = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        if (part.empty()) continue;
        std::size_t const sign = part.find('=');
        auto name = decoded_url(part.substr(0, sign), true);
        auto value = decoded_url(sign == part.npos ? std::string_view() : part.substr(sign + 1), true);
        if (!name || !value) return bad("the query has a % without two hexadecimal digits, or a control character");
        for (auto const& [other, unused] : head.query)
            if (other == *name) return bad("the query has '" + *name + "' twice; give it once");
        head.query.emplace_back(std::move(*name), std::move(*value));
    }
    return {};
}

std::optional<http_fault> read_first_line(std::string_view line, http_head& head) {
    std::size_t const first = line.find(' '), second = line.find(' ', first + 1);
    if (first == line.npos || second == line.npos || line.find(' ', second + 1) != line.npos)
        return bad("the first line is not METHOD, a blank, a path, a blank and HTTP/1.1");
    head.method = line.substr(0, first);
    if (head.method.empty() || !std::all_of(head.method.begin(), head.method.end(), is_token))
        return bad("the method has letters that no method has");
    std::string_view const version = line.substr(second + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        if (version.starts_with("HTTP/")) return http_fault{505, "HTTP/1.1 and HTTP/1.0 are spoken here"};
        return bad("the first line does not end in HTTP/1.1");
    }
    head.minor = version.back() - '0';
    head.keeps_alive = head.minor == 1;
    return read_target(line.substr(first + 1, second - first - 1), head);
}

/// Version 00 of W3C Trace Context: 00-<32 digits>-<16 digits>-<2 digits>.
bool is_traceparent(std::string_view text) {
    if (text.size() != 55 || !text.starts_with("00-") || text[35] != '-' || text[52] != '-') return false;
    for (std::size_t i = 3; i < text.size(); ++i)
        if (i != 35 && i != 52 && !((text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f')))
            return false;
    return text.substr(3, 32) != std::string(32, '0') && text.substr(36, 16) != std::string(16, '0');
}

std::optional<http_fault> read_field(std::string_view name, std::string_view value, http_head& head, int& hosts) {
    if (same_word(name, "content-length")) {
        std::uint64_t length = 0;
        auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
        if (error != std::errc() || end != value.data() + value.size())
            return bad("Content-Length is no number of bytes in digits");
        if (head.content_length) return bad("Content-Length is given twice");
        head.content_length = length;
    } else if (same_word(name, "transfer-encoding")) {
        if (head.chunked) return bad("Transfer-Encoding is given twice");
        if (!same_word(value, "chunked")) return http_fault{501, "of transfer codings only 'chunked' is known here"};
        head.chunked = true;
    } else if (same_word(name, "host")) {
        ++hosts;
        if (value.find_first_of(" \t,/") != value.npos) return bad("Host is no name of one host");
    } else if (same_word(name, "connection")) {
        for (std::string_view rest = value; !rest.empty();) {
            std::string_view const word = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(word.size() + 1, rest.size()));
            if (same_word(trimmed(word), "close")) head.keeps_alive = false;
            else if (same_word(trimmed(word), "keep-alive") && head.minor == 0) head.keeps_alive = true;
        }
    } else if (same_word(name, "expect")) {
        if (!same_word(value, "100-continue")) return http_fault{417, "only 'Expect: 100-continue' is known here"};
        head.expects_continue = head.minor == 1;
    } else if (same_word(name, "content-encoding")) {
        if (!same_word(value, "identity"))
            return http_fault{415, "bodies are taken as they are; leave Content-Encoding out"};
    } else if (same_word(name, "content-type")) {
        if (!head.content_type.empty()) return bad("Content-Type is given twice");
        head.content_type = value;
    } else if (same_word(name, "traceparent")) {
        if (is_traceparent(value)) head.traceparent = value;
    }
    return {};
}

} // namespace

std::optional<std::string> decoded_url(std::string_view text, bool in_query) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '+' && in_query) c = ' ';
        if (c == '%') {
            unsigned byte = 0;
            if (text.size() - i < 3) return {};
            auto const [end, error] = std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16);
            if (error != std::errc() || end != text.data() + i + 3) return {};
            c = static_cast<char>(byte);
            i += 2;
        }
        if (is_control(c)) return {};
        result += c;
    }
    return result;
}

std::optional<http_fault> read_http_head(std::string_view text, http_head& head) {
    head = {};
    int hosts = 0;
    for (bool first = true;; first = false) {
        std::size_t const end = text.find("\r\n");
        if (end == text.npos) return bad("a line of the head does not end in CR LF");
        std::string_view const line = text.substr(0, end);
        text.remove_prefix(end + 2);
        if (line.empty()) {
            if (first) return bad("the request begins with an empty line");
            break;
        }
        if (std::any_of(line.begin(), line.end(), [](char c) { return is_control(c) && c != '\t'; }))
            return bad("a line of the head has a control character, such as CR or LF alone");
        if (first) {
            if (auto fault = read_first_line(line, head)) return fault;
            continue;
        }
        if (line.front() == ' ' || line.front() == '\t') return bad("a line of the head is folded; write it as one");
        std::size_t const colon = line.find(':');
        if (colon == 0 || colon == line.npos || !std::all_of(line.begin(), line.begin() + colon, is_token))
            return bad("a line of the head is not a name, a colon and a value");
        if (auto fault = read_field(line.substr(0, colon), trimmed(line.substr(colon + 1)), head, hosts)) return fault;
    }
    if (!text.empty()) return bad("bytes follow the head");
    if (head.chunked && head.content_length) return bad("Content-Length stands beside Transfer-Encoding");
    if (head.chunked && head.minor == 0) return bad("HTTP/1.0 has no Transfer-Encoding");
    if (hosts > 1) return bad("Host is given twice");
    if (hosts == 0 && head.minor == 1) return bad("a request of HTTP/1.1 names its Host");
    return {};
}

char const* http_reason(int status) {
    switch (status) {
    case 100:
        return "Continue";
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 400:
        return "Bad Request";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 422:
        return "Unprocessable Content";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Unknown";
    }
}

} // namespace examples

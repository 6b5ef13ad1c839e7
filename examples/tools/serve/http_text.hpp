// SPDX-License-Identifier: BSL-1.0
// The text of HTTP/1.1: heads of requests, which are refused unless every reader must read them alike, and queries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace examples {

/// Names and values of a query, decoded, in their order.
using http_query = std::vector<std::pair<std::string, std::string>>;

/// The head of a request: the lines before the body.
struct http_head {
    std::string method;
    std::string path;   ///< decoded; begins with a slash
    std::string target; ///< the path and the query as they were sent
    http_query query;
    int minor = 1; ///< of the version, HTTP/1.0 or 1.1
    std::optional<std::uint64_t> content_length;
    bool chunked = false;
    bool expects_continue = false;
    bool keeps_alive = true; ///< whether the client wants another request on the connection
    std::string content_type;
    std::string traceparent; ///< of W3C Trace Context, where it has that form

    bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

/// Why a request is refused.
struct http_fault {
    int status = 400;
    std::string message;
};

/// Reads a head, up to the empty line and with it. Nothing that RFC 9112 leaves to the reader's tolerance is taken:
/// lines end in CR LF, names stand directly before their colons, no line is folded, no control character is anywhere,
/// the method is followed by one blank and a path. A length is given once, in digits, and not beside a transfer coding,
/// of which `chunked` alone is known, and that only in HTTP/1.1, whose requests name one host. Otherwise two readers of
/// the same bytes may see different requests, which is how requests are smuggled past a proxy.
std::optional<http_fault> read_http_head(std::string_view text, http_head& head);

/// Replaces %XX by the bytes, and in a query + by a blank. Nothing where a % is not followed by two hexadecimal digits,
/// or where a byte is a control character.
std::optional<std::string> decoded_url(std::string_view text, bool in_query);

/// The standard's words for a status.
char const* http_reason(int status);

} // namespace examples

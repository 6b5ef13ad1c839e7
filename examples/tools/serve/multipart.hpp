// SPDX-License-Identifier: BSL-1.0
// Bodies of several parts, multipart/form-data, as forms of web pages and `curl --form` send them.
#pragma once

#include "http_text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace examples {

/// Reads the boundary from the value of a Content-Type: 1 to 70 characters of those that RFC 2046 allows, given once.
/// It stays empty for a type that is not multipart. @returns 400 for a wrong value, and 415 for another multipart type.
std::optional<http_fault> read_boundary(std::string_view content_type, std::string& boundary);

struct multipart_limits {
    std::size_t parts = 8;
    std::size_t head_bytes = 4096;            ///< of the lines before the bytes of a part
    std::size_t part_bytes = ~std::size_t{0}; ///< of the bytes of a part
};

/// Finds the bytes of the parts, in their order; they are views of the body. Names of parts and names of files are
/// read, so that a wrong one is refused, and forgotten.
///
/// What RFC 2046 and RFC 7578 leave to the reader's tolerance is refused: text before the first boundary and behind the
/// last one, lines that begin with the boundary and go on, lines of a part's head that are folded or do not end in
/// CR LF, a part without `Content-Disposition: form-data; name=...`, or with a transfer encoding that changes bytes.
/// Blanks behind a boundary are taken, as RFC 2046 demands.
/// @returns 400, or 413 above a limit.
std::optional<http_fault> read_multipart(std::string_view body, std::string_view boundary,
                                         multipart_limits const& limits, std::vector<std::string_view>& parts);

} // namespace examples

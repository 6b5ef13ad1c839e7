// SPDX-License-Identifier: BSL-1.0
// JSON to write, behind types that are quick to compile with.
#pragma once

#include <quoin/core/geometry.hpp>

#include <cstddef>
#include <iosfwd>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace examples {

struct json_value;
using json_array = std::vector<json_value>;
using json_object = std::vector<std::pair<std::string, json_value>>; ///< in the order of its text

struct json_value : std::variant<std::nullptr_t, bool, quoin::index_t, double, std::string, json_array, json_object> {
    using variant::variant;
};

/// In lines that are indented by two blanks a level. What is not UTF-8, as a file name need not be, is replaced.
std::string json_text(json_object const& object);

/// Prints an object as one line.
void print_json(json_object const& object, std::ostream& out);

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// The catalogue as text: --list, --list=json, and what --help says of the operations.
#pragma once

#include "../common/command_line.hpp"
#include "../common/json.hpp"

#include <string>

namespace examples {

/// An operation a line.
std::string operations_help();

/// What --list=json prints, and the same before it is text.
json_object operations_object();
std::string operations_json();

/// Adds --list.
void add_list_option(command_line& line);

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// The service described for programs: OpenAPI 3.1.
#pragma once

#include <string>

namespace examples {

/// Made from endpoints(), the options of their queries and the catalogue.
std::string openapi_json();

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// version_text: the version of quoin, as "0.1.0".
#pragma once

#include <quoin/version.hpp>

#include <string>

namespace examples {

inline std::string version_text() {
    return std::to_string(QUOIN_VERSION_MAJOR) + '.' + std::to_string(QUOIN_VERSION_MINOR) + '.' +
           std::to_string(QUOIN_VERSION_PATCH);
}

} // namespace examples

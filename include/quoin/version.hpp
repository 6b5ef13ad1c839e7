// SPDX-License-Identifier: BSL-1.0
// The version of quoin, as macros for the preprocessor; CMakeLists.txt reads it from here.
#pragma once

#define QUOIN_VERSION_MAJOR 0
#define QUOIN_VERSION_MINOR 1
#define QUOIN_VERSION_PATCH 0

// SPDX-License-Identifier: BSL-1.0
// Includes xsimd without its warnings; see QUOIN_INTRINSICS_BEGIN.
#pragma once

#include <quoin/config.hpp>

QUOIN_INTRINSICS_BEGIN
#include <xsimd/xsimd.hpp>
QUOIN_INTRINSICS_END

// SPDX-License-Identifier: BSL-1.0
// Hands out a name that is not public, and includes an umbrella.
#pragma once
#include <quoin/quoin.hpp>
namespace quoin {
using detail::inner;
}

// SPDX-License-Identifier: BSL-1.0
// The connectivity of masks and labels, which is that of filters.
#pragma once

#include <quoin/core/connectivity.hpp>

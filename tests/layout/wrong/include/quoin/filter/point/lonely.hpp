// SPDX-License-Identifier: BSL-1.0
#pragma once
#include <quoin/exec/untested.hpp>

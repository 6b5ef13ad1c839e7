// SPDX-License-Identifier: BSL-1.0
// A folder that is in no plan.
#pragma once

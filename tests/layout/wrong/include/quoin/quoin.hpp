// SPDX-License-Identifier: BSL-1.0
// An umbrella that forgets everything. This tree is wrong in ways that check.py is to notice.
#pragma once

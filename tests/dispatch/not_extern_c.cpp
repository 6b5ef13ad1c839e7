// SPDX-License-Identifier: BSL-1.0
// A function that is not extern "C": refused.

int not_extern_c() { return 1; }

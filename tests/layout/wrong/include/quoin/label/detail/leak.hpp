// SPDX-License-Identifier: BSL-1.0
// Declares something public where nothing is.
#pragma once
namespace quoin {
namespace detail {
struct inner { char const* braces = R"(}})"; };
}
struct outer {};
}

// SPDX-License-Identifier: BSL-1.0
// The pages for browsers: the files of the folder pages, which the build puts into the program.
#pragma once

#include <span>
#include <string_view>

namespace examples {

struct page {
    std::string_view path, type, text;
};

std::span<page const> pages();

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// What the tests of trace share: images, and what a trace says in a form to be compared.
#pragma once

#include <quoin/observe/trace.hpp>

#include "support/oracle.hpp"

#include <quoin/image/image.hpp>

#include <algorithm>
#include <sstream>
#include <string>

namespace test {

using namespace quoin;

inline image<rgb8> picture(extent size) {
    auto const pixels = test::random_pixels<rgb8>(size, 31);
    image<rgb8> result(size);
    for (index_t y = 0; y < size.height; ++y)
        for (index_t x = 0; x < size.width; ++x) result(x, y) = pixels(x, y);
    return result;
}

/// "stage kind rows" of every stage, one a line.
inline std::string rows_of(trace const& t) {
    std::string text;
    for (stage_time const& s : t.stages())
        text += s.stage + ' ' + detail::kind_name(s.kind) + ' ' + std::to_string(s.rows) + '\n';
    return text;
}

inline index_t blocks_of(trace const& t) {
    index_t sum = 0;
    for (thread_time const& w : t.threads()) sum += w.blocks;
    return sum;
}

inline std::string chrome(trace const& t) {
    std::ostringstream out;
    t.write_chrome(out);
    return out.str();
}

inline index_t count(std::string const& text, std::string const& part) {
    index_t n = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != text.npos; at += part.size()) ++n;
    return n;
}

} // namespace test

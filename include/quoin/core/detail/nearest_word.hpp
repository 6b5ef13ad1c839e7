// SPDX-License-Identifier: BSL-1.0
// "Did you mean": the word of a list that is nearest to a misspelled word.
#pragma once

#include <quoin/config.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The least number of letters to insert, delete, replace or swap with the next one to change a into b.
inline std::size_t letters_apart(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}

/// The first of the nearest words, or an empty word if more than a third of its letters are others. The case of letters
/// does not count.
template <class Words>
std::string_view nearest_word(std::string_view text, Words const& words) {
    auto const in_lower_case = [](std::string_view word) {
        std::string lower(word);
        for (char& c : lower)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return lower;
    };
    std::string const given = in_lower_case(text);
    std::string_view near;
    std::size_t least = (text.size() + 1) / 3;
    for (std::string_view const word : words)
        if (std::size_t const d = letters_apart(given, in_lower_case(word)); d <= least && d < text.size()) {
            if (d < least || near.empty()) near = word;
            least = d;
        }
    return near;
}

} // namespace detail

QUOIN_NAMESPACE_END

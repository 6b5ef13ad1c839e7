// SPDX-License-Identifier: BSL-1.0
// What regularize promises, held against what it returns.
#pragma once

#include "support/masks.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/rect/regularize.hpp>

#include <algorithm>
#include <set>

namespace masks {

using namespace quoin;

/// Whether pixel (x, y) has a pixel of the value within the distance, in the mask.
inline bool near(bit_image const& m, index_t x, index_t y, index_t distance, bool value) {
    for (index_t v = std::max<index_t>(0, y - distance); v <= std::min(m.height() - 1, y + distance); ++v)
        for (index_t u = std::max<index_t>(0, x - distance); u <= std::min(m.width() - 1, x + distance); ++u)
            if (m.get(u, v) == value) return true;
    return false;
}

/// The least distance within which every changed pixel has a pixel of its new value in the given mask.
inline index_t distance_of(bit_image const& given, bit_image const& made) {
    index_t distance = 0;
    for (index_t y = 0; y < given.height(); ++y)
        for (index_t x = 0; x < given.width(); ++x)
            while (made.get(x, y) != given.get(x, y) && !near(given, x, y, distance, made.get(x, y))) ++distance;
    return distance;
}

/// For each component of a mask the one of the given mask that it meets; nothing unless they meet one by one.
inline std::vector<index_t> partners(bit_image const& given, bit_image const& made) {
    std::vector<index_t> const old_label = masks::flood_fill(given, false);
    std::vector<index_t> const new_label = masks::flood_fill(made, false);
    std::set<std::pair<index_t, index_t>> pairs;
    for (std::size_t i = 0; i < old_label.size(); ++i)
        if (old_label[i] >= 0 && new_label[i] >= 0) pairs.insert({old_label[i], new_label[i]});
    auto const count = [](std::vector<index_t> const& label) {
        return label.empty() ? 0 : *std::max_element(label.begin(), label.end()) + 1;
    };
    std::vector<index_t> old_of(static_cast<std::size_t>(count(new_label)), -1);
    for (auto const& [k, n] : pairs) old_of[static_cast<std::size_t>(n)] = k;
    bool const one_by_one =
        static_cast<index_t>(pairs.size()) == count(old_label) && count(old_label) == count(new_label);
    return one_by_one ? old_of : std::vector<index_t>{};
}

/// What is wrong with what regularize makes of the mask, found by plain loops; empty when nothing is.
inline std::string fault(bit_image const& given, regularize_options const& options, regularized const& made) {
    if (!(made.mask.size() == given.size())) return "another size";
    index_t set = 0, changed = 0, both = 0, either = 0;
    for (index_t y = 0; y < given.height(); ++y)
        for (index_t x = 0; x < given.width(); ++x) {
            bool const a = given.get(x, y), b = made.mask.get(x, y);
            set += a;
            changed += a != b;
            both += a && b;
            either += a || b;
        }
    bool const bounded = options.max_area_error < 1;
    if (bounded && static_cast<double>(changed) > options.max_area_error * static_cast<double>(set))
        return "too much has changed";
    if (made.area_error != (set == 0 ? 0.0 : static_cast<double>(changed) / static_cast<double>(set)))
        return "a wrong area error";
    if (made.iou != (either == 0 ? 1.0 : static_cast<double>(both) / static_cast<double>(either))) return "a wrong IoU";
    if (made.edge_error > options.max_edge_error) return "edges too far off";
    if (made.edge_error != distance_of(given, made.mask)) return "a wrong edge error";

    std::vector<index_t> const old_of = partners(given, made.mask);
    if (old_of.empty() && either > 0) return "components were joined, cut or lost";

    component_map expected = components(serial{}, made.mask);
    for (index_t& label : expected.label) label = old_of[static_cast<std::size_t>(label)];
    if (!(made.map.runs.all == expected.runs.all) || made.map.label != expected.label) return "wrong labels";
    for (std::size_t n = 0; n < expected.components.size(); ++n)
        if (!(made.map.components[static_cast<std::size_t>(old_of[n])] == expected.components[n]))
            return "a wrong component";
    return "";
}

} // namespace masks

// SPDX-License-Identifier: BSL-1.0
// What a segment_stream hands out, put together and held against the results for the whole mask.
#pragma once

#include "support/masks.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/label/components.hpp>
#include <quoin/rect/run_merge.hpp>
#include <quoin/rect/segment_stream.hpp>

#include <optional>

namespace masks {

using namespace quoin;

/// Puts together what a stream hands out, and notes what comes twice or never.
struct stream_collector {
    std::vector<std::optional<labeled_rect>> boxes; // with their parts
    struct piece {
        std::optional<index_t> into;
        std::optional<component> whole;
    };
    std::vector<piece> parts;
    std::string fault;

    template <class T>
    static auto& at(std::vector<T>& list, index_t number) {
        if (std::size(list) <= static_cast<std::size_t>(number)) list.resize(static_cast<std::size_t>(number) + 1);
        return list[static_cast<std::size_t>(number)];
    }
    void add_rectangle(index_t number, rect const& box, index_t in) {
        auto& place = at(boxes, number);
        if (place) fault = "a rectangle twice";
        place = {box, in};
    }
    void join_parts(index_t part, index_t into) {
        auto& place = at(parts, part);
        if (place.into || place.whole) fault = "a part twice";
        if (into >= part) fault = "joined to a later part";
        place.into = into;
    }
    void add_component(index_t part, component const& c) {
        auto& place = at(parts, part);
        if (place.into || place.whole) fault = "a part twice";
        place.whole = c;
    }

    /// As segment returns them.
    std::pair<std::vector<labeled_rect>, std::vector<component>> result() {
        std::vector<index_t> index;
        std::pair<std::vector<labeled_rect>, std::vector<component>> all;
        for (piece const& p : parts) {
            if (!p.into && !p.whole) fault = "a part never";
            if (p.into) index.push_back(index[static_cast<std::size_t>(*p.into)]);
            else index.push_back(static_cast<index_t>(all.second.size()));
            if (p.whole) all.second.push_back(*p.whole);
        }
        for (auto const& r : boxes) {
            if (!r) fault = "a rectangle never";
            else all.first.push_back({r->box, index.at(static_cast<std::size_t>(r->component))});
        }
        return all;
    }
};

inline bit_image cut_out(bit_image const& m, index_t begin, index_t end) {
    bit_image band(m.width(), end - begin);
    for (index_t y = begin; y < end; ++y) std::copy_n(m.row(y), m.words_per_row(), band.row(y - begin));
    return band;
}

/// What is wrong with the stream of a mask in bands of the given heights, used in turn; empty when nothing is.
template <concepts::policy Policy>
std::string stream_fault(Policy const& p, bit_image const& m, std::vector<index_t> const& heights, connectivity c) {
    component_map const map = components(serial{}, m, c);
    auto const expected = rectangles(serial{}, m, run_merge(serial{}, m), map);
    stream_collector sink;
    segment_stream stream(m.width(), sink, c);
    std::size_t turn = 0;
    for (index_t y = 0; y < m.height(); ++turn) {
        index_t const end = std::min(m.height(), y + heights[turn % heights.size()]);
        stream.push(p, cut_out(m, y, end));
        y = end;
    }
    stream.finish();
    auto const [list, parts] = sink.result();
    if (!sink.fault.empty()) return sink.fault;
    if (stream.rows() != m.height()) return "the number of rows";
    if (stream.rectangles() != static_cast<index_t>(expected.size())) return "the number of rectangles";
    if (stream.open_parts() != 0 || stream.open_rectangles() != 0) return "something is still open";
    if (list != expected) return "the rectangles";
    if (parts != map.components) return "the components";
    return "";
}

} // namespace masks

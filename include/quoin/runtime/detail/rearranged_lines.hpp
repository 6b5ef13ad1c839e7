// SPDX-License-Identifier: BSL-1.0
// Lines of parts of an image, mirrored or not, in chains that are chosen at run time.
#pragma once

#include <quoin/runtime/detail/pointwise_lines.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Lines of a rectangle of the upstream pixels, mirrored or not. Mirrored columns are reversed within each plane.
template <class Lanes, class T>
class rearranged_lines final : public line_source<T> {
public:
    rearranged_lines(owned<line_source<T>> upstream, rect region, bool mirrors_columns, bool mirrors_rows, int channels,
                     line_memory* memory)
        : line_source<T>(region.size()), from_(std::move(upstream), channels, memory), region_(region),
          mirrors_columns_(mirrors_columns), mirrors_rows_(mirrors_rows), channels_(channels) {}

    void prepare(interval columns) override { from_.prepare(input(columns), 2 * Lanes::count); }
    void fill(T* line, index_t plane, interval columns, index_t y) override {
        index_t const from_y = mirrors_rows_ ? region_.bottom() - 1 - y : region_.y + y;
        if (!mirrors_columns_) return from_.fill_elsewhere(line, plane, input(columns), from_y);
        index_t const width = columns.end - columns.begin;
        T const* const from = from_.fill(input(columns), from_y);
        for (int c = 0; c < channels_; ++c)
            for (index_t x = 0; x < width; x += Lanes::count) {
                // The last step would begin before the line, so it is copied pixel by pixel.
                index_t const at = width - Lanes::count - x;
                T const* const plane_from = from + c * from_.plane();
                if (at >= 0) {
                    Lanes::store(line + c * plane + x, Lanes::reversed(Lanes::template load_as<T>(plane_from + at)));
                } else {
                    for (index_t i = x; i < width; ++i) line[c * plane + i] = plane_from[width - 1 - i];
                }
            }
    }

private:
    interval input(interval columns) const {
        if (mirrors_columns_) return {region_.right() - columns.end, region_.right() - columns.begin};
        return {region_.x + columns.begin, region_.x + columns.end};
    }

    kept_line<T> from_;
    rect region_;
    bool mirrors_columns_, mirrors_rows_;
    int channels_;
};

} // namespace detail

QUOIN_NAMESPACE_END

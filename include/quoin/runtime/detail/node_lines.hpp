// SPDX-License-Identifier: BSL-1.0
// A node of the line engine as lines of a chain that is chosen at run time.
#pragma once

#include <quoin/exec/line/line_source.hpp>

#include <algorithm>
#include <concepts>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Lines of a node that fills them, or has a cursor for each channel: a local or a resampling stage of one channel
/// type.
template <class Lanes, class R, class Node>
class node_lines final : public line_source<R> {
public:
    node_lines(Node&& node, int channels) : line_source<R>(node.size()), node_(std::move(node)), channels_(channels) {}

    void prepare(interval columns) override {
        node_.prepare(columns);
        prepared_ = columns;
        row_ = -1;
    }
    void fill(R* line, index_t plane, interval columns, index_t y) override {
        if constexpr (requires { node_.fill(line, plane, y); }) {
            if (columns.begin == prepared_.begin && columns.end == prepared_.end) node_.fill(line, plane, y);
            else fill_part(line, plane, columns, y);
        } else {
            node_.move_to(y);
            for (int c = 0; c < channels_; ++c)
                store_steps<Lanes, R, false>(node_.cursor(c), line + c * plane - columns.begin, 0, columns.begin,
                                             columns.end);
        }
    }
    /// What halves pixels of three or four bytes of a view has a way to write pixels.
    bool write(R* to, interval columns, index_t y) override {
        if constexpr (requires {
                          { node_.pixels(y, columns, to) } -> std::same_as<R const*>;
                      })
            return columns.begin == prepared_.begin && columns.end == prepared_.end && node_.pixels(y, columns, to);
        else return false;
    }
    byte_columns columns_of_bytes() override {
        if constexpr (requires { node_.columns_of_bytes(); }) return node_.columns_of_bytes();
        else return {};
    }
    number_columns columns_of_numbers() override {
        if constexpr (requires { node_.columns_of_numbers(); }) return node_.columns_of_numbers();
        else return {};
    }

private:
    /// Some of the columns, for a caller that reads a row in parts. The node computes whole rows, one after the other.
    void fill_part(R* line, index_t plane, interval columns, index_t y) {
        index_t const own = prepared_.end - prepared_.begin + Lanes::count;
        if (y != row_) {
            if (row_ < 0) line_.renew(node_.memory(), own * channels_);
            node_.fill(line_.data(), own, y);
            row_ = y;
        }
        for (int c = 0; c < channels_; ++c) {
            R const* const from = line_.data() + c * own + (columns.begin - prepared_.begin);
            std::copy_n(from, columns.end - columns.begin, line + c * plane); // a loop at -O2 has no vectors
        }
    }

    Node node_;
    int channels_;
    interval prepared_{};
    index_t row_ = -1; // that of line_
    line_array<R> line_;
};

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// segment_stream: components and rectangles of a mask that arrives in bands of rows and need not fit memory.
#pragma once

#include <quoin/label/components.hpp>

#include <algorithm>
#include <limits>
#include <utility>

QUOIN_NAMESPACE_BEGIN

namespace concepts {

/// Takes what a segment_stream finds, each thing once, when no later row can change it:
///     add_rectangle(number, box, part)  the rectangle of this number, which lies in this part
///     join_parts(part, into)            two parts have met: `part` belongs to `into`, which is smaller
///     add_component(part, c)            a component is complete; parts joined into this one belong to it
/// Rectangles are numbered in raster order of their top-left corners: `number` is the index in the list that
/// segment returns. A part is a component as far as it was known; parts are numbered in raster order of their
/// first pixels. The index of a component in the list that segment returns is the number of components whose
/// part is smaller. Numbers do not come in order; each from 0 on comes once, a part either joined or as a
/// component. A rectangle may name a part that was joined or is joined later.
template <class Sink>
concept segment_sink = requires(Sink& sink, index_t number, rect const& box, component const& c) {
    sink.add_rectangle(number, box, number);
    sink.join_parts(number, number);
    sink.add_component(number, c);
};

} // namespace concepts

/// The components of a mask, and the rectangles of run_merge, row by row:
///     segment_stream stream(width, sink);
///     while (...) stream.push(policy, band);  // the next rows, from the top
///     stream.finish();
/// What the sink gets is that of the whole mask, whatever the bands and the policy: the rectangles of
/// rectangles(p, mask, run_merge(p, mask), map) and the components of components(p, mask, c). Rows and all
/// numbers have 64 bits.
///
/// Memory: the runs of a band, the runs of the last row with their rectangles, and the sums of the components
/// that reach the last row; nothing that grows with the rows. Time: that of runs for a band, under the policy,
/// then a few steps for each run, one after the other. An exception, the sink's too, leaves a stream that
/// cannot go on.
template <concepts::segment_sink Sink>
class segment_stream {
public:
    /// The sink must outlive the stream. @throws invalid_argument for a width < 0 or above 2^31 - 1.
    segment_stream(index_t width, Sink& sink, connectivity c = connectivity::four)
        : sink_(sink), width_(width), reach_(c == connectivity::eight ? 1 : 0) {
        if (width < 0 || width > std::numeric_limits<std::int32_t>::max())
            detail::raise("quoin::segment_stream: the width is ", width, "; give a number of pixels in 0 .. ",
                          std::numeric_limits<std::int32_t>::max());
    }

    /// The next rows. @throws invalid_argument for another width, or after finish().
    template <concepts::policy Policy>
    void push(Policy const& p, bit_image const& band) {
        if (band.width() != width_)
            detail::raise("quoin::segment_stream: a band is ", band.width(), " pixels wide, the mask ", width_,
                          "; give whole rows");
        if (finished_) detail::raise("quoin::segment_stream: rows after finish(); make another stream");
        run_list const list = runs(p, band);
        for (index_t y = 0; y < band.height(); ++y) add_row(list.row(y));
    }

    /// There are no more rows: everything that is open is handed out. A second call does nothing.
    void finish() {
        if (finished_) return;
        add_row({}); // nothing continues into a row without runs, and it is none of the mask's
        --rows_;
        finished_ = true;
    }

    /// How much there was so far.
    index_t rows() const { return rows_; }
    index_t rectangles() const { return rectangles_; }
    index_t parts() const { return parts_; }
    /// How much of it can still grow.
    index_t open_rectangles() const { return static_cast<index_t>(last_.size()); }
    index_t open_parts() const { return static_cast<index_t>(slots_.size() - unused_.size()); }

private:
    using slot_id = std::int32_t;
    static constexpr slot_id none = -1;

    /// A run of the last row, the rectangle that it ends, and the place of its part.
    struct open_run {
        pixel_run run;
        slot_id part = none;
        index_t number = -1;
        index_t top = 0;
    };
    struct open_part {
        slot_id parent; // itself, or the place of the part that it was joined into while this row was added
        index_t number;
        index_t last_row;
        index_t area = 0, sum_x = 0, sum_y = 0;
        index_t left, right = 0, top;
    };

    void add_row(std::span<pixel_run const> row) {
        next_.clear();
        std::size_t first = 0; // of the last row's runs, the first that this or a later run can touch
        for (pixel_run const run : row) {
            open_run here{run};
            while (first < last_.size() && last_[first].run.end + reach_ <= run.begin) ++first;
            for (std::size_t i = first; i < last_.size() && last_[i].run.begin < run.end + reach_; ++i) {
                here.part = here.part == none ? root_of(last_[i].part) : join(here.part, last_[i].part);
                if (last_[i].run == run) {
                    here.number = std::exchange(last_[i].number, -1);
                    here.top = last_[i].top;
                }
            }
            if (here.part == none) here.part = new_part(run);
            if (here.number < 0) {
                here.number = rectangles_++;
                here.top = rows_;
            }
            next_.push_back(here);
        }
        for (open_run& each : next_) {
            each.part = root_of(each.part);
            extend(slots_[each.part], each.run);
        }
        for (open_run const& each : last_)
            if (each.number >= 0)
                sink_.add_rectangle(each.number,
                                    rect{each.run.begin, each.top, each.run.end - each.run.begin, rows_ - each.top},
                                    slots_[root_of(each.part)].number);
        for (open_run const& each : last_) close(each.part);
        last_.swap(next_);
        ++rows_;
    }

    slot_id root_of(slot_id s) {
        while (slots_[s].parent != s) s = slots_[s].parent = slots_[slots_[s].parent].parent;
        return s;
    }

    slot_id new_part(pixel_run run) {
        slot_id s;
        if (unused_.empty()) {
            s = static_cast<slot_id>(slots_.size());
            slots_.emplace_back();
        } else {
            s = unused_.back();
            unused_.pop_back();
        }
        slots_[s] = {.parent = s, .number = parts_++, .last_row = rows_, .left = run.begin, .top = rows_};
        return s;
    }

    /// Returns the place of the part with the smaller number, to which all then belongs.
    slot_id join(slot_id a, slot_id b) {
        a = root_of(a);
        b = root_of(b);
        if (a == b) return a;
        if (slots_[b].number < slots_[a].number) std::swap(a, b);
        open_part& into = slots_[a];
        open_part& from = slots_[b];
        from.parent = a;
        into.area += from.area;
        into.sum_x += from.sum_x;
        into.sum_y += from.sum_y;
        into.left = std::min(into.left, from.left);
        into.right = std::max(into.right, from.right);
        sink_.join_parts(from.number, into.number);
        return a;
    }

    void extend(open_part& part, pixel_run run) {
        index_t const count = index_t{run.end} - run.begin;
        part.area += count;
        part.sum_x += count * (index_t{run.begin} + run.end - 1) / 2;
        part.sum_y += count * rows_;
        part.left = std::min<index_t>(part.left, run.begin);
        part.right = std::max<index_t>(part.right, run.end);
        part.last_row = rows_;
    }

    /// Frees the place of a part of the last row that this row does not have, or has under another part.
    void close(slot_id s) {
        open_part& part = slots_[s];
        if (part.last_row == rows_) return; // alive, or closed already
        if (part.parent == s) {
            auto const area = static_cast<double>(part.area);
            component c;
            c.area = part.area;
            c.box = {part.left, part.top, part.right - part.left, rows_ - part.top};
            c.centroid_x = static_cast<double>(part.sum_x) / area;
            c.centroid_y = static_cast<double>(part.sum_y) / area;
            sink_.add_component(part.number, c);
        }
        part.last_row = rows_;
        unused_.push_back(s);
    }

    Sink& sink_;
    index_t width_;
    index_t reach_;
    index_t rows_ = 0;
    index_t rectangles_ = 0;
    index_t parts_ = 0;
    bool finished_ = false;
    std::vector<open_run> last_;
    std::vector<open_run> next_;
    std::vector<open_part> slots_;
    std::vector<slot_id> unused_;
};

QUOIN_NAMESPACE_END

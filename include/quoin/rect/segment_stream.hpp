// SPDX-License-Identifier: BSL-1.0
// segment_stream: components and rectangles of a mask that arrives in bands of rows and need not fit memory.
#pragma once

#include <quoin/exec/detail/policy_ref.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/rect/detail/merged_runs.hpp>

#include <algorithm>
#include <numeric>
#include <utility>

QUOIN_NAMESPACE_BEGIN

namespace concepts {

/// Receives the results of a segment_stream. Each result arrives once, when no later row can change it:
///     add_rectangle(number, box, part)  the rectangle of this number, which lies in this part
///     join_parts(part, into)            two parts are connected: `part` belongs to `into`, which is smaller
///     add_component(part, c)            a component is complete; the parts joined into this one belong to it
/// Rectangles are numbered in raster order of their top-left corners, so `number` is the index in the list that segment
/// returns. A part is a component as far as it was known. Parts are numbered in raster order of their first pixels. The
/// index of a component in the list that segment returns is the number of components with a smaller part. Numbers do
/// not arrive in order. Each number from 0 on arrives once; a part arrives either joined or as a component. A rectangle
/// may name a part that was joined or is joined later.
template <class Sink>
concept segment_sink = requires(Sink& sink, index_t number, rect const& box, component const& c) {
    sink.add_rectangle(number, box, number);
    sink.join_parts(number, number);
    sink.add_component(number, c);
};

} // namespace concepts

/// The components of a mask and the rectangles of run_merge, band by band:
///     segment_stream stream(width, sink);
///     while (...) stream.push(policy, band);  // the next rows, from the top
///     stream.finish();
/// The sink receives the results for the whole mask: the rectangles of rectangles(p, mask, run_merge(p, mask), map) and
/// the components of components(p, mask, c). They do not depend on the bands or the policy. Rows and all numbers have
/// 64 bits.
///
/// Fewer than 64 rows wait until there are 64, or until flush() or finish(), because many rows together take less time
/// than rows one by one. Cost: that of segment for each band, under the policy, then a few serial steps for each
/// rectangle and component of the band. Memory: the rectangles and components of a band, the runs of the last row with
/// their rectangles, and the sums of the components that reach the last row. Memory does not grow with the number of
/// rows, and is reused from band to band. After an exception, including one from the sink, the stream must not be used.
template <concepts::segment_sink Sink>
class segment_stream {
public:
    /// The sink must outlive the stream.
    /// @throws invalid_argument for a width < 0 or above 2^31 - 1.
    segment_stream(index_t width, Sink& sink, connectivity c = connectivity::four)
        : sink_(sink), width_(width), connected_(c) {
        if (width < 0 || width > std::numeric_limits<std::int32_t>::max())
            detail::raise("quoin::segment_stream: the width is ", width, "; give a number of pixels in 0 .. ",
                          std::numeric_limits<std::int32_t>::max());
    }

    /// Takes the next rows.
    /// @throws invalid_argument for another width, more than 2^31 - 1 rows, or after finish().
    template <concepts::policy Policy>
    void push(Policy const& p, bit_image const& band) {
        if (band.width() != width_)
            detail::raise("quoin::segment_stream: a band is ", band.width(), " pixels wide, the mask ", width_,
                          "; give whole rows");
        detail::check_sides("quoin::segment_stream", band.size());
        if (finished_) detail::raise("quoin::segment_stream: rows after finish(); make another stream");
        index_t y = waiting_rows_ > 0 ? wait(p, band, 0) : 0;
        if (band.height() - y < least_rows) {
            wait(p, band, y);
            return;
        }
        index_t const rows = least_rows * (p.concurrency() > 1 ? index_t{4} * p.concurrency() : 1);
        for (; y < band.height(); y += rows) merge(p, band, y, std::min(band.height(), y + rows));
    }

    /// Processes the waiting rows now.
    template <concepts::policy Policy>
    void flush(Policy const& p) {
        if (index_t const rows = std::exchange(waiting_rows_, 0); rows > 0) merge(p, waiting_, 0, rows);
    }

    /// Ends the mask and hands out everything that is open. A second call does nothing.
    void finish() {
        if (finished_) return;
        flush(serial{});
        found_.clear();
        sums_.clear();
        add_band({}, {}, 0, 0); // an empty band, so that nothing continues
        finished_ = true;
    }

    /// The number of rows so far.
    index_t rows() const { return merged_rows_ + waiting_rows_; }
    /// The numbers of rectangles and parts so far, without those of waiting rows.
    index_t rectangles() const { return rectangles_; }
    index_t parts() const { return parts_; }
    /// The numbers of rectangles and parts that can still grow.
    index_t open_rectangles() const { return static_cast<index_t>(last_.size()); }
    index_t open_parts() const { return static_cast<index_t>(open_.size()); }

private:
    /// The rectangle that ends with a run of the last row, and the index of its part in open_.
    struct open_rectangle {
        index_t number = 0;
        index_t top = 0;
        index_t part = 0;
    };
    /// Rows are those of the whole mask.
    struct open_part {
        index_t number = 0;
        index_t area = 0, sum_x = 0, sum_y = 0;
        index_t left = 0, top = 0, right = 0, bottom = 0;
        bool goes_on = false; ///< it reaches the last row

        void add(open_part const& other) {
            area += other.area;
            sum_x += other.sum_x;
            sum_y += other.sum_y;
            left = std::min(left, other.left);
            top = std::min(top, other.top);
            right = std::max(right, other.right);
            bottom = std::max(bottom, other.bottom);
        }
        component whole() const {
            return detail::component_of(area, {left, top, right - left, bottom - top}, sum_x, sum_y);
        }
    };
    static constexpr index_t none = -1;
    static constexpr index_t least_rows = detail::tuning::label_strip_rows;

    /// Keeps the rows from y on, as long as fewer than least_rows wait. Returns the first row that is not kept.
    template <class Policy>
    index_t wait(Policy const& p, bit_image const& band, index_t y) {
        if (waiting_.empty()) waiting_ = bit_image(width_, least_rows);
        index_t const count = std::min(band.height() - y, least_rows - waiting_rows_);
        std::copy_n(band.row(y), count * band.words_per_row(), waiting_.row(waiting_rows_));
        waiting_rows_ += count;
        if (waiting_rows_ == least_rows) flush(p);
        return y + count;
    }

    /// Processes the rows [begin, end) of a band.
    template <class Policy>
    void merge(Policy const& p, bit_image const& band, index_t begin, index_t end) {
        detail::merge_runs(detail::policy_ref::to(p), band, detail::strips_of(width_, begin, end, least_rows),
                           connected_, found_, sums_, memory_);
        std::vector<detail::strip> const& strips = memory_.labels.strips;
        add_band(strips.front().top.runs, strips.back().bottom.runs, begin, end);
    }

    /// Adds found_ and sums_ of the rows [begin, end) of a band. The runs are those of its first and last row.
    void add_band(std::span<pixel_run const> first_row, std::span<pixel_run const> last_row, index_t begin,
                  index_t end) {
        index_t const above = open_parts();
        index_t const down = merged_rows_ - begin; // offset from rows of the band to rows of the mask
        join_across(first_row, above);
        add_sums(above, down);
        add_rectangles(last_row, above, down, end);
        close_parts(above);
        last_runs_.assign(last_row.begin(), last_row.end());
        merged_rows_ += end - begin;
    }

    /// Unites the open parts with the components of the band, and finds the rectangles that continue. In place_ the
    /// open parts are 0 ... above - 1, and the components follow them.
    void join_across(std::span<pixel_run const> first_row, index_t above) {
        place_.resize(open_.size() + sums_.size());
        std::iota(place_.begin(), place_.end(), index_t{0});
        continued_.assign(first_row.size(), none);
        int const reach = connected_ == connectivity::eight ? 1 : 0;
        detail::for_each_contact(last_runs_, first_row, reach, [&](index_t i, index_t j) {
            // Run j of the first row began rectangle j of the band.
            detail::unite(place_.data(), last_[i].part, above + found_[j].component);
            if (last_runs_[i] == first_row[j]) continued_[j] = i;
        });
        for (index_t k = 0; k < above; ++k) {
            place_[k] = detail::find_root(place_.data(), k);
            if (place_[k] == k) continue;
            open_[place_[k]].add(open_[k]);
            sink_.join_parts(open_[k].number, open_[place_[k]].number);
        }
    }

    /// Adds each component of the band to its part. Afterwards place_ holds the index of that part in open_.
    void add_sums(index_t above, index_t down) {
        for (index_t c = 0; c < static_cast<index_t>(sums_.size()); ++c) {
            detail::component_sums const& sums = sums_[c];
            rect const box = sums.box();
            open_part part{parts_, sums.area, sums.twice_x >> 1, (sums.twice_y >> 1) + sums.area * down};
            part.left = box.x;
            part.top = box.y + down;
            part.right = box.right();
            part.bottom = box.bottom() + down;
            index_t& place = place_[above + c];
            if (place < above + c) { // an open part, or a component that belongs to one
                place = place_[place];
                open_[place].add(part);
            } else {
                place = open_parts();
                open_.push_back(part);
                ++parts_;
            }
        }
    }

    void add_rectangles(std::span<pixel_run const> last_row, index_t above, index_t down, index_t end) {
        next_.resize(last_row.size());
        index_t const in_first_row = static_cast<index_t>(continued_.size());
        index_t run = 0; // index in the last row
        for (index_t j = 0; j < static_cast<index_t>(found_.size()); ++j) {
            auto const& [box, c] = found_[j];
            open_rectangle here{0, box.y + down, place_[above + c]};
            if (index_t const i = j < in_first_row ? continued_[j] : none; i != none) {
                here.number = std::exchange(last_[i].number, none);
                here.top = last_[i].top;
            } else {
                here.number = rectangles_++;
            }
            if (box.bottom() < end) {
                hand_out(here, box.x, box.width, box.bottom() + down);
                continue;
            }
            if (run == std::ssize(last_row) || last_row[run].begin != box.x)
                run = std::lower_bound(last_row.begin(), last_row.end(), box.x,
                                       [](pixel_run r, index_t x) { return r.begin < x; }) -
                      last_row.begin();
            next_[run++] = here;
            open_[here.part].goes_on = true;
        }
        for (std::size_t i = 0; i < last_.size(); ++i)
            if (pixel_run const r = last_runs_[i]; last_[i].number != none) {
                last_[i].part = place_[last_[i].part];
                hand_out(last_[i], r.begin, r.end - r.begin, merged_rows_);
            }
        last_.swap(next_);
    }

    void hand_out(open_rectangle const& r, index_t x, index_t width, index_t bottom) {
        sink_.add_rectangle(r.number, rect{x, r.top, width, bottom - r.top}, open_[r.part].number);
    }

    /// Hands out the parts that do not reach the last row, and compacts the others.
    void close_parts(index_t above) {
        index_t kept = 0;
        for (index_t k = 0; k < open_parts(); ++k) {
            bool const joined = k < above && place_[k] != k;
            place_[k] = kept;
            if (open_[k].goes_on) {
                open_[k].goes_on = false;
                open_[kept++] = open_[k];
            } else if (!joined) {
                sink_.add_component(open_[k].number, open_[k].whole());
            }
        }
        open_.resize(static_cast<std::size_t>(kept));
        for (open_rectangle& each : last_) each.part = place_[each.part];
    }

    Sink& sink_;
    index_t width_;
    connectivity connected_;
    index_t merged_rows_ = 0;
    index_t rectangles_ = 0;
    index_t parts_ = 0;
    bool finished_ = false;

    bit_image waiting_;
    index_t waiting_rows_ = 0;
    std::vector<pixel_run> last_runs_; // the runs of the last row
    std::vector<open_rectangle> last_; // the rectangle of each of these runs
    std::vector<open_part> open_;      // in the order of their numbers
    // For one band:
    detail::merge_memory memory_;
    std::vector<labeled_rect> found_;
    std::vector<detail::component_sums> sums_;
    std::vector<index_t> place_;     // the index in open_ of each open part and each component
    std::vector<index_t> continued_; // for each run of the first row, the equal run above, or none
    std::vector<open_rectangle> next_;
};

QUOIN_NAMESPACE_END

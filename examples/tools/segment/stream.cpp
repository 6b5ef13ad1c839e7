// SPDX-License-Identifier: BSL-1.0
// Bands of rows, and what waits for its numbers in temporary files.
#include "stream.hpp"

#include "../common/workers.hpp"
#include "find.hpp"
#include "record_file.hpp"

#include <quoin/io/image_reader.hpp>
#include <quoin/measure/otsu.hpp>
#include <quoin/rect/segment_stream.hpp>

#include <optional>

namespace examples {

namespace {

/// Hands out a file's rows in bands of pixels.
template <class P>
class pixel_bands {
public:
    pixel_bands(std::string const& file, quoin::index_t rows)
        : in_(open_rows(file)), pixels_(in_.width(), std::min(rows, in_.height())) {}

    quoin::extent size() const { return in_.size(); }
    bool more() const { return in_.rows_left() > 0; }
    double ms_decode() const { return ms_decode_; }

    /// The next rows, as many as are left and no more than `most`; they last until the next call.
    quoin::image_view<P const> next(quoin::index_t most = std::numeric_limits<quoin::index_t>::max()) {
        quoin::rect const part{0, 0, in_.width(), std::min({most, pixels_.height(), in_.rows_left()})};
        ms_decode_ += milliseconds([&] { in_.read_rows(subview(pixels_.view(), part)); });
        return subview(std::as_const(pixels_).view(), part);
    }

private:
    quoin::image_reader<P> in_;
    quoin::image<P> pixels_;
    double ms_decode_ = 0;
};

/// Hands out the cleaned mask of a file in bands, each computed with the rows around it on which it depends.
template <class P>
class mask_bands {
public:
    mask_bands(segment_arguments const& a, quoin::index_t level, quoin::index_t rows)
        : pixels_(a.input, rows), level_(level), inverted_(a.invert), open_(a.steps.open), close_(a.steps.close),
          rows_(rows) {}

    quoin::extent size() const { return pixels_.size(); }
    bool more() const { return next_ < size().height; }
    double ms_decode() const { return pixels_.ms_decode(); }
    /// Of the gray values so far.
    quoin::index_t lowest() const { return lowest_; }
    quoin::index_t highest() const { return highest_; }

    quoin::bit_image next(workers const& w) {
        using quoin::index_t;
        index_t const height = size().height;
        index_t const end = next_ + std::min(rows_, height - next_);
        // Each of the two steps of an opening and of a closing looks as far as its radius.
        index_t const reach = 2 * (std::min(open_, height) + std::min(close_, height));
        index_t const top = std::max<index_t>(0, next_ - reach);
        index_t const bottom = std::min(height, end + reach);
        quoin::bit_image held(size().width, bottom - top);
        copy_rows(held_, top - top_, held, 0, bottom_ - top);
        for (index_t y = bottom_; y < bottom;) {
            auto const pixels = pixels_.next(bottom - y);
            auto const [lowest, highest] = gray_range<P>(w, pixels);
            lowest_ = std::min(lowest_, lowest);
            highest_ = std::max(highest_, highest);
            auto const fresh = foreground_of<P>(w, pixels, level_, inverted_);
            copy_rows(fresh, 0, held, y - top, fresh.height());
            y += fresh.height();
        }
        quoin::bit_image band(size().width, end - next_);
        if (open_ > 0 || close_ > 0) copy_rows(smoothed(w, held, open_, close_), next_ - top, band, 0, band.height());
        else copy_rows(held, next_ - top, band, 0, band.height());
        held_ = std::move(held);
        top_ = top;
        bottom_ = bottom;
        next_ = end;
        return band;
    }

private:
    static void copy_rows(quoin::bit_image const& from, quoin::index_t from_row, quoin::bit_image& to,
                          quoin::index_t to_row, quoin::index_t count) {
        std::copy_n(from.row(from_row), count * to.words_per_row(), to.row(to_row));
    }

    pixel_bands<P> pixels_;
    quoin::index_t level_;
    bool inverted_;
    quoin::index_t open_, close_, rows_;
    quoin::index_t next_ = 0; // the first row that was not handed out
    quoin::bit_image held_;   // the rows top_ <= y < bottom_ as they are in the file
    quoin::index_t top_ = 0, bottom_ = 0;
    quoin::index_t lowest_ = std::numeric_limits<quoin::index_t>::max(), highest_ = 0;
};

/// The sink of a segment_stream: keeps what comes in temporary files beside the tables, which are written when all
/// numbers are known.
class stream_tables {
public:
    explicit stream_tables(std::filesystem::path const& folder) : rectangles_(folder), parts_(folder), index_(folder) {}

    void add_rectangle(quoin::index_t number, quoin::rect const& box, quoin::index_t part) {
        rectangles_.put(number, {box, part});
    }
    void join_parts(quoin::index_t part, quoin::index_t into) { parts_.put(part, {into, {}}); }
    void add_component(quoin::index_t part, quoin::component const& c) { parts_.put(part, {part, c}); }

    /// Writes the tables that are asked for; returns how many rectangles and components are in components of at least
    /// the area asked for.
    std::pair<quoin::index_t, quoin::index_t> write(segment_arguments const& a, quoin::extent size,
                                                    quoin::index_t rectangles, quoin::index_t parts) {
        using quoin::index_t;
        std::optional<text_file> table;
        if (!a.components.empty()) begin_components(table.emplace(a.components));
        index_t components = 0;
        for (index_t i = 0; i < parts; ++i) {
            check(a, i);
            auto const [into, whole] = parts_.get(i);
            if (into != i) {
                index_.put(i, index_.get(into));
            } else if (whole.area < a.steps.min_area) {
                index_.put(i, dropped);
            } else {
                if (table) put_component(*table, components, whole);
                index_.put(i, components++);
            }
        }
        std::optional<rectangle_file> list;
        if (!a.rects.empty()) list.emplace(a.rects, size, a.gds);
        index_t kept = 0;
        for (index_t i = 0; i < rectangles; ++i) {
            check(a, i);
            auto const [box, part] = rectangles_.get(i);
            index_t const component = index_.get(part);
            if (component == dropped) continue;
            if (list) list->put({box, component});
            ++kept;
        }
        if (table) table->commit();
        if (list) list->commit();
        return {kept, components};
    }

private:
    static constexpr quoin::index_t dropped = -1;

    struct part_record {
        quoin::index_t into; // itself for a whole component
        quoin::component whole;
    };

    static void check(segment_arguments const& a, quoin::index_t i) {
        if (i % 65536 == 0) a.seen.check();
    }

    record_file<quoin::labeled_rect> rectangles_; // with parts in place of components
    record_file<part_record> parts_;
    record_file<quoin::index_t> index_; // of each part its component's
};

/// Bands of some megabytes of pixels unless the user says otherwise.
quoin::index_t rows_of_band(segment_arguments const& a, quoin::index_t width) {
    constexpr quoin::index_t pixels = quoin::index_t{1} << 23;
    return a.band_rows > 0 ? a.band_rows : std::clamp<quoin::index_t>(pixels / width, 1, 4096);
}

/// Otsu's level, in a pass of its own over the file.
template <class P>
quoin::index_t otsu_of_file(segment_arguments const& a, workers const& w, quoin::index_t rows) {
    pixel_bands<P> bands(a.input, rows);
    std::vector<quoin::index_t> counts;
    while (bands.more()) {
        std::vector<quoin::index_t> const more = gray_histogram<P>(w, bands.next());
        counts.resize(more.size());
        for (std::size_t v = 0; v < more.size(); ++v) counts[v] += more[v];
        a.seen.check();
    }
    return quoin::otsu_level(counts);
}

} // namespace

template <class P>
findings find_in_stream(segment_arguments const& a, quoin::image_info const& info) {
    quoin::extent const size = info.size();
    quoin::index_t const rows = rows_of_band(a, size.width);
    std::string const& output = !a.rects.empty() ? a.rects : a.components;
    stream_tables tables(output.empty() ? std::filesystem::temp_directory_path()
                                        : std::filesystem::path(output).parent_path());
    findings found{a.policy.name, 1, size};
    found.threads = with_policy(a.policy, a.seen, [&](workers const& w) {
        found.ms_median = milliseconds([&] {
            found.level = a.otsu ? otsu_of_file<P>(a, w, rows) : a.level;
            mask_bands<P> bands(a, found.level, rows);
            quoin::segment_stream stream(size.width, tables);
            while (bands.more()) {
                stream.push(w.threads(), bands.next(w));
                a.seen.check();
            }
            stream.finish();
            std::tie(found.rectangles, found.components) = tables.write(a, size, stream.rectangles(), stream.parts());
            found.ms_decode = bands.ms_decode();
            note const n = note_on_range(a.input, info, a.how, bands.lowest(), bands.highest());
            if (!n.kind.empty()) report("quoin-segment", "note: " + n.text);
        });
    });
    return found;
}

template findings find_in_stream<std::uint8_t>(segment_arguments const&, quoin::image_info const&);
template findings find_in_stream<std::uint16_t>(segment_arguments const&, quoin::image_info const&);
template findings find_in_stream<quoin::rgb8>(segment_arguments const&, quoin::image_info const&);
template findings find_in_stream<quoin::rgb16>(segment_arguments const&, quoin::image_info const&);

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// gds_writer: rectangles of an image as a GDSII file, which layout tools read.
#pragma once

#include <quoin/core/geometry.hpp>
#include <quoin/io/atomic_file.hpp>
#include <quoin/io/detail/bytes.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

QUOIN_NAMESPACE_BEGIN

struct gds_options {
    std::string cell = "TOP"; ///< at most 32 letters, digits, _, ? and $ of ASCII
    int layer = 1;            ///< 0 to 32767
    int datatype = 0;         ///< 0 to 32767
    double unit = 1e-9;       ///< the side of a pixel in meters, from 1e-15 to 1
    /// 0: `cell` holds all rectangles. Otherwise at least 1000: cells that are called `cell` and _0, _1, ... hold so
    /// many rectangles each, in the order in which they come, and `cell` places each of them once. The name of `cell`
    /// then has at most 24 characters.
    index_t cell_rectangles = 0;
};

namespace detail {

/// The bits of a positive GDSII real: 7 bits of an exponent of 16 with an excess of 64, and 56 bits of a fraction that
/// is at least 1 / 16. Exact for doubles from 2^-260 to 2^251.
inline std::uint64_t gds_real(double value) {
    int twos = 0;
    double const fraction = std::frexp(value, &twos);
    int const sixteens = twos > 0 ? (twos + 3) / 4 : twos / 4; // rounded up
    auto const digits = static_cast<std::uint64_t>(std::ldexp(fraction, 56 + twos - 4 * sixteens));
    return static_cast<std::uint64_t>(64 + sixteens) << 56 | digits;
}

} // namespace detail

/// Writes a GDSII file with a BOUNDARY element of five points for each rectangle. The database unit of the file is the
/// side of a pixel, so that coordinates are whole numbers; the user unit is 1 micrometer. y points up in GDSII and down
/// in an image: row y of pixels becomes the coordinates height - y - 1 to height - y, and a layout tool shows the image
/// upright with its lower left corner at (0, 0). The time stamps are those of 1970, so that equal rectangles give equal
/// bytes. commit(), called after the last rectangle, makes the file appear or replaces an older one. Without it no file
/// is left (see atomic_file).
///     gds_writer out("layer.gds", mask.size(), {.cell = "METAL1", .layer = 7, .unit = 5e-9});
///     for (labeled_rect const& r : found.rectangles) out.write(r.box);
///     out.commit();
/// Coordinates have 32 bits, also those at which a cell is placed, and tools keep positions on the whole in as many. So
/// no side of an image may be above 2^31 - 1 pixels. The format has no limit for the elements of a cell. For tools that
/// have one, or are slow with large cells, give `cell_rectangles`. Memory: a buffer of the standard library. The file
/// takes 64 bytes a rectangle.
///
/// into(bytes, size, options) appends the same bytes to a string, which must outlive the writer. No file is written.
/// @throws io_error, which names the file and the system's reason, and invalid_argument for an extent that is empty or
/// too large and for options out of their ranges.
class gds_writer {
public:
    gds_writer(std::filesystem::path path, extent size, gds_options const& options = {})
        : size_((check(size, options), size)), options_(options),
          file_(std::in_place, std::move(path), "quoin::gds_writer") {
        begin();
    }

    /// @throws invalid_argument as the constructor does.
    static gds_writer into(std::string& bytes, extent size, gds_options const& options = {}) {
        return gds_writer(&bytes, size, options);
    }

    /// Throws what the constructor throws for the same extent and options, without a file.
    static void check(extent size, gds_options const& o) {
        if (size.empty() || size.width > most || size.height > most)
            detail::raise("quoin::gds_writer: an image of ", size.width, " x ", size.height,
                          " pixels; the coordinates of GDSII have 32 bits, so that a side has 1 to ", most,
                          " pixels; write parts of the image to several files");
        std::size_t const longest = o.cell_rectangles > 0 ? 24 : 32;
        auto const fits = [](char c) {
            return ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '_' || c == '?' ||
                   c == '$';
        };
        if (o.cell.empty() || o.cell.size() > longest || !std::all_of(o.cell.begin(), o.cell.end(), fits))
            detail::raise("quoin::gds_writer: the name of a cell '", o.cell, "'; give 1 to ",
                          static_cast<index_t>(longest), " of the characters A-Z a-z 0-9 _ ? $");
        for (int const number : {o.layer, o.datatype})
            if (number < 0 || number > 32767)
                detail::raise("quoin::gds_writer: layer ", o.layer, ", datatype ", o.datatype,
                              "; both are from 0 to 32767");
        if (!(o.unit >= 1e-15 && o.unit <= 1))
            detail::raise("quoin::gds_writer: pixels of ", o.unit, " meters; give 1e-15 to 1");
        if (o.cell_rectangles != 0 && o.cell_rectangles < 1000)
            detail::raise("quoin::gds_writer: ", o.cell_rectangles,
                          " rectangles in a cell; give 1000 or more, or 0 for one cell");
    }

    /// @throws invalid_argument for a rectangle that is empty or not within the image, and io_error.
    void write(rect const& box) {
        auto const within = [](index_t begin, index_t length, index_t end) {
            return begin >= 0 && begin < end && length > 0 && length <= end - begin;
        };
        if (!within(box.x, box.width, size_.width) || !within(box.y, box.height, size_.height))
            detail::raise("quoin::gds_writer::write: a rectangle of ", box.width, " x ", box.height, " pixels at (",
                          box.x, ", ", box.y, ") in an image of ", size_.width, " x ", size_.height,
                          "; give one with pixels, all of them within");
        if (options_.cell_rectangles > 0 && written_ % options_.cell_rectangles == 0) {
            if (written_ > 0) put(end_cell);
            begin_cell(part(written_ / options_.cell_rectangles));
        }
        ++written_;
        index_t const left = box.x, right = box.right();
        index_t const low = size_.height - box.bottom(), high = size_.height - box.y;
        char* to = boundary_.data() + 20;
        for (index_t const c : {left, low, right, low, right, high, left, high, left, low}) {
            detail::store_big_endian(to, c, 4);
            to += 4;
        }
        put(std::string_view(boundary_.data(), boundary_.size()));
    }

    /// Completes the file.
    /// @throws io_error
    void commit() {
        if (options_.cell_rectangles > 0) {
            if (written_ > 0) put(end_cell);
            begin_cell(options_.cell);
            for (index_t first = 0; first < written_; first += options_.cell_rectangles) {
                put(placed_cell);
                put(placed_name, even(part(first / options_.cell_rectangles)));
                put(points, std::string(8, '\0')); // (0, 0)
                put(end_element);
            }
        }
        put(end_cell);
        put(end_library);
        if (file_) file_->commit();
    }

private:
    gds_writer(std::string* bytes, extent size, gds_options const& options)
        : size_((check(size, options), size)), options_(options), bytes_(bytes) {
        begin();
    }

    void begin() {
        detail::store_big_endian(boundary_.data() + 8, options_.layer, 2);
        detail::store_big_endian(boundary_.data() + 14, options_.datatype, 2);
        constexpr double meters_of_user_unit = 1e-6;
        put(header, big_endian(600, 2)); // the version of the format
        put(begin_library, times());
        put(library_name, even("quoin"));
        put(units, big_endian(detail::gds_real(options_.unit / meters_of_user_unit), 8) +
                       big_endian(detail::gds_real(options_.unit), 8));
        if (options_.cell_rectangles == 0) begin_cell(options_.cell);
    }

    static constexpr index_t most = std::numeric_limits<std::int32_t>::max();

    /// The high byte is the record, the low one the type of its data.
    enum kind {
        header = 0x0002,
        begin_library = 0x0102,
        library_name = 0x0206,
        units = 0x0305,
        end_library = 0x0400,
        begin_structure = 0x0502,
        structure_name = 0x0606,
        end_cell = 0x0700,
        placed_cell = 0x0a00,
        points = 0x1003,
        end_element = 0x1100,
        placed_name = 0x1206
    };

    template <class T>
    static std::string big_endian(T value, int size) {
        std::string bytes(static_cast<std::size_t>(size), '\0');
        detail::store_big_endian(bytes.data(), value, size);
        return bytes;
    }
    static std::string even(std::string name) {
        if (name.size() % 2 != 0) name += '\0';
        return name;
    }
    /// Of the last change and of the last use: year, month, day, hour, minute, second.
    static std::string times() {
        std::string const day = big_endian(1970, 2) + big_endian(1, 2) + big_endian(1, 2) + std::string(6, '\0');
        return day + day;
    }
    std::string part(index_t number) const { return options_.cell + '_' + std::to_string(number); }

    void put(kind k, std::string const& data = {}) {
        put(big_endian(4 + data.size(), 2) + big_endian(int{k}, 2) + data);
    }
    void put(std::string_view bytes) {
        if (file_) file_->write(bytes);
        else bytes_->append(bytes);
    }
    void begin_cell(std::string const& name) {
        put(begin_structure, times());
        put(structure_name, even(name));
    }

    extent size_;
    gds_options options_;
    std::optional<atomic_file> file_;
    std::string* bytes_ = nullptr; ///< where there is no file
    index_t written_ = 0;
    // BOUNDARY, LAYER, DATATYPE, XY with five points, ENDEL.
    std::array<char, 64> boundary_{0, 4, 8, 0, 0, 6, 13, 2, 0, 0, 0, 6, 14, 2, 0, 0, 0, 44, 16, 3, 0, 0,
                                   0, 0, 0, 0, 0, 0, 0,  0, 0, 0, 0, 0, 0,  0, 0, 0, 0, 0,  0,  0, 0, 0,
                                   0, 0, 0, 0, 0, 0, 0,  0, 0, 0, 0, 0, 0,  0, 0, 0, 0, 4,  17, 0};
};

QUOIN_NAMESPACE_END

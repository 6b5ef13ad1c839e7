// SPDX-License-Identifier: BSL-1.0
// What quoin-segment leaves: tables, the overlay, the summary.
#pragma once

#include "../common/json.hpp"
#include "../common/program.hpp"
#include "../common/text_file.hpp"
#include "options.hpp"

#include <quoin/image/image.hpp>

#include <optional>

namespace examples {

struct findings {
    std::string policy;
    int threads = 1; ///< of each process
    quoin::extent size;
    quoin::index_t level = 0;
    quoin::segmentation result{};
    quoin::index_t rectangles = 0; ///< how many, which a streamed image has without their list
    quoin::index_t components = 0;
    double ms_median = 0;
    double ms_decode = 0;
    int processes = 1;
};

/// The rectangles one by one: GDSII where the name ends in .gds, or else CSV. The file appears with commit().
class rectangle_file {
public:
    rectangle_file(std::string const& path, quoin::extent size, quoin::gds_options const& gds);

    void put(quoin::labeled_rect const& r);
    void commit();

private:
    std::optional<quoin::gds_writer> layout_;
    std::optional<text_file> table_;
};

void begin_components(text_file& out);
void put_component(text_file& out, quoin::index_t index, quoin::component const& c);

/// All rectangles as a rectangle_file.
void write_rectangles(std::string const& path, findings const& found, quoin::gds_options const& gds);

/// The text of the files that write_tables() writes for names in .json and .csv.
std::string rectangles_json(segment_work const& work, findings const& found);
std::string rectangles_csv(findings const& found);
/// The bytes of a .gds.
std::string rectangles_gds(findings const& found, quoin::gds_options const& gds);

void write_components(std::string const& path, quoin::segmentation const& result);

void write_tables(segment_arguments const& a, findings const& found);

/// The image at half its brightness, stretched to its largest value, under the rectangles: neighbors in
/// shades of their component's color, the larger ones tinted inside a bright outline.
/// T is std::uint8_t or std::uint16_t.
template <class T>
void write_overlay(std::string const& path, quoin::image<T> const& gray, quoin::segmentation const& result);

json_object summary_json(segment_arguments const& a, findings const& found);

std::string summary_text(segment_arguments const& a, findings const& found);

/// One of the two, on standard output unless a table is there.
void print_summary(segment_arguments const& a, findings const& found);

} // namespace examples

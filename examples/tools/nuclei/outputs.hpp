// SPDX-License-Identifier: BSL-1.0
// What quoin-nuclei leaves: the table, the overlay, the label image.
#pragma once

#include "find.hpp"

#include <string>

namespace examples {

void write_nuclei_csv(std::string const& path, nuclei_findings const& found);

/// The text of that file.
std::string nuclei_csv(nuclei_findings const& found);
/// The same numbers as an object, under the names of the columns, and what is known of the image.
std::string nuclei_json(nuclei_findings const& found);

/// The number of each pixel's nucleus. @throws std::runtime_error, which begins with the name, for more nuclei than 16
/// bits have numbers.
quoin::image<std::uint16_t> nuclei_numbers(std::string const& name, nuclei_findings const& found);

/// @throws std::runtime_error for more nuclei than 16 bits have numbers, before anything is written.
void write_nuclei_labels(std::string const& path, nuclei_findings const& found);

/// Square roots of the values, so that faint nuclei show, under outlines in a color for each nucleus.
void write_nuclei_overlay(std::string const& path, quoin::image<std::uint16_t> const& pixels,
                          nuclei_findings const& found);

} // namespace examples

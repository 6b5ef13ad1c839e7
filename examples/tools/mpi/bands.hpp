// SPDX-License-Identifier: BSL-1.0
// Image files as images of all processes, and back, by functions that are compiled once. All are collective.
#pragma once

#include "../common/images.hpp"
#include "processes.hpp"

namespace examples {

/// info_of a file, which the first process reads.
quoin::image_info info_of(processes const& all, std::string const& file);

/// read_pixels of all processes, each of which has its rows. All read a PNM; the first one reads other files, and sends
/// their rows to the others.
template <class P>
quoin::band_image<P> read_bands(processes const& all, std::string const& file, quoin::image_info const& info,
                                reading const& how);

/// The pixels of all processes, on the first one.
template <class P>
quoin::image<P> on_first_process(processes const& all, quoin::band_image<P> const& bands);

/// print_note by the first process: of integers that use little of their range.
template <class P>
void print_note(processes const& all, std::string const& program, std::string const& file,
                quoin::image_info const& info, reading const& how, quoin::band_image<P> const& bands);

} // namespace examples

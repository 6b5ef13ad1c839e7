// SPDX-License-Identifier: BSL-1.0
// quoin-segment --stream: a PNM file in bands of rows.
#pragma once

#include "outputs.hpp"

namespace examples {

/// What quoin-segment finds in a file of P's, written to its tables.
template <class P>
findings find_in_stream(segment_arguments const& a, quoin::image_info const& info);

} // namespace examples

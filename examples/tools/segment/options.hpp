// SPDX-License-Identifier: BSL-1.0
// The command line of quoin-segment.
#pragma once

#include "../common/images.hpp"
#include "../common/observation.hpp"
#include "../common/policies.hpp"

#include <quoin/io/gds_writer.hpp>
#include <quoin/rect/segment.hpp>

#include <functional>
#include <string>

namespace examples {

extern char const* const segment_footer;

/// What is done to each image.
struct segment_work {
    bool otsu = true;
    quoin::index_t level = 0; ///< where it is not Otsu's
    bool invert = false;
    quoin::segment_options steps;
    std::function<bool(char const* option)> given; ///< whether the command line has it
};

struct segment_arguments : segment_work {
    std::string input;
    reading how;
    policy_choice policy;
    std::string rects;
    quoin::gds_options gds; ///< of rects in .gds
    std::string components;
    std::string overlay;
    bool stream = false;
    quoin::index_t band_rows = 0; ///< of a stream; 0: as many as make some megabytes
    int repeat = 1;
    bool time = false;
    observation seen;
};

/// From --threshold to --method.
void add_segment_work_options(command_line& line, segment_work& a);

/// @throws usage_error for an option that the method does not read.
void check_segment_work(segment_work const& a);

/// From --gds-cell to --gds-split.
void add_gds_options(command_line& line, quoin::gds_options& gds);

/// @throws usage_error for options that have no meaning or are given where no file is .gds.
void check_gds_options(quoin::gds_options const& gds, bool used, char const* user);

void add_segment_options(command_line& line, segment_arguments& a);

/// @throws usage_error for file names that cannot be right, std::runtime_error for a missing folder, before
/// any work.
void check_segment_arguments(segment_arguments const& a);

} // namespace examples

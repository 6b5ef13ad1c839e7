// SPDX-License-Identifier: BSL-1.0
// The command line of quoin-nuclei.
#pragma once

#include "../common/images.hpp"
#include "../common/observation.hpp"
#include "../common/policies.hpp"
#include "find.hpp"

namespace examples {

extern char const* const nuclei_footer;

/// The options that say what a nucleus is.
void add_nuclei_options(command_line& line, nuclei_options& o);

struct nuclei_arguments {
    std::string input;
    reading how;
    nuclei_options steps;
    policy_choice policy;
    std::string csv;
    std::string overlay;
    std::string labels;
    int repeat = 1;
    bool time = false;
    observation seen;
};

void add_nuclei_arguments(command_line& line, nuclei_arguments& a);

/// @throws usage_error for file names that cannot be right, std::runtime_error for a missing folder, before any work.
void check_nuclei_arguments(nuclei_arguments const& a);

} // namespace examples

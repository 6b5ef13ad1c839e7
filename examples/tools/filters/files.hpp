// SPDX-License-Identifier: BSL-1.0
// What quoin-filters does with its files, whoever computes the results.
#pragma once

#include "../common/images.hpp"
#include "../common/observation.hpp"
#include "../common/policies.hpp"
#include "chain.hpp"

#include <functional>

namespace examples {

struct filter_arguments {
    std::vector<std::string> inputs;
    std::vector<std::string> others;
    reading how;
    std::string out;
    std::string chain = usual_chain;
    policy_choice policy;
    int repeat = 1;
    bool time = false;
    observation seen;
};

/// The output of each input. @throws usage_error where two would be one file, or an output would replace an
/// input.
std::vector<std::filesystem::path> plan_outputs(filter_arguments const& a);

struct filter_times {
    int threads = 1;
    quoin::extent size;
    double decode = 0, median = 0, encode = 0;
};

/// How the files are filtered.
struct filter_job {
    std::function<filter_times(std::string const& input, std::filesystem::path const& output)> process;
    std::function<void()> check; ///< @throws quoin::canceled
    bool tells = true;           ///< whether this process says what is done
};

/// Filters all files. The exit status: 1 where one failed, behind which others are filtered all the same.
int filter_files(filter_arguments const& a, std::vector<std::filesystem::path> const& outputs, filter_job const& job);

} // namespace examples

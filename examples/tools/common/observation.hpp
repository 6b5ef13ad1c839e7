// SPDX-License-Identifier: BSL-1.0
// observation: what the executables see of their evaluations: --trace, and Ctrl-C as a request to stop.
#pragma once

#include "command_line.hpp"

#include <quoin/config.hpp>

#include <memory>
#include <stop_token>
#include <string>

QUOIN_NAMESPACE_BEGIN
class trace;
QUOIN_NAMESPACE_END

namespace examples {

class interruption;

/// From construction to destruction the first SIGINT requests a stop, and a second one ends the program as usual. Where
/// the program was started with SIGINT ignored, it stays ignored.
class observation {
public:
    observation();
    ~observation();

    void add_options(command_line& line);
    std::string const& file() const { return file_; }
    std::stop_token token() const;
    /// What evaluations are written to; null where nothing is asked for.
    quoin::trace* trace() const { return file_.empty() ? nullptr : trace_.get(); }

    /// Before each repetition.
    void restart() const;
    /// Between steps that cannot be stopped. @throws quoin::canceled
    void check() const;
    void write() const;

private:
    std::unique_ptr<interruption> interruption_;
    std::unique_ptr<quoin::trace> trace_;
    std::string file_;
};

} // namespace examples

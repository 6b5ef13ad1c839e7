// SPDX-License-Identifier: BSL-1.0
// observation: what the executables see of their evaluations: --trace, and signals as requests to stop.
#pragma once

#include "command_line.hpp"

#include <quoin/config.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

QUOIN_NAMESPACE_BEGIN
class trace;
QUOIN_NAMESPACE_END

namespace examples {

class interruption;

/// The status that shells give to a program that a signal ended, 128 and its number: of the signal that requested a
/// stop.
int interrupted_status();

/// Tells on stderr, once in the program, that it was interrupted.
void tell_interrupted(std::string const& program);
/// From here on tell_interrupted() says nothing: the program ends, and has told how.
void tell_no_interruption();

/// From construction to destruction the first SIGINT, SIGTERM or SIGHUP requests a stop. Work that does not stop soon,
/// such as decoding a PNG, is given up: temporary files are removed, and the program ends. A second signal gives it up
/// at once. A pipe that is being written is waited for until then. Where the program was started with a signal ignored,
/// as by nohup, it stays ignored. One in a program, made before its threads.
class observation {
public:
    /// Work is given up `patience` after the request.
    explicit observation(std::chrono::milliseconds patience = std::chrono::milliseconds(300));
    ~observation();

    void add_options(command_line& line);
    std::string const& file() const { return file_; }
    std::stop_token token() const;
    /// f() is called where work is given up, by another thread than those that work, after the temporary files were
    /// removed; it can make none. Until f is replaced by nothing.
    void when_given_up(std::function<void()> f) const;
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

// SPDX-License-Identifier: BSL-1.0
// quoin-batch: a job on every image of a folder.

#include "batch/batch.hpp"

#include <csignal>

int main(int argc, char** argv) {
    using namespace examples;
    // A file that the system does not let grow, and a reader of the summary that goes away, are errors of writing.
    std::signal(SIGXFSZ, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
    give_back_freed_memory();
    CLI::App app("Does a job on every image of a folder.", "quoin-batch");
    batch_arguments arguments;
    add_batch_options(app, arguments, job_named_in(argc, argv));
    return run_program(app, argc, argv, [&] {
        observation const seen;
        return batch(arguments, seen);
    });
}

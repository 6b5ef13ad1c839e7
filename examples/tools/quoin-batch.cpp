// SPDX-License-Identifier: BSL-1.0
// quoin-batch: a job on every image of a folder.

#include "batch/batch.hpp"

#include <csignal>

int main(int argc, char** argv) {
    using namespace examples;
    std::signal(SIGPIPE, SIG_IGN); // a reader of the summary that goes away is an error of writing
    give_back_freed_memory();
    observation const seen(std::chrono::seconds(10)); // the run itself gives up much earlier, and says what is done
    command_line line("Does a job on every image of a folder.", "quoin-batch", batch_footer);
    batch_arguments arguments;
    add_batch_options(line, arguments, job_named_in(argc, argv));
    return line.run(argc, argv, [&] { return batch(arguments, seen); });
}

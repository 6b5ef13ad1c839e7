// SPDX-License-Identifier: BSL-1.0
// watched: an evaluation that says how far it is, and that can be stopped.
#undef NDEBUG
#include <quoin/observe/watched.hpp>
#include <quoin/quoin.hpp>

#include <cassert>
#include <iostream>

int main() {
    quoin::image<std::uint8_t> const scene(640, 480);
    auto const smooth = scene.view() | quoin::gaussian(3.0) | quoin::sharpen;
    quoin::image<std::uint8_t> out(640, 480);

    // Progress: calls from the threads that compute, one at a time; the last one says that all is done.
    quoin::index_t last = 0;
    auto const tell = [&](quoin::index_t done, quoin::index_t total) {
        if (done == total) std::cout << total << " rows\n";
        last = done;
    };
    run(quoin::serial{}, smooth, out.view(), quoin::watch{.progress = tell});
    assert(last == 480);

    // A stop: usually another thread or a signal asks for it, here the evaluation itself, a quarter on its way.
    std::stop_source source;
    quoin::watch const w{source.get_token(), [&](quoin::index_t done, quoin::index_t total) {
                             if (done >= total / 4) source.request_stop();
                         }};
    bool stopped = false;
    try {
        run(quoin::serial{}, smooth, out.view(), w);
    } catch (quoin::canceled const& e) {
        // quoin::watched: a stop was requested when 120 of 480 rows were done; the output is partial, compute it again
        // or drop it
        std::cout << e.what() << '\n';
        stopped = true;
    }
    assert(stopped);

    // watched() makes a policy of it, for everything that takes one.
    stopped = false;
    try {
        (void)sum(watched(quoin::serial{}, w), smooth);
    } catch (quoin::canceled const&) {
        stopped = true;
    }
    assert(stopped);
}

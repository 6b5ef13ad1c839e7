// SPDX-License-Identifier: BSL-1.0
// trace: where the time of a chain goes, as a table and as a file for chrome://tracing and Perfetto.
#undef NDEBUG
#include <quoin/observe/trace.hpp>
#include <quoin/quoin.hpp>

#include <cassert>
#include <iostream>
#include <sstream>

int main() {
    quoin::image<quoin::rgb8> scene(640, 480);
    for (quoin::index_t y = 0; y < 480; ++y)
        for (quoin::index_t x = 0; x < 640; ++x) {
            auto const v = static_cast<std::uint8_t>(x * x + y * y);
            scene(x, y) = {v, v, static_cast<std::uint8_t>(x)};
        }
    auto const edges = scene.view() | quoin::gray | quoin::gaussian3 | quoin::sobel_magnitude;

    quoin::trace t;
    auto const policy = quoin::traced(quoin::serial{}, t); // a policy like the one that it stands on
    quoin::image<std::uint8_t> const result = to_image(policy, edges);
    assert(result(5, 5) == to_image(quoin::serial{}, edges)(5, 5)); // this one is not in the trace

    // One stage for each pass: gray fills the lines that gaussian3 reads, gaussian3 those that sobel_magnitude reads.
    auto const stages = t.stages();
    assert(stages.size() == 4);
    assert(stages[0].kind == quoin::pass_kind::setup);
    assert(stages[1].stage == "gray" && stages[1].kind == quoin::pass_kind::lines && stages[1].rows == 480);
    assert(stages[2].stage == "gaussian3");
    assert(stages[3].stage == "sobel_magnitude" && stages[3].kind == quoin::pass_kind::output);
    std::cout << t.table();

    // Everything that takes a policy can be traced.
    t.clear();
    quoin::bit_image const mask = to_bits(policy, edges | quoin::threshold(quoin::otsu(policy, edges)));
    quoin::segment(policy, mask);
    std::cout << t.table();

    // The same as a picture: a std::ofstream, or a quoin::atomic_file, in place of this stream.
    std::ostringstream file;
    t.write_chrome(file);
    assert(file.str().find("\"traceEvents\"") != std::string::npos);
}

// SPDX-License-Identifier: BSL-1.0
// frame_average: the mean of many frames, one after the other.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/image/image.hpp>
#include <quoin/measure/frame_average.hpp>

#include <cassert>

int main() {
    quoin::serial const policy;
    quoin::image<quoin::rgb8> frame(3, 2);
    auto const paint = [&](int v) {
        auto const b = static_cast<std::uint8_t>(v);
        for (quoin::index_t y = 0; y < 2; ++y)
            for (quoin::index_t x = 0; x < 3; ++x) frame(x, y) = {b, b, b};
    };

    // Ten frames: 0, 1, 2, ... 9. Only their sums are kept.
    quoin::frame_average<quoin::rgb8> average({3, 2});
    for (int i = 0; i < 10; ++i) {
        paint(i);
        average.add(policy, frame.view());
    }
    assert(average.frames() == 10);
    quoin::image<quoin::rgb8> const mean = average.mean(policy);
    assert((mean(2, 1) == quoin::rgb8{5, 5, 5})); // 4.5, rounded half up once

    // A frame can be a pipeline, which is computed while it is added.
    quoin::frame_average<std::uint8_t> of_gray({3, 2});
    for (int i : {10, 20, 60}) {
        paint(i);
        of_gray.add(policy, frame.view() | quoin::gray | quoin::gaussian3);
    }
    assert(of_gray.mean(policy)(0, 0) == 30);

    // The mean of the frames from now on.
    of_gray.clear();
    of_gray.add(policy, frame.view() | quoin::gray);
    assert(of_gray.mean(policy)(0, 0) == 60);
}

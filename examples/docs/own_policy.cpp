// SPDX-License-Identifier: BSL-1.0
// A policy of one's own, on plain std::thread: it evaluates every pipeline and the segmenter.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/rect/segment.hpp>

#include <atomic>
#include <cassert>
#include <exception>
#include <mutex>
#include <thread>

struct threads {
    using lanes = quoin::scalar_lanes; // one pixel a step; simd_lanes would be many
    int count = 4;

    int concurrency() const { return count; }
    std::string name() const { return "threads"; }

    // Calls f(0) ... f(n - 1) on the threads and waits; the first exception is passed on.
    template <class F>
    void bulk(quoin::index_t n, F const& f) const {
        std::atomic<quoin::index_t> next = 0;
        std::exception_ptr failure;
        std::mutex failing;
        auto const work = [&] {
            try {
                for (quoin::index_t i; (i = next++) < n;) f(i);
            } catch (...) {
                std::scoped_lock const lock(failing);
                if (!failure) failure = std::current_exception();
            }
        };
        {
            std::vector<std::jthread> team;
            for (int t = 0; t < count; ++t) team.emplace_back(work);
        }
        if (failure) std::rethrow_exception(failure);
    }
};
static_assert(quoin::concepts::policy<threads>);

int main() {
    // Bright discs on a dark ground.
    quoin::image<quoin::rgb8> scene(333, 222);
    for (quoin::index_t y = 0; y < 222; ++y)
        for (quoin::index_t x = 0; x < 333; ++x) {
            quoin::index_t const dx = x % 37 - 18, dy = y % 37 - 18;
            bool const disc = dx * dx + dy * dy < 150;
            auto const noise = static_cast<std::uint8_t>(x % 50);
            scene(x, y) = disc ? quoin::rgb8{230, 220, 210} : quoin::rgb8{10, 20, noise};
        }

    auto const luma = scene.view() | quoin::gray;
    auto const chain =
        luma | quoin::gaussian3 | quoin::sobel_magnitude | quoin::sharpen | quoin::brightness(1.2f);
    auto const expected = quoin::to_image(quoin::serial{}, chain);
    auto const got = quoin::to_image(threads{}, chain);
    for (quoin::index_t y = 0; y < 222; ++y)
        for (quoin::index_t x = 0; x < 333; ++x) assert(got(x, y) == expected(x, y));

    quoin::bit_image const mask = quoin::to_bits(threads{}, luma | quoin::threshold(127));
    assert(mask == quoin::to_bits(quoin::serial{}, luma | quoin::threshold(127)));
    auto const found = quoin::segment(threads{}, mask);
    assert(found.rectangles == quoin::segment(quoin::serial{}, mask).rectangles);
    assert(found.components.size() == 9 * 6);

    // An exception in the middle reaches the caller.
    bool caught = false;
    try {
        threads{}.bulk(10, [](quoin::index_t i) {
            if (i == 3) throw quoin::error("stop");
        });
    } catch (quoin::error const&) {
        caught = true;
    }
    assert(caught);
}

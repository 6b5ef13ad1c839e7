// SPDX-License-Identifier: BSL-1.0
// statistics, mean_std, moments, argmin, argmax, projections, covariance: many answers from one reading.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/image/image.hpp>
#include <quoin/mask/bits.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/mean_std.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/moments.hpp>
#include <quoin/measure/projections.hpp>
#include <quoin/measure/statistics.hpp>
#include <quoin/measure/sum.hpp>

#include <cassert>

using namespace quoin;

/// A statistic of one's own: the number of pixels that have the largest value of their type in each channel.
struct saturated_fn : statistic<saturated_fn> {
    template <class P>
    struct state {
        static constexpr bool ordered = false; // a sum of whole numbers does not depend on the order
        static constexpr index_t least = 1;
        index_t count = 0;

        explicit state(extent) {}
        template <class Lanes, class Part>
        void add(Part const& part) {
            for (index_t i = 0; i < part.count; ++i) {
                int full = 0;
                for (auto const* const plane : part.planes)
                    full += plane[i] == std::numeric_limits<channel_t<P>>::max();
                count += full == channels_v<P>;
            }
        }
        void join(state const& other) { count += other.count; }
    };
    template <class P>
    index_t result(state<P> const& s, auto const&) const {
        return s.count;
    }
};
inline constexpr saturated_fn saturated{};

int main() {
    serial const policy;
    std::uint8_t const pixels[] = {10, 12, 11, 255, //
                                   10, 12, 10, 0};
    image_view<std::uint8_t const> const view(pixels, 4, 2);

    // Each is a function, and all together read the pixels once.
    assert(mean_std(policy, view).mean == 40);
    auto const [mean, range, counts, darkest, sums, full] =
        statistics(policy, view, mean_std, min_max, histogram, argmin, projections, saturated);
    assert(mean.mean == 40 && mean.variance == 6616.75);
    assert(range.min == 0 && range.max == 255);
    assert(counts[10] == 3 && counts[12] == 2);
    assert(darkest.value == 0 && darkest.x == 3 && darkest.y == 1);
    assert(sums.rows[1] == 32 && sums.columns[0] == 20);
    assert(full == 1);

    // The pixels of a mask only: the two columns at the left.
    bit_image mask(4, 2);
    for (index_t y = 0; y < 2; ++y) mask.set(0, y), mask.set(1, y);
    auto const [inside, brightest] = statistics(policy, view, within(mask), pixel_sum, argmax);
    assert(inside == 44);
    assert(brightest.value == 12 && brightest.x == 1 && brightest.y == 0); // the first of two

    // Of a pipeline, and of each channel.
    image<rgb8> colors(2, 1);
    colors(0, 0) = {10, 20, 30};
    colors(1, 0) = {20, 10, 30};
    auto const [of_gray, of_colors] =
        std::tuple{argmax(policy, colors.view() | gray), covariance(policy, colors.view())};
    assert(of_gray.value == 18 && of_gray.x == 0);
    assert(of_colors.matrix[0][0] == 25 && of_colors.matrix[0][1] == -25 && of_colors.matrix[2][2] == 0);

    // The moments of a bar of three pixels: its middle, its length.
    image<std::uint8_t> bar(7, 5);
    for (index_t x = 2; x < 5; ++x) bar(x, 4) = 100;
    image_moments const m = moments(policy, bar.view());
    assert(m.m00 == 300 && m.centroid_x == 3 && m.centroid_y == 4);
    assert(m.mu20 == 200 && m.mu11 == 0 && m.mu02 == 0);
    assert(hu_moments(m)[0] == m.nu20);
}

// SPDX-License-Identifier: BSL-1.0
// local_threshold, estimate_background: bright spots in uneven light, where no single level finds them.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/label/components.hpp>
#include <quoin/mask/local_threshold.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/measure/estimate_background.hpp>
#include <quoin/pipe/zip.hpp>

#include "picture.hpp"

#include <cassert>

namespace {

struct difference {
    std::uint16_t operator()(std::uint16_t value, std::uint16_t ground) const {
        return static_cast<std::uint16_t>(value > ground ? value - ground : 0);
    }
};

quoin::index_t spots_in(quoin::bit_image const& mask) {
    return static_cast<quoin::index_t>(components(quoin::serial{}, mask).components.size());
}

} // namespace

int main(int argc, char** argv) {
    // Light that rises from 0 to 4000, and 8 x 4 spots that are 900 brighter than what is around them.
    quoin::image<std::uint16_t> picture(400, 200);
    for (int y = 0; y < 200; ++y)
        for (int x = 0; x < 400; ++x)
            picture(x, y) = static_cast<std::uint16_t>(10 * x + (x % 50 / 10 == 2 && y % 50 / 10 == 2 ? 900 : 0));

    // Brighter than the mean of the 41 x 41 pixels around, by more than 400.
    quoin::bit_image const local = local_threshold(quoin::serial{}, picture.view(), 20, 400);
    assert(spots_in(local) == 32 && local.popcount() == 3200);

    // Or subtract what is left when all that is narrower than 81 pixels is gone; then one level does.
    auto const ground = estimate_background(quoin::serial{}, picture.view(), 40);
    auto const flat = quoin::zip(picture.view(), ground.view()) | difference{};
    assert(spots_in(to_bits(quoin::serial{}, flat | quoin::threshold(650))) == 32);
    assert(spots_in(to_bits(quoin::serial{}, picture.view() | quoin::threshold(2000))) != 32);

    // The pictures of its page.
    picture::pages const pages(argc, argv);
    auto const cells = picture::cells();
    pages.save("local_threshold", "local_threshold(policy, view, 30, 12)", cells,
               local_threshold(quoin::serial{}, cells.view(), 30, 12));
    pages.save("estimate_background", "estimate_background(policy, view, 25)", cells,
               estimate_background(quoin::serial{}, cells.view(), 25));
}

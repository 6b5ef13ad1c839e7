// SPDX-License-Identifier: BSL-1.0
// match_template, best_match: where a small image is in a large one.
#undef NDEBUG
#include <quoin/draw/box.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/feature/local_peaks.hpp>
#include <quoin/feature/match_template.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/point/brightness.hpp>

#include "picture.hpp"

#include <cassert>
#include <cmath>

int main(int argc, char** argv) {
    auto const photo = picture::photo();
    quoin::serial const policy;
    auto const luma = quoin::to_image(policy, photo.view() | quoin::gray);
    quoin::rect const part{90, 60, 32, 24};

    // The part is found again, in an image of less contrast, too.
    auto const pattern = subview(luma.view(), part);
    auto const scores = quoin::match_template(policy, luma.view() | quoin::brightness(0.7f), pattern);
    quoin::keypoint const best = quoin::best_match(scores);
    assert(std::abs(best.x - 90) < 0.5 && std::abs(best.y - 60) < 0.5 && best.score > 0.99f);

    // The sum of squared differences is 0 where the template is, and the least value is the best.
    auto const differences =
        quoin::match_template(policy, luma.view(), pattern, quoin::match_method::squared_differences);
    assert(quoin::best_match(differences, true).score == 0);

    // More places than one are the peaks of the scores.
    auto const peaks = quoin::local_peaks(policy, scores, {.quality = 0.5, .distance = 16, .most = 5});
    assert(!peaks.empty() && peaks.front().score == best.score);

    picture::pages const pages(argc, argv);
    auto marked = quoin::to_image(policy, photo.view());
    quoin::draw_box(marked.view(), part, quoin::rgb8{255, 255, 0}, {.thickness = 2});
    pages.write("match_template.png", marked);
}

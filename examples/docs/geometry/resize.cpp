// SPDX-License-Identifier: BSL-1.0
// resize: another extent, anywhere in a pipeline.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/geometry/resize.hpp>

#include "chart.hpp"

#include <cassert>
#include <map>
#include <utility>

int main(int argc, char** argv) {
    std::uint8_t const values[] = {0, 100, 200, 100}; // one row
    quoin::image_view<std::uint8_t const> const view(values, 4, 1);
    quoin::serial const policy;

    // Each result reads three of the pixels, with weights of 3, 3 and 1 of 7: the edge cuts the kernel off.
    auto const half = quoin::to_image(policy, view | quoin::resize({2, 1}));
    assert(half(0, 0) == 71 && half(1, 0) == 143);
    // The nearest kernel copies pixels.
    auto const nearest = quoin::to_image(policy, view | quoin::resize({2, 1}, quoin::resize_kernel::nearest));
    assert(nearest(0, 0) == 100 && nearest(1, 0) == 100);
    // Enlarged by triangles, the values between two pixels lie on a line.
    auto const twice = quoin::to_image(policy, view | quoin::resize({8, 1}));
    assert(twice(1, 0) == 25 && twice(2, 0) == 75 && twice(3, 0) == 125);

    // A resampling stage changes the extent of the pipeline, and needs no image between the stages.
    auto const photo = picture::photo();
    auto const small = photo.view() | quoin::gray | quoin::resize({60, 40}) | quoin::gaussian3;
    assert(small.size() == (quoin::extent{60, 40}));

    // The chart, and waves of all frequencies, by each kernel. The page has both.
    using kernel = quoin::resize_kernel;
    picture::pages const pages(argc, argv);
    std::map<kernel, chart::errors> errors;
    std::string lines;
    for (auto const& [how, name] : {std::pair{kernel::nearest, "nearest"}, std::pair{kernel::box, "box"},
                                    std::pair{kernel::triangle, "triangle"}, std::pair{kernel::hamming, "hamming"},
                                    std::pair{kernel::cubic, "cubic"}, std::pair{kernel::lanczos3, "lanczos3"}}) {
        auto const resized = [&, how = how](chart::gray_image const& image, quoin::extent size) {
            return quoin::to_image(policy, image.view() | quoin::resize(size, how));
        };
        std::string const of = name,
                          caption = "resize=150x50:" + of + " of the chart, and of a part resize=450x150:" + of;
        if (how == kernel::triangle) pages.save("resize", caption, chart::drawn(), chart::shown(resized));
        else pages.add("resize", std::to_string(errors.size()), caption, chart::shown(resized));
        lines += errors.try_emplace(how, resized).first->second.lines(of);
    }
    pages.write_text("resize.errors.tsv", lines);

    // The orders that the page "Resize right" states: what is left of waves that the smaller result cannot hold, ...
    kernel const by_aliases[] = {kernel::lanczos3, kernel::triangle, kernel::cubic,
                                 kernel::hamming,  kernel::box,      kernel::nearest};
    for (int i = 1; i < 6; ++i) assert(errors.at(by_aliases[i - 1]).aliased() < errors.at(by_aliases[i]).aliased());
    assert(errors.at(kernel::box).aliased() > 28 && errors.at(kernel::box).aliased() < 30);
    assert(errors.at(kernel::lanczos3).aliased() < 10 && errors.at(kernel::nearest).aliased() > 70);
    // ... how far the waves are off that it can hold, and those of a larger result.
    assert(errors.at(kernel::lanczos3).kept() < errors.at(kernel::cubic).kept());
    assert(errors.at(kernel::cubic).kept() < errors.at(kernel::triangle).kept());
    kernel const by_enlarging[] = {kernel::lanczos3, kernel::cubic, kernel::triangle, kernel::hamming, kernel::box};
    for (int i = 1; i < 5; ++i)
        assert(errors.at(by_enlarging[i - 1]).enlarged() < errors.at(by_enlarging[i]).enlarged());
}

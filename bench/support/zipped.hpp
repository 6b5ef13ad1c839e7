// SPDX-License-Identifier: BSL-1.0
// Jobs of stages behind zip: of two images.
#pragma once

#include "jobs.hpp"

#include <quoin/pipe/zip.hpp>

namespace bench {

/// The scene from the other side, in memory of its own.
template <class P>
quoin::image_view<P const> second_scene(quoin::extent size) {
    return kept_image<P>(size, [&](quoin::image<P>& image) {
        auto const first = scene<P>(size);
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x) image(x, y) = first(size.width - 1 - x, y);
    });
}

/// zip(a, b) | stage for the pixel types P...
template <class... P, class Stage>
bool add_zipped(std::string const& name, Stage stage) {
    auto const add_type = [&]<class Q>(Q const*) {
        auto const make = [=](quoin::extent size) { return zip(scene<Q>(size), second_scene<Q>(size)) | stage; };
        using R = typename decltype(make({}))::pixel_type;
        return add_work(name + '<' + pixel_name<Q>() + '>', 2 * sizeof(Q) + sizeof(R),
                        [=](auto const& policy, quoin::extent size) {
                            return [=, pipeline = make(size), out = canvas<R>(size)] {
                                quoin::run(policy, pipeline, out);
                                keep();
                            };
                        });
    };
    return (add_type(static_cast<P const*>(nullptr)) && ...);
}

} // namespace bench

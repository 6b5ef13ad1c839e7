// SPDX-License-Identifier: BSL-1.0
// Images between files and the planes that chains work on.
#pragma once

#include "evaluate.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/image/channel_view.hpp>
#include <quoin/io/write_image.hpp>

namespace examples {

template <class P>
planes<quoin::channel_t<P>> split_channels(quoin::image<P> const& source) {
    planes<quoin::channel_t<P>> result;
    quoin::for_each_channel<P>([&](auto c) {
        result.push_back(
            quoin::to_image(quoin::serial{}, quoin::channel_of<decltype(c)::value>(source.view())));
    });
    return result;
}

template <class T>
void write_planes(std::filesystem::path const& path, planes<T> const& result) {
    if (result.size() == 1) return quoin::write_image(path, result[0].view());
    quoin::write_image(path, colors_of(result));
}

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// From formats that are known at run time to pixel types.
#pragma once

#include "arrays.hpp"

namespace quoin_python {

/// f(an image_view of the pixels), for one of the pixel types of arrays.
template <class F>
auto with_pixels(quoin::any_view const& view, F const& f) {
    quoin::any_image memory;
    quoin::any_view const v = interleaved(view, memory);
    return quoin::detail::with_channel(static_cast<int>(v.format().channel), [&]<class T>(std::type_identity<T>) {
        if (v.format().channels == 1) return f(v.as<T>());
        if (v.format().channels == 3) return f(v.as<quoin::rgb<T>>());
        return f(v.as<quoin::rgba<T>>());
    });
}

/// The channels of a value of pixels as a list, the value itself of a gray one.
template <class P>
nb::object channels_of(P const& p) {
    if constexpr (std::is_arithmetic_v<P>) return nb::cast(p);
    else {
        nb::list all;
        quoin::for_each_channel<P>([&](auto c) { all.append(nb::cast(quoin::get_channel<decltype(c)::value>(p))); });
        return all;
    }
}

} // namespace quoin_python

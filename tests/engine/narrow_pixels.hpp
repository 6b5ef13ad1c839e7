// SPDX-License-Identifier: BSL-1.0
// Images of half and bfloat16, and their numbers by definition.
#pragma once

#include "support/narrow_floats.hpp"
#include "support/oracle.hpp"

namespace test {

/// Any numbers but NaN, subnormal and infinite ones with the rest.
template <class P>
plain<P> random_numbers(extent size, unsigned seed) {
    using T = quoin::channel_t<P>;
    std::mt19937 random(seed);
    plain<P> result(size);
    for (P& p : result.data)
        quoin::for_each_channel<P>([&](auto c) {
            unsigned const bits = random() & 0xffffu;
            bool const nan = (bits & 0x7fffu) > layout_of<T>.infinity();
            quoin::get_channel<decltype(c)::value>(p) =
                T::from_bits(static_cast<std::uint16_t>(nan ? bits & 0x83ffu : bits));
        });
    return result;
}

/// The same pixels with channels f(channel).
template <class R, class P, class F>
plain<quoin::rebind_t<P, R>> each_channel(plain<P> const& in, F const& f) {
    plain<quoin::rebind_t<P, R>> out(in.size);
    for (std::size_t i = 0; i < in.data.size(); ++i) out.data[i] = quoin::map_channels(in.data[i], f);
    return out;
}

template <class T>
float value(T v) {
    return static_cast<float>(layout_of<T>.value(v.bits()));
}
template <class T>
T nearest(float v) {
    return T::from_bits(static_cast<std::uint16_t>(layout_of<T>.nearest(v)));
}

} // namespace test

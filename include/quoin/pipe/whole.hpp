// SPDX-License-Identifier: BSL-1.0
// The functors of whole stages, which compute an image from an image.
#pragma once

#include <quoin/config.hpp>

QUOIN_NAMESPACE_BEGIN

namespace concepts {

/// A functor of a whole stage. Any pixel of the result may depend on all pixels of the input, and the functor computes
/// them all in one call, in an order of its own, such as that of a queue. Channels are treated alike. The functor has
///     using computes_whole = void;
///     template <class T> using result_channel = ...;    for the channel types T that it accepts
///     void fill(policy, image_view<T const> in, image_view<result_channel<T>> out) const;
/// fill() writes all pixels of one channel. Both views have the same extent, which is not empty, and share no memory.
/// It is called once for each channel of an evaluation, on the host, and may use policy.bulk(). An evaluation needs all
/// of the stage's input and makes an image of the result, which the stages behind it read in place. If the input is not
/// a view of such channels but the result of other stages, it is first written to an image, too.
template <class F>
concept whole_functor = requires { typename F::computes_whole; };

} // namespace concepts

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// frame_average: the mean of many images of one extent, one after the other.
#pragma once

#include <quoin/exec/to_image.hpp>
#include <quoin/image/image.hpp>
#include <quoin/pipe/zip.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <class T>
inline constexpr bool can_be_averaged = std::floating_point<T> || (std::integral<T> && sizeof(T) <= 2);

/// The type of sums of many values, exact for integers.
template <class T>
using frame_sum = std::conditional_t<std::floating_point<T>, double,
                                     std::conditional_t<std::is_signed_v<T>, std::int32_t, std::uint32_t>>;

/// How many values a sum holds.
template <class T>
inline constexpr index_t most_frames =
    std::floating_point<T> ? index_t{1} << 53
    : std::is_signed_v<T>  ? (index_t{1} << 31) / (index_t{1} << (8 * sizeof(T) - 1))
                           : ((index_t{1} << 32) - 1) / ((index_t{1} << (8 * sizeof(T))) - 1);

/// A sum and a further value.
struct add_frame {
    using vectorized = void;
    using channelwise = void;

    template <class S, class V>
    QUOIN_INLINE S operator()(S const& sum, V const& v) const {
        return S(sum + convert<scalar_t<S>>(v));
    }
};

/// The sum of n values T, divided by n.
template <class T>
class frame_quotient {
public:
    using vectorized = void;
    using channelwise = void;

    QUOIN_FN explicit frame_quotient(index_t n)
        : n_(static_cast<double>(n)), reciprocal_(1 / n_), bias_(static_cast<double>(n / 2) + 0.5) {}

    template <class S>
    QUOIN_INLINE auto operator()(S const& sum) const {
        if constexpr (std::floating_point<T>) return convert<T>(sum / n_);
        else return convert<T>(convert<std::int32_t>(floor((exact(sum) + bias_) * reciprocal_)));
    }

private:
    /// Every processor converts signed integers.
    template <class S>
    static QUOIN_INLINE auto exact(S const& sum) {
        if constexpr (std::is_signed_v<scalar_t<S>>) return convert<double>(sum);
        else return convert<double>(bits_as<std::int32_t>(S(sum ^ 0x80000000u))) + 2147483648.0;
    }

    // floor((sum + n / 2) / n) is the largest integer below (sum + n / 2 + 1/2) / n, which is never a whole number. In
    // double the product with the reciprocal is nearer to it than any whole number is.
    double n_, reciprocal_, bias_;
};

} // namespace detail

/// The mean of many images of one extent, which are added one after the other, as the frames of a camera that looks at
/// a thing that does not move. For up to 64 images that are there at once, zip(a, b, ...) | mean_of needs no memory.
///
///     frame_average<std::uint8_t> average({1920, 1080});
///     while (camera.next(frame)) average.add(policy, frame.view());
///     image<std::uint8_t> const quiet = average.mean(policy);
///
/// Channels are integers of 8 or 16 bits, or floating point. Integers: the sums are exact, and the mean is rounded half
/// up once. Floating point: the sums are in double, in the order of the frames, and so is the quotient; NaN and
/// infinities are those of the operations. Results are the same under every CPU policy. Cost: each frame is read once,
/// and a sum of 4 bytes (floating point: 8) per channel is read and written. Memory: two such sums per channel.
template <concepts::pixel P>
class frame_average {
    using T = channel_t<P>;
    static_assert(detail::can_be_averaged<T>,
                  "quoin::frame_average: channels must be integers of 8 or 16 bits, or floating point; add frames "
                  "behind convert_to<float>");
    using sums = rebind_t<P, detail::frame_sum<T>>;

public:
    /// How many frames there may be: 16,843,009 of u8, 65,537 of u16, 65,536 of i16.
    static constexpr index_t most_frames = detail::most_frames<T>;

    explicit frame_average(extent size) : sums_(size.width, size.height), spare_(size.width, size.height) {}

    /// Adds an image, a view or a pipeline of pixels P. It is read once, together with the sums.
    /// @throws invalid_argument if its extent is another one, or if there are most_frames already. Nothing is added
    /// then.
    template <concepts::policy Policy, class What>
    void add(Policy const& policy, What const& frame) {
        auto const p = detail::computed_pipeline_of<typename Policy::lanes>(frame);
        static_assert(std::same_as<typename std::remove_const_t<decltype(p)>::pixel_type, P>,
                      "quoin::frame_average: the frame's pixels are not those of the average; end the pipeline with "
                      "convert_to<Channel>, or make a frame_average of its pixels");
        if (p.size() != sums_.size())
            detail::raise("quoin::frame_average: a frame of ", p.width(), " x ", p.height(), " after those of ",
                          sums_.width(), " x ", sums_.height(), "; give frames of one extent");
        if (frames_ == most_frames)
            detail::raise("quoin::frame_average: there are ", frames_,
                          " frames already, and the sum of one more may not fit; take the mean, and clear()");
        run(policy, zip(sums_.view(), p) | detail::add_frame{}, spare_);
        std::swap(sums_, spare_);
        ++frames_;
    }

    index_t frames() const { return frames_; }
    extent size() const { return sums_.size(); }

    /// The mean of the frames so far. @throws invalid_argument if there is none.
    template <concepts::policy Policy>
    image<P> mean(Policy const& policy) const {
        check();
        return to_image(policy, sums_.view() | detail::frame_quotient<T>(frames_));
    }
    /// The same, written to an image or a view. @throws invalid_argument, also if its extent is another one.
    template <concepts::policy Policy, class Out>
    void mean(Policy const& policy, Out&& out) const {
        check();
        run(policy, sums_.view() | detail::frame_quotient<T>(frames_), std::forward<Out>(out));
    }

    /// Begins anew.
    void clear() {
        frames_ = 0;
        sums_ = image<sums>(sums_.width(), sums_.height());
    }

private:
    void check() const {
        if (frames_ == 0) detail::raise("quoin::frame_average: there is no mean of 0 frames; add one");
    }

    image<sums> sums_, spare_;
    index_t frames_ = 0;
};

QUOIN_NAMESPACE_END

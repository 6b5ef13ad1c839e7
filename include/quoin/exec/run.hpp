// SPDX-License-Identifier: BSL-1.0
// run: evaluates a pipeline into a view.
#pragma once

// This include is the first, so that compilers report a short chain of includes for operator|.
#include <quoin/pipe/pipeline.hpp>

#include <quoin/core/detail/byte_lattice.hpp>
#include <quoin/core/detail/last_cache.hpp>
#include <quoin/core/tuning.hpp>
#include <quoin/exec/detail/terminal.hpp>
#include <quoin/exec/line/evaluate.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The bytes of a view's pixels, or of one plane of them. None if the type of the view does not tell.
template <class V>
byte_lattice memory_of(V const&, int) {
    return {};
}
template <class P>
byte_lattice memory_of(image_view<P> const& v, int) {
    constexpr index_t channel = sizeof(channel_t<P>), pixel = channel * channels_v<P>;
    return byte_lattice::of(v.data(), v.height(), v.stride() * channel, v.width(), pixel, pixel);
}
template <class T, int Step>
byte_lattice memory_of(channel_view<T, Step> const& v, int) {
    constexpr index_t channel = sizeof(T);
    return byte_lattice::of(v.data(), v.height(), v.stride() * channel, v.width(), Step * channel, channel);
}
template <class P>
byte_lattice memory_of(planar_view<P> const& v, int plane) {
    return memory_of(v.plane(plane), 0);
}

template <class T>
byte_lattice memory_of(video_view<T> const& v, int channel) {
    constexpr index_t bytes = sizeof(T);
    auto const& at = v.layout();
    if (channel == 0)
        return byte_lattice::of(at.luma, v.height(), at.luma_stride * bytes, v.width(), at.luma_step * bytes, bytes);
    extent const half = v.chroma_size();
    return byte_lattice::of(channel == 1 ? at.cb : at.cr, half.height, at.chroma_stride * bytes, half.width,
                            at.chroma_step * bytes, bytes);
}

/// The part of a view, or the view itself if no part of its type can be had.
template <class V>
V part_of(V const& v, rect part) {
    if constexpr (requires {
                      { subview(v, part) } -> std::same_as<V>;
                  })
        return subview(v, part);
    else return v;
}

/// The part of its input that the stages from I on read for `where` of their result.
template <int I, class Stages>
rect needed_of_input(Stages const& stages, extent input, rect where, bool periodic = false) {
    if constexpr (I == Stages::size) {
        return where;
    } else {
        auto const& f = get<I>(stages);
        if constexpr (requires { f.border; }) periodic = decltype(f.border)::periodic;
        return needed_region(f, needed_of_input<I + 1>(stages, result_extent(f, input), where, periodic), input,
                             periodic);
    }
}

/// Whether the pipeline reads a byte of `out` for the part `where` of its result.
template <class Source, class... Stages>
bool reads_from(pipeline<Source, Stages...> const& p, rect where, byte_lattice const& out) {
    if (p.size().empty()) return false;
    rect const part = needed_of_input<0>(p.stages(), extent{p.source().width(), p.source().height()}, where);
    if constexpr (is_zip<Source>) {
        return apply([&](auto const&... in) { return (reads_from(in, part, out) || ...); }, p.source().inputs);
    } else {
        auto const read = part_of(p.source(), part);
        for (int c = 0; c < channels_v<typename Source::pixel_type>; ++c)
            if (have_common_bytes(memory_of(read, c), out)) return true;
        return false;
    }
}

/// The bytes of the source pixels that are read for the part `where` of the result, summed over all sources.
template <class Source, class... Stages>
std::size_t source_bytes(pipeline<Source, Stages...> const& p, rect where) {
    rect const part = needed_of_input<0>(p.stages(), extent{p.source().width(), p.source().height()}, where);
    if constexpr (is_zip<Source>)
        return apply([&](auto const&... in) { return (source_bytes(in, part) + ...); }, p.source().inputs);
    else return static_cast<std::size_t>(part.width * part.height) * sizeof(typename Source::pixel_type);
}

/// Whether the stores of the result bypass the caches. They never do in constant expressions.
template <class Pipeline>
constexpr bool streams(Pipeline const& p, store_hint stores) {
    if (std::is_constant_evaluated()) return false;
    if (stores != store_hint::automatic) return stores == store_hint::streaming;
    std::size_t const bytes = source_bytes(p, {0, 0, p.width(), p.height()}) +
                              static_cast<std::size_t>(p.size().area()) * sizeof(typename Pipeline::pixel_type);
    return bytes >= tuning::least_streamed && bytes > last_cache() / 3 * 2;
}

template <class Out, class P>
concept takes_pixels =
    (concepts::writable_view<Out> || is_writable_video<Out>) && std::same_as<typename Out::pixel_type, P>;

/// The view to which run() writes pixels P.
template <class P, class Out>
constexpr auto output_of(Out&& out) {
    using type = std::remove_cvref_t<Out>;
    if constexpr (concepts::owning_image<type>) {
        static_assert(
            std::is_lvalue_reference_v<Out>,
            "quoin::run: the output is an image without a name, and the result would be lost; use to_image, or "
            "give an image that has a name");
        return output_of<P>(out.view());
    } else {
        static_assert(concepts::writable_view<type> || is_writable_video<type>,
                      "quoin::run: the output cannot be written; give an image that is not const, or its view()");
        if constexpr (concepts::writable_view<type> || is_writable_video<type>)
            static_assert(std::same_as<P, typename type::pixel_type>,
                          "quoin::run: the pipeline's pixels are not those of the output view; end the pipeline with "
                          "convert_to<Channel> or give a view of pipeline::pixel_type");
        return out;
    }
}

/// Writes pixels to a frame. A policy that is not of this memory writes an image first.
template <class Policy, class Pipeline, class T>
void write_frame(Policy const& policy, Pipeline const& p, video_view<T> const& out, tiling t) {
    if constexpr (concepts::hosted_policy<Policy>) {
        image<typename Pipeline::pixel_type> between(p.size(), uninitialized);
        policy.run_pipeline(p, between.view(), t);
        write_frame(policy.host(), as_pipeline(std::as_const(between).view()), out, {});
    } else {
        using sink = video_sink<typename Policy::lanes, video_view<T>>;
        evaluate(policy, p, sink::fit(out, cut(policy, p, t)),
                 [&](index_t, rect block, line_memory* memory) { return sink(out, block, memory); });
    }
}

/// run() for arguments of the right types.
template <class Policy, class Pipeline, class View>
constexpr void write_pixels(Policy const& policy, Pipeline const& p, View const& view, tiling t) {
    using P = typename Pipeline::pixel_type;
    if (p.size() != extent{view.width(), view.height()})
        raise("quoin::run: the pipeline makes ", p.width(), " x ", p.height(), " pixels, the output view has ",
              view.width(), " x ", view.height(), "; give a view of the same extent");
    if (p.size().empty()) return;
    if (!std::is_constant_evaluated()) {
        for (int c = 0; c < channels_v<P>; ++c)
            if (reads_from(p, {0, 0, p.width(), p.height()}, memory_of(view, c)))
                raise("quoin::run: the output view has bytes that a source of the pipeline has, too, and would "
                      "overwrite pixels before they are read; write into another image");
    }
    if constexpr (is_video_view<View>) {
        write_frame(policy, p, view, t);
    } else if constexpr (concepts::pipeline_policy<Policy, Pipeline, View>) {
        policy.run_pipeline(p, view, t);
    } else {
        using sink = view_sink<typename Policy::lanes, View>;
        bool const streaming = sink::can_stream && streams(p, t.stores);
        evaluate(policy, p, cut(policy, p, t), [&](index_t, rect) { return sink{view, streaming}; });
    }
}

} // namespace detail

/// Computes every pixel of `what` (an image, a view or a pipeline) and writes it to the same place of `out`, an image
/// or a view of the same pixel type, or a video_view of pixels ycbcr. The source is read about once: two blocks both
/// read the pixels that they share. The result is written once. There is no intermediate image. All CPU policies write
/// the same bytes; floating point needs -ffp-contract=off for that, and on a GPU it can differ in the last bits. `t`
/// overrides the division into blocks. Memory: for each thread and each local stage as many lines as the footprint has
/// rows.
/// @throws invalid_argument, before anything is written, if the extents differ, or if a pixel of `out` has a byte that
/// is read from a source. Other parts of the same buffer may be both: halves, rows in turn, channels. Views of types
/// that are not quoin's are not checked.
template <concepts::policy Policy, class What, class Out>
constexpr void run(Policy const& policy, What const& what, Out&& out, tiling t = {}) {
    auto const p = detail::pipeline_of<typename Policy::lanes>(what);
    using P = typename std::remove_const_t<decltype(p)>::pixel_type;
    auto const view = detail::output_of<P>(std::forward<Out>(out));
    if constexpr (detail::takes_pixels<std::remove_const_t<decltype(view)>, P>)
        detail::write_pixels(policy, p, view, t);
}

/// The error messages for a policy that is not the first argument, and for a missing output.
template <concepts::readable What, class... More>
constexpr void run(What const&, More const&...) {
    (void)detail::missing_policy<What>();
}
template <concepts::policy Policy, class What>
constexpr void run(Policy const&, What const&) {
    static_assert(!concepts::policy<Policy>, "quoin::run: the output is missing; give an image or a view for the "
                                             "result, or call to_image(policy, pipeline), which makes an image");
}

/// The error message for `pipeline | otsu` and `pipeline | sum`.
template <concepts::readable What>
QUOIN_FN auto operator|(What const& what, detail::terminal_name<index_t>) {
    return detail::ended(what);
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Images in the memory of a Kokkos execution space, and copies of a pipeline's sources there.
#pragma once

#include <quoin/pipe/zip.hpp>

#include <Kokkos_Core.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A view whose rows start at a multiple of four bytes. Four bytes behind the last pixel may be read.
template <class P>
struct u32_view : image_view<P> {
    static constexpr bool has_whole_u32 = true;
    using image_view<P>::image_view;
};

/// An image in the memory of a space. Each row starts a cache line. The last copy frees the memory.
template <class Space, class P>
class device_image {
    using T = channel_t<P>;
    using memory = Kokkos::View<T*, typename Space::memory_space>;

public:
    explicit device_image(extent size)
        : size_(size), stride_((size.width * channels_v<P> + in_line - 1) / in_line * in_line),
          data_(Kokkos::view_alloc("quoin::image", Kokkos::WithoutInitializing),
                static_cast<std::size_t>(stride_ * size.height + in_line)) {}

    u32_view<P> view() const { return {data_.data(), size_.width, size_.height, stride_}; }
    u32_view<P const> const_view() const { return {data_.data(), size_.width, size_.height, stride_}; }

    /// Copies from and to any view in host memory, through a buffer of the same layout.
    template <class View>
    void copy_from(View const& v) {
        auto const host = Kokkos::create_mirror_view(data_);
        image_view<P> const buffer(host.data(), size_.width, size_.height, stride_);
        for (index_t y = 0; y < size_.height; ++y)
            for (index_t x = 0; x < size_.width; ++x) buffer.store(x, y, v.load(x, y));
        Kokkos::deep_copy(data_, host);
    }
    template <class View>
    void copy_to(View const& v) const {
        auto const host = Kokkos::create_mirror_view(data_);
        Kokkos::deep_copy(host, data_);
        image_view<P const> const buffer(host.data(), size_.width, size_.height, stride_);
        for (index_t y = 0; y < size_.height; ++y)
            for (index_t x = 0; x < size_.width; ++x) v.store(x, y, buffer.load(x, y));
    }

private:
    static constexpr index_t in_line = 128 / static_cast<index_t>(sizeof(T));

    extent size_;
    index_t stride_;
    memory data_;
};

/// A pipeline's source in the memory of a space. view() replaces the source.
template <class Space, class View>
struct device_source {
    device_image<Space, typename View::pixel_type> image;
    explicit device_source(View const& v) : image(extent{v.width(), v.height()}) { image.copy_from(v); }
    auto view() const { return image.const_view(); }
};

template <class Space, class Source, class... Stages>
struct device_source<Space, pipeline<Source, Stages...>> {
    device_source<Space, Source> source;
    flat_tuple<Stages...> stages;
    explicit device_source(pipeline<Source, Stages...> const& p) : source(p.source()), stages(p.stages()) {}
    auto view() const { return pipeline{source.view(), stages}; }
};

template <class Space, class... Pipelines>
struct device_source<Space, zip_source<Pipelines...>> {
    flat_tuple<device_source<Space, Pipelines>...> inputs;
    explicit device_source(zip_source<Pipelines...> const& z)
        : inputs(apply(
              [](auto const&... in) {
                  return flat_tuple<device_source<Space, Pipelines>...>{{{device_source<Space, Pipelines>(in)}...}};
              },
              z.inputs)) {}
    auto view() const {
        return apply([](auto const&... in) { return zip_source<decltype(in.view())...>{{{{in.view()}...}}}; }, inputs);
    }
};

} // namespace detail

QUOIN_NAMESPACE_END

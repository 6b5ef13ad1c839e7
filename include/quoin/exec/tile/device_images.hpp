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
    device_image<Space, std::remove_const_t<typename View::pixel_type>> image;
    explicit device_source(View const& v) : image(extent{v.width(), v.height()}) { image.copy_from(v); }
    auto view() const { return image.const_view(); }
};

/// A stage, with the images that it reads besides its input in the memory of a space. A stage that reads two has
/// map_x(), map_y() and with_maps(x, y), which gives the stage that reads x and y instead, with the same pixels.
template <class Space, class F>
struct device_stage {
    F f;
    explicit device_stage(F const& stage) : f(stage) {}
    F const& view() const { return f; }
};
template <class Space, class F>
    requires requires(F const& f) { f.with_maps(f.map_x(), f.map_y()); }
struct device_stage<Space, F> {
    F f;
    device_source<Space, image_view<float const>> x, y;
    explicit device_stage(F const& stage) : f(stage), x(stage.map_x()), y(stage.map_y()) {}
    F view() const { return f.with_maps(x.view(), y.view()); }
};

template <class Space, class Source, class... Stages>
struct device_source<Space, pipeline<Source, Stages...>> {
    device_source<Space, Source> source;
    flat_tuple<device_stage<Space, Stages>...> stages;
    explicit device_source(pipeline<Source, Stages...> const& p)
        : source(p.source()),
          stages(apply(
              [](auto const&... f) {
                  return flat_tuple<device_stage<Space, Stages>...>{{{device_stage<Space, Stages>(f)}...}};
              },
              p.stages())) {}
    auto view() const {
        return pipeline{source.view(),
                        apply([](auto const&... s) { return flat_tuple<Stages...>{{{s.view()}...}}; }, stages)};
    }
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

/// A copy of a table in the memory of a space.
template <class Space, class T>
Kokkos::View<T*, typename Space::memory_space> device_array(T const* values, index_t count) {
    using host = Kokkos::View<T const*, Kokkos::HostSpace, Kokkos::MemoryTraits<Kokkos::Unmanaged>>;
    Kokkos::View<T*, typename Space::memory_space> array(Kokkos::view_alloc("quoin::taps", Kokkos::WithoutInitializing),
                                                         static_cast<std::size_t>(count));
    Kokkos::deep_copy(array, host(values, static_cast<std::size_t>(count)));
    return array;
}

/// A resampling stage whose table is in the memory of a space.
template <class Space, class F>
class device_resampling {
public:
    using resamples = void;
    using input_channel = typename F::input_channel;
    using weight = typename F::weight;
    using rounding_type = typename F::rounding_type;
    static constexpr axis along = F::along;

    explicit device_resampling(F const& f)
        : taps_(f.taps()), first_(device_array<Space>(taps_.first, taps_.size)),
          used_(device_array<Space>(taps_.used, taps_.size)),
          weights_(device_array<Space>(taps_.weights, taps_.size * taps_.count)), rounding_(f.rounding()) {
        taps_.first = first_.data();
        taps_.used = used_.data();
        taps_.weights = weights_.data();
    }
    tap_table<weight> taps() const { return taps_; }
    rounding_type rounding() const { return rounding_; }

private:
    template <class T>
    using array = Kokkos::View<T*, typename Space::memory_space>;

    tap_table<weight> taps_;
    array<index_t> first_;
    array<int> used_;
    array<weight> weights_;
    rounding_type rounding_;
};

/// A stage of look-up tables that are in the memory of a space.
template <class Space, class F>
class device_lut : public F::far {
public:
    explicit device_lut(F const& f) : device_lut(device_array<Space>(f.values(), F::size)) {}

private:
    using array = Kokkos::View<typename F::table_channel*, typename Space::memory_space>;
    explicit device_lut(array const& values) : F::far(values.data()), values_(values) {}

    array values_;
};

/// A stage of other numbers that are in the memory of a space.
template <class Space, class F>
class device_numbers : public F::far {
public:
    explicit device_numbers(F const& f) : device_numbers(f, device_array<Space>(f.numbers(), f.size())) {}

private:
    using array = Kokkos::View<typename F::far_numbers*, typename Space::memory_space>;
    device_numbers(F const& f, array const& numbers) : F::far(f.with_numbers(numbers.data())), numbers_(numbers) {}

    array numbers_;
};

/// The stage, or the pipeline, with its tables in the memory of a space.
template <class Space, class F>
auto with_device_tables(F const& f) {
    if constexpr (concepts::resampling_functor<F>) return device_resampling<Space, F>(f);
    else if constexpr (requires { typename F::table_channel; }) return device_lut<Space, F>(f);
    else if constexpr (requires { typename F::far_numbers; }) return device_numbers<Space, F>(f);
    else return f;
}
template <class Space, class... Pipelines>
auto with_device_tables(zip_source<Pipelines...> const& z);
template <class Space, class Source, class... Stages>
auto with_device_tables(pipeline<Source, Stages...> const& p) {
    return apply(
        [&](auto const&... stages) {
            return pipeline{
                with_device_tables<Space>(p.source()),
                flat_tuple<decltype(with_device_tables<Space>(stages))...>{{{with_device_tables<Space>(stages)}...}}};
        },
        p.stages());
}
template <class Space, class... Pipelines>
auto with_device_tables(zip_source<Pipelines...> const& z) {
    return apply(
        [](auto const&... in) {
            return zip_source<decltype(with_device_tables<Space>(in))...>{{{{with_device_tables<Space>(in)}...}}};
        },
        z.inputs);
}

} // namespace detail

QUOIN_NAMESPACE_END

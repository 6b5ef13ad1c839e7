// SPDX-License-Identifier: BSL-1.0
// prepare: makes tensors by one spec, and keeps tables and memory from one call to the next.
#pragma once

#include <quoin/tensor/detail/check_images.hpp>
#include <quoin/tensor/detail/linear_fit.hpp>
#include <quoin/tensor/detail/tensor_stages.hpp>

#include <span>
#include <tuple>

QUOIN_NAMESPACE_BEGIN

/// Makes tensors of images by one spec; see prepare(). A copy keeps tables, but no memory of lines.
class tensor_maker {
public:
    /// `name` is that of the function in messages.
    /// @throws invalid_argument for a spec that to_tensor() refuses.
    explicit tensor_maker(tensor_spec const& spec, char const* name = "tensor_maker") : name_(name), spec_(spec) {
        detail::check_spec(name, spec);
    }

    tensor_spec const& spec() const { return spec_; }

    /// The same as to_tensor(policy, images, spec(), out), with the same bytes and the same exceptions. The result is
    /// valid until the next call. A call allocates nothing if the images have the extents, in any order, of those of
    /// the call before, and policy and type of values are those of an earlier call.
    template <concepts::policy Policy, concepts::tensor_value T>
    std::span<placement const> operator()(Policy const& policy, std::span<image_view<rgb8 const> const> images,
                                          std::span<T> out) {
        if constexpr (concepts::hosted_policy<Policy>) {
            return (*this)(policy.host(), images, out);
        } else {
            detail::fit_images(name_, images, spec_, out, fits_);
            auto& tables = std::get<std::vector<detail::tensor_tables<T>>>(tables_);
            if (tables.empty()) tables.push_back(detail::make_tables<T>(spec_));
            write(policy, images,
                  {spec_.size, spec_.layout == tensor_layout::nchw, spec_.order == channel_order::bgr, tables.data(),
                   out.data(), &detail::look_up<T>, &detail::fill_values<T>});
            places_.clear();
            for (auto const& to : fits_) places_.push_back(to.place(spec_.antialias));
            return places_;
        }
    }

private:
    template <class Policy>
    void write(Policy const& policy, std::span<image_view<rgb8 const> const> images, detail::tensor_memory const& out) {
        // The one place that knows the ways to resize.
        auto const resized = [&](auto& stages, auto const& stage_of) {
            stages.prepare(images, fits_, stage_of);
            policy.bulk(static_cast<index_t>(images.size()),
                        [&](index_t i) { detail::pad_around(out, i, fits_[static_cast<std::size_t>(i)], spec_.pad); });
            stages.write(policy, images, fits_, out, memory_);
        };
        if (!spec_.antialias)
            return resized(linear_, [](detail::fitted const& to) { return detail::linear_fit_fn{to}; });
        auto const antialiased = [&]<resize_mode Mode>(detail::tensor_stages<resize_fn<Mode>>& stages) {
            resized(stages, [&](detail::fitted const& to) { return resize<Mode>(to.resized, spec_.kernel); });
        };
        switch (spec_.mode) {
        case resize_mode::pillow:
            return antialiased(pillow_);
        case resize_mode::pillow_simd:
            return antialiased(pillow_simd_);
        default:
            return antialiased(accurate_);
        }
    }

    char const* name_;
    tensor_spec spec_;
    std::vector<detail::fitted> fits_;
    std::vector<placement> places_;
    // Each has one element, or none.
    std::tuple<std::vector<detail::tensor_tables<float>>, std::vector<detail::tensor_tables<half>>,
               std::vector<detail::tensor_tables<bfloat16>>>
        tables_;
    detail::tensor_stages<resize_fn<resize_mode::pillow>> pillow_;
    detail::tensor_stages<resize_fn<resize_mode::pillow_simd>> pillow_simd_;
    detail::tensor_stages<resize_fn<resize_mode::accurate>> accurate_;
    detail::tensor_stages<detail::linear_fit_fn> linear_;
    workspace memory_;
};

/// Returns an object that makes tensors by this spec, call by call, and keeps between them what depends on the extents
/// of images alone: the tables of weights, the values of all bytes, and the lines of each thread. So frames of a camera
/// cost no allocation:
///     auto make = prepare({.size = {640, 640}, .fit = tensor_fit::letterbox});
///     for (auto const& frame : frames) auto const places = make(policy, std::span(&frame, 1), std::span(values));
/// The bytes are those of to_tensor(), which is one such call. One object serves one call at a time, on any number of
/// threads. Memory: the tables of weights for each extent among the images of the last call; for each thread the lines
/// of resize(); 3 x 256 values for each type.
/// @throws invalid_argument for a spec that to_tensor() refuses.
inline tensor_maker prepare(tensor_spec const& spec) {
    detail::check_spec("prepare", spec);
    return tensor_maker(spec);
}

QUOIN_NAMESPACE_END

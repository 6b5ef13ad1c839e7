// SPDX-License-Identifier: BSL-1.0
// Statistics of one image, and the distance of two.
#include "parts.hpp"

#include "pixels.hpp"
#include "policies.hpp"

#include <quoin/measure/histogram.hpp>
#include <quoin/measure/image_error.hpp>
#include <quoin/measure/integral_image.hpp>
#include <quoin/measure/mean_std.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/measure/ssim.hpp>
#include <quoin/measure/statistics.hpp>

#include <nanobind/stl/string_view.h>

namespace quoin_python {

namespace {

template <class P>
nb::object counts_of(P const& counts) {
    if constexpr (requires { counts.data(); }) {
        std::vector<std::int64_t> values(counts.begin(), counts.end());
        std::size_t const size = values.size();
        return array_of(std::move(values), {size});
    } else {
        nb::list all;
        quoin::for_each_channel<P>(
            [&](auto c) { all.append(counts_of(quoin::get_channel<decltype(c)::value>(counts))); });
        return all;
    }
}

/// All in one reading.
nb::dict statistics(nb::handle image, std::string_view policy_name, int threads) {
    policy const& p = vector_policy(policy_name, threads);
    array_image const from(image, "the image");
    nb::dict d;
    with_pixels(from.view(), [&](auto const& view) {
        using P = std::remove_const_t<typename std::remove_cvref_t<decltype(view)>::pixel_type>;
        auto const fill = [&](auto const& moments, auto const& range) {
            d["mean"] = channels_of(moments.mean);
            d["std"] = channels_of(moments.std);
            d["min"] = channels_of(range.min);
            d["max"] = channels_of(range.max);
        };
        if constexpr (quoin::detail::has_countable_channels<P>) {
            auto const found = [&] {
                nb::gil_scoped_release const released;
                return quoin::statistics(p, view, quoin::mean_std, quoin::min_max, quoin::histogram);
            }();
            fill(std::get<0>(found), std::get<1>(found));
            d["histogram"] = counts_of(std::get<2>(found));
        } else {
            auto const found = [&] {
                nb::gil_scoped_release const released;
                return quoin::statistics(p, view, quoin::mean_std, quoin::min_max);
            }();
            fill(std::get<0>(found), std::get<1>(found));
        }
    });
    return d;
}

/// f(view of a, view of b), of two images of the same pixels, unsigned or of floating point.
template <class F>
double compared(char const* name, nb::handle a, nb::handle b, F const& f) {
    array_image const first(a, "the first image"), second(b, "the second image");
    if (first.view().format() != second.view().format())
        quoin::detail::raise("quoin.", name, ": images of ", quoin::to_text(first.view().format()), " and ",
                             quoin::to_text(second.view().format()), "; give two of the same type and channels");
    nb::gil_scoped_release const released;
    return with_pixels(first.view(), [&](auto const& x) -> double {
        using P = std::remove_const_t<typename std::remove_cvref_t<decltype(x)>::pixel_type>;
        using T = quoin::channel_t<P>;
        if constexpr (std::same_as<T, std::int16_t> || std::same_as<T, std::int32_t>) {
            quoin::detail::raise("quoin.", name, ": images of ", quoin::to_text(quoin::format_of<P>),
                                 "; give uint8, uint16 or float32");
        } else {
            quoin::any_image memory;
            return f(x, interleaved(second.view(), memory).as<P>());
        }
    });
}

/// The exact mean of integers is the same where channels are pixels: a third of the code.
template <class P>
auto flat(quoin::image_view<P> const& view) {
    using T = quoin::channel_t<P>;
    if constexpr (std::floating_point<T>) return view;
    else {
        using C = std::conditional_t<std::is_const_v<P>, T const, T>;
        return quoin::image_view<C>(view.data(), view.width() * quoin::channels_v<P>, view.height(), view.stride());
    }
}

double mse(nb::handle a, nb::handle b, std::string_view policy_name, int threads) {
    policy const& p = vector_policy(policy_name, threads);
    return compared("mse", a, b, [&](auto const& x, auto const& y) {
        if (x.size() != y.size())
            quoin::detail::raise("quoin.mse: an image of ", x.width(), " x ", x.height(), " and one of ", y.width(),
                                 " x ", y.height(), " cannot be compared; give two of the same extent");
        return quoin::mse(p, flat(x), flat(y));
    });
}

nb::object integral_image(nb::handle image, bool squares, std::string_view policy_name, int threads) {
    policy const& p = vector_policy(policy_name, threads);
    array_image const from(image, "the image");
    return with_pixels(from.view(), [&](auto const& view) {
        auto const arranged = [&](auto const& sums) {
            using R = typename std::remove_cvref_t<decltype(sums)>::pixel_type;
            constexpr auto channels = static_cast<std::size_t>(quoin::channels_v<R>);
            auto const row = static_cast<std::size_t>(sums.width()) * channels;
            std::vector<quoin::channel_t<R>> values;
            values.reserve(row * static_cast<std::size_t>(sums.height()));
            for (quoin::index_t y = 0; y < sums.height(); ++y)
                values.insert(values.end(), sums.view().row(y), sums.view().row(y) + row);
            std::vector<std::size_t> shape{static_cast<std::size_t>(sums.height()),
                                           static_cast<std::size_t>(sums.width())};
            if (channels > 1) shape.push_back(channels);
            return array_of(std::move(values), shape);
        };
        return squares ? arranged(quoin::squared_integral_image(p, view)) : arranged(quoin::integral_image(p, view));
    });
}

} // namespace

void add_measures(nb::module_& m) {
    m.def("statistics", &statistics, nb::arg("image").none(), nb::kw_only(), nb::arg("policy"), nb::arg("threads"));
    m.def("integral_image", &integral_image, nb::arg("image").none(), nb::kw_only(), nb::arg("squares"),
          nb::arg("policy"), nb::arg("threads"));
    m.def("mse", &mse, nb::arg("a").none(), nb::arg("b").none(), nb::kw_only(), nb::arg("policy"), nb::arg("threads"));
    m.def(
        "ssim",
        [](nb::handle a, nb::handle b, bool gaussian, double range, std::string_view policy_name, int threads) {
            policy const& p = vector_policy(policy_name, threads);
            quoin::ssim_options const options{gaussian ? quoin::ssim_window::gaussian : quoin::ssim_window::uniform,
                                              range};
            return compared("ssim", a, b, [&](auto const& x, auto const& y) { return quoin::ssim(p, x, y, options); });
        },
        nb::arg("a").none(), nb::arg("b").none(), nb::kw_only(), nb::arg("gaussian"), nb::arg("range"),
        nb::arg("policy"), nb::arg("threads"));
}

} // namespace quoin_python

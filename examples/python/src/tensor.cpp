// SPDX-License-Identifier: BSL-1.0
// The input of models.
#include "parts.hpp"

#include "arrays.hpp"
#include "policies.hpp"

#include <quoin/tensor/prepare.hpp>
#include <quoin/tensor/to_tensor.hpp>

#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <deque>
#include <limits>
#include <memory>
#include <mutex>

namespace quoin_python {

namespace {

/// The number of a word among `words`.
int choice_of(char const* what, std::string_view word, std::initializer_list<std::string_view> words) {
    std::string known;
    int n = 0;
    for (std::string_view const w : words) {
        if (w == word) return n;
        known += (n++ ? ", " : "") + std::string(w);
    }
    quoin::detail::raise("quoin.Tensor: ", what, " is '", word, "'; give one of ", known);
}

std::array<float, 3> three_of(char const* what, std::vector<double> const& values) {
    if (values.size() != 3) quoin::detail::raise("quoin.Tensor: ", what, " has ", values.size(), " numbers; give 3");
    return {static_cast<float>(values[0]), static_cast<float>(values[1]), static_cast<float>(values[2])};
}

/// quoin::tensor_maker, for one call at a time.
class tensor {
public:
    tensor(quoin::index_t width, quoin::index_t height, std::string_view fit, quoin::index_t shorter_side,
           std::string_view kernel, std::string_view mode, bool antialias, nb::handle scale,
           std::vector<double> const& mean, std::vector<double> const& std, std::string_view steps,
           std::string_view layout, std::string_view order, int pad, std::string_view type)
        : type_(choice_of("type", type, {"f32", "f16", "bf16"})),
          maker_(std::make_unique<quoin::tensor_maker>(
              quoin::tensor_spec{
                  .size = {width, height},
                  .fit =
                      static_cast<quoin::tensor_fit>(choice_of("fit", fit, {"stretch", "letterbox", "crop", "cover"})),
                  .shorter_side = shorter_side,
                  .kernel = static_cast<quoin::resize_kernel>(
                      choice_of("kernel", kernel, {"nearest", "box", "triangle", "hamming", "cubic", "lanczos3"})),
                  .mode =
                      static_cast<quoin::resize_mode>(choice_of("mode", mode, {"pillow", "pillow_simd", "accurate"})),
                  .antialias = antialias,
                  .scale = scale.is_none() ? std::optional<float>() : static_cast<float>(nb::cast<double>(scale)),
                  .mean = three_of("mean", mean),
                  .deviation = three_of("std", std),
                  .steps = static_cast<quoin::tensor_steps>(choice_of("steps", steps, {"scale_first", "mean_first"})),
                  .layout = static_cast<quoin::tensor_layout>(choice_of("layout", layout, {"nchw", "nhwc"})),
                  .order = static_cast<quoin::channel_order>(choice_of("order", order, {"rgb", "bgr"})),
                  .pad = static_cast<std::uint8_t>(pad)},
              "Tensor")) {
        if (pad < 0 || pad > 255) quoin::detail::raise("quoin.Tensor: pad is ", pad, "; give a byte, 0 to 255");
    }

    /// (values, places): places has a row (scale_x, scale_y, offset_x, offset_y) for each image.
    nb::tuple make(nb::sequence const& images, nb::handle out, std::string_view policy_name, int threads) {
        policy const& p = vector_policy(policy_name, threads);
        std::deque<array_image> arrays;
        std::deque<quoin::any_image> memory;
        std::vector<quoin::image_view<quoin::rgb8 const>> views;
        for (nb::handle const image : images) {
            std::string const what = "image " + std::to_string(arrays.size());
            arrays.emplace_back(image, what.c_str());
            quoin::any_view const v = arrays.back().view();
            if (v.format() != quoin::format_of<quoin::rgb8>)
                quoin::detail::raise("quoin.Tensor: ", what, " has pixels of the format ", quoin::to_text(v.format()),
                                     "; give (height, width, 3) of uint8");
            memory.emplace_back();
            views.push_back(interleaved(v, memory.back()).as<quoin::rgb8>());
        }
        quoin::tensor_spec const& spec = maker_->spec();
        std::size_t const n = views.size(), w = static_cast<std::size_t>(spec.size.width),
                          h = static_cast<std::size_t>(spec.size.height);
        bool const planes = spec.layout == quoin::tensor_layout::nchw;
        std::vector<std::size_t> const shape =
            planes ? std::vector{n, std::size_t{3}, h, w} : std::vector{n, h, w, std::size_t{3}};
        refuse_masked(out, "out", true);
        nb::object values = out.is_none() ? empty(shape) : nb::borrow(out);
        nb::ndarray<nb::c_contig, nb::device::cpu> to;
        bool fits = nb::try_cast(values, to, false) && is_of_type(to.dtype()) && to.ndim() == shape.size();
        for (std::size_t i = 0; fits && i < shape.size(); ++i) fits = to.shape(i) == shape[i];
        if (!fits)
            quoin::detail::raise("quoin.Tensor: out is no contiguous, writable array of ", names[type_],
                                 " and of the shape (", shape[0], ", ", shape[1], ", ", shape[2], ", ", shape[3],
                                 "); give one, as numpy.empty makes it");
        std::vector<double> places;
        {
            nb::gil_scoped_release const released;
            std::scoped_lock const lock(mutex_);
            auto const write = [&]<class T>(std::type_identity<T>) {
                for (quoin::placement const& each :
                     (*maker_)(p, views, std::span(static_cast<T*>(to.data()), n * 3 * h * w)))
                    places.insert(places.end(), {each.scale_x, each.scale_y, each.offset_x, each.offset_y});
            };
            if (type_ == 0) write(std::type_identity<float>{});
            else if (type_ == 1) write(std::type_identity<quoin::half>{});
            else write(std::type_identity<quoin::bfloat16>{});
        }
        return nb::make_tuple(values, array_of(std::move(places), {n, 4}));
    }

private:
    static constexpr char const* names[] = {"float32", "float16", "uint16"}; // NumPy has no bfloat16: its bits

    bool is_of_type(nb::dlpack::dtype d) const {
        using enum nb::dlpack::dtype_code;
        auto const is = [&](nb::dlpack::dtype_code code) { return d.code == static_cast<std::uint8_t>(code); };
        if (d.lanes != 1 || d.bits != (type_ == 0 ? 32 : 16)) return false;
        return type_ < 2 ? is(Float) : is(UInt) || is(Bfloat);
    }

    nb::object empty(std::vector<std::size_t> const& shape) const {
        nb::object const numpy = nb::module_::import_("numpy");
        nb::list sides;
        for (std::size_t const s : shape) sides.append(s);
        return numpy.attr("empty")(nb::tuple(sides), names[type_]);
    }

    int type_;
    std::unique_ptr<quoin::tensor_maker> maker_;
    std::mutex mutex_;
};

} // namespace

void add_tensors(nb::module_& m) {
    nb::class_<tensor>(m, "Tensor")
        .def(nb::init<quoin::index_t, quoin::index_t, std::string_view, quoin::index_t, std::string_view,
                      std::string_view, bool, nb::handle, std::vector<double> const&, std::vector<double> const&,
                      std::string_view, std::string_view, std::string_view, int, std::string_view>(),
             nb::arg("width"), nb::arg("height"), nb::kw_only(), nb::arg("fit"), nb::arg("shorter_side"),
             nb::arg("kernel"), nb::arg("mode"), nb::arg("antialias"), nb::arg("scale").none(), nb::arg("mean"),
             nb::arg("std"), nb::arg("steps"), nb::arg("layout"), nb::arg("order"), nb::arg("pad"), nb::arg("type"))
        .def("make", &tensor::make, nb::arg("images"), nb::arg("out").none(), nb::kw_only(), nb::arg("policy"),
             nb::arg("threads"));
}

} // namespace quoin_python

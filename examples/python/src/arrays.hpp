// SPDX-License-Identifier: BSL-1.0
// Arrays of Python as views of quoin, without a copy, and images of quoin as arrays.
#pragma once

#include <quoin/runtime/any_pipeline.hpp>

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <string>

namespace quoin_python {

namespace nb = nanobind;

/// `what` names the argument in messages. @throws quoin::invalid_argument (ValueError) for an array of numpy.ma: its
/// buffer has the values, and not the mask.
void refuse_masked(nb::handle object, char const* what, bool writable = false);

/// An image in the memory of an object of Python: anything that has the buffer protocol, as arrays of NumPy have, or
/// DLPack. Its shape is (height, width), (height, width, 1), (height, width, 3) or (height, width, 4); its type
/// uint8, bool (which reads as uint8), uint16, int16, int32 or float32. Strides may be any whole numbers of elements,
/// negative ones too; rows and pixels are read where they lie. The object is kept, and locked against being resized,
/// as long as this is alive.
class array_image {
public:
    /// `what` names the argument in messages. @throws quoin::invalid_argument (ValueError) for another shape, type or
    /// stride, a masked array, or if it is to be written and is read-only or has elements that share bytes;
    /// nb::type_error for an object that is no array.
    array_image(nb::handle object, char const* what, bool writable = false);
    array_image(array_image const&) = delete;
    array_image& operator=(array_image const&) = delete;
    ~array_image();

    quoin::any_view const& view() const { return view_; }
    quoin::any_output const& output() const { return view_; }

private:
    Py_buffer buffer_{};
    nb::ndarray<nb::ro> tensor_; ///< where the object has DLPack and no buffer
    bool has_buffer_ = false;
    quoin::any_output view_;
};

/// A new array of the format and extent: NumPy's, contiguous, aligned for vectors; not initialized. Pixels of one
/// channel make it (height, width).
class new_array {
public:
    new_array(quoin::pixel_format format, quoin::extent size);

    quoin::any_output const& output() const { return output_; }
    nb::object const& object() const { return object_; }

private:
    nb::object object_;
    quoin::any_output output_;
};

/// A view of the same pixels whose pixels lie side by side: itself, or that of a copy, which `memory` then holds.
quoin::any_view interleaved(quoin::any_view const& view, quoin::any_image& memory);

/// An array of NumPy of this shape that owns `values`.
template <class T>
nb::object array_of(std::vector<T> values, std::vector<std::size_t> const& shape) {
    auto* const kept = new std::vector<T>(std::move(values));
    nb::capsule owner(kept, [](void* p) noexcept { delete static_cast<std::vector<T>*>(p); });
    return nb::cast(nb::ndarray<nb::numpy, T>(kept->data(), shape.size(), shape.data(), owner));
}

} // namespace quoin_python

// SPDX-License-Identifier: BSL-1.0
// Views of arrays, from the buffer protocol and DLPack.
#include "arrays.hpp"

#include <quoin/exec/serial.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <memory>
#include <new>
#include <optional>
#include <utility>

namespace quoin_python {

namespace {

using quoin::channel_type;
using quoin::index_t;

constexpr std::size_t alignment = 64;

/// An array as every protocol describes it; strides are in bytes.
struct layout {
    void* data;
    int dimensions;
    std::int64_t shape[4];
    std::int64_t strides[4];
    std::int64_t item;
};

/// shape(i) and stride(i) are those of dimension i.
layout layout_of(void* data, int dimensions, std::int64_t item, char const* what, auto const& shape,
                 auto const& stride) {
    if (dimensions < 1 || dimensions > 4)
        quoin::detail::raise("quoin: ", what, " has ", dimensions,
                             " dimensions; give (height, width) or (height, width, channels)");
    layout a{data, dimensions, {}, {}, item};
    for (int i = 0; i < dimensions; ++i) {
        a.shape[i] = shape(i);
        a.strides[i] = stride(i);
    }
    return a;
}

std::string text_of(std::int64_t const* numbers, int count) {
    std::string text = "(";
    for (int i = 0; i < count; ++i) text += (i ? ", " : "") + std::to_string(numbers[i]);
    return text + (count == 1 ? ",)" : ")");
}

/// The type of elements of bool, which are read as bytes. They hold no others than 0 and 1, so they are not written.
std::optional<channel_type> type_of_bool(bool writable) {
    return writable ? std::nullopt : std::optional(channel_type::u8);
}

/// The channel type of a format of the buffer protocol, as the struct module writes it.
std::optional<channel_type> type_of_format(char const* format, std::int64_t item, bool writable) {
    if (!format) return channel_type::u8;
    constexpr bool little = std::endian::native == std::endian::little;
    if (*format == '@' || *format == '=' || *format == (little ? '<' : '>')) ++format;
    if (std::strlen(format) != 1) return {};
    bool const is_signed = std::strchr("bhilqn", *format) != nullptr;
    if (*format == '?') return type_of_bool(writable);
    if (*format == 'f') return channel_type::f32;
    if (std::strchr("BHILQN", *format)) {
        if (item == 1) return channel_type::u8;
        if (item == 2) return channel_type::u16;
    } else if (is_signed) {
        if (item == 2) return channel_type::i16;
        if (item == 4) return channel_type::i32;
    }
    return {};
}

std::optional<channel_type> type_of(nb::dlpack::dtype d, bool writable) {
    if (d.lanes != 1) return {};
    auto const is = [&](nb::dlpack::dtype_code code, int bits) {
        return d.code == static_cast<std::uint8_t>(code) && d.bits == bits;
    };
    if (is(nb::dlpack::dtype_code::Bool, 8)) return type_of_bool(writable);
    if (is(nb::dlpack::dtype_code::UInt, 8)) return channel_type::u8;
    if (is(nb::dlpack::dtype_code::UInt, 16)) return channel_type::u16;
    if (is(nb::dlpack::dtype_code::Int, 16)) return channel_type::i16;
    if (is(nb::dlpack::dtype_code::Int, 32)) return channel_type::i32;
    if (is(nb::dlpack::dtype_code::Float, 32)) return channel_type::f32;
    return {};
}

/// The name of a format as NumPy says it, where it has one of its own.
std::string name_of_format(char const* format, std::int64_t item) {
    if (!format) return "uint8";
    std::string const kind = std::strchr("efdg", *format)     ? "float"
                             : std::strchr("bhilqn", *format) ? "int"
                             : std::strchr("BHILQN", *format) ? "uint"
                             : *format == '?'                 ? "bool"
                                                              : "";
    if (kind == "bool") return kind;
    return format[1] || kind.empty() ? "'" + std::string(format) + "'" : kind + std::to_string(8 * item);
}

std::string name_of(nb::dlpack::dtype d) {
    constexpr char const* kinds[] = {"int", "uint", "float", "handle", "bfloat", "complex", "bool"};
    return (d.code < std::size(kinds) ? kinds[d.code] : "DLPack's type " + std::to_string(d.code) + " of ") +
           std::to_string(d.bits) + (d.lanes == 1 ? "" : " in " + std::to_string(d.lanes) + " lanes");
}

/// Whether two elements may share bytes: the step of an axis must pass over all that lies along those of smaller steps.
bool overlaps_itself(layout const& a) {
    bool overlaps = false;
    for (int i = 0; i < a.dimensions; ++i) {
        if (a.shape[i] == 0) return false;
        std::int64_t const step = std::abs(a.strides[i]);
        std::int64_t span = a.item;
        for (int j = 0; j < a.dimensions; ++j) {
            std::int64_t const other = std::abs(a.strides[j]);
            if (a.shape[j] > 1 && (other < step || (other == step && j < i))) span += other * (a.shape[j] - 1);
        }
        overlaps = overlaps || (a.shape[i] > 1 && step < span);
    }
    return overlaps;
}

quoin::any_output view_of(layout const& a, std::optional<channel_type> type, auto const& type_name, char const* what,
                          bool writable) {
    if (!type && writable)
        quoin::detail::raise("quoin: ", what, " has elements of type ", type_name(),
                             "; give uint8, uint16, int16, int32 or float32 in this machine's byte order");
    if (!type)
        quoin::detail::raise("quoin: ", what, " has elements of type ", type_name(),
                             "; give uint8, bool, uint16, int16, int32 or float32 in this machine's byte order, as "
                             "array.astype(\"float32\") makes them; run(..., copy=True) does so with float64");
    bool const color = a.dimensions == 3;
    if (a.dimensions != 2 && !(color && (a.shape[2] == 1 || a.shape[2] == 3 || a.shape[2] == 4)))
        quoin::detail::raise("quoin: ", what, " has the shape ", text_of(a.shape, a.dimensions),
                             "; give (height, width), or (height, width, channels) with 1, 3 or 4 channels");
    for (int i = 0; i < a.dimensions; ++i)
        if (a.shape[i] > 1 && a.strides[i] % a.item != 0)
            quoin::detail::raise("quoin: ", what, " has the strides ", text_of(a.strides, a.dimensions),
                                 " for elements of ", a.item,
                                 " bytes; give strides that are whole numbers of elements, as array.copy() has them");
    if (reinterpret_cast<std::uintptr_t>(a.data) % static_cast<std::uintptr_t>(a.item) != 0)
        quoin::detail::raise("quoin: ", what, " lies at an address that is no multiple of ", a.item,
                             ", the bytes of an element; give array.copy()");
    if (writable && overlaps_itself(a))
        quoin::detail::raise("quoin: ", what, " has the strides ", text_of(a.strides, a.dimensions), " for the shape ",
                             text_of(a.shape, a.dimensions),
                             ", so elements may share bytes; give an array of which each element is its own");
    // The stride along an axis of one element is any number, and may be no multiple.
    auto const stride = [&](int i) { return a.shape[i] > 1 ? a.strides[i] / a.item : 0; };
    quoin::pixel_format const format{*type, color ? static_cast<int>(a.shape[2]) : 1};
    index_t const plane = format.channels > 1 ? stride(2) : 1;
    index_t const step = a.shape[1] > 1 ? stride(1) : format.channels;
    return {a.data, {a.shape[1], a.shape[0]}, stride(0), step, plane, format};
}

} // namespace

void refuse_masked(nb::handle object, char const* what, bool writable) {
    // What these arrays alone have, so that numpy.ma need not be imported. Asking NumPy's own arrays, which inherit
    // from nothing, would be a tenth of a call.
    bool const inherits = PyType_GetSlot(Py_TYPE(object.ptr()), Py_tp_base) != &PyBaseObject_Type;
    if (inherits && nb::hasattr(object, "filled") && nb::hasattr(object, "mask"))
        quoin::detail::raise("quoin: ", what, " is a masked array, whose mask would ",
                             writable ? "stay as it was; give array.data"
                                      : "be lost; give array.filled(value), or array.data, in which all values count");
}

array_image::array_image(nb::handle object, char const* what, bool writable) {
    refuse_masked(object, what, writable);
    if (PyObject_CheckBuffer(object.ptr())) {
        int const flags = PyBUF_STRIDES | PyBUF_FORMAT | (writable ? PyBUF_WRITABLE : 0);
        if (PyObject_GetBuffer(object.ptr(), &buffer_, flags) != 0) {
            nb::python_error const why;
            quoin::detail::raise("quoin: ", what, " cannot be ", writable ? "written" : "read", ": ", why.what());
        }
        has_buffer_ = true;
        try {
            auto const side_by_side = [&](int i) { // what no strides mean, as ctypes gives none
                std::int64_t step = buffer_.itemsize;
                for (int j = buffer_.ndim - 1; j > i; --j) step *= buffer_.shape[j];
                return step;
            };
            layout const a = layout_of(
                buffer_.buf, buffer_.ndim, buffer_.itemsize, what, [&](int i) { return buffer_.shape[i]; },
                [&](int i) { return buffer_.strides ? buffer_.strides[i] : side_by_side(i); });
            view_ = view_of(
                a, type_of_format(buffer_.format, a.item, writable),
                [&] { return name_of_format(buffer_.format, a.item); }, what, writable);
        } catch (...) {
            PyBuffer_Release(&buffer_);
            throw;
        }
        return;
    }
    nb::ndarray<> to_write;
    bool const found = writable ? nb::try_cast(object, to_write) : nb::try_cast(object, tensor_);
    if (writable && found) tensor_ = nb::ndarray<nb::ro>(to_write);
    if (!found || tensor_.device_type() != nb::device::cpu::value)
        throw nb::type_error((std::string("quoin: ") + what + " is of type " + nb::type_name(object.type()).c_str() +
                              "; give an array of NumPy, or an object with the buffer protocol or DLPack in the memory "
                              "of the host" +
                              (writable ? ", which is not read-only" : ""))
                                 .c_str());
    auto const item = static_cast<std::int64_t>(tensor_.itemsize());
    // What is written came as an array that may be.
    layout const a = layout_of(
        const_cast<void*>(tensor_.data()), static_cast<int>(tensor_.ndim()), item, what,
        [&](int i) { return static_cast<std::int64_t>(tensor_.shape(static_cast<std::size_t>(i))); },
        [&](int i) { return tensor_.stride(static_cast<std::size_t>(i)) * item; });
    view_ = view_of(
        a, type_of(tensor_.dtype(), writable), [&] { return name_of(tensor_.dtype()); }, what, writable);
}

array_image::~array_image() {
    if (has_buffer_) PyBuffer_Release(&buffer_);
}

quoin::any_view interleaved(quoin::any_view const& view, quoin::any_image& memory) {
    quoin::abi::pixels const& p = view.pixels();
    if (p.step == p.channels && (p.channels == 1 || p.plane == 1)) return view;
    memory = quoin::to_image(quoin::serial{}, quoin::any_pipeline(), view);
    return memory.view();
}

new_array::new_array(quoin::pixel_format format, quoin::extent size) {
    quoin::detail::with_channel(static_cast<int>(format.channel), [&]<class T>(std::type_identity<T>) {
        auto const count = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) *
                           static_cast<std::size_t>(format.channels);
        std::size_t const bytes = (count * sizeof(T) + alignment) / alignment * alignment; // at least one
        void* const memory = ::operator new(bytes, std::align_val_t(alignment));
        nb::capsule owner(memory, [](void* p) noexcept { ::operator delete(p, std::align_val_t(alignment)); });
        std::size_t const shape[] = {static_cast<std::size_t>(size.height), static_cast<std::size_t>(size.width),
                                     static_cast<std::size_t>(format.channels)};
        object_ = nb::cast(nb::ndarray<nb::numpy, T>(memory, format.channels > 1 ? 3 : 2, shape, owner));
        output_ = quoin::any_output(memory, size, size.width * format.channels, format.channels, 1, format);
    });
}

} // namespace quoin_python

// SPDX-License-Identifier: BSL-1.0
// Image files.
#include "parts.hpp"

#include "pixels.hpp"

#if QUOIN_WITH_IO
#include <quoin/io/encode_image.hpp>
#include <quoin/io/read_image.hpp>
#include <quoin/io/read_info.hpp>
#include <quoin/io/write_image.hpp>
#endif

#include <nanobind/stl/string.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>
#include <vector>

namespace quoin_python {

#if QUOIN_WITH_IO

namespace {

/// A path as os.fsencode gives it: names of files are bytes.
std::string path_of(nb::bytes const& given) {
    std::string const path(given.c_str(), given.size());
    if (path.find('\0') != std::string::npos)
        quoin::detail::raise("quoin: the path '", path.c_str(),
                             "' goes on behind a null character; give one without it");
    return path;
}

nb::dict info(nb::bytes const& given) {
    std::string const path = path_of(given);
    quoin::image_info const i = quoin::read_info(path);
    nb::dict d;
    d["width"] = i.width;
    d["height"] = i.height;
    d["channels"] = i.channels;
    d["bits"] = i.bits;
    d["maxval"] = i.maxval;
    d["format"] = quoin::to_string(i.format);
    d["floating"] = i.floating;
    d["orientation"] = i.orientation;
    return d;
}

template <class P>
nb::object read_as(std::string const& path, bool stored) {
    quoin::image<P> image;
    {
        nb::gil_scoped_release const released;
        image = quoin::read_image<P>(path, {}, stored ? quoin::orientation::stored : quoin::orientation::upright);
    }
    new_array const result(quoin::format_of<P>, image.size());
    auto const row = [&](quoin::index_t y) {
        auto const& to = result.output().pixels();
        return static_cast<quoin::channel_t<P>*>(const_cast<void*>(to.data)) + y * to.stride;
    };
    for (quoin::index_t y = 0; y < image.height(); ++y)
        std::memcpy(row(y), image.view().row(y), static_cast<std::size_t>(image.width()) * sizeof(P));
    return result.object();
}

template <class T>
nb::object read_channels(std::string const& path, int channels, bool stored) {
    if (channels == 1) return read_as<T>(path, stored);
    if (channels == 3) return read_as<quoin::rgb<T>>(path, stored);
    return read_as<quoin::rgba<T>>(path, stored);
}

/// The image of a file, in the type that holds its values, and with its channels unless `channels` are asked for.
nb::object read(nb::bytes const& given, int channels, bool stored) {
    std::string const path = path_of(given);
    quoin::image_info const i = quoin::read_info(path);
    if (channels != 0 && channels != 1 && channels != 3 && channels != 4)
        quoin::detail::raise("quoin.read: channels is ", channels, "; give 1, 3 or 4, or None for those of the file");
    if (channels == 0) channels = i.channels == 2 ? 4 : i.channels;
    if (i.floating) return read_channels<float>(path, channels, stored);
    if (i.bits == 8) return read_channels<std::uint8_t>(path, channels, stored);
    if (i.bits == 16) return read_channels<std::uint16_t>(path, channels, stored);
    return read_channels<float>(path, channels, stored);
}

/// f(view of pixels that files may hold).
template <class F>
auto with_file_pixels(char const* name, quoin::any_view const& all, F const& f) {
    return with_pixels(all, [&](auto const& view) {
        using P = std::remove_const_t<typename std::remove_cvref_t<decltype(view)>::pixel_type>;
        using T = quoin::channel_t<P>;
        using result = decltype(f(quoin::image_view<std::uint8_t const>()));
        if constexpr (std::same_as<T, std::int16_t> || std::same_as<T, std::int32_t>) {
            quoin::detail::raise(name, ": image files hold no ", quoin::to_text(quoin::format_of<P>),
                                 "; end the pipeline with convert_to(\"u8\"), \"u16\" or \"f32\"");
            return result();
        } else {
            return static_cast<result>(f(view));
        }
    });
}

void write(nb::bytes const& given, nb::handle image, int quality) {
    std::string const path = path_of(given);
    array_image const from(image, "the image");
    nb::gil_scoped_release const released;
    with_file_pixels("quoin.write", from.view(),
                     [&](auto const& view) { quoin::write_image(path, view, {.jpeg_quality = quality}); });
}

nb::bytes encode(nb::handle image, std::string const& format, int quality) {
    using enum quoin::image_format;
    constexpr std::pair<char const*, quoin::image_format> formats[] = {
        {"png", png}, {"jpeg", jpeg}, {"jpg", jpeg}, {"bmp", bmp}, {"tga", tga}, {"pnm", pnm}, {"pfm", pfm}};
    auto const* const found =
        std::find_if(std::begin(formats), std::end(formats), [&](auto const& f) { return format == f.first; });
    if (found == std::end(formats))
        quoin::detail::raise("quoin.encode: there is no format '", format, "'; give png, jpeg, bmp, tga, pnm or pfm");
    array_image const from(image, "the image");
    std::vector<std::byte> bytes;
    {
        nb::gil_scoped_release const released;
        bytes = with_file_pixels("quoin.encode", from.view(), [&](auto const& view) {
            return quoin::encode_image(view, found->second, {.jpeg_quality = quality});
        });
    }
    return nb::bytes(reinterpret_cast<char const*>(bytes.data()), bytes.size());
}

} // namespace

void add_files(nb::module_& m) {
    m.def("info", &info, nb::arg("path"));
    m.def("read", &read, nb::arg("path"), nb::arg("channels"), nb::arg("stored"));
    m.def("write", &write, nb::arg("path"), nb::arg("image").none(), nb::arg("quality"));
    m.def("encode", &encode, nb::arg("image").none(), nb::arg("format"), nb::arg("quality"));
}

#else

void add_files(nb::module_&) {}

#endif

} // namespace quoin_python

// SPDX-License-Identifier: BSL-1.0
// The one place that includes quoin's readers and writers of whole images.
#include "images.hpp"

#include "gray.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/io/read_image.hpp>
#include <quoin/io/read_info.hpp>
#include <quoin/io/write_image.hpp>

#include <stdexcept>

namespace examples {

quoin::image_info info_of(std::filesystem::path const& file) {
    return quoin::read_info(file);
}

bool image_by_content(std::filesystem::path const& file) {
    quoin::detail::input const in("quoin-batch", file);
    auto const at = [&](std::size_t i) { return i < in.peek().size() ? std::to_integer<int>(in.peek()[i]) : -1; };
    try {
        switch (quoin::detail::recognize(in)) {
        case quoin::image_format::tga:
            return false;
        case quoin::image_format::bmp:
            return at(15) == 0 && at(16) == 0 && at(17) == 0; // a header of few bytes
        case quoin::image_format::pnm:
            return at(2) == '#' || at(3) == '#' || quoin::detail::is_space(at(3)) || quoin::detail::is_digit(at(3));
        default:
            return true;
        }
    } catch (quoin::io_error const&) {
        return false;
    }
}

quoin::image_info info_of_input(std::filesystem::path const& file) {
    std::error_code unknown;
    auto const status = std::filesystem::status(file, unknown);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
        !std::filesystem::is_directory(status))
        throw std::runtime_error(file.string() + " is no regular file, and images are read twice, the header first; "
                                                 "write it to a file and give its name");
    return info_of(file);
}

void check_whole_image(std::filesystem::path const& file, quoin::image_info const& info, std::string const& advice) {
    if (info.width <= whole_image.max_pixels / info.height) return;
    throw std::runtime_error(file.string() + " holds " + std::to_string(info.width) + " x " +
                             std::to_string(info.height) + " pixels, and at most " +
                             std::to_string(whole_image.max_pixels) + " are read as a whole; " + advice);
}

void check_writable(std::filesystem::path const& file, quoin::extent size, int channels, int bits) {
    quoin::image_format const format = quoin::detail::format_of(file.string(), file, channels);
    quoin::detail::check_writable(file.string(), format, size, channels, bits, {});
}

template <class P>
quoin::image<P> read_pixels(std::filesystem::path const& file, quoin::read_limits const& limits) {
    return quoin::read_image<P>(file, limits);
}
template <class View>
void write_pixels(std::filesystem::path const& file, View const& pixels) {
    quoin::write_image(file, pixels);
}
template <class P>
quoin::image<quoin::channel_t<P>> gray_image(quoin::image<P> const& pixels) {
    return quoin::to_image(quoin::serial{}, gray_pipeline(pixels.view()));
}

quoin::image<std::uint16_t> read_gray(std::filesystem::path const& file, quoin::read_limits const& limits) {
    return with_pixel_of(info_of(file), [&]<class P>() {
        quoin::image<P> pixels = read_pixels<P>(file, limits);
        if constexpr (std::same_as<P, std::uint16_t>) return pixels;
        else
            return quoin::to_image(quoin::serial{},
                                   gray_pipeline(std::as_const(pixels).view()) | quoin::convert_to<std::uint16_t>);
    });
}

#define EXAMPLES_PIXELS(P)                                                                                             \
    template quoin::image<P> read_pixels(std::filesystem::path const&, quoin::read_limits const&);                     \
    template void write_pixels(std::filesystem::path const&, quoin::image_view<P const> const&);                       \
    template quoin::image<quoin::channel_t<P>> gray_image(quoin::image<P> const&);
EXAMPLES_PIXELS(std::uint8_t)
EXAMPLES_PIXELS(std::uint16_t)
EXAMPLES_PIXELS(quoin::rgb8)
EXAMPLES_PIXELS(quoin::rgb16)

} // namespace examples

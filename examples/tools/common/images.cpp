// SPDX-License-Identifier: BSL-1.0
// The one place that includes quoin's readers and writers of whole images.
#include "images.hpp"

#include "command_line.hpp"
#include "gray.hpp"
#include "program.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/io/encode_image.hpp>
#include <quoin/io/read_image.hpp>
#include <quoin/io/read_info.hpp>
#include <quoin/io/write_image.hpp>
#include <quoin/measure/min_max.hpp>
#if QUOIN_WITH_SIMD
#include <quoin/exec/simd.hpp>
#endif

#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>

namespace examples {

namespace {

/// The bytes of what can be read only once: standard input, a pipe, a device. Nothing for a file.
std::vector<std::byte> const* bytes_read_once(std::filesystem::path const& file) {
    static std::map<std::filesystem::path, std::vector<std::byte>> all;
    std::error_code unknown;
    bool const standard = file == "-";
    auto const status = std::filesystem::status(file, unknown);
    if (!standard && (!std::filesystem::exists(status) || std::filesystem::is_regular_file(status) ||
                      std::filesystem::is_directory(status)))
        return nullptr;
    auto const [at, fresh] = all.try_emplace(file);
    if (fresh) {
        quoin::detail::input in("reading", standard ? "/dev/stdin" : file);
        constexpr std::size_t step = std::size_t{1} << 20;
        for (std::size_t got = step; got == step;) {
            std::size_t const size = at->second.size();
            at->second.resize(size + step);
            got = in.read(at->second.data() + size, step);
            at->second.resize(size + got);
        }
    }
    return &at->second;
}

std::string name_of(std::filesystem::path const& file) {
    return file == "-" ? "standard input" : file.string();
}

/// The bytes of a file that is not read by its name.
std::optional<std::span<std::byte const>> bytes_in_memory(picture_file const& file) {
    if (file.bytes) return file.bytes;
    if (auto const* bytes = bytes_read_once(file.name)) return *bytes;
    return {};
}

template <class P>
quoin::image<P> read_file(picture_file const& file, reading const& how, quoin::read_limits const& limits) {
    auto const turned = how.as_stored ? quoin::orientation::stored : quoin::orientation::upright;
    if (auto const bytes = bytes_in_memory(file))
        return quoin::read_image<P>(*bytes, name_of(file.name), limits, turned);
    return quoin::read_image<P>(file.name, limits, turned);
}

/// The channel of a letter of "rgba".
template <class T>
quoin::image<T> one_channel(quoin::image<quoin::rgba<T>> const& colors, char letter) {
    auto const copy = [&](auto channel) { return quoin::to_image(quoin::serial{}, channel); };
    switch (letter) {
    case 'r':
        return copy(quoin::channel_of<0>(colors.view()));
    case 'g':
        return copy(quoin::channel_of<1>(colors.view()));
    case 'b':
        return copy(quoin::channel_of<2>(colors.view()));
    default:
        return copy(quoin::channel_of<3>(colors.view()));
    }
}

} // namespace

void add_reading_options(command_line& line, reading& how) {
    line.add("--channel", how.channel, "Take one channel of the image: red, green, blue, alpha, or the luma of colors")
        .one_of({"r", "g", "b", "a", "luma"});
    line.add_flag("--no-orient", how.as_stored, "Leave the image as stored, whatever orientation its camera wrote");
}

quoin::image_info info_of(picture_file const& file) {
    if (auto const bytes = bytes_in_memory(file)) return quoin::read_info(*bytes, name_of(file.name));
    return quoin::read_info(file.name);
}

bool is_read(std::span<std::byte const> bytes) {
    try {
        quoin::detail::recognize(quoin::detail::input("reading", bytes, "memory"));
        return true;
    } catch (quoin::io_error const&) {
        return false;
    }
}

namespace {
/// Standard input, whose header was read.
std::optional<quoin::detail::input> standard_rows;
} // namespace

quoin::image_info info_of_rows(std::filesystem::path const& file) {
    if (file != "-") return info_of(file);
    auto& in = standard_rows.emplace("standard input", "/dev/stdin");
    quoin::image_info const info = quoin::detail::read_header(in, quoin::detail::recognize(in));
    in.rewind();
    return info;
}

quoin::detail::input open_rows(std::filesystem::path const& file) {
    if (file == "-" && standard_rows) return std::move(*standard_rows);
    return quoin::detail::input("reading", file);
}

bool reads_in_rows(quoin::image_info const& info) {
    return quoin::detail::reads_rows(info.format);
}

quoin::image_info picture_of(picture_file const& file, quoin::image_info const& info, reading const& how) {
    if (reads_floats(info) && !how.floats)
        throw std::runtime_error(
            name_of(file.name) + ": holds " +
            (info.floating ? "floating-point numbers" : std::to_string(info.bits) + " bits a channel") +
            ", and 8 or 16 bits are read here; convert it, as by quoin-filters FILE --out FILE.png --chain "
            "brightness=65535,convert_to=u16 where its white is 1");
    if (how.channel == "a" && info.channels % 2 != 0)
        throw std::runtime_error(name_of(file.name) + ": has no alpha for --channel a; give another channel");
    quoin::image_info picture = info;
    if (!how.channel.empty()) picture.channels = 1;
    if (!how.as_stored && info.orientation > 4) std::swap(picture.width, picture.height);
    if (!how.as_stored) picture.orientation = 1;
    return picture;
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

void check_whole_image(std::filesystem::path const& file, quoin::image_info const& info, std::string const& advice) {
    if (info.width <= whole_image.max_pixels / info.height) return;
    throw std::runtime_error(file.string() + " holds " + std::to_string(info.width) + " x " +
                             std::to_string(info.height) + " pixels, and at most " +
                             std::to_string(whole_image.max_pixels) + " are read as a whole; " + advice);
}

void check_writable(std::filesystem::path const& file, quoin::extent size, int channels, int bits, bool floating) {
    quoin::image_format const format = quoin::detail::format_of(file.string(), file, channels);
    quoin::detail::check_writable(file.string(), format, size, channels, bits, quoin::write_options().jpeg_quality,
                                  floating);
}

template <class P>
quoin::image<P> read_pixels(picture_file const& file, reading const& how, quoin::read_limits const& limits) {
    if constexpr (quoin::channels_v<P> == 1)
        if (!how.channel.empty() && how.channel != "luma")
            return one_channel(read_file<quoin::rgba<P>>(file, how, limits), how.channel[0]);
    return read_file<P>(file, how, limits);
}

namespace {

note note_on_one_value(std::filesystem::path const& file, quoin::image_info const& info, reading const& how,
                       std::string const& value) {
    std::string const which = how.channel.empty() ? "in gray" : "in --channel " + how.channel;
    std::string const others = info.channels == 1   ? ""
                               : info.channels == 2 ? "a"
                               : info.channels == 3 ? "r, g or b"
                                                    : "r, g, b or a";
    return {"with one value everywhere",
            name_of(file) + " is " + value + " everywhere " + which + ", so that nothing stands out" +
                (others.empty() ? "" : "; if one of its channels does not, give --channel " + others)};
}

} // namespace

note note_on_range(std::filesystem::path const& file, quoin::image_info const& info, reading const& how,
                   quoin::index_t lowest, quoin::index_t highest) {
    if (lowest == highest) return note_on_one_value(file, info, how, std::to_string(lowest));
    quoin::index_t const white = (quoin::index_t{1} << info.bits) - 1;
    if (16 * (highest - lowest) >= white) return {};
    return {"with values in less than a sixteenth of the range",
            name_of(file) + " has values from " + std::to_string(lowest) + " to " + std::to_string(highest) +
                ", less than a sixteenth of 0 .. " + std::to_string(white) +
                (info.maxval < white ? "; its white is " + std::to_string(info.maxval) : "") + ", and they are kept"};
}

/// That pixels hold NaN, and what becomes of it.
template <class P>
note note_on_nan(std::filesystem::path const& file, quoin::image<P> const& pixels) {
    std::vector<quoin::channel_t<P>> row(static_cast<std::size_t>(pixels.width()) * quoin::channels_v<P>);
    quoin::index_t count = 0;
    for (quoin::index_t y = 0; y < pixels.height(); ++y) {
        quoin::detail::gather_row(pixels.view(), y, row.data());
        count += std::count_if(row.begin(), row.end(), [](auto v) { return v != v; });
    }
    if (count == 0) return {};
    return {"with values that are no numbers (NaN)",
            name_of(file) + " has " + std::to_string(count) + " of " +
                std::to_string(pixels.height() * static_cast<quoin::index_t>(row.size())) +
                " values that are no numbers (NaN): arithmetic keeps them, threshold counts them as background, and "
                "convert_to makes them the smallest integer"};
}

template <class P>
note note_on_pixels(std::filesystem::path const& file, quoin::image_info const& info, reading const& how,
                    quoin::image<P> const& pixels) {
    if (pixels.empty()) return {};
#if QUOIN_WITH_SIMD
    quoin::simd const policy;
#else
    quoin::serial const policy;
#endif
    auto const range = quoin::min_max(policy, gray_pipeline(pixels.view()));
    if constexpr (std::integral<quoin::channel_t<P>>) {
        return note_on_range(file, info, how, range.min, range.max);
    } else {
        if (note const n = note_on_nan(file, pixels); !n.kind.empty()) return n;
        if (range.min != range.max) return {};
        std::ostringstream value;
        value << range.min;
        return note_on_one_value(file, info, how, value.str());
    }
}

template <class P>
void print_note(std::string const& program, std::filesystem::path const& file, quoin::image_info const& info,
                reading const& how, quoin::image<P> const& pixels) {
    note const n = note_on_pixels(file, info, how, pixels);
    if (!n.kind.empty()) report(program, "note: " + n.text);
}

template <class P>
std::optional<quoin::image_view<P const>> pixels_in_place(std::span<std::byte const> file, reading const& how) {
    if constexpr (std::same_as<quoin::channel_t<P>, std::uint8_t>) {
        quoin::detail::input in("reading", file, "memory");
        if (!how.channel.empty() || quoin::detail::recognize(in) != quoin::image_format::pnm) return {};
        quoin::detail::pnm_header const h = quoin::detail::read_pnm_header(in);
        if (h.text || h.bitmap || h.two_values || h.maxval != 255 || h.channels != quoin::channels_v<P>) return {};
        auto const* const first = reinterpret_cast<std::uint8_t const*>(file.data()) + in.position();
        return quoin::image_view<P const>(first, h.size.width, h.size.height, h.size.width * h.channels);
    } else {
        return {};
    }
}

std::string pnm_head(quoin::extent size, int channels) {
    return channels == 1 ? quoin::detail::pnm_header_text<std::uint8_t>(size)
                         : quoin::detail::pnm_header_text<quoin::rgb8>(size);
}

void write_labels(std::filesystem::path const& file, quoin::image<std::uint32_t> const& labels) {
    quoin::write_image(file, labels);
}

template <class View>
void write_pixels(std::filesystem::path const& file, View const& pixels) {
    if (file != "-") return quoin::write_image(file, pixels);
    using P = typename View::pixel_type;
    struct {
        void write(void const* data, std::size_t size) const { write_standard_output(data, size); }
    } out;
    if constexpr (std::floating_point<quoin::channel_t<P>>) quoin::detail::write_pfm(out, pixels);
    else quoin::detail::write_pnm(out, pixels);
    flush_standard_output();
}

template <class View>
std::vector<std::byte> encode_pixels(quoin::image_format format, View const& pixels) {
    return quoin::encode_image(pixels, format);
}

template <class P>
quoin::image<quoin::channel_t<P>> gray_image(quoin::image<P> const& pixels) {
    return quoin::to_image(quoin::serial{}, gray_pipeline(pixels.view()));
}

quoin::image<std::uint16_t> read_gray(picture_file const& file, reading const& how, quoin::read_limits const& limits) {
    return with_pixel_of(picture_of(file, info_of(file), how), [&]<class P>() {
        quoin::image<P> pixels = read_pixels<P>(file, how, limits);
        if constexpr (std::same_as<P, std::uint16_t>) return pixels;
        else
            return quoin::to_image(quoin::serial{},
                                   gray_pipeline(std::as_const(pixels).view()) | quoin::convert_to<std::uint16_t>);
    });
}

#define EXAMPLES_PICTURES(P)                                                                                           \
    template quoin::image<P> read_pixels(picture_file const&, reading const&, quoin::read_limits const&);              \
    template note note_on_pixels(std::filesystem::path const&, quoin::image_info const&, reading const&,               \
                                 quoin::image<P> const&);                                                              \
    template void print_note(std::string const&, std::filesystem::path const&, quoin::image_info const&,               \
                             reading const&, quoin::image<P> const&);                                                  \
    template std::optional<quoin::image_view<P const>> pixels_in_place(std::span<std::byte const>, reading const&);    \
    template void write_pixels(std::filesystem::path const&, quoin::image_view<P const> const&);                       \
    template std::vector<std::byte> encode_pixels(quoin::image_format, quoin::image_view<P const> const&);
#define EXAMPLES_PIXELS(P)                                                                                             \
    EXAMPLES_PICTURES(P)                                                                                               \
    template quoin::image<quoin::channel_t<P>> gray_image(quoin::image<P> const&);
EXAMPLES_PIXELS(std::uint8_t)
EXAMPLES_PIXELS(std::uint16_t)
EXAMPLES_PIXELS(quoin::rgb8)
EXAMPLES_PIXELS(quoin::rgb16)
EXAMPLES_PICTURES(quoin::rgba8)
EXAMPLES_PICTURES(quoin::rgba<std::uint16_t>)
EXAMPLES_PICTURES(float)
EXAMPLES_PICTURES(quoin::rgb<float>)
EXAMPLES_PICTURES(quoin::rgba<float>)

} // namespace examples

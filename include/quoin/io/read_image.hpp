// SPDX-License-Identifier: BSL-1.0
// read_image: reads an image file.
#pragma once

#include <quoin/image/image.hpp>
#include <quoin/io/detail/decode.hpp>
#include <quoin/io/pnm_reader.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

template <concepts::file_pixel P>
image<P> read_image(input in, read_limits const& limits) {
    image_format const format = recognize(in);
    image_info const info = read_header(in, format);
    index_t const budget = check_limits(in, info, sizeof(P), limits);
    std::string const what = in.what();
    try {
        if (format == image_format::pnm) {
            in.rewind();
            pnm_reader<P> rows(std::move(in));
            image<P> result(info.size());
            rows.read_rows(result.view());
            return result;
        }
        std::optional<stb_memory> memory;
        samples_in_memory const samples = decode(in, info, budget, memory);
        image<P> result(info.size());
        auto const store = [&](auto const* row) {
            for (index_t y = 0; y < info.height; ++y, row += info.width * samples.channels)
                store_samples(row, samples.channels, info.width, result.view(), 0, y);
        };
        if (info.bits == 16) store(static_cast<std::uint16_t const*>(samples.data));
        else store(static_cast<std::uint8_t const*>(samples.data));
        return result;
    } catch (std::bad_alloc const&) {
        raise<io_error>(what, ": holds ", info.width, " x ", info.height, " pixels of ", sizeof(P),
                        " bytes, for which the system has no memory; free some, or read a PNM with pnm_reader");
    }
}

} // namespace detail

/// Reads a PNG (1 to 16 bits, gray, palette, color, alpha), JPEG (baseline and progressive), BMP, TGA or PNM (see
/// pnm_reader) file as pixels of P. The content of the file decides the format, not its name. Pixels are converted as
/// file_pixel describes. Color profiles, gamma and orientation tags are ignored. A BMP whose alpha is 0 everywhere is
/// read as opaque. The function rejects images beyond the limits before it decodes them. It also rejects files that end
/// early, and a PNG with a wrong checksum or without its end. Damage in the middle of a JPEG, BMP or TGA cannot be
/// detected in general.
/// Memory: the image and the decoded samples; for PNG also the compressed data, for PNM only the image. Cost: linear.
/// @throws io_error, which names the file, the fault and the expectation.
template <class P = void>
auto read_image(std::filesystem::path const& path, read_limits limits = {}) {
    constexpr bool named = !std::is_void_v<P>;
    static_assert(named,
                  "quoin::read_image: the type of the pixels is missing; write read_image<quoin::rgb8>(path), or "
                  "read_image<std::uint8_t>(path) for gray ones");
    if constexpr (named) detail::check_file_pixel<P>();
    if constexpr (concepts::file_pixel<P>)
        return detail::read_image<P>(detail::input("quoin::read_image", path), limits);
    else return image<std::conditional_t<concepts::pixel<P>, P, std::uint8_t>>();
}

/// Reads a file in memory in the same way. `name` replaces the name of the file in messages.
template <concepts::file_pixel P>
image<P> read_image(std::span<std::byte const> bytes, std::string const& name = "memory", read_limits limits = {}) {
    return detail::read_image<P>(detail::input("quoin::read_image", bytes, name), limits);
}

QUOIN_NAMESPACE_END

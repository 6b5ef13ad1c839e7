// SPDX-License-Identifier: BSL-1.0
// read_image: an image file as an image in memory.
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
/// pnm_reader) file, whatever it is called, as pixels of P, converted as file_pixel describes; color profiles, gamma
/// and orientation tags are ignored. Refused are: files that end early, a PNG with a wrong checksum or without its end,
/// and images beyond the limits, before anything is decoded. What a JPEG, BMP or TGA has damaged in its middle cannot
/// be noticed in general. A BMP whose every alpha is 0 is taken to be opaque.
/// Memory: the image, the decoded samples and, for PNG, the compressed ones; for PNM the image alone. Cost: linear.
/// @throws io_error naming the file, what was wrong and what was expected.
template <class P>
auto read_image(std::filesystem::path const& path, read_limits limits = {}) {
    detail::check_file_pixel<P>();
    if constexpr (concepts::file_pixel<P>)
        return detail::read_image<P>(detail::input("quoin::read_image", path), limits);
    else return image<std::conditional_t<concepts::pixel<P>, P, std::uint8_t>>();
}

/// The same from memory; `name` stands for the file's in messages.
template <concepts::file_pixel P>
image<P> read_image(std::span<std::byte const> bytes, std::string const& name = "memory", read_limits limits = {}) {
    return detail::read_image<P>(detail::input("quoin::read_image", bytes, name), limits);
}

QUOIN_NAMESPACE_END

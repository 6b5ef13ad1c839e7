// SPDX-License-Identifier: BSL-1.0
// read_info: the format, extent and channels of an image file, without decoding it.
#pragma once

#include <quoin/io/detail/decode.hpp>

QUOIN_NAMESPACE_BEGIN

/// Reads the header of a file. It does not read the pixels, so a file with a valid header may still be damaged.
/// @throws io_error, which names the file, the fault and the expectation.
template <int Decoders = QUOIN_DECODERS>
image_info read_info(std::filesystem::path const& path) {
    detail::input in("quoin::read_info", path);
    return detail::read_header<Decoders>(in, detail::recognize(in));
}

/// The same from memory. `name` replaces the name of the file in messages.
template <int Decoders = QUOIN_DECODERS>
image_info read_info(std::span<std::byte const> bytes, std::string const& name = "memory") {
    detail::input in("quoin::read_info", bytes, name);
    return detail::read_header<Decoders>(in, detail::recognize(in));
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// read_info: what kind of image a file holds, without decoding it.
#pragma once

#include <quoin/io/detail/decode.hpp>

QUOIN_NAMESPACE_BEGIN

/// Reads the header alone: cheap, but a file whose header is fine may still be damaged further on.
/// @throws io_error naming the file, what was wrong and what was expected.
inline image_info read_info(std::filesystem::path const& path) {
    detail::input in("quoin::read_info", path);
    return detail::read_header(in, detail::recognize(in));
}

/// The same from memory; `name` stands for the file's in messages.
inline image_info read_info(std::span<std::byte const> bytes, std::string const& name = "memory") {
    detail::input in("quoin::read_info", bytes, name);
    return detail::read_header(in, detail::recognize(in));
}

QUOIN_NAMESPACE_END

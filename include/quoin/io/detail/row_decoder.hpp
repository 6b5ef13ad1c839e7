// SPDX-License-Identifier: BSL-1.0
// row_decoder: gives the rows of an image file one after the other, from the top.
#pragma once

#include <quoin/io/image_info.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

class row_decoder {
public:
    virtual ~row_decoder() = default;
    virtual image_info info() const = 0;
    /// The samples of the next row, of the channels and the type that info() tells.
    virtual void next(void* samples) = 0;
};

/// f with a pointer to the first of the samples, of the type that info tells.
template <class F>
void with_samples(image_info const& info, void const* samples, F const& f) {
    if (info.floating) f(static_cast<float const*>(samples));
    else if (info.bits == 8) f(static_cast<std::uint8_t const*>(samples));
    else if (info.bits == 16) f(static_cast<std::uint16_t const*>(samples));
    else f(static_cast<std::uint32_t const*>(samples));
}

/// Room for the samples of a row.
inline std::vector<std::uint32_t> row_of_samples(image_info const& info) {
    return std::vector<std::uint32_t>(static_cast<std::size_t>(info.width * info.channels * (info.bits / 8) + 3) / 4);
}

/// Calls row(y, samples) for all rows.
template <class Row>
void decode_rows(row_decoder& decoder, Row const& row) {
    image_info const info = decoder.info();
    auto samples = row_of_samples(info);
    for (index_t y = 0; y < info.height; ++y) {
        decoder.next(samples.data());
        with_samples(info, samples.data(), [&](auto const* first) { row(y, first); });
    }
}

} // namespace detail

QUOIN_NAMESPACE_END

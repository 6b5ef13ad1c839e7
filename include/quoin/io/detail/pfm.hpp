// SPDX-License-Identifier: BSL-1.0
// PFM: gray or color of 32-bit floating-point numbers, from the lowest row on.
#pragma once

#include <quoin/io/detail/bytes.hpp>
#include <quoin/io/detail/pnm_header.hpp>

#include <bit>

QUOIN_NAMESPACE_BEGIN

namespace detail {

struct pfm_header {
    extent size;
    int channels = 1;
    bool little = false; ///< the byte order, which the sign of the scale tells

    index_t row_bytes() const { return size.width * channels * index_t{sizeof(float)}; }
    image_info info() const {
        return {.width = size.width,
                .height = size.height,
                .channels = channels,
                .bits = 32,
                .maxval = 1,
                .format = image_format::pfm,
                .floating = true};
    }
};

/// Reads up to the first sample. The scale is a unit for display; samples are not multiplied by it.
inline pfm_header read_pfm_header(input& in) {
    constexpr index_t longest = index_t{1} << 32;
    pfm_header h;
    in.get();
    h.channels = in.get() == 'F' ? 3 : 1;
    h.size.width = pnm_number(in, "the width", longest, false);
    h.size.height = pnm_number(in, "the height", longest, false);
    if (h.size.empty()) in.fail("holds ", h.size.width, " x ", h.size.height, " pixels; expected at least 1 x 1");
    std::string scale;
    int c = pnm_next(in);
    for (; c != -1 && !is_space(c) && scale.size() < 40; c = in.get()) scale += static_cast<char>(c);
    char* end = nullptr;
    double const value = std::strtod(scale.c_str(), &end);
    if (!is_space(c) || *end != '\0' || !(value < 0 || value > 0))
        in.fail("has the scale \"", scale, "\" in its PFM header; expected a number other than 0 and a white space");
    h.little = value < 0;
    in.expect_rows(h.row_bytes(), h.size.height);
    return h;
}

/// Calls row(y, samples) with the samples of each row, in the order of the file. Memory: one row.
template <class Row>
void decode_pfm(input& in, index_t budget, Row const& row) {
    pfm_header const h = read_pfm_header(in);
    index_t const line = h.row_bytes();
    in.expect_memory(line, budget);
    std::vector<float> samples(static_cast<std::size_t>(h.size.width * h.channels));
    for (index_t y = h.size.height - 1; y >= 0; --y) {
        in.read_all(samples.data(), static_cast<std::size_t>(line), "the pixels");
        if (h.little != (std::endian::native == std::endian::little))
            for (float& v : samples) {
                unsigned char bytes[sizeof v];
                std::memcpy(bytes, &v, sizeof v);
                std::reverse(bytes, bytes + sizeof v);
                std::memcpy(&v, bytes, sizeof v);
            }
        row(y, std::as_const(samples).data());
    }
}

} // namespace detail

QUOIN_NAMESPACE_END

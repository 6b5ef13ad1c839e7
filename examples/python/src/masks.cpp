// SPDX-License-Identifier: BSL-1.0
// Arrays as masks.
#include "masks.hpp"

#include <quoin/mask/to_bits.hpp>

namespace quoin_python {

quoin::bit_image mask_of(policy const& p, array_image const& image) {
    quoin::any_view const v = image.view();
    if (v.format() != quoin::format_of<std::uint8_t>)
        quoin::detail::raise("quoin: the mask has pixels of the format ", quoin::to_text(v.format()),
                             "; give (height, width) of bool or uint8, as `image > level` makes it");
    quoin::any_image memory;
    return quoin::to_bits(p, interleaved(v, memory).as<std::uint8_t>());
}

} // namespace quoin_python

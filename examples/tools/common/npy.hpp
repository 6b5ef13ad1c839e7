// SPDX-License-Identifier: BSL-1.0
// The .npy files of NumPy, version 1.0.
#pragma once

#include <bit>
#include <string>

namespace examples {

/// The bytes before the values, which follow in the order of the shape. `type` is such as "f4", without the order of
/// bytes, which is that of the machine, and `shape` such as "2, 3, 4".
inline std::string npy_header(std::string const& type, std::string const& shape) {
    bool const little = std::endian::native == std::endian::little;
    std::string text = std::string("{'descr': '") +
                       (type.ends_with('1') ? '|'
                        : little            ? '<'
                                            : '>') +
                       type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    constexpr std::size_t before = 10; // the bytes in front of the text
    text.append(63 - (before + text.size()) % 64, ' ');
    text += '\n';
    std::string head = "\x93NUMPY";
    for (std::size_t const byte : {std::size_t{1}, std::size_t{0}, text.size() % 256, text.size() / 256})
        head += static_cast<char>(byte);
    return head + text;
}

} // namespace examples

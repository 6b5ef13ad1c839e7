// SPDX-License-Identifier: BSL-1.0
// What quoin-tensor makes of an image: its options, and the values as bytes.
#pragma once

#include "../common/images.hpp"
#include "../common/npy.hpp"

#include <quoin/tensor/tensor_fit.hpp>
#include <quoin/tensor/tensor_spec.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace examples {

class workers;

/// What is done to each image.
struct tensor_work {
    quoin::tensor_spec spec;
    std::string type = "f32"; ///< f32, f16 or bf16
};

/// From --size to --order.
void add_tensor_options(command_line& line, tensor_work& a);

/// @throws usage_error for an option that the fit does not read.
void check_tensor_work(tensor_work const& a);

/// The bytes before the values of a .npy file of so many images.
std::string tensor_head(tensor_work const& a, std::size_t images);

/// The values of one image.
std::size_t tensor_bytes(tensor_work const& a);

/// Gray pixels in three equal channels.
quoin::image<quoin::rgb8> colors_of(quoin::image<std::uint8_t> const& gray);

/// The pixels of a file in colors of 8 bits. seen(pixels) is called with those of the file, gray or colors.
template <class F>
quoin::image<quoin::rgb8> read_colors(picture_file const& file, reading const& how, F const& seen) {
    if (picture_of(file, info_of(file), how).channels >= 3) {
        auto colors = read_pixels<quoin::rgb8>(file, how, whole_image);
        seen(colors);
        return colors;
    }
    auto const gray = read_pixels<std::uint8_t>(file, how, whole_image);
    seen(gray);
    return colors_of(gray);
}

/// quoin::tensor_maker, of values of a type that is chosen at run time.
class tensor_values {
public:
    /// @throws quoin::invalid_argument
    explicit tensor_values(tensor_work const& a);
    ~tensor_values();

    /// Writes tensor_bytes() bytes, at an address that is a multiple of 4.
    /// @returns where the image lies in the tensor.
    quoin::placement operator()(workers const& w, quoin::image<quoin::rgb8> const& colors, std::span<std::byte> values);

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace examples

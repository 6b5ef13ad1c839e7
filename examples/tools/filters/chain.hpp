// SPDX-License-Identifier: BSL-1.0
// --chain: operations of the catalogue by name, evaluated in one pass; the result is a picture like the input.
#pragma once

#include "../common/images.hpp"
#include "../common/command_line.hpp"

#include <quoin/runtime/any_pipeline.hpp>

#include <string>

namespace examples {

class workers;

inline constexpr char const* usual_chain = "gray,gaussian3,sobel_magnitude,sharpen,brightness=1.2";

void add_chain_option(command_line& line, std::string& chain);

/// @throws usage_error that names the place in the chain, what stands there and what is possible.
quoin::any_pipeline parse_chain(std::string const& text);

/// f.operator()<P>() with the pixels as which a file is read for a chain: those of with_pixel_of, or of floats where
/// reads_floats; rgba where the chain needs alpha.
template <class F>
auto with_pixel_for(quoin::any_pipeline const& chain, quoin::image_info const& info, F const& f) {
    bool const alpha = info.channels % 2 == 0 && chain.reads_alpha();
    if (reads_floats(info)) {
        if (alpha) return f.template operator()<quoin::rgba<float>>();
        return info.channels >= 3 ? f.template operator()<quoin::rgb<float>>() : f.template operator()<float>();
    }
    if (!alpha) return with_pixel_of(info, f);
    return info.bits == 16 ? f.template operator()<quoin::rgba<std::uint16_t>>()
                           : f.template operator()<quoin::rgba8>();
}

/// f.operator()<P>() with the pixels of a picture in this format: gray, rgb or rgba of u8, u16 or f32.
template <class F>
auto with_pixel_in(quoin::pixel_format format, F const& f) {
    auto const of = [&]<class T>(T) {
        if (format.channels == 1) return f.template operator()<T>();
        return format.channels == 3 ? f.template operator()<quoin::rgb<T>>() : f.template operator()<quoin::rgba<T>>();
    };
    if (format.channel == quoin::channel_type::u16) return of(std::uint16_t{});
    return format.channel == quoin::channel_type::f32 ? of(float{}) : of(std::uint8_t{});
}

/// The format in which a file is read for a chain: gray, RGB or RGBA, of 8 or 16 bits or float.
quoin::pixel_format format_of_input(quoin::any_pipeline const& chain, quoin::image_info const& info);

/// The chain for an input and the further ones, ended for an output file: so that the result has the depth of the
/// input, or bytes where it has these. To integers the magnitude of other values is taken, saturated. A chain over
/// floats may end with any values, and a PFM gets floats of any chain, a TIFF those of one that ends with them.
/// @throws std::runtime_error where an operation cannot be done to it.
quoin::any_pipeline picture_chain(quoin::any_pipeline const& chain, quoin::image_info const& info,
                                  std::filesystem::path const& output,
                                  std::vector<quoin::any_pipeline::result> const& others = {});

/// quoin::to_image.
quoin::any_image evaluate(workers const& w, quoin::any_pipeline const& chain, std::vector<quoin::any_view> const& in);

/// quoin::run.
void evaluate(workers const& w, quoin::any_pipeline const& chain, std::vector<quoin::any_view> const& in,
              quoin::any_output const& out);

/// Refuses, before any work, a name whose format cannot hold the picture. @throws quoin::io_error
void check_picture_file(std::filesystem::path const& path, quoin::any_pipeline::result const& picture);

void write_picture(std::filesystem::path const& path, quoin::any_image const& picture);

/// The bytes of the file that write_picture writes.
std::vector<std::byte> encode_picture(quoin::image_format format, quoin::any_image const& picture);

} // namespace examples

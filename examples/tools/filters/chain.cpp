// SPDX-License-Identifier: BSL-1.0
// The chain of --chain.
#include "chain.hpp"

#include "../common/program.hpp"
#include "../common/workers.hpp"

#include <stdexcept>
#include <string_view>

namespace examples {

namespace {

/// Refuses a threshold above all values that can come there, as --threshold of quoin-segment does.
/// @throws std::runtime_error
void check_levels(quoin::any_pipeline const& chain, std::vector<quoin::any_pipeline::result> const& inputs) {
    if (auto const found = chain.above_white(inputs))
        throw std::runtime_error("--chain: '" + found->operation + "' is above every value there, whose white is " +
                                 std::to_string(found->white));
}

/// What an output of this name is for: "-" takes what comes.
bool is_pfm(std::filesystem::path const& output) {
    return has_extension(output, ".pfm");
}
bool is_tiff(std::filesystem::path const& output) {
    return has_extension(output, ".tif") || has_extension(output, ".tiff");
}

/// The operations behind a chain that make of its values those of the output.
quoin::any_pipeline ended(quoin::any_pipeline const& chain, quoin::channel_type input, quoin::channel_type result,
                          std::filesystem::path const& output) {
    using quoin::channel_type;
    bool const floats = input == channel_type::f32;
    bool const stays = result == input || result == channel_type::u8 ||
                       (result == channel_type::f32 && is_tiff(output)) || (floats && result == channel_type::u16);
    if (is_pfm(output) ? result == channel_type::f32 : stays) return chain;
    quoin::any_pipeline const whole = floats || is_pfm(output) ? chain : chain.then("absolute");
    channel_type const wanted = is_pfm(output) ? channel_type::f32 : input;
    return whole.then("convert_to", {static_cast<double>(wanted)});
}

/// What any_pipeline says of a chain, as said of the option.
std::string chain_message(quoin::error const& e) {
    std::string_view what = e.what();
    constexpr std::string_view subject = "chain, ";
    if (what.starts_with(subject)) what.remove_prefix(subject.size());
    return "--chain: " + std::string(what);
}

} // namespace

void add_chain_option(command_line& line, std::string& chain) {
    line.add("--chain", chain, "Operations, separated by commas; quoin-filters --list names all")
        .type_name("CHAIN")
        .show_default();
}

quoin::any_pipeline parse_chain(std::string const& text) {
    try {
        return quoin::any_pipeline(text);
    } catch (quoin::invalid_argument const& e) {
        throw usage_error(chain_message(e));
    }
}

quoin::pixel_format format_of_input(quoin::any_pipeline const& chain, quoin::image_info const& info) {
    return with_pixel_for(chain, info, []<class P>() { return quoin::format_of<P>; });
}

quoin::any_pipeline picture_chain(quoin::any_pipeline const& chain, quoin::image_info const& info,
                                  std::filesystem::path const& output,
                                  std::vector<quoin::any_pipeline::result> const& others) {
    quoin::pixel_format const input = format_of_input(chain, info);
    std::vector<quoin::any_pipeline::result> inputs{{input, info.size()}};
    inputs.insert(inputs.end(), others.begin(), others.end());
    try {
        check_levels(chain, inputs);
        return ended(chain, input.channel, chain.result_of(inputs).format.channel, output);
    } catch (quoin::invalid_argument const& e) {
        throw std::runtime_error(chain_message(e));
    }
}

quoin::any_image evaluate(workers const& w, quoin::any_pipeline const& chain, std::vector<quoin::any_view> const& in) {
    return w.on_lanes([&](auto const& p) { return quoin::to_image(p, chain, in); });
}

void evaluate(workers const& w, quoin::any_pipeline const& chain, std::vector<quoin::any_view> const& in,
              quoin::any_output const& out) {
    w.on_lanes([&](auto const& p) { quoin::run(p, chain, in, out); });
}

void check_picture_file(std::filesystem::path const& path, quoin::any_pipeline::result const& picture) {
    bool const floats = picture.format.channel == quoin::channel_type::f32;
    if (path == "-") {
        if (floats && picture.format.channels == 4)
            throw std::runtime_error("standard output would be a PFM, which has no alpha; end --chain with "
                                     "convert_to=u8 or u16, or give the name of a .tif file");
        return;
    }
    if (floats && !is_pfm(path) && !is_tiff(path))
        throw std::runtime_error(path.string() +
                                 ": holds integers, and the chain makes floating-point numbers; end "
                                 "--chain with convert_to=u8 or convert_to=u16, behind brightness=255 or "
                                 "brightness=65535 where white is 1, or give the name of a .pfm or .tif file");
    check_writable(path, picture.size, picture.format.channels,
                   floats                                               ? 32
                   : picture.format.channel == quoin::channel_type::u16 ? 16
                                                                        : 8,
                   floats);
}

void write_picture(std::filesystem::path const& path, quoin::any_image const& picture) {
    with_pixel_in(picture.format(), [&]<class P>() { write_pixels(path, picture.view().as<P>()); });
}

std::vector<std::byte> encode_picture(quoin::image_format format, quoin::any_image const& picture) {
    return with_pixel_in(picture.format(), [&]<class P>() { return encode_pixels(format, picture.view().as<P>()); });
}

} // namespace examples

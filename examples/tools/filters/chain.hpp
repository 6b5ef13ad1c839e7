// SPDX-License-Identifier: BSL-1.0
// --chain: operations of the catalogue by name, evaluated in one pass; the result is a picture like the input.
#pragma once

#include "../common/observation.hpp"
#include "../common/pixels.hpp"
#include "../common/program.hpp"

#include <quoin/io/write_image.hpp>
#include <quoin/runtime/any_pipeline.hpp>

#if QUOIN_WITH_SIMD
#include <quoin/lanes/simd_lanes.hpp>
#endif

namespace examples {

inline constexpr char const* usual_chain = "gray,gaussian3,sobel_magnitude,sharpen,brightness=1.2";

inline void add_chain_option(CLI::App& app, std::string& chain) {
    app.add_option("--chain", chain, "Operations, separated by commas; quoin-filters --list names all")
        ->type_name("CHAIN")
        ->capture_default_str();
}

/// What any_pipeline says of a chain, as said of the option.
inline std::string chain_message(quoin::error const& e) {
    std::string_view what = e.what();
    constexpr std::string_view subject = "chain, ";
    if (what.starts_with(subject)) what.remove_prefix(subject.size());
    return "--chain: " + std::string(what);
}

/// @throws usage_error that names the place in the chain, what stands there and what is possible.
inline quoin::any_pipeline parse_chain(std::string const& text) {
    try {
        return quoin::any_pipeline(text);
    } catch (quoin::invalid_argument const& e) {
        throw usage_error(chain_message(e));
    }
}

/// The format in which a file is read: gray or RGB, of 8 or 16 bits.
inline quoin::pixel_format format_of_input(quoin::image_info const& info) {
    return with_pixel_of(info, []<class P>() { return quoin::format_of<P>; });
}

/// The chain for an input, ended so that the result has its depth: of other values the magnitude is taken, saturated.
/// @throws std::runtime_error where an operation cannot be done to it.
inline quoin::any_pipeline picture_chain(quoin::any_pipeline const& chain, quoin::image_info const& info) {
    quoin::pixel_format const input = format_of_input(info);
    try {
        if (chain.result_of(input, info.size()).format.channel == input.channel) return chain;
        return chain.then("absolute").then("convert_to", {static_cast<double>(input.channel)});
    } catch (quoin::invalid_argument const& e) {
        throw std::runtime_error(chain_message(e));
    }
}

/// Policies of the host, behind one type for each family of lanes; chains that are chosen at run time run there.
template <quoin::concepts::policy Policy>
auto host_workers_of(Policy const& policy) {
    if constexpr (quoin::concepts::hosted_policy<Policy>) return host_workers_of(policy.host());
    else return quoin::any_policy<typename Policy::lanes>::of(policy);
}

/// f(view) with the pixels of a picture as their type.
template <class F>
void with_pixels(quoin::any_image const& picture, F const& f) {
    quoin::any_view const v = picture.view();
    bool const color = picture.format().channels > 1;
    if (picture.format().channel == quoin::channel_type::u16)
        return color ? f(v.as<quoin::rgb16>()) : f(v.as<std::uint16_t>());
    return color ? f(v.as<quoin::rgb8>()) : f(v.as<std::uint8_t>());
}

/// Refuses, before any work, a name whose format cannot hold the picture. @throws quoin::io_error
inline void check_picture_file(std::filesystem::path const& path, quoin::any_pipeline::result const& picture) {
    int const bits = picture.format.channel == quoin::channel_type::u16 ? 16 : 8;
    quoin::image_format const format = quoin::detail::format_of(path.string(), path, picture.format.channels);
    quoin::detail::check_writable(path.string(), format, picture.size, picture.format.channels, bits, {});
}

inline void write_picture(std::filesystem::path const& path, quoin::any_image const& picture) {
    with_pixels(picture, [&](auto const& view) { quoin::write_image(path, view); });
}

} // namespace examples

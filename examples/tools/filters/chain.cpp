// SPDX-License-Identifier: BSL-1.0
// The chain of --chain.
#include "chain.hpp"

#include "../common/workers.hpp"

#include <limits>
#include <stdexcept>
#include <string_view>

namespace examples {

namespace {

/// The parts of a chain between the commas outside of parentheses.
std::vector<std::string> operations_of(std::string const& text) {
    std::vector<std::string> all;
    int depth = 0;
    for (char const c : text) {
        depth += (c == '(') - (c == ')');
        if (all.empty() || (c == ',' && depth == 0)) all.emplace_back();
        if (c != ',' || depth > 0) all.back() += c;
    }
    return all;
}

/// Refuses a threshold above all values that can come there, as --threshold of quoin-segment does.
/// @throws std::runtime_error
void check_levels(quoin::any_pipeline const& chain, std::vector<quoin::any_pipeline::result> const& inputs) {
    quoin::any_pipeline before;
    for (std::string const& operation : operations_of(chain.text())) {
        if (operation.starts_with("threshold")) {
            double white = 0;
            switch (before.result_of(inputs).format.channel) {
            case quoin::channel_type::u8:
                white = 255;
                break;
            case quoin::channel_type::u16:
                white = 65535;
                break;
            default: // derivatives and floating point have no white
                white = std::numeric_limits<double>::infinity();
            }
            double const level = std::stod(operation.substr(operation.find('=') + 1));
            if (level > white)
                throw std::runtime_error("--chain: '" + operation + "' is above every value there, whose white is " +
                                         std::to_string(static_cast<int>(white)));
        }
        before = before.then(quoin::any_pipeline(operation));
    }
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
                                  std::vector<quoin::any_pipeline::result> const& others) {
    quoin::pixel_format const input = format_of_input(chain, info);
    std::vector<quoin::any_pipeline::result> inputs{{input, info.size()}};
    inputs.insert(inputs.end(), others.begin(), others.end());
    try {
        check_levels(chain, inputs);
        quoin::channel_type const result = chain.result_of(inputs).format.channel;
        if (result == input.channel || result == quoin::channel_type::u8) return chain;
        return chain.then("absolute").then("convert_to", {static_cast<double>(input.channel)});
    } catch (quoin::invalid_argument const& e) {
        throw std::runtime_error(chain_message(e));
    }
}

quoin::any_image evaluate(workers const& w, quoin::any_pipeline const& chain, std::vector<quoin::any_view> const& in) {
    return w.on_lanes([&](auto const& p) { return quoin::to_image(p, chain, in); });
}

void check_picture_file(std::filesystem::path const& path, quoin::any_pipeline::result const& picture) {
    if (path == "-") return;
    check_writable(path, picture.size, picture.format.channels,
                   picture.format.channel == quoin::channel_type::u16 ? 16 : 8);
}

void write_picture(std::filesystem::path const& path, quoin::any_image const& picture) {
    quoin::any_view const v = picture.view();
    bool const color = picture.format().channels > 1, alpha = picture.format().channels == 4;
    if (picture.format().channel == quoin::channel_type::u16) {
        if (alpha) return write_pixels(path, v.as<quoin::rgba<std::uint16_t>>());
        return color ? write_pixels(path, v.as<quoin::rgb16>()) : write_pixels(path, v.as<std::uint16_t>());
    }
    if (alpha) return write_pixels(path, v.as<quoin::rgba8>());
    return color ? write_pixels(path, v.as<quoin::rgb8>()) : write_pixels(path, v.as<std::uint8_t>());
}

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// From options and an image to the values of a tensor.
#include "tensor.hpp"

#include "../common/command_line.hpp"
#include "../common/workers.hpp"

#include <quoin/tensor/prepare.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace examples {

namespace {

/// The numbers of a text, with a separator between them. Empty if there is something else.
template <class T>
std::vector<T> numbers_of(std::string const& text, char separator) {
    std::vector<T> all;
    char const *at = text.data(), *const end = at + text.size();
    for (;;) {
        T value{};
        auto const [next, error] = std::from_chars(at, end, value);
        if (error != std::errc()) return {};
        all.push_back(value);
        if (next == end) return all;
        if (*next != separator) return {};
        at = next + 1;
    }
}

void add_size_option(command_line& line, quoin::extent& size) {
    constexpr quoin::index_t most = 32768;
    line.add_function(
            "--size",
            [&size](std::string const& text) {
                auto const sides = numbers_of<quoin::index_t>(text, 'x');
                for (quoin::index_t const side : sides)
                    if (side < 1 || side > most)
                        throw usage_error("--size " + text + ": each side must be from 1 to " + std::to_string(most));
                if (sides.size() != 2) throw usage_error("--size " + text + ": give a width and a height, as 640x480");
                size = {sides[0], sides[1]};
            },
            "Width and height of the images in the tensor")
        .required()
        .type_name("WxH");
}

/// Three numbers, or one for all channels; those that are not finite, or not above `least`, are refused.
void add_channels_option(command_line& line, char const* name, std::array<float, 3>& values, float least,
                         char const* condition, char const* preset, char const* text) {
    line.add_function(
            name,
            [=, &values](std::string const& given) {
                auto numbers = numbers_of<float>(given, ':');
                if (numbers.size() == 1) numbers.resize(3, numbers[0]);
                if (numbers.size() != 3)
                    throw usage_error(std::string(name) + " " + given +
                                      ": give a number for each channel, as 0.5:0.5:0.5, or one for all");
                for (std::size_t c = 0; c < 3; ++c) {
                    if (!std::isfinite(numbers[c]) || !(numbers[c] > least))
                        throw usage_error(std::string(name) + " " + given + ": each number must be " + condition);
                    values[c] = numbers[c];
                }
            },
            text)
        .type_name("R:G:B")
        .show_default(preset);
}

/// An option whose value is one of the names of an enumeration, in their order.
template <class E>
void add_choice(command_line& line, char const* name, E& value, std::vector<std::string> const& names,
                char const* text) {
    line.add_function(
            name,
            [&value, names](std::string const& given) {
                auto const at = std::find(names.begin(), names.end(), given);
                if (at != names.end()) value = static_cast<E>(at - names.begin());
            },
            text)
        .one_of(names)
        .show_default(names[static_cast<std::size_t>(value)].c_str());
}

} // namespace

void add_tensor_options(command_line& line, tensor_work& a) {
    quoin::tensor_spec& s = a.spec;
    add_size_option(line, s.size);
    add_choice(line, "--fit", s.fit, {"stretch", "letterbox", "crop", "cover"},
               "How images of another shape become that size");
    line.add("--shorter-side", s.shorter_side,
             "For --fit crop: what the shorter side becomes before the cut; 0 is the least that covers the size")
        .within(quoin::index_t{0}, quoin::index_t{32768})
        .type_name("S")
        .show_default();
    add_choice(line, "--kernel", s.kernel, {"nearest", "box", "triangle", "hamming", "cubic", "lanczos3"},
               "The weights of resizing; Pillow calls triangle bilinear, and cubic bicubic");
    add_choice(line, "--mode", s.mode, {"pillow", "pillow_simd", "accurate"},
               "The arithmetic of resizing; torchvision's of tensors is pillow_simd");
    line.add_flag("--no-antialias", std::function<void(std::string const&)>([&s](std::string const& given) {
                      s.antialias = given == "false";
                  }),
                  "Interpolate between two pixels, as OpenCV's INTER_LINEAR does, whatever kernel and mode");
    constexpr float lowest = -std::numeric_limits<float>::infinity();
    add_channels_option(line, "--mean", s.mean, lowest, "finite", "0:0:0", "Subtracted from red, green and blue");
    add_channels_option(line, "--std", s.deviation, 0, "finite and above 0", "1:1:1",
                        "What red, green and blue are then divided by");
    line.add_function(
            "--scale",
            [&s](std::string const& text) {
                auto const numbers = numbers_of<float>(text, ':');
                if (numbers.size() != 1 || !std::isfinite(numbers[0]) || numbers[0] == 0)
                    throw usage_error("--scale " + text + ": give a finite number that is not 0");
                s.scale = numbers[0];
            },
            "What bytes are multiplied by first")
        .type_name("S")
        .show_default("they are divided by 255");
    add_choice(line, "--steps", s.steps, {"scale_first", "mean_first"},
               "Which comes first; with mean_first, --mean is in levels of bytes");
    int const pad = s.pad;
    line.add_function(
            "--pad",
            [&s](std::string const& text) {
                auto const numbers = numbers_of<int>(text, ':');
                if (numbers.size() != 1 || numbers[0] < 0 || numbers[0] > 255)
                    throw usage_error("--pad " + text + ": give a whole number from 0 to 255");
                s.pad = static_cast<std::uint8_t>(numbers[0]);
            },
            "For --fit letterbox: the byte around the image")
        .type_name("V")
        .show_default(std::to_string(pad).c_str());
    line.add("--type", a.type, "float, half or bfloat16").one_of({"f32", "f16", "bf16"}).show_default();
    add_choice(line, "--layout", s.layout, {"nchw", "nhwc"}, "Planes of channels, or channels side by side");
    add_choice(line, "--order", s.order, {"rgb", "bgr"}, "The order of the channels");
}

void check_tensor_work(tensor_work const& a) {
    if (a.spec.shorter_side > 0 && a.spec.fit != quoin::tensor_fit::crop)
        throw usage_error("--shorter-side is for --fit crop");
}

std::string tensor_head(tensor_work const& a, std::size_t images) {
    auto const& s = a.spec;
    std::string shape = std::to_string(images) + ", ";
    std::string const height = std::to_string(s.size.height), width = std::to_string(s.size.width);
    if (s.layout == quoin::tensor_layout::nchw) shape += "3, " + height + ", " + width;
    else shape += height + ", " + width + ", 3";
    return npy_header(a.type == "f32" ? "f4" : a.type == "f16" ? "f2" : "u2", shape);
}

std::size_t tensor_bytes(tensor_work const& a) {
    return static_cast<std::size_t>(3 * a.spec.size.area()) * (a.type == "f32" ? 4 : 2);
}

quoin::image<quoin::rgb8> colors_of(quoin::image<std::uint8_t> const& gray) {
    quoin::image<quoin::rgb8> colors(gray.size());
    for (quoin::index_t y = 0; y < gray.height(); ++y)
        for (quoin::index_t x = 0; x < gray.width(); ++x) colors(x, y) = {gray(x, y), gray(x, y), gray(x, y)};
    return colors;
}

struct tensor_values::state {
    tensor_work work;
    quoin::tensor_maker make;
};

tensor_values::tensor_values(tensor_work const& a)
    : state_(std::make_unique<state>(state{a, quoin::prepare(a.spec)})) {}
tensor_values::~tensor_values() = default;

quoin::placement tensor_values::operator()(workers const& w, quoin::image<quoin::rgb8> const& colors,
                                           std::span<std::byte> values) {
    quoin::image_view<quoin::rgb8 const> const view = colors.view();
    auto const made = [&]<class T>(T) {
        std::span const out(reinterpret_cast<T*>(values.data()), values.size() / sizeof(T));
        quoin::placement at;
        w.on_lanes([&](auto const& policy) { at = state_->make(policy, std::span(&view, 1), out)[0]; });
        return at;
    };
    if (state_->work.type == "f32") return made(float{});
    return state_->work.type == "f16" ? made(quoin::half{}) : made(quoin::bfloat16{});
}

} // namespace examples

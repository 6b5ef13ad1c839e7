// SPDX-License-Identifier: BSL-1.0
// quoin-tensor: images as the input of a model, in a .npy file.

#include "common/images.hpp"
#include "common/json.hpp"
#include "common/npy.hpp"
#include "common/policies.hpp"
#include "common/program.hpp"
#include "common/text_file.hpp"
#include "common/workers.hpp"

#include <quoin/tensor/prepare.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iostream>
#include <limits>
#include <sstream>

namespace {

using namespace examples;

constexpr char const* footer = R"(
Each image is resized, cut or padded to --size, and its bytes v become (v / 255 - mean) / std, or
with --scale (v * scale - mean) / std, rounded to float after each step; f16 and bf16 are rounded
once more, to nearest even. The values are those of Pillow and torchvision, bit by bit. With
--steps mean_first they are (v - mean) / 255 / std or (v - mean) * scale / std, as in OpenCV's
blobFromImage. Gray images fill three equal channels; alpha is dropped; 16 bits become 8.

--fit stretch    resizes to WxH
      letterbox  resizes by r = min(W / w, H / h), to round(w r) x round(h r), in the middle; around
                 it is the byte --pad (YOLO)
      crop       resizes the shorter side to --shorter-side and cuts WxH from the middle
                 (torchvision's Resize and CenterCrop)
      cover      resizes by r = max(W / w, H / h) and cuts WxH from the middle (blobFromImage with
                 crop)

FILE.npy has the shape (N, 3, H, W) for nchw and (N, H, W, 3) for nhwc, in the order of INPUT. NumPy
has no bfloat16: bf16 is written as its bits, in '<u2'. A line for each image, or with --time an
object of JSON, tells where it lies: a point at x of the image lies at x * scale + offset of the
tensor.

--time's ms_median is the median of --repeat evaluations from decoded pixels to values, ms_decode
the time to read the file. Tables of weights are made in the first evaluation of an extent. --trace
takes one INPUT.

Ctrl-C stops within a row of pixels, but not reading an image; files are written whole or not at
all.

Examples:
  quoin-tensor photo.jpg --out photo.npy --size 224x224 --fit crop --shorter-side 256
      --mean 0.485:0.456:0.406 --std 0.229:0.224:0.225
  quoin-tensor frames/*.png --out frames.npy --size 640x640 --fit letterbox --type f16
  quoin-tensor photo.jpg --out blob.npy --size 300x300 --no-antialias --steps mean_first
      --mean 123:117:104 --scale 0.017

Exit status: 0 success, 1 a file could not be read or written, 2 a wrong command line,
130, 143 or 129 interrupted (SIGINT, SIGTERM, SIGHUP).)";

struct tensor_arguments {
    std::vector<std::string> inputs;
    reading how;
    std::string out;
    std::string type = "f32";
    quoin::tensor_spec spec;
    policy_choice policy;
    int repeat = 1;
    bool time = false;
    observation seen;
};

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

void add_tensor_options(command_line& line, tensor_arguments& a) {
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
    line.add_flag("--no-antialias", std::function<void(std::string const&)>([&s](auto const&) { s.antialias = false; }),
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

/// The beginning of the .npy file.
std::string head_of_file(tensor_arguments const& a) {
    auto const& s = a.spec;
    std::string shape = std::to_string(a.inputs.size()) + ", ";
    std::string const height = std::to_string(s.size.height), width = std::to_string(s.size.width);
    if (s.layout == quoin::tensor_layout::nchw) shape += "3, " + height + ", " + width;
    else shape += height + ", " + width + ", 3";
    return npy_header(a.type == "f32" ? "f4" : a.type == "f16" ? "f2" : "u2", shape);
}

/// The pixels of a file in colors of 8 bits.
quoin::image<quoin::rgb8> read_colors(tensor_arguments const& a, std::string const& input) {
    quoin::image_info const file = info_of(input);
    quoin::image_info in_bytes = file;
    if (file.bits > 8) in_bytes.bits = 8, in_bytes.maxval = 255;
    if (picture_of(input, file, a.how).channels >= 3) {
        auto colors = read_pixels<quoin::rgb8>(input, a.how, whole_image);
        print_note("quoin-tensor", input, in_bytes, a.how, colors);
        return colors;
    }
    auto const gray = read_pixels<std::uint8_t>(input, a.how, whole_image);
    print_note("quoin-tensor", input, in_bytes, a.how, gray);
    quoin::image<quoin::rgb8> colors(gray.size());
    for (quoin::index_t y = 0; y < gray.height(); ++y)
        for (quoin::index_t x = 0; x < gray.width(); ++x) colors(x, y) = {gray(x, y), gray(x, y), gray(x, y)};
    return colors;
}

template <class T>
void write_tensor(workers const& w, tensor_arguments const& a, text_file& out) {
    std::vector<T> values(static_cast<std::size_t>(3 * a.spec.size.area()));
    quoin::tensor_maker make = quoin::prepare(a.spec);
    std::ostream& text = a.out == "-" ? std::cerr : std::cout;
    progress_bar const bar(a.inputs.size());
    for (std::size_t i = 0; i < a.inputs.size(); ++i) {
        std::string const& input = a.inputs[i];
        bar.show(i, input);
        a.seen.check();
        quoin::image<quoin::rgb8> colors;
        double const ms_decode = milliseconds([&] { colors = read_colors(a, input); });
        quoin::image_view<quoin::rgb8 const> const view = std::as_const(colors).view();
        quoin::placement at;
        double const ms_median = median_milliseconds(a.repeat, [&] {
            a.seen.restart();
            w.on_lanes([&](auto const& policy) { at = make(policy, std::span(&view, 1), std::span(values))[0]; });
        });
        out.put(std::string_view(reinterpret_cast<char const*>(values.data()), values.size() * sizeof(T)));
        bar.clear();
        if (a.time) {
            print_json({{"input", input},
                        {"policy", a.policy.name},
                        {"threads", w.concurrency()},
                        {"pixels", colors.size().area()},
                        {"scale_x", at.scale_x},
                        {"scale_y", at.scale_y},
                        {"offset_x", at.offset_x},
                        {"offset_y", at.offset_y},
                        {"ms_median", rounded_to_microseconds(ms_median)},
                        {"ms_decode", rounded_to_microseconds(ms_decode)}},
                       text);
            continue;
        }
        std::ostringstream words;
        words << input << ": image " << i << ", scale " << at.scale_x << " x " << at.scale_y << ", offset "
              << at.offset_x << ", " << at.offset_y;
        text << words.str() << '\n';
    }
}

void check_tensor_arguments(tensor_arguments const& a) {
    if (a.out != "-" && !has_extension(a.out, ".npy"))
        throw usage_error("--out " + a.out + ": the name must end in .npy");
    if (a.spec.shorter_side > 0 && a.spec.fit != quoin::tensor_fit::crop)
        throw usage_error("--shorter-side is for --fit crop");
    if (!a.seen.file().empty() && a.inputs.size() > 1)
        throw usage_error("--trace is of one evaluation, and there are " + std::to_string(a.inputs.size()) +
                          " images; give one INPUT");
    for (std::string const& input : a.inputs) check_files({input, a.out, a.seen.file()});
}

int run_on_files(tensor_arguments const& a) {
    // What a header tells is told before any work.
    for (std::string const& input : a.inputs)
        check_whole_image(input, picture_of(input, info_of(input), a.how), "cut it into parts");
    text_file out(a.out);
    out.put(head_of_file(a));
    with_policy(a.policy, a.seen, [&](workers const& w) {
        if (a.type == "f32") write_tensor<float>(w, a, out);
        else if (a.type == "f16") write_tensor<quoin::half>(w, a, out);
        else write_tensor<quoin::bfloat16>(w, a, out);
    });
    a.seen.check();
    a.seen.write();
    out.commit();
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    command_line line("Makes the input of a model from images: resized, normalized, one after the other.",
                      "quoin-tensor", footer);
    tensor_arguments a;
    line.add("INPUT", a.inputs, "PNG, JPEG, BMP, TGA, PNM or TIFF images; - is standard input").required();
    line.add("--out", a.out, "The file for the tensor; - is standard output").required().type_name("FILE.npy");
    add_tensor_options(line, a);
    add_reading_options(line, a.how);
    add_policy_options(line, a.policy);
    add_tuning_option(line, a.policy, "filters");
    add_timing_options(line, a.repeat, a.time, "Evaluate each image so many times, for the median",
                       "Print times and places as one line of JSON for each image");
    a.seen.add_options(line);
    return line.run(argc, argv, [&] {
        check_tensor_arguments(a);
        return run_on_files(a);
    });
}

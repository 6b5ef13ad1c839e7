// SPDX-License-Identifier: BSL-1.0
// quoin-tensor: images as the input of a model, in a .npy file.

#include "common/images.hpp"
#include "common/json.hpp"
#include "common/policies.hpp"
#include "common/program.hpp"
#include "common/text_file.hpp"
#include "common/workers.hpp"
#include "tensor/tensor.hpp"

#include <iostream>
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

struct tensor_arguments : tensor_work {
    std::vector<std::string> inputs;
    reading how;
    std::string out;
    policy_choice policy;
    int repeat = 1;
    bool time = false;
    observation seen;
};

/// The pixels of a file, of which a note is printed where one is due.
quoin::image<quoin::rgb8> read_noted(tensor_arguments const& a, std::string const& input) {
    quoin::image_info in_bytes = info_of(input);
    if (in_bytes.bits > 8) in_bytes.bits = 8, in_bytes.maxval = 255;
    return read_colors(input, a.how,
                       [&](auto const& pixels) { print_note("quoin-tensor", input, in_bytes, a.how, pixels); });
}

void write_tensor(workers const& w, tensor_arguments const& a, text_file& out) {
    std::vector<std::byte> values(tensor_bytes(a));
    tensor_values make(a);
    std::ostream& text = a.out == "-" ? std::cerr : std::cout;
    progress_bar const bar(a.inputs.size());
    for (std::size_t i = 0; i < a.inputs.size(); ++i) {
        std::string const& input = a.inputs[i];
        bar.show(i, input);
        a.seen.check();
        quoin::image<quoin::rgb8> colors;
        double const ms_decode = milliseconds([&] { colors = read_noted(a, input); });
        quoin::placement at;
        double const ms_median = median_milliseconds(a.repeat, [&] {
            a.seen.restart();
            at = make(w, colors, values);
        });
        out.put(std::string_view(reinterpret_cast<char const*>(values.data()), values.size()));
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
    check_tensor_work(a);
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
    out.put(tensor_head(a, a.inputs.size()));
    with_policy(a.policy, a.seen, [&](workers const& w) { write_tensor(w, a, out); });
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

// SPDX-License-Identifier: BSL-1.0
// /v1/tensor.
#include "../common/text_file.hpp"
#include "../common/workers.hpp"
#include "../tensor/tensor.hpp"
#include "image_plan.hpp"

#include <algorithm>

namespace examples {

namespace {

/// With the fewest digits that read back as the same number.
std::string text_of(double value) {
    text_buffer text;
    text.put(value);
    return text.text();
}

/// The file of quoin-tensor for one image. Fields of the head say where the image lies in it.
class tensor_plan : public image_plan {
public:
    using image_plan::image_plan;

    void add_options(command_line& line) override {
        add_tensor_options(line, work_);
        add_reading_options(line, how_);
    }

    void check() override {
        check_tensor_work(work_);
        if (work_.spec.size.area() > limits_.result_megapixels * 1'000'000)
            throw usage_error("--size: at most " + std::to_string(limits_.result_megapixels) + " megapixels are made");
    }

    std::size_t memory(image_bodies images) const override {
        auto const body = images[0];
        quoin::image_info const header = info(body);
        quoin::extent const from = picture(body, header).size();
        index_t sides = from.width + from.height + work_.spec.size.width + work_.spec.size.height;
        if (work_.spec.fit == quoin::tensor_fit::crop || work_.spec.fit == quoin::tensor_fit::cover) {
            // What is resized is larger than what is cut from it.
            auto const [least, most] = std::minmax(from.width, from.height);
            index_t const shorter = std::max({work_.spec.size.width, work_.spec.size.height, work_.spec.shorter_side});
            index_t const longer = shorter * most / least + 1;
            check_pixels("the resized image", {longer, shorter}, limits_.result_megapixels);
            sides += longer + shorter;
        }
        // Of the tables of weights, each side has a few for a pixel of the longer of input and result.
        return static_cast<std::size_t>(bytes_to_read(header) + 4 * from.area() + 64 * sides) + tensor_bytes(work_);
    }

    http_response answer(workers const& w, image_bodies images, times& taken) const override {
        auto const body = images[0];
        picture(body);
        quoin::image<quoin::rgb8> colors;
        taken.decode = milliseconds(
            [&] { colors = or_refuse(422, [&] { return read_colors(file(body), how_, [](auto const&) {}); }); });
        http_response r{200, "application/octet-stream"};
        quoin::placement at;
        taken.compute = milliseconds([&] {
            std::string const head = tensor_head(work_, 1);
            byte_buffer file = file_with(head, tensor_bytes(work_)); // the head's length is a multiple of 64
            std::span const values(file.data() + head.size(), tensor_bytes(work_));
            at = or_refuse(400, [&] { return tensor_values(work_)(w, colors, values); });
            r.body = std::move(file);
        });
        r.fields = {{"Quoin-Scale-X", text_of(at.scale_x)},
                    {"Quoin-Scale-Y", text_of(at.scale_y)},
                    {"Quoin-Offset-X", text_of(at.offset_x)},
                    {"Quoin-Offset-Y", text_of(at.offset_y)}};
        return r;
    }

private:
    tensor_work work_;
};

} // namespace

endpoint tensor_endpoint() {
    return {"tensor",
            "/v1/tensor",
            "The input of a model, as quoin-tensor makes it",
            "A .npy file; a point at x of the image lies at x * Quoin-Scale-X + Quoin-Offset-X, which are in the head, "
            "likewise y",
            {"application/octet-stream"},
            true,
            read_plan<tensor_plan>,
            plan_options<tensor_plan>};
}

} // namespace examples

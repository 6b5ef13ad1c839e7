// SPDX-License-Identifier: BSL-1.0
// /v1/nuclei.
#include "../common/workers.hpp"
#include "../nuclei/options.hpp"
#include "../nuclei/outputs.hpp"
#include "image_plan.hpp"

namespace examples {

namespace {

/// The nuclei of quoin-nuclei: its table, the same as JSON, or its label image.
class nuclei_plan : public image_plan {
public:
    using image_plan::image_plan;

    void add_options(command_line& line) override {
        add_nuclei_options(line, steps_);
        add_reading_options(line, how_);
        line.add("--format", format_, "The table, or in a png the number of each pixel's nucleus, in 16 bits")
            .one_of({"json", "csv", "png"})
            .show_default();
    }

    std::size_t memory(image_bodies images) const override {
        auto const body = images[0];
        quoin::image_info const header = info(body);
        // A label and a value for each pixel, and what a flood of all of them takes.
        return static_cast<std::size_t>(bytes_to_read(header) + picture(body, header).size().area() * 80);
    }

    http_response answer(workers const& w, image_bodies images, times& taken) const override {
        auto const body = images[0];
        picture(body);
        quoin::image<std::uint16_t> pixels;
        taken.decode =
            milliseconds([&] { pixels = or_refuse(422, [&] { return read_gray(file(body), how_, whole_image); }); });
        nuclei_findings found;
        taken.compute = milliseconds([&] { found = or_refuse(400, [&] { return find_nuclei(w, pixels, steps_); }); });
        http_response r;
        taken.encode = milliseconds([&] {
            if (format_ == "csv") {
                r.type = "text/csv";
                r.body = bytes_of(nuclei_csv(found));
            } else if (format_ == "png") {
                auto const labels = or_refuse(400, [&] { return nuclei_numbers("--format png", found); });
                r.type = "image/png";
                r.body = encode_pixels(quoin::image_format::png, labels.view());
            } else {
                r.body = bytes_of(nuclei_json(found));
            }
        });
        return r;
    }

private:
    nuclei_options steps_;
    std::string format_ = "json";
};

} // namespace

endpoint nuclei_endpoint() {
    return {"nuclei",
            "/v1/nuclei",
            "The nuclei of a fluorescence image, as quoin-nuclei finds them",
            "The nuclei",
            {"application/json", "text/csv", "image/png"},
            true,
            read_plan<nuclei_plan>,
            plan_options<nuclei_plan>};
}

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// /v1/segment.
#include "../common/workers.hpp"
#include "../segment/find.hpp"
#include "image_plan.hpp"

namespace examples {

namespace {

/// The rectangles of quoin-segment.
class segment_plan : public image_plan {
public:
    using image_plan::image_plan;

    void add_options(command_line& line) override {
        add_segment_work_options(line, work_);
        add_reading_options(line, how_);
        line.add("--format", format_, "The file of the answer").one_of({"json", "csv", "gds"}).show_default();
        add_gds_options(line, gds_);
    }

    void check() override {
        check_segment_work(work_);
        check_gds_options(gds_, format_ == "gds", "--format gds");
        work_.given = nullptr; // it names the command line, which ends here
    }

    std::size_t memory(image_bodies images) const override {
        auto const body = images[0];
        quoin::image_info const header = info(body);
        // Masks of bits, and a run of one pixel for every second one: 8 bytes, its label, and those of its rectangle,
        // which is 64 bytes of GDSII, in a text that grows and is then copied.
        index_t const runs = picture(body, header).size().area() / 2;
        return static_cast<std::size_t>(bytes_to_read(header) + runs * (format_ == "gds" ? 64 + 192 : 64));
    }

    http_response answer(workers const& w, image_bodies images, times& taken) const override {
        auto const body = images[0];
        quoin::image_info const read = picture(body);
        findings found;
        found.size = read.size();
        with_pixel_of(read, [&]<class P>() {
            or_refuse(400, [&] { check_level<P>(work_, "the body"); });
            quoin::image<P> const pixels = decode<P>(body, taken);
            taken.compute =
                milliseconds([&] { find_regions<P>(w, work_, pixels.view(), found, [](quoin::bit_image const&) {}); });
        });
        http_response r;
        taken.encode = milliseconds([&] {
            if (format_ == "csv") {
                r.type = "text/csv";
                r.body = bytes_of(rectangles_csv(found));
            } else if (format_ == "gds") {
                r.type = "application/octet-stream";
                r.body = bytes_of(rectangles_gds(found, gds_));
            } else {
                r.body = bytes_of(rectangles_json(work_, found));
            }
        });
        return r;
    }

private:
    segment_work work_;
    quoin::gds_options gds_;
    std::string format_ = "json";
};

} // namespace

endpoint segment_endpoint() {
    return {"segment",
            "/v1/segment",
            "Bright or dark regions of an image as disjoint rectangles, as quoin-segment finds them",
            "The rectangles",
            {"application/json", "text/csv", "application/octet-stream"},
            true,
            read_plan<segment_plan>,
            plan_options<segment_plan>};
}

} // namespace examples

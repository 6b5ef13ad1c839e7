// SPDX-License-Identifier: BSL-1.0
// The jobs of quoin-batch.
#include "../filters/chain.hpp"
#include "../nuclei/options.hpp"
#include "../nuclei/outputs.hpp"
#include "../segment/find.hpp"
#include "job.hpp"
#include "memory.hpp"

#include <algorithm>
#include <bit>
#include <optional>

namespace examples {

namespace {

/// What quoin-segment does: tables of rectangles and of components.
class segment_job : public job, segment_work {
public:
    void add_options(command_line& group) override {
        add_segment_work_options(group, *this);
        group.add("--rects", rects_, "The format of the rectangles, by its extension")
            .one_of({"csv", "gds"})
            .show_default();
        add_gds_options(group, gds_);
        group.add_flag("--overlay", overlay_, "Write a picture of the rectangles over the image too");
    }

    void check() override {
        check_segment_work(*this);
        check_gds_options(gds_, rects_ == "gds", "--rects gds");
    }

    std::vector<std::string> suffixes() const override {
        std::vector<std::string> all{".rects." + rects_, ".components.csv"};
        if (overlay_) all.emplace_back(".overlay.png");
        return all;
    }

    quoin::index_t bytes(quoin::image_info const& info, quoin::index_t decoding) const override {
        quoin::index_t const picture = overlay_ ? image_bytes(info, info.bits / 8) + image_bytes(info, 3) : 0;
        return std::max({decoding, image_bytes(info, pixel_bytes(info)) + masks(info) + picture,
                         picture + (overlay_ ? encoding_bytes(image_bytes(info, 3)) : 0)}) +
               lines(info);
    }

    std::unique_ptr<file_work> start(picture_source const& from, quoin::index_t bytes) const override {
        return with_pixel_of(from.picture, [&]<class P>() -> std::unique_ptr<file_work> {
            return std::make_unique<work<P>>(*this, from, bytes);
        });
    }

private:
    /// Of the components and rectangles of a run of runs_of, and of what finds them, at most: what a checkerboard
    /// takes, and for the fewest rectangles what single holes far apart take, whose chords cross all over the image.
    static constexpr quoin::index_t run_merge_bytes = 144;
    static constexpr quoin::index_t minimum_bytes = 640;

    static quoin::index_t masks(quoin::image_info const& info) { return (info.width + 127) / 8 * info.height * 6; }
    static quoin::index_t lines(quoin::image_info const& info) { return 512 * (info.width + info.height) + mebibyte; }

    /// At least as many as the mask has, and as the steps that clean it may make of them; each word begins another.
    quoin::index_t runs_of(quoin::bit_image const& mask) const {
        quoin::index_t count = 0;
        for (quoin::index_t y = 0; y < mask.height(); ++y)
            for (quoin::index_t i = 0; i < mask.words_per_row(); ++i)
                count += std::popcount(mask.row(y)[i] & ~(mask.row(y)[i] << 1));
        bool const cleaned = steps.open > 0 || steps.close > 0;
        return cleaned ? std::min(2 * count, (mask.width() + 1) / 2 * mask.height()) : count;
    }

    template <class P>
    class work : public file_work {
    public:
        work(segment_job const& j, picture_source const& from, quoin::index_t bytes)
            : job_(j), from_(from), bytes_(bytes) {}

        void decode(std::filesystem::path const& input, quoin::read_limits const& limits) override {
            pixels_ = read_pixels<P>(input, job_.how, limits);
            found_.size = pixels_.size();
            check_level<P>(job_, input.string());
        }

        void compute(file_context const& context) override {
            add(note_on_pixels(from_.name, from_.file, job_.how, pixels_));
            quoin::index_t const each =
                job_.steps.method == quoin::segment_method::run_merge ? run_merge_bytes : minimum_bytes;
            find_regions<P>(context.policy, job_, std::as_const(pixels_).view(), found_,
                            [&](quoin::bit_image const& mask) { context.need(bytes_ + each * job_.runs_of(mask)); });
            if (job_.overlay_) gray_ = gray_image(pixels_);
            pixels_ = {};
        }

        void encode(std::string const& stem) override {
            write_rectangles(stem + ".rects." + job_.rects_, found_, job_.gds_);
            write_components(stem + ".components.csv", found_.result);
            if (job_.overlay_) write_overlay(stem + ".overlay.png", gray_, found_.result);
        }

    private:
        segment_job const& job_;
        picture_source from_;
        quoin::index_t bytes_;
        quoin::image<P> pixels_;
        quoin::image<quoin::channel_t<P>> gray_;
        findings found_{};
    };

    std::string rects_ = "csv";
    quoin::gds_options gds_;
    bool overlay_ = false;
};

/// What quoin-filters does: a chain of filters.
class filters_job : public job {
public:
    void add_options(command_line& group) override {
        how.floats = true;
        add_chain_option(group, chain_);
        group
            .add("--format", format_,
                 "The format of the results, by its extension; 16 bits need png, pnm or tif, floats pfm or tif")
            .one_of({"png", "jpg", "bmp", "tga", "pnm", "pfm", "tif"})
            .show_default();
    }

    void check() override {
        steps_ = parse_chain(chain_);
        if (steps_.inputs() > 1)
            throw usage_error("--chain combines several images, and a folder has one at a time; write quoin-filters "
                              "INPUT --with FILE");
    }

    std::vector<std::string> suffixes() const override { return {"." + format_}; }

    quoin::index_t bytes(quoin::image_info const& info, quoin::index_t decoding) const override {
        quoin::any_pipeline const chain = picture_chain(steps_, info, "result." + format_);
        quoin::any_pipeline::result const in{format_of_input(steps_, info), info.size()}, out = chain.result_of({in});
        quoin::index_t const source = quoin::any_image::bytes_of(in.format, in.size);
        quoin::index_t const result = quoin::any_image::bytes_of(out.format, out.size);
        quoin::index_t const alpha = source - image_bytes(info, pixel_bytes(info)); // which decoding does not count
        return std::max({decoding + 2 * alpha, source + chain.bytes_between({in}) + result,
                         encoding_bytes(result) + result}) +
               mebibyte + 2048 * info.width;
    }

    std::unique_ptr<file_work> start(picture_source const& from, quoin::index_t) const override {
        return with_pixel_for(steps_, from.picture, [&]<class P>() -> std::unique_ptr<file_work> {
            return std::make_unique<work<P>>(*this, from, picture_chain(steps_, from.picture, "result." + format_));
        });
    }

private:
    template <class P>
    class work : public file_work {
    public:
        work(filters_job const& j, picture_source const& from, quoin::any_pipeline const& chain)
            : job_(j), from_(from), chain_(chain) {}

        void decode(std::filesystem::path const& input, quoin::read_limits const& limits) override {
            check_picture_file("result." + job_.format_, chain_.result_of(quoin::format_of<P>, from_.picture.size()));
            source_ = read_pixels<P>(input, job_.how, limits);
        }

        void compute(file_context const& context) override {
            add(note_on_pixels(from_.name, from_.file, job_.how, source_));
            result_ = evaluate(context.policy, chain_, {source_.view()});
            source_ = {};
        }

        void encode(std::string const& stem) override { write_picture(stem + "." + job_.format_, result_); }

    private:
        filters_job const& job_;
        picture_source from_;
        quoin::any_pipeline chain_;
        quoin::image<P> source_;
        quoin::any_image result_;
    };

    std::string chain_ = usual_chain;
    std::string format_ = "png";
    quoin::any_pipeline steps_;
};

/// What quoin-nuclei does: a table of nuclei.
class nuclei_job : public job {
public:
    void add_options(command_line& group) override {
        add_nuclei_options(group, steps_);
        group.add_flag("--labels", labels_, "Write the label image too, 16 bits");
        group.add_flag("--overlay", overlay_, "Write a picture of the outlines over the image too");
    }

    std::vector<std::string> suffixes() const override {
        std::vector<std::string> all{".nuclei.csv"};
        if (labels_) all.emplace_back(".labels.png");
        if (overlay_) all.emplace_back(".overlay.png");
        return all;
    }

    quoin::index_t bytes(quoin::image_info const& info, quoin::index_t decoding) const override {
        // A label and a value for each pixel, and what a flood of all of them takes.
        quoin::index_t const found = image_bytes(info, 80);
        quoin::index_t const picture =
            overlay_ || labels_ ? image_bytes(info, 10) + encoding_bytes(image_bytes(info, 3)) : 0;
        return std::max({decoding + image_bytes(info, 2), found, picture}) + mebibyte + 2048 * info.width;
    }

    std::unique_ptr<file_work> start(picture_source const& from, quoin::index_t) const override {
        return std::make_unique<work>(*this, from);
    }

private:
    class work : public file_work {
    public:
        work(nuclei_job const& j, picture_source const& from) : job_(j), from_(from) {}

        void decode(std::filesystem::path const& input, quoin::read_limits const& limits) override {
            pixels_ = read_gray(input, job_.how, limits);
        }

        void compute(file_context const& context) override {
            add(note_on_pixels(from_.name, from_.file, job_.how, pixels_));
            found_ = find_nuclei(context.policy, pixels_, job_.steps_);
            if (!found_.note.kind.empty()) add({found_.note.kind, from_.name.string() + ": " + found_.note.text});
        }

        void encode(std::string const& stem) override {
            write_nuclei_csv(stem + ".nuclei.csv", found_);
            if (job_.labels_) write_nuclei_labels(stem + ".labels.png", found_);
            if (job_.overlay_) write_nuclei_overlay(stem + ".overlay.png", pixels_, found_);
        }

    private:
        nuclei_job const& job_;
        picture_source from_;
        quoin::image<std::uint16_t> pixels_;
        nuclei_findings found_;
    };

    nuclei_options steps_;
    bool labels_ = false;
    bool overlay_ = false;
};

} // namespace

std::unique_ptr<job> make_job(std::string_view name) {
    if (name == "segment") return std::make_unique<segment_job>();
    if (name == "filters") return std::make_unique<filters_job>();
    if (name == "nuclei") return std::make_unique<nuclei_job>();
    return {};
}

} // namespace examples

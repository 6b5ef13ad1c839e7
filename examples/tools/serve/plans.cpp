// SPDX-License-Identifier: BSL-1.0
// The plans. Their queries are read as the command lines of the programs are, by the same options.
#include "plans.hpp"

#include "../common/json.hpp"
#include "../common/npy.hpp"
#include "../common/workers.hpp"
#include "../filters/chain.hpp"
#include "../filters/listing.hpp"
#include "image_plan.hpp"
#include "openapi.hpp"

#include <quoin/measure/mean_std.hpp>
#include <quoin/measure/min_max.hpp>

#include <algorithm>

namespace examples {

namespace {

/// The files of /v1/run.
struct file_kind {
    char const* name;
    char const* file; ///< as a name for what a file of the kind can hold
    char const* type;
    quoin::image_format format = quoin::image_format::png;
};
constexpr file_kind kinds[] = {
    {"png", "result.png", "image/png", quoin::image_format::png},
    {"jpg", "result.jpg", "image/jpeg", quoin::image_format::jpeg},
    {"bmp", "result.bmp", "image/bmp", quoin::image_format::bmp},
    {"pnm", "result.pnm", "image/x-portable-anymap", quoin::image_format::pnm},
    {"pfm", "result.pfm", "image/x-portable-floatmap", quoin::image_format::pfm},
    {"npy", "", "application/octet-stream"},
};

file_kind const& kind_named(std::string const& name) {
    return *std::find_if(std::begin(kinds), std::end(kinds), [&](file_kind const& k) { return k.name == name; });
}

/// What stands before the pixels of a .npy file: of the shape (height, width), and (height, width, channels) for
/// colors.
std::string npy_head(quoin::any_pipeline::result const& r) {
    constexpr char const* types[] = {"u1", "u2", "i2", "i4", "f4"};
    std::string shape = std::to_string(r.size.height) + ", " + std::to_string(r.size.width);
    if (r.format.channels > 1) shape += ", " + std::to_string(r.format.channels);
    return npy_header(types[static_cast<int>(r.format.channel)], shape);
}

/// The result of a chain, as quoin-filters writes it, or as NumPy's array.
class run_plan : public image_plan {
public:
    using image_plan::image_plan;

    void add_options(command_line& line) override {
        line.add("--chain", text_, "Operations, separated by commas; GET /v1/operations names all").required();
        std::vector<std::string> names;
        for (file_kind const& k : kinds) names.emplace_back(k.name);
        line.add("--format", format_, "The file of the answer; npy is the array of NumPy").one_of(names).show_default();
        add_reading_options(line, how_);
        how_.floats = true;
    }

    void check() override {
        kind_ = &kind_named(format_);
        chain_ = parse_chain(text_);
        if (chain_.size() > limits_.operations)
            throw usage_error("--chain has " + std::to_string(chain_.size()) + " operations, and at most " +
                              std::to_string(limits_.operations) + " are computed");
        if (chain_.inputs() > limits_.images)
            throw usage_error("--chain reads " + std::to_string(chain_.inputs()) + " images, and at most " +
                              std::to_string(limits_.images) + " are read");
    }

    std::size_t images() const override { return static_cast<std::size_t>(chain_.inputs()); }

    std::size_t memory(image_bodies images) const override {
        index_t reading = 0;
        std::vector<quoin::image_info> read;
        for (auto const body : images) {
            quoin::image_info const header = info(body);
            read.push_back(picture(body, header));
            reading += bytes_to_read(header);
        }
        return or_refuse(400, [&] {
            auto const others = others_of(read);
            quoin::any_pipeline const steps = whole_chain(read[0], others);
            std::vector<quoin::any_pipeline::result> inputs{{format_of_input(steps, read[0]), read[0].size()}};
            inputs.insert(inputs.end(), others.begin(), others.end());
            auto const result = steps.result_of(inputs);
            if (result.size.empty()) throw refusal{400, "--chain makes an image without pixels"};
            check_pixels("the result", result.size, limits_.result_megapixels);
            if (*kind_->file) check_picture_file(kind_->file, result);
            quoin::rect const middle{result.size.width / 2, result.size.height / 2, 1, 1};
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                quoin::rect const needed = steps.needed(middle, inputs, static_cast<int>(i) + 1);
                check_reach(needed, inputs[i].size, result.size);
            }
            // While it is encoded, a result is there twice.
            index_t const out = 2 * result.size.area() * bytes_of(result.format);
            return static_cast<std::size_t>(reading + steps.bytes_between(inputs) + out);
        });
    }

    http_response answer(workers const& w, image_bodies images, times& taken) const override {
        std::vector<quoin::image_info> read;
        for (auto const body : images) read.push_back(picture(body));
        quoin::any_pipeline const steps = or_refuse(400, [&] { return whole_chain(read[0], others_of(read)); });
        std::vector<quoin::any_image> others;
        for (std::size_t i = 1; i < images.size(); ++i)
            with_pixel_for(chain_, read[i], [&]<class P>() {
                quoin::image<P> const source = decode<P>(images[i], taken);
                others.push_back(evaluate(w, {}, {source.view()}));
            });
        http_response r{200, kind_->type};
        with_pixel_for(steps, read[0], [&]<class P>() {
            quoin::image<P> decoded;
            auto source = pixels_in_place<P>(images[0], how_);
            if (!source) {
                decoded = decode<P>(images[0], taken);
                source = std::as_const(decoded).view();
            }
            std::vector<quoin::any_view> inputs{*source};
            std::vector<quoin::any_pipeline::result> formats{{quoin::format_of<P>, source->size()}};
            for (quoin::any_image const& other : others) {
                inputs.push_back(other.view());
                formats.push_back({other.format(), other.size()});
            }
            auto const made = steps.result_of(formats);
            if (std::string const head = head_before_pixels(made); !head.empty()) {
                taken.compute = milliseconds([&] { r.body = pixels_behind(head, made, w, steps, inputs); });
                return;
            }
            quoin::any_image result;
            taken.compute = milliseconds([&] { result = evaluate(w, steps, inputs); });
            taken.encode = milliseconds([&] { r.body = encode_picture(kind_->format, result); });
        });
        return r;
    }

private:
    static index_t bytes_of(quoin::pixel_format f) {
        constexpr index_t bytes[] = {1, 2, 2, 4, 4};
        return f.channels * bytes[static_cast<int>(f.channel)];
    }

    /// What the file of a result begins with, where its pixels follow as they are in memory; or else nothing.
    std::string head_before_pixels(quoin::any_pipeline::result const& r) const {
        if (!*kind_->file) return npy_head(r);
        bool const as_they_are =
            kind_->format == quoin::image_format::pnm && r.format.channel == quoin::channel_type::u8;
        return as_they_are ? pnm_head(r.size, r.format.channels) : std::string();
    }

    /// A file whose pixels are computed where they stay.
    static shared_bytes pixels_behind(std::string const& head, quoin::any_pipeline::result const& made,
                                      workers const& w, quoin::any_pipeline const& steps,
                                      std::vector<quoin::any_view> const& inputs) {
        byte_buffer file = file_with(head, static_cast<std::size_t>(made.size.area() * bytes_of(made.format)));
        int const channels = made.format.channels;
        evaluate(w, steps, inputs,
                 {file.data() + head.size(), made.size, made.size.width * channels, channels, 1, made.format});
        return file;
    }

    /// What the chain reads beside the first image.
    std::vector<quoin::any_pipeline::result> others_of(std::vector<quoin::image_info> const& read) const {
        std::vector<quoin::any_pipeline::result> all;
        for (std::size_t i = 1; i < read.size(); ++i) all.push_back({format_of_input(chain_, read[i]), read[i].size()});
        return all;
    }

    quoin::any_pipeline whole_chain(quoin::image_info const& picture,
                                    std::vector<quoin::any_pipeline::result> const& others) const {
        return *kind_->file ? picture_chain(chain_, picture, kind_->file, others) : chain_;
    }

    /// Of an operation that needs all of its input, as equalize or a rotation, the reach does not count.
    void check_reach(quoin::rect const& needed, quoin::extent in, quoin::extent out) const {
        auto const check = [&](index_t begin, index_t length, index_t all, index_t results, char const* what) {
            index_t const of_one = all / std::max<index_t>(1, results) + 1;
            if (begin == 0 && length == all) return;
            if (length > 2 * limits_.reach + of_one)
                throw refusal{400, "--chain needs " + std::to_string(length) + " " + what +
                                       " of the image for a pixel of the result, and at most " +
                                       std::to_string(2 * limits_.reach + of_one) + " may be needed here"};
        };
        check(needed.y, needed.height, in.height, out.height, "rows");
        check(needed.x, needed.width, in.width, out.width, "columns");
    }

    std::string text_, format_ = "png";
    file_kind const* kind_ = nullptr;
    quoin::any_pipeline chain_;
};

/// The extent, and for each channel the smallest and the largest value, the mean and the standard deviation.
class statistics_plan : public image_plan {
public:
    using image_plan::image_plan;

    void add_options(command_line& line) override { add_reading_options(line, how_); }

    std::size_t memory(image_bodies images) const override {
        auto const body = images[0];
        quoin::image_info const header = info(body);
        picture(body, header);
        return static_cast<std::size_t>(bytes_to_read(header));
    }

    http_response answer(workers const& w, image_bodies images, times& taken) const override {
        auto const body = images[0];
        quoin::image_info const read = picture(body);
        json_object all{{"width", read.width}, {"height", read.height}, {"bits", index_t{read.bits}}};
        with_pixel_of(read, [&]<class P>() {
            quoin::image<P> const pixels = decode<P>(body, taken);
            taken.compute = milliseconds([&] { all.emplace_back("channels", channels_of(w, pixels)); });
        });
        http_response r;
        r.body = bytes_of(json_text(all) + "\n");
        return r;
    }

private:
    template <class P>
    static json_array channels_of(workers const& w, quoin::image<P> const& pixels) {
        auto const [range, moments] = w.on_lanes([&](auto const& policy) {
            return quoin::statistics(policy, pixels.view(), quoin::min_max, quoin::mean_std);
        });
        json_array all;
        quoin::for_each_channel<P>([&, &range = range, &moments = moments](auto c) {
            constexpr int k = decltype(c)::value;
            all.emplace_back(json_object{{"min", index_t{quoin::get_channel<k>(range.min)}},
                                         {"max", index_t{quoin::get_channel<k>(range.max)}},
                                         {"mean", quoin::get_channel<k>(moments.mean)},
                                         {"std", quoin::get_channel<k>(moments.std)}});
        });
        return all;
    }
};

/// A text, whatever the query.
class text_plan : public plan {
public:
    explicit text_plan(std::string_view text) : text_(text) {} // which stays

    std::size_t images() const override { return 0; }
    std::size_t memory(image_bodies) const override { return text_.size(); }
    http_response answer(workers const&, image_bodies, times&) const override {
        return {200, "application/json", bytes_of(text_)};
    }

private:
    std::string_view text_;
};

/// The text is that of Text(), which is called once.
template <std::string (*Text)()>
std::shared_ptr<plan const> read_text(http_query const& query, serve_settings const&) {
    command_line line("", "", "");
    read_query(line, query);
    static std::string const text = Text();
    return std::make_shared<text_plan>(text);
}

std::vector<option_facts> no_options() {
    return {};
}

std::vector<std::string_view> types_of_kinds() {
    std::vector<std::string_view> all;
    for (file_kind const& k : kinds) all.emplace_back(k.type);
    return all;
}

} // namespace

std::span<endpoint const> endpoints() {
    static endpoint const all[] = {
        {"run", "/v1/run", "A chain of operations over an image, in one pass, as quoin-filters computes it",
         "The file of the result", types_of_kinds(), true, read_plan<run_plan>, plan_options<run_plan>},
        segment_endpoint(),
        nuclei_endpoint(),
        tensor_endpoint(),
        {"statistics",
         "/v1/statistics",
         "The values of an image",
         "Of each channel min, max, mean and std",
         {"application/json"},
         true,
         read_plan<statistics_plan>,
         plan_options<statistics_plan>},
        {"operations",
         "/v1/operations",
         "The operations of chains, with their parameters and ranges",
         "What quoin-filters --list=json prints",
         {"application/json"},
         false,
         read_text<operations_json>,
         no_options},
        {"openapi",
         "/openapi.json",
         "This description",
         "OpenAPI 3.1",
         {"application/json"},
         false,
         read_text<openapi_json>,
         no_options},
    };
    return all;
}

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// The plans. Their queries are read as the command lines of the programs are, by the same options.
#include "plans.hpp"

#include "../common/images.hpp"
#include "../common/json.hpp"
#include "../common/npy.hpp"
#include "../common/program.hpp"
#include "../common/workers.hpp"
#include "../filters/chain.hpp"
#include "../filters/listing.hpp"
#include "../segment/find.hpp"

#include <quoin/measure/mean_std.hpp>
#include <quoin/measure/min_max.hpp>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace examples {

namespace {

using quoin::index_t;

/// The query as a command line: name=value is --name value, and a name alone a flag.
void read_query(command_line& line, http_query const& query) {
    std::vector<std::string> arguments;
    for (auto const& [name, value] : query) arguments.push_back("--" + name + (value.empty() ? "" : "=" + value));
    line.parse(arguments);
}

/// What a chain or an option says of a body, as a refusal.
template <class F>
auto or_refuse(int status, F const& f) {
    try {
        return f();
    } catch (quoin::canceled const&) {
        throw;
    } catch (std::runtime_error const& e) {
        throw refusal{status, without_functions(e.what())};
    }
}

/// A plan for one image.
class image_plan : public plan {
public:
    explicit image_plan(serve_settings const& limits) : limits_(limits) {}

protected:
    picture_file file(std::span<std::byte const> body) const { return {"the body", body}; }

    /// What the header says. @throws refusal
    quoin::image_info info(std::span<std::byte const> body) const {
        if (body.empty()) throw refusal{400, "the request has no body; send the bytes of an image"};
        quoin::image_info const found = or_refuse(is_read(body) ? 422 : 415, [&] { return info_of(file(body)); });
        check_pixels("the image", found.size(), limits_.megapixels);
        return found;
    }

    static void check_pixels(char const* what, quoin::extent size, index_t megapixels) {
        if (size.height > 0 && size.width > megapixels * 1'000'000 / size.height)
            throw refusal{413, std::string(what) + " has " + std::to_string(size.width) + " x " +
                                   std::to_string(size.height) + " pixels, and at most " + std::to_string(megapixels) +
                                   " megapixels are taken"};
    }

    /// What is read of a body with this header. @throws refusal
    quoin::image_info picture(std::span<std::byte const> body, quoin::image_info const& header) const {
        return or_refuse(400, [&] { return picture_of(file(body), header, how_); });
    }
    quoin::image_info picture(std::span<std::byte const> body) const { return picture(body, info(body)); }

    template <class P>
    quoin::image<P> decode(std::span<std::byte const> body, times& taken) const {
        quoin::image<P> pixels;
        taken.decode = milliseconds(
            [&] { pixels = or_refuse(422, [&] { return read_pixels<P>(file(body), how_, whole_image); }); });
        return pixels;
    }

    /// The bytes to read an image: turned, it is there twice. And some for what is small.
    static index_t bytes_to_read(quoin::image_info const& header) {
        int const channels = header.channels == 2 ? 4 : header.channels;
        return 2 * header.size().area() * channels * (header.bits / 8) + (index_t{1} << 16);
    }

    serve_settings limits_;
    reading how_;
};

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
    run_plan(http_query const& query, serve_settings const& limits) : image_plan(limits) {
        command_line line("", "", "");
        std::string chain, format = "png";
        line.add("--chain", chain, "").required();
        std::vector<std::string> names;
        for (file_kind const& k : kinds) names.emplace_back(k.name);
        line.add("--format", format, "").one_of(names);
        add_reading_options(line, how_);
        how_.floats = true;
        read_query(line, query);
        kind_ = &kind_named(format);
        chain_ = parse_chain(chain);
        if (chain_.size() > limits.operations)
            throw usage_error("--chain has " + std::to_string(chain_.size()) + " operations, and at most " +
                              std::to_string(limits.operations) + " are computed");
        if (chain_.inputs() > 1)
            throw usage_error("--chain reads " + std::to_string(chain_.inputs()) + " images, and one is sent");
    }

    std::size_t memory(std::span<std::byte const> body) const override {
        quoin::image_info const header = info(body), read = picture(body, header);
        return or_refuse(400, [&] {
            quoin::any_pipeline const steps = whole_chain(read);
            std::vector<quoin::any_pipeline::result> const inputs{{format_of_input(steps, read), read.size()}};
            auto const result = steps.result_of(inputs);
            if (result.size.empty()) throw refusal{400, "--chain makes an image without pixels"};
            check_pixels("the result", result.size, limits_.result_megapixels);
            if (*kind_->file) check_picture_file(kind_->file, result);
            quoin::rect const middle{result.size.width / 2, result.size.height / 2, 1, 1};
            quoin::rect const needed = steps.needed(middle, inputs, 1);
            check_reach(needed, read.size(), result.size);
            // While it is encoded, a result is there twice.
            index_t const out = 2 * result.size.area() * bytes_of(result.format);
            return static_cast<std::size_t>(bytes_to_read(header) + steps.bytes_between(inputs) + out);
        });
    }

    http_response answer(workers const& w, std::span<std::byte const> body, times& taken) const override {
        quoin::image_info const read = picture(body);
        quoin::any_pipeline const steps = or_refuse(400, [&] { return whole_chain(read); });
        http_response r{200, kind_->type};
        with_pixel_for(steps, read, [&]<class P>() {
            quoin::image<P> decoded;
            auto source = pixels_in_place<P>(body, how_);
            if (!source) {
                decoded = decode<P>(body, taken);
                source = std::as_const(decoded).view();
            }
            auto const made = steps.result_of(quoin::format_of<P>, source->size());
            if (std::string const head = head_before_pixels(made); !head.empty()) {
                taken.compute = milliseconds([&] { r.body = pixels_behind(head, made, w, steps, *source); });
                return;
            }
            quoin::any_image result;
            taken.compute = milliseconds([&] { result = evaluate(w, steps, {*source}); });
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
                                      quoin::any_view const& source) {
        byte_buffer file;
        if (!file.reserve(head.size() + static_cast<std::size_t>(made.size.area() * bytes_of(made.format))))
            throw std::bad_alloc();
        file.resize(file.capacity());
        std::memcpy(file.data(), head.data(), head.size());
        int const channels = made.format.channels;
        evaluate(w, steps, {source},
                 {file.data() + head.size(), made.size, made.size.width * channels, channels, 1, made.format});
        return file;
    }

    quoin::any_pipeline whole_chain(quoin::image_info const& picture) const {
        return *kind_->file ? picture_chain(chain_, picture, kind_->file) : chain_;
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

    file_kind const* kind_;
    quoin::any_pipeline chain_;
};

/// The rectangles of quoin-segment.
class segment_plan : public image_plan {
public:
    segment_plan(http_query const& query, serve_settings const& limits) : image_plan(limits) {
        command_line line("", "", "");
        add_segment_work_options(line, work_);
        add_reading_options(line, how_);
        line.add("--format", format_, "").one_of({"json", "csv"});
        read_query(line, query);
        check_segment_work(work_);
        work_.given = nullptr; // it names the command line, which ends here
    }

    std::size_t memory(std::span<std::byte const> body) const override {
        quoin::image_info const header = info(body);
        // Masks of bits, and a run of one pixel for every second one: 8 bytes, its label, and those of its rectangle.
        index_t const runs = picture(body, header).size().area() / 2 * 64;
        return static_cast<std::size_t>(bytes_to_read(header) + runs);
    }

    http_response answer(workers const& w, std::span<std::byte const> body, times& taken) const override {
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
            } else {
                r.body = bytes_of(rectangles_json(work_, found));
            }
        });
        return r;
    }

private:
    segment_work work_;
    std::string format_ = "json";
};

/// The extent, and for each channel the smallest and the largest value, the mean and the standard deviation.
class statistics_plan : public image_plan {
public:
    statistics_plan(http_query const& query, serve_settings const& limits) : image_plan(limits) {
        command_line line("", "", "");
        add_reading_options(line, how_);
        read_query(line, query);
    }

    std::size_t memory(std::span<std::byte const> body) const override {
        quoin::image_info const header = info(body);
        picture(body, header);
        return static_cast<std::size_t>(bytes_to_read(header));
    }

    http_response answer(workers const& w, std::span<std::byte const> body, times& taken) const override {
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

/// The catalogue, as quoin-filters --list=json prints it.
class operations_plan : public plan {
public:
    std::size_t memory(std::span<std::byte const>) const override { return text_.size(); }
    http_response answer(workers const&, std::span<std::byte const>, times&) const override {
        return {200, "application/json", bytes_of(text_)};
    }

private:
    std::string text_ = operations_json();
};

template <class Plan>
std::shared_ptr<plan const> read(http_query const& query, serve_settings const& limits) {
    return std::make_shared<Plan>(query, limits);
}
std::shared_ptr<plan const> read_operations(http_query const& query, serve_settings const&) {
    command_line line("", "", "");
    read_query(line, query);
    return std::make_shared<operations_plan>();
}

} // namespace

std::span<endpoint const> endpoints() {
    static constexpr endpoint all[] = {
        {"run", "/v1/run", true, read<run_plan>},
        {"segment", "/v1/segment", true, read<segment_plan>},
        {"statistics", "/v1/statistics", true, read<statistics_plan>},
        {"operations", "/v1/operations", false, read_operations},
    };
    return all;
}

} // namespace examples

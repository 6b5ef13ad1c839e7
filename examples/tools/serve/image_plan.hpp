// SPDX-License-Identifier: BSL-1.0
// image_plan: what the plans for images share.
#pragma once

#include "../common/command_line.hpp"
#include "../common/images.hpp"
#include "../common/program.hpp"
#include "plans.hpp"

#include <quoin/core/error.hpp>

#include <stdexcept>
#include <string>
#include <vector>

namespace examples {

using quoin::index_t;

/// The query as a command line: name=value is --name value, and a name alone a flag.
inline void read_query(command_line& line, http_query const& query) {
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

    /// What a query may have.
    virtual void add_options(command_line& line) = 0;
    /// What is known when they are read. @throws usage_error
    virtual void check() {}

protected:
    picture_file file(std::span<std::byte const> body) const { return {"the body", body}; }

    /// What the header says. @throws refusal
    quoin::image_info info(std::span<std::byte const> body) const {
        if (body.empty()) throw refusal{400, "the request sends no image; send the bytes of one"};
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
        taken.decode += milliseconds(
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

/// A plan from a query.
template <class Plan>
std::shared_ptr<plan const> read_plan(http_query const& query, serve_settings const& limits) {
    auto made = std::make_shared<Plan>(limits);
    command_line line("", "", "");
    made->add_options(line);
    read_query(line, query);
    made->check();
    return made;
}

/// What it reads.
template <class Plan>
std::vector<option_facts> plan_options() {
    Plan any(serve_settings{});
    command_line line("", "", "");
    any.add_options(line);
    return line.options();
}

endpoint segment_endpoint();
endpoint nuclei_endpoint();
endpoint tensor_endpoint();

} // namespace examples

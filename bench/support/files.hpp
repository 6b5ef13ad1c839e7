// SPDX-License-Identifier: BSL-1.0
// Jobs that write and read image files, with a drawn photograph and with a mask.
#pragma once

#include "jobs.hpp"
#include "masks.hpp"

#include <quoin/io/read_image.hpp>
#include <quoin/io/write_image.hpp>

#include <filesystem>
#include <random>

namespace bench {

/// Waves of different lengths in each channel, with a little noise on top.
inline quoin::image_view<quoin::rgb8 const> photo(quoin::extent size) {
    return kept_image<quoin::rgb8>(size, [&](quoin::image<quoin::rgb8>& image) {
        auto const wave = [](index_t count, double length, double height) {
            std::vector<float> values(static_cast<std::size_t>(count));
            for (std::size_t i = 0; i < values.size(); ++i)
                values[i] = static_cast<float>(height * std::sin(static_cast<double>(i) / length));
            return values;
        };
        auto const across = wave(size.width, 97, 40), down = wave(size.height, 71, 40);
        auto const fine = wave(size.width + size.height, 5, 12);
        std::uint32_t random = 1;
        for (index_t y = 0; y < size.height; ++y)
            for (index_t x = 0; x < size.width; ++x)
                quoin::for_each_channel<quoin::rgb8>([&](auto c) {
                    constexpr int i = decltype(c)::value;
                    random = random * 1664525u + 1013904223u;
                    float const v = 120 + across[static_cast<std::size_t>(x)] * static_cast<float>(i + 1) / 3 +
                                    down[static_cast<std::size_t>(y)] + fine[static_cast<std::size_t>(x + y)];
                    quoin::get_channel<i>(image(x, y)) =
                        static_cast<std::uint8_t>(v + static_cast<float>(random >> 29));
                });
    });
}

/// The path of a file that the benchmarks write, in a folder that goes away.
inline std::filesystem::path file_path(std::string const& name) {
    struct folder {
        std::filesystem::path path =
            std::filesystem::temp_directory_path() / ("quoin-bench-" + std::to_string(std::random_device()()));
        folder() { std::filesystem::create_directories(path); }
        ~folder() {
            std::error_code ignored;
            std::filesystem::remove_all(path, ignored);
        }
    };
    static folder const here;
    return here.path / name;
}

/// The picture of a file: a photograph in color, or a mask.
template <class P>
quoin::image_view<P const> picture(quoin::extent size) {
    if constexpr (quoin::channels_v<P> == 3) return photo(size);
    else return curves(size);
}

/// prepare(size) gives the work, for every size, by quoin ("serial") or another.
template <class P, class Prepare>
bool add_file_work(std::string const& job, std::string const& by, Prepare prepare) {
    registrations().push_back([=](policy_set const&, entries& all) {
        for (named_size const& at : sizes)
            all.push_back({job + '<' + pixel_name<P>() + '>', at, by, sizeof(P), prepare});
    });
    return true;
}

/// Jobs that write a picture of P as a file, such as write-png, and read it, such as read-png; `prefix` stands before
/// both.
template <class P, int Decoders = QUOIN_DECODERS>
bool add_files(std::string const& prefix, std::string const& extension) {
    std::string const name = prefix + pixel_name<P>() + '.' + extension;
    auto const write = [](std::filesystem::path const& path, quoin::extent size) {
        quoin::write_image<quoin::image_view<P const>, Decoders>(path, picture<P>(size));
    };
    auto const prepare_write = [=](quoin::extent size) -> work {
        return [=, path = file_path("write-" + name)] { write(path, size); };
    };
    auto const prepare_read = [=](quoin::extent size) -> work {
        auto const path = file_path("read-" + name);
        write(path, size);
        return [=] { keep(quoin::read_image<P, Decoders>(path)); };
    };
    return add_file_work<P>(prefix + "write-" + extension, "serial", prepare_write) &&
           add_file_work<P>(prefix + "read-" + extension, "serial", prepare_read);
}

} // namespace bench

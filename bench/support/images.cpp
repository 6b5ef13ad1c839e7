// SPDX-License-Identifier: BSL-1.0
// Writes inputs and results in the formats that need no library.
#include "images.hpp"

#include "kernels.hpp"
#include "layer.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/correlate.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/label/components.hpp>
#include <quoin/mask/to_bits.hpp>
#include <quoin/measure/histogram.hpp>
#include <quoin/measure/otsu.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace bench {

namespace {

/// PGM or PPM of 8 bits.
template <class P>
void write(std::filesystem::path const& path, quoin::image_view<P const> v) {
    std::ofstream file(path, std::ios::binary);
    file << (quoin::channels_v<P> == 3 ? "P6\n" : "P5\n") << v.width() << ' ' << v.height() << "\n255\n";
    for (index_t y = 0; y < v.height(); ++y)
        file.write(reinterpret_cast<char const*>(v.row(y)), static_cast<std::streamsize>(v.width() * sizeof(P)));
    if (!file.flush()) throw std::runtime_error(path.string() + " cannot be written");
}

void write_all(std::filesystem::path const& folder, quoin::extent size) {
    std::filesystem::create_directories(folder);
    auto const gray = scene<std::uint8_t>(size), printed = layer(size);
    auto const color = scene<quoin::rgb8>(size);
    write(folder / "scene.pgm", gray);
    write(folder / "scene.ppm", color);
    write(folder / "layer.pgm", printed);

    auto const result = [&](char const* job, auto const& pipeline) {
        auto const image = quoin::to_image(quoin::serial{}, pipeline);
        write(folder / (std::string(job) + ".pgm"), image.view());
    };
    result("gray", color | quoin::gray);
    result("gaussian3", gray | quoin::gaussian3);
    result("gaussian-3", gray | quoin::gaussian(3));
    result("box-15", gray | quoin::box(15));
    result("correlate-5x5", gray | quoin::correlate(log_kernel));
    result("sobel_magnitude", gray | quoin::sobel_magnitude);
    result("sharpen", gray | quoin::sharpen);
    result("threshold", gray | quoin::threshold(127));
    result("chain-5", chain<5>(color));

    auto const mask = quoin::to_bits(quoin::serial{}, printed | quoin::threshold(120));
    std::ofstream numbers(folder / "numbers.json");
    numbers << "{\"otsu\": " << quoin::otsu(quoin::serial{}, gray)
            << ", \"components\": " << quoin::components(quoin::serial{}, mask).components.size()
            << ", \"histogram\": [";
    for (char const* separator = ""; auto const count : quoin::histogram(quoin::serial{}, gray)) {
        numbers << separator << count;
        separator = ", ";
    }
    if (!(numbers << "]}\n" << std::flush)) throw std::runtime_error("numbers.json cannot be written");
}

} // namespace

int write_images(std::string const& folder, std::string const& size) {
    auto const at =
        std::find_if(std::begin(sizes), std::end(sizes), [&](named_size const& s) { return s.name == size; });
    if (at == std::end(sizes)) {
        std::fprintf(stderr, "quoin-bench: there is no size '%s'; name 720p, 1080p, 4k or 8k\n", size.c_str());
        return 2;
    }
    try {
        write_all(folder, at->size);
        return 0;
    } catch (std::exception const& e) {
        std::fprintf(stderr, "quoin-bench: %s\n", e.what());
        return 1;
    }
}

} // namespace bench

// SPDX-License-Identifier: BSL-1.0
// What the short programs share: images drawn by code, and the pictures that they make for the pages of the
// documentation.
#pragma once

#include <quoin/image/image.hpp>
#include <quoin/label/components.hpp>
#include <quoin/rect/rectangles.hpp>

#include <filesystem>
#include <string>
#include <vector>

/// All images have 240 x 160 pixels and are drawn with integers alone, so their bytes are the same on every machine.
namespace picture {

using gray_image = quoin::image<std::uint8_t>;
using color_image = quoin::image<quoin::rgb8>;

/// Bright pads, a disc, stripes and squares before a background that is lit unevenly, with noise.
color_image photo();
gray_image gray_photo();

/// Discs, some of which touch, on a dark background that grows lighter to the right, with noise.
gray_image cells();

/// Bars with rough edges, a pad with a hole, discs that touch, and specks.
quoin::bit_image mask();

/// As pictures: set pixels are white; gray stands for 0 of signed values, and steps of `step` are one step of gray;
/// labels and components have colors.
gray_image shown(quoin::bit_image const& mask);
gray_image shown(quoin::image<std::int16_t> const& values, int step);
color_image shown(quoin::image<std::uint32_t> const& labels);
color_image shown(std::vector<quoin::labeled_rect> const& rectangles, quoin::extent size);

/// The folder in which a program leaves the pictures of its page: its first argument. Without one nothing is written.
class pages {
public:
    pages(int argc, char** argv) : folder_(argc > 1 ? argv[1] : "") {}

    /// Writes NAME-before.png, NAME-after.png, and the caption of both into NAME.txt.
    template <class Before, class After>
    void save(std::string const& name, std::string const& caption, Before const& before, After const& after) const {
        if (folder_.empty()) return;
        write(name + "-before.png", before);
        write(name + "-after.png", after);
        write_text(name + ".txt", caption);
    }

    /// Writes NAME-more-KEY.png and its caption. The page of NAME shows all of them in the order of their keys.
    template <class Image>
    void add(std::string const& name, std::string const& key, std::string const& caption, Image const& image) const {
        if (folder_.empty()) return;
        write(name + "-more-" + key + ".png", image);
        write_text(name + "-more-" + key + ".txt", caption);
    }

    /// Writes one picture.
    void write(std::string const& file, gray_image const& image) const;
    void write(std::string const& file, color_image const& image) const;
    void write(std::string const& file, quoin::bit_image const& mask) const { write(file, shown(mask)); }
    void write_text(std::string const& file, std::string const& text) const;

private:
    std::filesystem::path folder_;
};

} // namespace picture

// SPDX-License-Identifier: BSL-1.0
// A program's own stb, with its own settings, lives beside quoin's in one translation unit.
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STBI_ONLY_BMP
#define STBI_NO_STDIO
#define STBI_WRITE_NO_STDIO
#define STBI_MAX_DIMENSIONS 4
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wconversion"
#if __has_include(<stb/stb_image.h>)
#include <stb/stb_image.h>
#include <stb/stb_image_write.h>
#else
#include <stb_image.h>
#include <stb_image_write.h>
#endif
#pragma GCC diagnostic pop

#include "files.hpp"

#include <quoin/io.hpp>

#if !defined(STBI_ONLY_BMP) || !defined(STB_IMAGE_IMPLEMENTATION) || STBI_MAX_DIMENSIONS != 4 || STBI_VERSION != 1
#error "quoin/io changed the macros of the program's own stb"
#endif
#if defined(STBI_NO_PSD) != defined(STBI_ONLY_BMP) || defined(STBI_FAILURE_USERMSG) || defined(FAST_BITS)
#error "quoin/io left macros behind"
#endif

#include <catch2/catch_test_macros.hpp>

TEST_CASE("a program's own stb keeps its settings", "[io]") {
    files::folder const folder;
    auto const image = files::random_image<quoin::rgb8>(5, 3, 2);
    quoin::write_image(folder / "a.bmp", image.view());
    quoin::write_image(folder / "a.png", image.view());
    auto const bmp = files::read(folder / "a.bmp");
    int width = 0;
    int height = 0;
    int channels = 0;
    stbi_uc* const theirs = stbi_load_from_memory(reinterpret_cast<stbi_uc const*>(bmp.data()),
                                                  static_cast<int>(bmp.size()), &width, &height, &channels, 0);
    CHECK(theirs == nullptr);
    CHECK(std::string(stbi_failure_reason()) == "too large");
    CHECK(files::same(quoin::read_image<quoin::rgb8>(folder / "a.bmp"), image.view()));
    CHECK(files::same(quoin::read_image<quoin::rgb8>(folder / "a.png"), image.view()));
}

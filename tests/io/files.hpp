// SPDX-License-Identifier: BSL-1.0
// What the tests of quoin/io share: a folder that goes away, bytes of files, random images.
#pragma once

#include <quoin/image/image.hpp>

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace files {

using bytes = std::vector<std::byte>;

/// A new folder, removed with all that is in it.
class folder {
public:
    folder() {
        std::string name = (std::filesystem::temp_directory_path() / "quoin-test-XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder can be made: " + name);
        path_ = name;
    }
    folder(folder const&) = delete;
    ~folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::filesystem::path operator/(std::string const& name) const { return path_ / name; }
    std::filesystem::path const& path() const { return path_; }
    long count() const {
        return std::distance(std::filesystem::directory_iterator(path_), std::filesystem::directory_iterator());
    }

private:
    std::filesystem::path path_;
};

inline bytes read(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(in), {}};
    auto const* p = reinterpret_cast<std::byte const*>(text.data());
    return {p, p + text.size()};
}

inline void write(std::filesystem::path const& path, std::string const& text) {
    std::ofstream(path, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
}

inline bytes from_text(std::string const& text) {
    auto const* p = reinterpret_cast<std::byte const*>(text.data());
    return {p, p + text.size()};
}

inline bytes from_hex(std::string const& hex) {
    bytes out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        out.push_back(static_cast<std::byte>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    return out;
}

/// Noise with runs in it, so that both literal and repeated stretches occur in what is written.
template <class P>
quoin::image<P> random_image(quoin::index_t width, quoin::index_t height, unsigned seed) {
    using T = quoin::channel_t<P>;
    std::mt19937 random(seed);
    quoin::image<P> image(width, height);
    P last{};
    for (quoin::index_t y = 0; y < height; ++y)
        for (quoin::index_t x = 0; x < width; ++x) {
            if (random() % 3 != 0) last = quoin::make_pixel<P>([&](auto) { return static_cast<T>(random()); });
            image(x, y) = last;
        }
    return image;
}

template <class A, class B>
bool same(A const& a, B const& b) {
    if (a.width() != b.width() || a.height() != b.height()) return false;
    for (quoin::index_t y = 0; y < a.height(); ++y)
        for (quoin::index_t x = 0; x < a.width(); ++x)
            if (!(a.load(x, y) == b.load(x, y))) return false;
    return true;
}
template <class P, class B>
bool same(quoin::image<P> const& a, B const& b) {
    return same(a.view(), b);
}

} // namespace files

// SPDX-License-Identifier: BSL-1.0
// quoin-approximations FOLDER: how far wide_gaussian and bilateral_grid are from what they approximate, on the
// photographs in FOLDER; prints the tables of docs/approximations.md. One thread, policy simd.
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/filter/linear/wide_gaussian.hpp>
#include <quoin/filter/point/convert_to.hpp>
#include <quoin/filter/smooth/bilateral_grid.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/io/read_image.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

namespace {

using quoin::index_t;
using gray = quoin::image<std::uint8_t>;
quoin::simd const policy;

/// The distances of a result from what it approximates.
class distances {
public:
    void add(double d) { all_.push_back(std::abs(d)); }
    double most() const { return *std::max_element(all_.begin(), all_.end()); }
    double mean() const {
        double sum = 0;
        for (double const d : all_) sum += d;
        return sum / static_cast<double>(all_.size());
    }
    /// The one that 99 % do not exceed.
    double most_of_all() {
        auto const at = all_.begin() + static_cast<std::ptrdiff_t>(all_.size() * 99 / 100);
        std::nth_element(all_.begin(), at, all_.end());
        return *at;
    }

private:
    std::vector<double> all_;
};

/// Sums over an axis with the Gaussian of this sigma, cut where it is below 1e-16 of its middle.
std::vector<double> blurred(std::vector<double> const& in, index_t width, index_t height, double sigma, bool down) {
    auto const reach = static_cast<index_t>(std::ceil(8.6 * sigma));
    std::vector<double> weights;
    double total = 0;
    for (index_t i = -reach; i <= reach; ++i) {
        weights.push_back(std::exp(-static_cast<double>(i * i) / (2 * sigma * sigma)));
        total += weights.back();
    }
    std::vector<double> out(in.size());
    index_t const n = down ? height : width;
    for (index_t y = 0; y < height; ++y)
        for (index_t x = 0; x < width; ++x) {
            double sum = 0;
            for (index_t i = -reach; i <= reach; ++i) {
                index_t const at = quoin::reflect_101((down ? y : x) + i, n);
                sum += weights[static_cast<std::size_t>(i + reach)] *
                       in[static_cast<std::size_t>(down ? at * width + x : y * width + at)];
            }
            out[static_cast<std::size_t>(y * width + x)] = sum / total;
        }
    return out;
}

template <class T>
void add_distances(distances& to, quoin::image<T> const& got, std::vector<double> const& real) {
    for (index_t y = 0; y < got.height(); ++y)
        for (index_t x = 0; x < got.width(); ++x)
            to.add(static_cast<double>(got(x, y)) - real[static_cast<std::size_t>(y * got.width() + x)]);
}

void print_gaussian(std::vector<gray> const& photos) {
    std::puts("| sigma | f32: largest | mean | u8: largest | mean |\n|---|---|---|---|---|");
    for (double const sigma : {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.5, 7.0, 8.0, 10.0, 12.0, 15.0, 20.0, 30.0, 40.0, 60.0}) {
        distances floats, bytes;
        for (gray const& photo : photos) {
            std::vector<double> real;
            for (index_t y = 0; y < photo.height(); ++y)
                for (index_t x = 0; x < photo.width(); ++x) real.push_back(photo(x, y));
            for (bool const down : {true, false}) real = blurred(real, photo.width(), photo.height(), sigma, down);
            auto const run = [&](auto const& stage) {
                add_distances(bytes, quoin::to_image(policy, photo.view() | stage), real);
                add_distances(floats, quoin::to_image(policy, photo.view() | quoin::convert_to<float> | stage), real);
            };
            // As the operation of the catalogue chooses.
            if (sigma > 6) run(quoin::wide_gaussian(sigma));
            else run(quoin::gaussian(sigma));
        }
        std::printf("| %g | %.4f | %.4f | %.2f | %.2f |\n", sigma, floats.most(), floats.mean(), bytes.most(),
                    bytes.mean());
    }
}

/// The bilateral filter at one pixel, over all pixels within 4 sigma, in double.
double bilateral_at(gray const& photo, index_t x, index_t y, double color, double space) {
    auto const reach = static_cast<index_t>(std::ceil(4 * space));
    double sum = 0, total = 0;
    for (index_t v = std::max(index_t{0}, y - reach); v < std::min(photo.height(), y + reach + 1); ++v)
        for (index_t u = std::max(index_t{0}, x - reach); u < std::min(photo.width(), x + reach + 1); ++u) {
            double const d = double{photo(u, v)} - double{photo(x, y)};
            auto const square = static_cast<double>((u - x) * (u - x) + (v - y) * (v - y));
            double const w = std::exp(-d * d / (2 * color * color) - square / (2 * space * space));
            sum += w * photo(u, v);
            total += w;
        }
    return sum / total;
}

void print_grid(std::vector<gray> const& photos) {
    std::puts("| sigma_color | sigma_space | mean | 99 % | largest | without a filter: mean |");
    std::puts("|---|---|---|---|---|---|");
    for (double const color : {10.0, 20.0, 40.0, 80.0})
        for (double const space : {2.0, 4.0, 8.0, 16.0, 32.0}) {
            distances grid, none;
            for (gray const& photo : photos) {
                auto const got = quoin::to_image(policy, photo.view() | quoin::convert_to<float> |
                                                             quoin::bilateral_grid(color, space));
                index_t const step = std::max(index_t{5}, static_cast<index_t>(space));
                for (index_t y = step / 2; y < photo.height(); y += step)
                    for (index_t x = step / 2; x < photo.width(); x += step) {
                        double const real = bilateral_at(photo, x, y, color, space);
                        grid.add(double{got(x, y)} - real);
                        none.add(double{photo(x, y)} - real);
                    }
            }
            std::printf("| %g | %g | %.2f | %.1f | %.1f | %.1f |\n", color, space, grid.mean(), grid.most_of_all(),
                        grid.most(), none.mean());
        }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: quoin-approximations FOLDER, which has astronaut.png, chelsea.png and coffee.png\n", stderr);
        return 2;
    }
    std::vector<gray> photos;
    for (char const* name : {"astronaut.png", "chelsea.png", "coffee.png"}) {
        auto const photo = quoin::read_image<quoin::rgb8>(std::string(argv[1]) + '/' + name);
        index_t const side = std::min(photo.width(), photo.height());
        photos.push_back(quoin::to_image(policy, photo.view() | quoin::gray | quoin::crop(0, 0, side, side)));
    }
    print_gaussian(photos);
    std::puts("");
    print_grid(photos);
}

// SPDX-License-Identifier: BSL-1.0
// quoin-noise FOLDER: measures on the photographs in FOLDER which filter takes which noise away, and prints the tables
// of docs/noise.md. Each photograph gets noise, and each filter is tried with several parameters; those with the best
// mean PSNR count. One thread, policy simd.
#include <quoin/exec/simd.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/filter/rank/adaptive_median.hpp>
#include <quoin/filter/rank/median.hpp>
#include <quoin/filter/smooth/anisotropic.hpp>
#include <quoin/filter/smooth/bilateral.hpp>
#include <quoin/filter/smooth/guided.hpp>
#include <quoin/filter/smooth/nl_means.hpp>
#include <quoin/filter/smooth/tv.hpp>
#include <quoin/io/read_image.hpp>
#include <quoin/measure/image_error.hpp>
#include <quoin/measure/ssim.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <time.h>

namespace {

using gray = quoin::image<std::uint8_t>;
using view = quoin::image_view<std::uint8_t const>;
quoin::simd const policy;

/// One filter with one choice of parameters.
struct candidate {
    std::string filter, call;
    std::function<gray(view)> run;
};

std::string text(double v) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%g", v);
    return buffer;
}

std::vector<candidate> candidates() {
    std::vector<candidate> all{{"nothing", "", [](view v) { return quoin::to_image(policy, v); }}};
    for (double const s : {0.5, 0.7, 0.9, 1.2, 1.6, 2.2})
        all.push_back({"gaussian", "gaussian(" + text(s) + ")",
                       [=](view v) { return quoin::to_image(policy, v | quoin::gaussian(s)); }});
    for (int const side : {3, 5, 7})
        all.push_back({"median", "median(" + std::to_string(side) + ")",
                       [=](view v) { return quoin::to_image(policy, v | quoin::median(side)); }});
    for (int const side : {3, 5, 7})
        all.push_back({"adaptive_median", "adaptive_median(" + std::to_string(side) + ")",
                       [=](view v) { return quoin::to_image(policy, v | quoin::adaptive_median(side)); }});
    for (int const n : {5, 15})
        for (double const k : {5, 10, 20, 35, 60})
            all.push_back({"anisotropic", "anisotropic(" + std::to_string(n) + ", " + text(k) + ")",
                           [=](view v) { return quoin::to_image(policy, v | quoin::anisotropic(n, k)); }});
    for (int const n : {10, 25})
        for (double const w : {3, 6, 10, 15, 22, 32, 50})
            all.push_back({"tv", "tv(" + std::to_string(n) + ", " + text(w) + ")",
                           [=](view v) { return quoin::to_image(policy, v | quoin::tv(n, w)); }});
    for (int const d : {5, 9})
        for (double const color : {10, 20, 30, 45, 65, 90, 130})
            for (double const space : {1.0, 2.0})
                all.push_back({"bilateral",
                               "bilateral(" + std::to_string(d) + ", " + text(color) + ", " + text(space) + ")",
                               [=](view v) { return quoin::to_image(policy, v | quoin::bilateral(d, color, space)); }});
    for (int const r : {1, 2, 4})
        for (double const e : {10, 20, 30, 45, 65, 90})
            all.push_back({"guided", "guided(" + std::to_string(r) + ", " + text(e * e) + ")",
                           [=](view v) { return quoin::to_image(policy, v | quoin::guided(r, e * e)); }});
    for (int const search : {11, 21})
        for (int const patch : {3, 5, 7})
            for (double const h : {4, 7, 10, 14, 20, 28, 36})
                all.push_back(
                    {"nl_means",
                     "nl_means(" + std::to_string(patch) + ", " + std::to_string(search) + ", " + text(h) + ")",
                     [=](view v) { return quoin::to_image(policy, v | quoin::nl_means(patch, search, h)); }});
    return all;
}

struct noise {
    std::string name;
    std::function<double(double, std::mt19937&)> of;
};

std::uint8_t byte(double v) {
    return static_cast<std::uint8_t>(std::clamp(std::floor(v + 0.5), 0.0, 255.0));
}
double uniform(std::mt19937& random) {
    return (static_cast<double>(random()) + 0.5) / 4294967296.0;
}
noise gaussian_noise(double sigma) {
    return {"Gaussian, sigma " + text(sigma), [=](double v, std::mt19937& random) {
                double const radius = std::sqrt(-2 * std::log(uniform(random)));
                return v + sigma * radius * std::cos(6.283185307179586 * uniform(random));
            }};
}
noise salt_and_pepper(double share) {
    return {"Salt and pepper, " + text(100 * share) + " %", [=](double v, std::mt19937& random) {
                double const u = uniform(random);
                return u < share / 2 ? 0.0 : u < share ? 255.0 : v;
            }};
}
/// Counted photons; white stands for so many.
noise poisson(double photons) {
    return {"Poisson, " + text(photons) + " photons at white", [=](double v, std::mt19937& random) {
                double const end = std::exp(-v / 255 * photons);
                int n = 0;
                for (double p = uniform(random); p > end; p *= uniform(random)) ++n;
                return n * 255 / photons;
            }};
}

double cpu_ns() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: quoin-noise FOLDER\n");
        return 2;
    }
    std::vector<gray> photos;
    for (char const* const name : {"astronaut.png", "chelsea.png", "coffee.png"})
        photos.push_back(quoin::read_image<std::uint8_t>(std::filesystem::path(argv[1]) / name));
    std::vector<candidate> const all = candidates();
    for (noise const& added : {gaussian_noise(10), gaussian_noise(25), salt_and_pepper(0.02), salt_and_pepper(0.1),
                               poisson(300), poisson(30)}) {
        std::mt19937 random(1);
        std::vector<gray> noisy;
        for (gray const& photo : photos) {
            gray image(photo.size());
            for (quoin::index_t y = 0; y < photo.size().height; ++y)
                for (quoin::index_t x = 0; x < photo.size().width; ++x)
                    image(x, y) = byte(added.of(photo(x, y), random));
            noisy.push_back(std::move(image));
        }
        std::printf("| %s | PSNR | SSIM | ns a pixel |\n|---|---|---|---|\n", added.name.c_str());
        double const count = static_cast<double>(photos.size());
        for (std::size_t i = 0; i < all.size();) {
            std::string const filter = all[i].filter;
            candidate const* best = nullptr;
            double most = -1;
            for (; i < all.size() && all[i].filter == filter; ++i) {
                double sum = 0;
                for (std::size_t p = 0; p < photos.size(); ++p)
                    sum += quoin::psnr(policy, photos[p], all[i].run(noisy[p].view()), 255) / count;
                if (sum > most) most = sum, best = &all[i];
            }
            double similar = 0;
            for (std::size_t p = 0; p < photos.size(); ++p)
                similar += quoin::ssim(policy, photos[p], best->run(noisy[p].view())) / count;
            std::vector<double> times;
            for (int turn = 0; turn < 5; ++turn) {
                double const begin = cpu_ns();
                (void)best->run(noisy[0].view());
                times.push_back((cpu_ns() - begin) / static_cast<double>(noisy[0].size().area()));
            }
            std::sort(times.begin(), times.end());
            if (best->call.empty()) std::printf("| no filter | %.1f | %.3f | |\n", most, similar);
            else std::printf("| `%s` | %.1f | %.3f | %.2g |\n", best->call.c_str(), most, similar, times[2]);
        }
        std::printf("\n");
        std::fflush(stdout);
    }
}

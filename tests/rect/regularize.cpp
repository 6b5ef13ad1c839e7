// SPDX-License-Identifier: BSL-1.0
#include "promises.hpp"
#include "support/data.hpp"
#include "support/masks.hpp"
#include "support/mask_algorithms.hpp"
#include "support/thread_policy.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/io/read_image.hpp>
#include <quoin/rect/segment.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

using namespace quoin;

namespace {

bool equal(regularized const& a, regularized const& b) {
    return a.mask == b.mask && a.map.label == b.map.label && a.map.components == b.map.components &&
           a.edge_error == b.edge_error && a.area_error == b.area_error && a.iou == b.iou;
}

std::size_t fewest(bit_image const& m) {
    return rectangles(serial{}, m, minimum_partition(serial{}, m).cuts, components(serial{}, m)).size();
}

bit_image load(std::string const& name) {
    auto const pixels = read_image<std::uint8_t>(test::data_folder() / "chips" / (name + ".png"));
    return masks::where(pixels.width(), pixels.height(), [&](index_t x, index_t y) { return pixels(x, y) > 127; });
}

/// A bound from below for the rectangles of any mask with outlines like those that regularize looks for, within `reach`
/// of the given ones, and with that area error. No rectangle has more than four corners. Of all outlines the path of
/// the least cost, changed pixels plus `price` for each corner, is the cheapest; so corners are at least
/// (least cost - pixels that may change) / price, whatever the price.
double fewest_by_corners(bit_image const& m, index_t reach, double area_error, std::int32_t price) {
    constexpr std::int32_t unit = 16;
    bit_image const turned = detail::transposed(serial{}, m);
    detail::cheap_lines const none{bit_image(m.width() + 1, m.height() + 1), bit_image(m.height() + 1, m.width() + 1)};
    detail::outline_list const outlines = detail::outlines(serial{}, m);
    detail::outline_fitter fit(none, {reach, true, price, unit});
    std::vector<detail::line_room> room;
    std::vector<detail::grid_point> path;
    bit_image toggles(m.width() + 1, m.height());
    std::size_t corners = 0;
    for (index_t i = 0; i < outlines.size(); ++i) {
        auto const points = outlines[i];
        room.clear();
        for (std::size_t k = 0; k < points.size(); ++k) {
            auto const a = points[k], b = points[(k + 1) % points.size()];
            room.push_back(k % 2 == 0
                               ? detail::room_of_side(m, a.y, std::min(a.x, b.x), std::max(a.x, b.x), reach)
                               : detail::room_of_side(turned, a.x, std::min(a.y, b.y), std::max(a.y, b.y), reach));
        }
        fit(points, room, path);
        corners += path.size();
        for (std::size_t k = 0; k < path.size(); ++k) {
            auto const a = path[k], b = path[(k + 1) % path.size()];
            if (a.x != b.x) continue;
            for (index_t y = std::min(a.y, b.y); y < std::max(a.y, b.y); ++y) toggles.set(a.x, y, !toggles.get(a.x, y));
        }
    }
    index_t changed = 0;
    for (index_t y = 0; y < m.height(); ++y) {
        bool inside = false;
        for (index_t x = 0; x < m.width(); ++x) {
            inside = inside != toggles.get(x, y);
            changed += inside != m.get(x, y);
        }
    }
    double const spare = static_cast<double>(changed) - area_error * static_cast<double>(m.popcount());
    return (static_cast<double>(corners) + spare * unit / price) / 4;
}

/// A layout of shapes with straight edges, and the same with its edges moved by -1, 0 or 1 pixel at each place and
/// 2 % of all pixels flipped.
struct noisy_layout {
    bit_image drawn, seen;
};

noisy_layout add_noise(bit_image drawn, std::uint64_t seed) {
    std::mt19937_64 engine(seed);
    bit_image seen = drawn;
    // Each pixel side between set and unset, moved across.
    auto const jitter = [&](index_t x, index_t y, index_t dx, index_t dy) {
        if (drawn.get(x, y) == drawn.get(x + dx, y + dy)) return;
        int const by = static_cast<int>(engine() % 3);
        if (by == 0) seen.set(x, y, drawn.get(x + dx, y + dy));
        if (by == 2) seen.set(x + dx, y + dy, drawn.get(x, y));
    };
    for (index_t y = 0; y + 1 < drawn.height(); ++y)
        for (index_t x = 0; x + 1 < drawn.width(); ++x) {
            jitter(x, y, 1, 0);
            jitter(x, y, 0, 1);
        }
    for (index_t y = 0; y < drawn.height(); ++y)
        for (index_t x = 0; x < drawn.width(); ++x)
            if (engine() % 50 == 0) seen.set(x, y, !seen.get(x, y));
    return {std::move(drawn), std::move(seen)};
}

/// The layout of a .glp file, 512 pixels from the left and the top of 2048 x 2048. Fills include their edges.
bit_image read_layout(std::filesystem::path const& file) {
    std::ifstream in(file);
    bit_image result(2048, 2048);
    auto const fill = [&](index_t x0, index_t y0, index_t x1, index_t y1) {
        for (index_t y = y0; y <= y1; ++y)
            for (index_t x = x0; x <= x1; ++x) result.set(x + 512, y + 512);
    };
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string kind, orientation, layer;
        words >> kind >> orientation >> layer;
        std::vector<index_t> n;
        for (index_t value; words >> value;) n.push_back(value);
        if (kind == "RECT") fill(n[0], n[1], n[0] + n[2], n[1] + n[3]);
        if (kind != "PGON") continue;
        // Between neighboring coordinates the polygon is the same all over: cells are in or out, edges included.
        std::set<index_t> xs, ys;
        for (std::size_t i = 0; i < n.size(); i += 2) {
            xs.insert(n[i]);
            ys.insert(n[i + 1]);
        }
        for (auto y = ys.begin(); std::next(y) != ys.end(); ++y)
            for (auto x = xs.begin(); std::next(x) != xs.end(); ++x) {
                bool inside = false;
                for (std::size_t i = 0; i < n.size(); i += 2) {
                    std::size_t const j = (i + 2) % n.size();
                    bool const passes = std::min(n[i + 1], n[j + 1]) <= *y && *y < std::max(n[i + 1], n[j + 1]);
                    if (n[i] == n[j] && n[i] <= *x && passes) inside = !inside;
                }
                if (inside) fill(*x, *y, *std::next(x), *std::next(y));
            }
    }
    return result;
}

/// Of the pixel sides between set and unset of one mask the part that has one of the other within a pixel across.
double sides_within_a_pixel(bit_image const& of, bit_image const& in) {
    index_t all = 0, found = 0;
    auto const side = [](bit_image const& m, index_t x, index_t y, index_t dx, index_t dy) {
        return m.get(x, y) != m.get(x + dx, y + dy);
    };
    for (index_t y = 1; y + 2 < of.height(); ++y)
        for (index_t x = 1; x + 2 < of.width(); ++x)
            for (auto const& [dx, dy] : {std::pair<index_t, index_t>{1, 0}, {0, 1}}) {
                if (!side(of, x, y, dx, dy)) continue;
                ++all;
                bool any = false;
                for (index_t by = -1; by <= 1; ++by) any = any || side(in, x + by * dx, y + by * dy, dx, dy);
                found += any;
            }
    return static_cast<double>(found) / static_cast<double>(all);
}

} // namespace

TEST_CASE("regularize: what it promises holds on noise and shapes", "[segment][regularize]") {
    std::uint64_t seed = 0;
    for (index_t width : {1, 2, 3, 17, 63, 64, 65, 129})
        for (index_t height : {1, 2, 5, 64, 65, 100})
            for (int kind = 0; kind < 4; ++kind)
                for (regularize_options const& options :
                     {regularize_options{1, 1}, {2, 0.03}, {2, 1}, {3, 0.1}, {9, 1}, {70, 1}}) {
                    CAPTURE(width, height, kind, options.max_edge_error, options.max_area_error, ++seed);
                    bit_image const m = kind == 0   ? masks::random(width, height, 0.55, seed)
                                        : kind == 1 ? masks::random(width, height, 0.9, seed)
                                        : kind == 2 ? masks::random(width, height, 0.1, seed)
                                                    : masks::random_shapes(width, height, 40, seed);
                    CHECK(masks::fault(m, options, regularize(serial{}, m, options)) == "");
                }
}

TEST_CASE("regularize: what it promises holds on every small mask", "[segment][regularize]") {
    for (std::uint64_t number = 0; number < 1 << 16; number += QUOIN_SANITIZED ? 7 : 1) {
        bit_image const m = masks::from_number(4, 4, number);
        regularize_options const options{1 + static_cast<index_t>(number % 3), number % 2 == 0 ? 1.0 : 0.2};
        if (auto const why = masks::fault(m, options, regularize(serial{}, m, options)); !why.empty())
            FAIL("mask " << number << ": " << why);
    }
}

TEST_CASE("regularize: no bound left, nothing changes", "[segment][regularize]") {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        CAPTURE(seed);
        bit_image const m = masks::random_shapes(150, 130, 100, seed);
        for (regularize_options const& options : {regularize_options{0, 1}, {5, 0}, {0, 0}}) {
            regularized const made = regularize(serial{}, m, options);
            CHECK(made.mask == m);
            CHECK(made.map.components == components(serial{}, m).components);
            CHECK((made.edge_error == 0 && made.area_error == 0 && made.iou == 1));
        }
    }
}

TEST_CASE("regularize: straight edges stay where they are", "[segment][regularize]") {
    // A cross, a frame and a bar, all with sides above twice the edge error.
    bit_image const m = masks::where(120, 100, [](index_t x, index_t y) {
        bool const cross = (x >= 20 && x < 40 && y >= 10 && y < 70) || (x >= 10 && x < 50 && y >= 30 && y < 50);
        bool const frame = x >= 60 && x < 110 && y >= 10 && y < 70 && !(x >= 75 && x < 95 && y >= 25 && y < 55);
        bool const bar = y >= 80 && y < 90;
        return cross || frame || bar;
    });
    for (index_t e : {1, 2, 3}) CHECK(regularize(serial{}, m, {e, 1}).mask == m);
}

TEST_CASE("regularize: a ragged bar becomes one rectangle", "[segment][regularize]") {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 engine(seed);
        std::vector<index_t> top, bottom;
        for (index_t x = 0; x < 200; ++x) {
            top.push_back(20 + static_cast<index_t>(engine() % 3));
            bottom.push_back(50 + static_cast<index_t>(engine() % 3));
        }
        bit_image const m = masks::where(240, 80, [&](index_t x, index_t y) {
            return x >= 20 && x < 220 && y >= top[static_cast<std::size_t>(x - 20)] &&
                   y < bottom[static_cast<std::size_t>(x - 20)];
        });
        regularized const made = regularize(serial{}, m, {2, 1});
        CHECK(made.mask ==
              masks::where(240, 80, [](index_t x, index_t y) { return x >= 20 && x < 220 && y >= 21 && y < 51; }));
    }
}

TEST_CASE("regularize: moves of sides save rectangles and pixels", "[segment][regularize]") {
    // A bar with a step on either side, three columns apart.
    auto const stepped = [](index_t upper, index_t lower) {
        return masks::where(100, 40, [=](index_t x, index_t y) {
            return x >= 10 && x < 90 && y >= (x < upper ? 10 : 12) && y < (x < lower ? 20 : 24);
        });
    };
    bit_image const bar = stepped(50, 53);
    REQUIRE(fewest(bar) == 3);
    auto const mover_of = [](bit_image const& given, bit_image const& mask, index_t reach) {
        serial const p;
        return detail::outline_mover(p, given, detail::transposed(p, given), {p, given, reach}, mask, reach);
    };
    auto aligned = mover_of(bar, bar, 3);
    aligned(6, 6);
    CHECK(aligned.changed() == 6);
    CHECK(aligned.mask() == stepped(53, 53));
    // Too dear, or too much.
    for (auto const& [bound, dearest] : {std::pair<index_t, index_t>{5, 6}, {6, 5}}) {
        auto kept = mover_of(bar, bar, 3);
        kept(bound, dearest);
        CHECK(kept.mask() == bar);
    }
    // Back to the given bar where that takes no rectangle more.
    auto nearer = mover_of(bar, stepped(50, 50), 3);
    CHECK(nearer.changed() == 12);
    nearer(0, 1);
    CHECK(nearer.mask() == stepped(50, 50));
    auto back = mover_of(stepped(53, 53), bar, 3);
    back(0, 1);
    CHECK(back.mask() == stepped(53, 53));

    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        CAPTURE(seed);
        bit_image const m =
            seed % 2 == 0 ? masks::random_shapes(150, 130, 100, seed) : masks::random(90, 70, 0.8, seed);
        index_t const reach = 1 + static_cast<index_t>(seed % 4);
        index_t const bound = m.popcount() / 20;
        auto mover = mover_of(m, m, reach);
        mover(bound, 100);
        CHECK(mover.changed() > 0);
        CHECK(mover.changed() <= bound);
        CHECK(fewest(mover.mask()) < fewest(m));
        detail::overlap const seen = detail::compare(serial{}, m, mover.mask());
        CHECK(mover.changed() == seen.either - seen.both);
        CHECK(detail::beyond(serial{}, {serial{}, m, reach}, mover.mask()).popcount() == 0);
        CHECK(!masks::partners(m, mover.mask()).empty());
    }
}

TEST_CASE("regularize: a short side goes where the bounds let it", "[segment][regularize]") {
    // A bar with a bump that is two pixels high, further out than one pixel.
    bit_image const m = masks::where(100, 40, [](index_t x, index_t y) {
        return (x >= 10 && x < 90 && y >= 10 && y < 30) || (x >= 40 && x < 60 && y >= 8 && y < 10);
    });
    bit_image const bar =
        masks::where(100, 40, [](index_t x, index_t y) { return x >= 10 && x < 90 && y >= 10 && y < 30; });
    // 40 of 1640 pixels.
    CHECK(regularize(serial{}, m, {2, 0.02, 3}).mask == m);
    CHECK(regularize(serial{}, m, {2, 0.025, 1}).mask == bar);
    CHECK(regularize(serial{}, m, {1, 0.025, 3}).mask == m);
    // A neck that is short is no sliver that may go.
    bit_image const neck = masks::where(100, 40, [](index_t x, index_t y) {
        return (x >= 10 && x < 40 && y >= 10 && y < 30) || (x >= 60 && x < 90 && y >= 10 && y < 30) ||
               (x >= 40 && x < 60 && y >= 19 && y < 21);
    });
    CHECK(regularize(serial{}, neck, {3, 1, 5}).mask == neck);

    auto const short_sides = [](bit_image const& mask, index_t least) {
        auto const list =
            rectangles(serial{}, mask, minimum_partition(serial{}, mask).cuts, components(serial{}, mask));
        return std::count_if(list.begin(), list.end(),
                             [&](labeled_rect const& r) { return std::min(r.box.width, r.box.height) < least; });
    };
    std::ptrdiff_t with = 0, without = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        CAPTURE(seed);
        bit_image const shapes = masks::random_shapes(200, 150, 150, seed);
        regularize_options const options{3, 0.2, 4};
        regularized const made = regularize(serial{}, shapes, options);
        CHECK(masks::fault(shapes, options, made) == "");
        with += short_sides(made.mask, 4);
        without += short_sides(regularize(serial{}, shapes, {3, 0.2}).mask, 4);
        CHECK(equal(regularize(test::thread_policy{2}, shapes, options), made));
    }
    CAPTURE(with, without);
    CHECK(20 * with < 17 * without);
}

TEST_CASE("regularize: the same under every policy and number of threads", "[segment][regularize]") {
    std::uint64_t seed = 0;
    for (index_t width : {63, 64, 65, 129, 300})
        for (index_t height : {1, 64, 65, 200})
            for (bool noise : {false, true})
                for (regularize_options const& options : {regularize_options{2, 0.05}, {4, 1}}) {
                    CAPTURE(width, height, noise, ++seed);
                    if (QUOIN_SANITIZED && seed % 3 != 0) continue;
                    bit_image const m = noise ? masks::random(width, height, 0.6, seed)
                                              : masks::random_shapes(width, height, 200, seed);
                    regularized const expected = regularize(serial{}, m, options);
                    CHECK(equal(regularize(test::backwards_policy{}, m, options), expected));
                    for (int threads : {1, 2, 5})
                        CHECK(equal(regularize(test::thread_policy{threads}, m, options), expected));
                }
}

TEST_CASE("regularize: printed layers need fewer rectangles", "[segment][regularize][data]") {
    struct {
        char const* file;
        regularize_options options;
        std::size_t at_most;
    } const known[] = {
#if !QUOIN_SANITIZED // too large for that
        {"gcd_45nm_simed", {2, 0.03}, 33600}, {"gcd_45nm_simed", {2, 1}, 7900},  {"gcd_45nm_simed", {4, 0.1}, 6700},
#endif
        {"CurvILT_resist1", {8, 0.03}, 142},  {"CurvILT_mask1", {4, 0.03}, 670}, {"MOSAIC_test3", {2, 0.03}, 370}};
    for (auto const& k : known) {
        DYNAMIC_SECTION(k.file << " " << k.options.max_edge_error << " " << k.options.max_area_error) {
            if (auto const why = test::missing(std::filesystem::path("chips") / (std::string(k.file) + ".png"));
                !why.empty())
                SKIP(why);
            bit_image const m = load(k.file);
            regularized const made = regularize(serial{}, m, k.options);
            CHECK(masks::fault(m, k.options, made) == "");
            std::size_t const count = fewest(made.mask);
            CHECK(count <= k.at_most);
            if (k.options.max_area_error < 1) CHECK(made.iou >= 1 - k.options.max_area_error);
            segmentation const found =
                segment(serial{}, m, {.method = segment_method::regularize, .regularize = k.options});
            CHECK(found.rectangles.size() == count);
            CHECK(found.components == components(serial{}, m).components);
            CHECK(found.iou == made.iou);
            CHECK(found.edge_error == made.edge_error);
            CHECK(found.area_error == made.area_error);
            CHECK(equal(regularize(test::thread_policy{2}, m, k.options), made));
        }
    }
}

TEST_CASE("regularize: not far above what the corners of its outlines ask for", "[segment][regularize][data]") {
    struct {
        char const* file;
        index_t reach;
        std::int32_t price; ///< of a corner, in sixteenths of a pixel; that with about the best bound
        std::size_t bound;
    } const known[] = {{"gcd_45nm_simed", 2, 24, 28500}, {"CurvILT_resist1", 8, 160, 124}};
    for (auto const& k : known) {
        DYNAMIC_SECTION(k.file) {
            if (auto const why = test::missing(std::filesystem::path("chips") / (std::string(k.file) + ".png"));
                !why.empty())
                SKIP(why);
            bit_image const m = load(k.file);
            double const least = fewest_by_corners(m, k.reach, 0.03, k.price);
            std::size_t const made = fewest(regularize(serial{}, m, {k.reach, 0.03}).mask);
            CAPTURE(least, made);
            CHECK(least > static_cast<double>(k.bound));
            CHECK(static_cast<double>(made) > least);
            CHECK(static_cast<double>(made) < 1.2 * least);
        }
    }
}

TEST_CASE("regularize: a drawn layout is recovered from noise", "[segment][regularize][data]") {
    for (char const* name : {"M1_test1", "M1_test3"}) DYNAMIC_SECTION(name) {
            std::filesystem::path const file = std::filesystem::path("chips") / (std::string(name) + ".glp");
            if (auto const why = test::missing(file); !why.empty()) SKIP(why);
            for (std::uint64_t seed : {1, 2, 3}) {
                CAPTURE(seed);
                noisy_layout const layout = add_noise(read_layout(test::data_folder() / file), seed);
                segmentation const found = segment(
                    serial{}, layout.seen,
                    {.fill_holes = 20, .min_area = 200, .method = segment_method::regularize, .regularize = {4, 0.1}});
                bit_image painted(layout.drawn.size());
                for (labeled_rect const& r : found.rectangles)
                    for (index_t y = r.box.y; y < r.box.bottom(); ++y)
                        for (index_t x = r.box.x; x < r.box.right(); ++x) painted.set(x, y);
                index_t both = 0, either = 0;
                for (index_t y = 0; y < painted.height(); ++y)
                    for (index_t x = 0; x < painted.width(); ++x) {
                        both += painted.get(x, y) && layout.drawn.get(x, y);
                        either += painted.get(x, y) || layout.drawn.get(x, y);
                    }
                CAPTURE(found.rectangles.size(), fewest(layout.drawn), fewest(layout.seen));
                CHECK(static_cast<double>(both) / static_cast<double>(either) >= 0.99);
                CHECK(sides_within_a_pixel(layout.drawn, painted) >= 0.95);
                CHECK(sides_within_a_pixel(painted, layout.drawn) >= 0.95);
                CHECK(found.rectangles.size() <= 2 * fewest(layout.drawn));
            }
        }
}

TEST_CASE("regularize: options that cannot be are refused", "[segment][regularize]") {
    bit_image const m(3, 3);
    CHECK_THROWS_AS(regularize(serial{}, m, {-1, 1}), invalid_argument);
    CHECK_THROWS_AS(regularize(serial{}, m, {1, -0.1}), invalid_argument);
    CHECK_THROWS_AS(regularize(serial{}, m, {1, std::nan("")}), invalid_argument);
    CHECK_THROWS_AS(regularize(serial{}, m, {1, 1, 0}), invalid_argument);
}

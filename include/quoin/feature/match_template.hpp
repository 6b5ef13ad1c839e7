// SPDX-License-Identifier: BSL-1.0
// match_template: how well a small image fits each place of a large one. best_match: the best place.
#pragma once

#include <quoin/core/detail/spares.hpp>
#include <quoin/exec/detail/pixels_of.hpp>
#include <quoin/feature/detail/masked_windows.hpp>
#include <quoin/feature/keypoint.hpp>
#include <quoin/filter/detail/usual_channel.hpp>
#include <quoin/measure/detail/row_sums.hpp>

QUOIN_NAMESPACE_BEGIN

/// How well the template T fits the window I of the image, both of n pixels, at a place. All sums are over the window.
enum class match_method {
    squared_differences, ///< sum (I - T)^2; the best place has the least value
    correlation,         ///< sum I T / sqrt(sum I^2 sum T^2), in [0, 1] for values that are not negative
    /// sum (I - mean I) (T - mean T) / sqrt(sum (I - mean I)^2 sum (T - mean T)^2), in [-1, 1], the same for another
    /// brightness and contrast
    zero_mean_correlation,
};

/// An image of float with the value of the method for each place of the template within an image, a view or a pipeline
/// `what`: value (x, y) is that of the window whose upper left pixel is (x, y). Its extent is that of the image, less
/// that of the template, plus 1 each. Pixels are u8, u16 or float, the same in both, and gray or of up to 4 channels:
/// sums are over all channels, and each channel has a mean of its own.
///
/// Integers: all sums are exact, also those of products. Squared differences are rounded once, to float. Correlations
/// are the quotient of exact numbers up to 1e-13 of it, rounded to float; where the template fits exactly they are 1.
/// Floats: sums are in double, in one order, so the bytes are the same under every policy. A sum of squared deviations
/// below (width + height + 8) 2^-51, with a mask (n + 8) 2^-51, of n times the sum of squares counts as 0, and squared
/// differences are at least 0. A correlation with a window or a template whose sum below the root is 0, as of a flat
/// one, is 0. NaN: each window that has one.
///
/// Cost: a product for each pixel of the template and place, of which an instruction makes 64 for u8 (AVX-512 with
/// VNNI), 16 or 32 for u8 elsewhere, half as many for u16, and 4 or 8 for float. Memory: the result, an image of the
/// input where it is no image_view, and for each thread about (512 + width) (64 + height) values.
/// @throws invalid_argument if the template is empty or larger than the image in a direction.
template <concepts::policy Policy, class What, class P>
image<float> match_template(Policy const& policy, What const& what, image_view<P> const& pattern,
                            match_method method = match_method::zero_mean_correlation);

/// match_template() with sums over those of the n pixels of the window and of the template where `mask` is not 0, in
/// the same order. NaN: each window that has one, also where the mask is 0. Cost: three times as many products, and
/// for u16 four times.
/// @throws invalid_argument also if the mask has another extent than the template, or only zeros.
template <concepts::policy Policy, class What, class P>
image<float> match_template(Policy const& policy, What const& what, image_view<P> const& pattern,
                            std::type_identity_t<image_view<std::uint8_t const>> const& mask,
                            match_method method = match_method::zero_mean_correlation);

/// The place of the greatest score, the first in raster order, or for `least` of the least one. Between columns and
/// rows it is the vertex of the parabola through the score and its two neighbors, where it has both; so it is at most
/// half a pixel away from the pixel. NaN is never the best. (x, y) is the place of the template's upper left pixel.
/// @throws invalid_argument if there is no score that is a number.
inline keypoint best_match(image_view<float const> const& scores, bool least = false);
inline keypoint best_match(image<float> const& scores, bool least = false) {
    return best_match(scores.view(), least);
}

namespace detail {

/// 1 / sqrt(a) up to 2^-44 of it, for 0 < a < 2^127, by the same operations for a scalar and for lanes. A root and a
/// quotient of float with one step of Newton's method take half as long as those of double.
template <class V>
QUOIN_INLINE V reciprocal_root(V const& a) {
    auto const root = sqrt(convert<float>(a));
    using F = std::remove_const_t<decltype(root)>;
    V const near = convert<double>(F(1.0f) / root);
    return near * (V(1.5) - V(0.5) * a * (near * near));
}

/// A template, and the scores of places. Windows are whole_windows or masked_windows.
template <class Lanes, class P, class Windows>
class template_matcher {
    using T = channel_t<P>;
    static constexpr int channels = channels_v<P>;
    static constexpr bool floats = std::floating_point<T>;
    static constexpr index_t group = 8; // rows whose products are summed before they are used
    using product_sums = window_products<Lanes, T>;
    using big = std::conditional_t<floats, double, i128>;

public:
    static constexpr index_t rows = 64, columns = 512; ///< places of a block, at most

    template_matcher(image_view<P const> pattern, Windows const& windows, double noise)
        : size_(pattern.size()), windows_(windows), noise_(noise * 0x1p-51) {
        index_t const n = windows.count();
        for (int c = 0; c < channels; ++c) {
            auto const at = [&](index_t x, index_t y) { return pattern.row(y)[x * channels + c]; };
            products_.emplace_back(size_, at, [&](index_t x, index_t y) { return windows.counts(x, y); });
            big sum = 0, squares = 0;
            for (index_t y = 0; y < size_.height; ++y)
                for (index_t x = 0; x < size_.width; ++x) {
                    big const v = windows.counts(x, y) ? at(x, y) : T(0);
                    sum += v;
                    squares += v * v;
                }
            sums_[c] = sum;
            squares_ += squares;
            deviation_ += static_cast<big>(n) * squares - sum * sum;
        }
        // Numbers up to 2^53 are exact in double.
        double const most = static_cast<double>(highest<T>) * static_cast<double>(n);
        exact_ = floats || most * most * channels <= 9007199254740992.0;
        if (floats && is_flat(static_cast<double>(deviation_), static_cast<double>(n) * static_cast<double>(squares_)))
            deviation_ = 0;
    }

    /// The memory of a block.
    struct scratch {
        std::vector<typename product_sums::block> blocks;
        std::vector<typename Windows::block> windows;
        std::vector<T> planes[channels == 1 ? 1 : channels];
    };

    /// Writes the scores of `places`, which are at most rows and columns.
    void compute(image_view<P const> in, rect const& places, image_view<float> out, match_method method,
                 scratch& memory) const {
        while (memory.blocks.size() < channels) {
            memory.blocks.emplace_back(products_[memory.blocks.size()], extent{columns, rows}, group);
            memory.windows.emplace_back(windows_, extent{columns, rows}, group);
        }
        extent const read{places.width + size_.width - 1, places.height + size_.height - 1};
        for (int c = 0; c < channels; ++c) {
            if constexpr (channels > 1) {
                memory.planes[c].resize(static_cast<std::size_t>(read.area()));
                T* to = memory.planes[c].data();
                for (index_t y = 0; y < read.height; ++y) {
                    T const* const from = in.row(places.y + y) + places.x * channels + c;
                    for (index_t x = 0; x < read.width; ++x) *to++ = from[x * channels];
                }
            }
            for (index_t y = 0; y < read.height; ++y) {
                T const* const row = pixels(in, places, read, memory, c, y);
                memory.blocks[static_cast<std::size_t>(c)].set_row(y, row, read.width);
                memory.windows[static_cast<std::size_t>(c)].set_row(y, row, read.width);
            }
        }
        for (index_t first = 0; first < places.height; first += group) {
            index_t const count = std::min(group, places.height - first);
            for (auto& each : memory.blocks) each.multiply(first, {places.width, count});
            for (auto& each : memory.windows) each.multiply(first, {places.width, count});
            for (index_t j = 0; j < count; ++j) {
                index_t const y = first + j;
                inputs of;
                for (int c = 0; c < channels; ++c) {
                    auto& window = memory.windows[static_cast<std::size_t>(c)];
                    window.compute([&](index_t v) { return pixels(in, places, read, memory, c, v); }, y, j,
                                   places.width);
                    of.products[c] = memory.blocks[static_cast<std::size_t>(c)].row(j);
                    of.sums[c] = window.sums();
                    of.squares[c] = window.squares();
                }
                write_row(of, places.width, out.row(places.y + y) + places.x, method);
            }
        }
    }

private:
    /// The type of a constant among numbers V.
    template <class V>
    using sum_number = std::conditional_t<std::same_as<V, i128>, i128, double>;

    struct inputs {
        typename product_sums::sum const* products[channels];
        decltype(std::declval<typename Windows::block>().sums()) sums[channels], squares[channels];
    };

    static T const* pixels(image_view<P const> in, rect const& places, extent read, scratch const& memory, int c,
                           index_t y) {
        if constexpr (channels == 1) return in.row(places.y + y) + places.x;
        else return memory.planes[c].data() + y * read.width;
    }

    template <class V>
    QUOIN_INLINE auto is_flat(V const& deviation, V const& squares) const {
        return deviation <= V(noise_) * squares;
    }

    void write_row(inputs const& of, index_t count, float* to, match_method method) const {
        auto const write = [&](auto m) {
            if (exact_)
                for_each_step<Lanes>(count, [&](auto lanes, index_t x) QUOIN_LAMBDA_INLINE {
                    using family = decltype(lanes);
                    using D = typename family::template type<double>;
                    family::store(to + x, score<decltype(m)::value, D>(
                                              [&](auto const* p) QUOIN_LAMBDA_INLINE {
                                                  return family::template load_as<double>(p + x);
                                              },
                                              of));
                });
            else
                for (index_t x = 0; x < count; ++x)
                    to[x] = score<decltype(m)::value, big>([&](auto const* p) { return static_cast<big>(p[x]); }, of);
        };
        using enum match_method;
        if (method == squared_differences) write(std::integral_constant<match_method, squared_differences>{});
        else if (method == correlation) write(std::integral_constant<match_method, correlation>{});
        else write(std::integral_constant<match_method, zero_mean_correlation>{});
    }

    /// The score from numbers V, which hold the sums exactly if these are integers.
    template <match_method Method, class V, class Load>
    QUOIN_INLINE auto score(Load const& load, inputs const& of) const {
        V const n(static_cast<sum_number<V>>(windows_.count()));
        V fit(0), deviation(0), energy(0);
        unrolled<channels>([&](auto c) QUOIN_LAMBDA_INLINE {
            V const sum = load(of.sums[c]), squares = load(of.squares[c]),
                    of_template(static_cast<sum_number<V>>(sums_[c]));
            V product = load(of.products[c]);
            if constexpr (product_sums::template_offset != 0)
                product = product + V(product_sums::template_offset) * sum;
            if constexpr (product_sums::image_offset != 0)
                product = product + V(product_sums::image_offset) * of_template;
            if constexpr (Method == match_method::squared_differences) {
                fit = fit + (squares - (product + product));
            } else if constexpr (Method == match_method::correlation) {
                fit = fit + product;
                deviation = deviation + squares;
            } else {
                fit = fit + (n * product - sum * of_template);
                deviation = deviation + (n * squares - sum * sum);
                if constexpr (floats) energy = energy + n * squares;
            }
        });
        if constexpr (Method == match_method::squared_differences) {
            fit = fit + V(static_cast<sum_number<V>>(squares_));
            if constexpr (floats) fit = select(fit < V(0), V(0), fit);
            return convert_score<float>(fit);
        } else {
            big const other = Method == match_method::correlation ? squares_ : deviation_;
            return quotient(convert_score<double>(fit), convert_score<double>(deviation), convert_score<double>(energy),
                            static_cast<double>(other));
        }
    }

    template <class To, class V>
    static QUOIN_INLINE auto convert_score(V const& v) {
        if constexpr (std::same_as<V, i128>) return static_cast<To>(v);
        else return convert<To>(v);
    }

    /// fit / sqrt(deviation * other), or 0 where one of them is 0 or counts as 0.
    template <class V>
    QUOIN_INLINE auto quotient(V const& fit, V const& deviation, V const& energy, double other) const {
        double const scale = other > 0 ? 1 / __builtin_sqrt(other) : other == other ? 0 : other;
        if constexpr (floats) {
            V const whole = fit / sqrt(deviation) * V(scale);
            V const limited = select(whole > V(1), V(1), select(whole < V(-1), V(-1), whole));
            return convert<float>(select(is_flat(deviation, energy), V(0), limited));
        } else {
            return convert<float>(select(deviation > V(0), fit * reciprocal_root(deviation) * V(scale), V(0)));
        }
    }

    extent size_;
    Windows const& windows_;
    std::vector<product_sums> products_;
    big sums_[channels] = {}, squares_ = 0, deviation_ = 0;
    double noise_;
    bool exact_ = false;
};

/// The mask is empty where there is none.
template <class Policy, class P>
image<float> match_in(Policy const& policy, image_view<P const> in, image_view<P const> pattern,
                      image_view<std::uint8_t const> mask, match_method method) {
    extent const places{in.width() - pattern.width() + 1, in.height() - pattern.height() + 1};
    image<float> scores(places, uninitialized);
    auto const out = scores.view();
    using lanes = typename Policy::lanes;
    using T = channel_t<P>;
    auto const compute = [&]<class Windows>(Windows const& windows, index_t noise) {
        using matcher_type = template_matcher<lanes, P, Windows>;
        matcher_type const matcher(pattern, windows, static_cast<double>(noise + 8));
        constexpr index_t rows = matcher_type::rows, columns = matcher_type::columns;
        spares<typename matcher_type::scratch> memory;
        memory.prepare(policy.concurrency());
        index_t const across = (places.width + columns - 1) / columns;
        policy.bulk((places.height + rows - 1) / rows * across, [&](index_t i) {
            index_t const x = i % across * columns, y = i / across * rows;
            rect const part{x, y, std::min(columns, places.width - x), std::min(rows, places.height - y)};
            memory.lend([&](auto& lent) { matcher.compute(in, part, out, method, lent); });
        });
    };
    using A = std::conditional_t<std::floating_point<T>, double, std::uint64_t>;
    constexpr bool bytes = std::same_as<T, std::uint8_t>;
    index_t const sides = pattern.width() + pattern.height();
    if (!mask.empty()) {
        masked_windows<lanes, T> const windows(mask);
        if (windows.count() == 0)
            raise("quoin::match_template: a mask of ", mask.width(), " x ", mask.height(),
                  " zeros; give one that is not 0 where the template counts");
        compute(windows, windows.count());
    } else if (bytes && pattern.size().area() <= 66051) {
        compute(whole_windows<lanes, T, std::conditional_t<bytes, std::uint32_t, A>>(pattern.size()), sides);
    } else {
        compute(whole_windows<lanes, T, A>(pattern.size()), sides);
    }
    return scores;
}

/// match_template() with a mask, or with none, which is empty.
template <class Policy, class What, class P>
image<float> match_pixels(Policy const& policy, What const& what, image_view<P> const& pattern,
                          image_view<std::uint8_t const> mask, match_method method) {
    auto const p = computed_pipeline_of<typename Policy::lanes>(what);
    using Q = typename std::remove_const_t<decltype(p)>::pixel_type;
    constexpr bool same = std::same_as<Q, std::remove_const_t<P>>;
    constexpr bool possible = usual_channel<channel_t<Q>>;
    static_assert(possible, "quoin::match_template: the channels must be u8, u16 or float; put convert_to before it");
    static_assert(same || !possible, "quoin::match_template: the template must have the pixels of the image; put "
                                     "convert_to before one of them");
    extent const all = p.size(), part = pattern.size();
    if (part.empty() || part.width > all.width || part.height > all.height)
        raise("quoin::match_template: a template of ", part.width, " x ", part.height, " in an image of ", all.width,
              " x ", all.height, "; give one that has pixels and is not larger than the image");
    if constexpr (possible && same) {
        pixels_of const pixels(policy, p);
        if constexpr (concepts::hosted_policy<Policy>)
            return match_in<decltype(policy.host()), Q>(policy.host(), pixels.view(), pattern, mask, method);
        else return match_in<Policy, Q>(policy, pixels.view(), pattern, mask, method);
    } else {
        return {}; // one error message is enough
    }
}

} // namespace detail

template <concepts::policy Policy, class What, class P>
image<float> match_template(Policy const& policy, What const& what, image_view<P> const& pattern, match_method method) {
    return detail::match_pixels(policy, what, pattern, {}, method);
}

template <concepts::policy Policy, class What, class P>
image<float> match_template(Policy const& policy, What const& what, image_view<P> const& pattern,
                            std::type_identity_t<image_view<std::uint8_t const>> const& mask, match_method method) {
    if (mask.size() != pattern.size())
        detail::raise("quoin::match_template: a mask of ", mask.width(), " x ", mask.height(), " for a template of ",
                      pattern.width(), " x ", pattern.height(), "; give one of the same extent");
    return detail::match_pixels(policy, what, pattern, mask, method);
}

inline keypoint best_match(image_view<float const> const& scores, bool least) {
    auto const value = [&](index_t x, index_t y) { return least ? -scores(x, y) : scores(x, y); };
    point best{-1, 0};
    float highest = 0;
    for (index_t y = 0; y < scores.height(); ++y)
        for (index_t x = 0; x < scores.width(); ++x)
            if (float const v = value(x, y); best.x < 0 ? v == v : v > highest) {
                best = {x, y};
                highest = v;
            }
    if (best.x < 0)
        detail::raise("quoin::best_match: none of ", scores.width(), " x ", scores.height(),
                      " scores is a number; give scores of an image without NaN");
    auto const vertex = [&](index_t at, index_t n, auto const& neighbor) -> double {
        if (at == 0 || at == n - 1) return 0;
        double const before = neighbor(-1), behind = neighbor(1), bend = before - 2.0 * highest + behind;
        return bend < 0 ? (before - behind) / (2 * bend) : 0.0;
    };
    double const dx = vertex(best.x, scores.width(), [&](index_t d) { return double{value(best.x + d, best.y)}; });
    double const dy = vertex(best.y, scores.height(), [&](index_t d) { return double{value(best.x, best.y + d)}; });
    return {static_cast<double>(best.x) + dx, static_cast<double>(best.y) + dy, scores(best.x, best.y)};
}

QUOIN_NAMESPACE_END

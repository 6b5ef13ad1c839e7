// SPDX-License-Identifier: BSL-1.0
// nl_means: the mean of the pixels whose surroundings are like those of a pixel.
#pragma once

#include <quoin/filter/detail/patch_numbers.hpp>
#include <quoin/pipe/operation.hpp>
#include <quoin/pipe/sweep.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The stage for channels T. The weight of two pixels is the same seen from both, and is computed for the upper one. A
/// sweep has, for each offset, the sums of distances over the columns of patches, which move down with the rows; and
/// the sums of all rows to which the pixels of this row have given something.
template <class T>
class nl_means_of {
    using numbers = patch_numbers<T>;
    using sum_type = typename numbers::sum_type;
    using loaded = typename numbers::loaded;

public:
    using vectorized = void;

    constexpr nl_means_of(int patch, int search, double h)
        : patch_(patch / 2), search_(search / 2), numbers_(patch, h) {}
    QUOIN_FN quoin::footprint footprint() const { return {patch_ + search_, patch_ + search_}; }

    /// The sums in the order of the sweep, which counts for floating point.
    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        using P = typename Window::pixel_type;
        constexpr int channels = channels_v<P>;
        float const per = numbers_.per(channels);
        auto const here = w.template at<loaded>(0, 0);
        using V = std::remove_cvref_t<decltype(numbers::centered(get_channel<0>(here)))>;
        // The weight of (x, y) and the pixel at an offset from it.
        auto const weight = [&](int x, int y, int dx, int dy) QUOIN_LAMBDA_INLINE {
            auto sum = numbers_.distance(get_channel<0>(here), get_channel<0>(here)); // of NaN it is not 0
            sum = sum - sum;
            for (int i = -patch_; i <= patch_; ++i)
                for (int j = -patch_; j <= patch_; ++j) {
                    auto const a = w.template at<loaded>(x + i, y + j),
                               b = w.template at<loaded>(x + i + dx, y + j + dy);
                    for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                        constexpr int k = decltype(c)::value;
                        sum = sum + numbers_.distance(get_channel<k>(a), get_channel<k>(b));
                    });
                }
            return patch_weight(sum, per);
        };
        using W = decltype(weight(0, 0, 0, 0));
        using I = decltype(typename numbers::template total<W>{}.sum.value());
        using S = decltype(typename numbers::template weighted<V, W>{}.template sum<0>());
        S low[channels], high[channels];
        I all(std::int32_t{0});
        for (int c = 0; c < channels; ++c) low[c] = high[c] = S(sum_type(0));
        // The pixels at the ends of the offsets in row dy, or where these begin.
        auto const group = [&](int dy, int sign) QUOIN_LAMBDA_INLINE {
            typename numbers::template weighted<V, W> sums[channels];
            typename numbers::template total<W> total;
            each_pair(dy, [&](int first, int second, bool both) QUOIN_LAMBDA_INLINE {
                auto const one = [&](int dx) QUOIN_LAMBDA_INLINE {
                    return sign > 0 ? weight(0, 0, dx, dy) : weight(-dx, -dy, dx, dy);
                };
                W const a = one(first), b = both ? one(second) : W(std::int16_t{0});
                total.add(a, b);
                auto const p = w.template at<loaded>(sign * first, sign * dy),
                           q = w.template at<loaded>(sign * second, sign * dy);
                for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                    constexpr int k = decltype(c)::value;
                    sums[k].add(numbers::centered(get_channel<k>(p)), a, numbers::centered(get_channel<k>(q)), b);
                });
            });
            for (int c = 0; c < channels; ++c) {
                low[c] = low[c] + sums[c].template sum<0>();
                high[c] = high[c] + sums[c].template sum<numbers::parts - 1>();
            }
            all = all + total.sum.value();
        };
        for (int dy = search_; dy > 0; --dy) group(dy, -1);
        for (int dy = 0; dy <= search_; ++dy) {
            group(dy, 1);
            if (dy == 0) group(0, -1);
        }
        return make_pixel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int k = decltype(c)::value;
            return finished<V, W>(numbers::centered(get_channel<k>(here)), low[k], high[k], all);
        });
    }

    bool sweeps() const { return true; }
    template <class U>
    std::size_t sweep_size(index_t columns, int channels) const {
        index_t const line = stride(columns);
        return head + static_cast<std::size_t>(line * offsets()) * sizeof(std::int32_t) +
               static_cast<std::size_t>(line * (2 * search_ + 1)) * sizeof(std::int16_t) +
               static_cast<std::size_t>(line * (search_ + 1) * (channels * numbers::parts + 1)) * sizeof(sum_type);
    }
    template <class Lanes, class U>
    void sweep(row_sweep<U> const& row, T* to) const {
        memory const m(*this, row);
        auto& y = *reinterpret_cast<index_t*>(row.memory); // the number of the row, of which the rows of sums follow
        y = row.follows ? y + 1 : 0;
        if (!row.follows) {
            for (int j = 0; j <= search_; ++j) m.clear(j);
            for (int j = -search_; j < 0; ++j)
                for (int dy = -j; dy <= search_; ++dy) {
                    weigh<Lanes>(row, m, j, dy, j > -dy);
                    gather<Lanes>(row, m, j, dy, -1, y + j + dy);
                }
        }
        m.clear(y + search_);
        for (int dy = 0; dy <= search_; ++dy) {
            weigh<Lanes>(row, m, 0, dy, dy > 0 || row.follows);
            gather<Lanes>(row, m, 0, dy, 1, y);
            gather<Lanes>(row, m, 0, dy, -1, y + dy);
        }
        for (int c = 0; c < row.channels; ++c) finish<Lanes>(row, m, y, c, to + c * row.apart);
    }

private:
    static constexpr index_t step = 64; // at least that of any lanes
    static constexpr std::size_t head = 64;

    index_t stride(index_t columns) const { return (columns + 2 * (search_ + patch_) + 3 * step - 1) / step * step; }
    int offsets() const { return search_ + search_ * (2 * search_ + 1); }

    /// What is kept. Columns count from the first one that is computed.
    struct memory {
        index_t line, front;
        int search, planes;
        std::int32_t* columns; // for each offset, the distances over a column of the patch
        std::int16_t* weights; // for each dx
        sum_type* sums;        // for each row of the ring: the channels' parts, and the weights

        memory(nl_means_of const& f, row_sweep<T> const& row)
            : line(f.stride(row.columns)), front(f.search_ + f.patch_), search(f.search_),
              planes(row.channels * numbers::parts + 1), columns(reinterpret_cast<std::int32_t*>(row.memory + head)),
              weights(reinterpret_cast<std::int16_t*>(columns + line * f.offsets())),
              sums(reinterpret_cast<sum_type*>(weights + line * (2 * search + 1))) {}

        std::int32_t* column(int dx, int dy) const {
            index_t const i = dy == 0 ? dx - 1 : search + (dy - 1) * (2 * search + 1) + dx + search;
            return columns + i * line + front;
        }
        std::int16_t* weight(int dx) const { return weights + (dx + search) * line + front; }
        sum_type* sum(index_t y, int plane) const { return sums + (y % (search + 1) * planes + plane) * line; }
        std::int32_t* total(index_t y) const { return reinterpret_cast<std::int32_t*>(sum(y, planes - 1)); }
        void clear(index_t y) const {
            __builtin_memset(sum(y, 0), 0, static_cast<std::size_t>(line * planes) * sizeof(sum_type));
        }
    };

    /// Calls f for the offsets of row dy in one half of the square, two by two; the second one may be missing.
    template <class F>
    QUOIN_INLINE void each_pair(int dy, F const& f) const {
        for (int dx = dy == 0 ? 1 : -search_; dx <= search_; dx += 2) f(dx, min(dx + 1, search_), dx < search_);
    }

    template <class V, class W, class S, class I>
    static QUOIN_INLINE auto finished(V const& here, S const& low, S const& high, I const& all) {
        typename numbers::template weighted<V, W> own;
        W const most(std::int16_t{32767});
        own.add(here, most, here, W(std::int16_t{0}));
        return numbers::mean(S(low + own.template sum<0>()), S(high + own.template sum<numbers::parts - 1>()),
                             I(all + std::int32_t{32767}));
    }

    /// The weights of the pixels of row j with those at the offsets of row dy, for all columns for which one of the two
    /// is wanted. `follows`: the sums of columns are those for the row above.
    template <class Lanes>
    QUOIN_NOINLINE void weigh(row_sweep<T> const& row, memory const& m, int j, int dy, bool follows) const {
        for (int dx = dy == 0 ? 1 : -search_; dx <= search_; ++dx) {
            index_t const first = min(0, -dx), end = row.columns + max(0, -dx);
            std::int32_t* const column = m.column(dx, dy);
            for (int c = 0; c < row.channels; ++c) {
                auto const add = [&](int i, bool gone, bool anew) {
                    move<Lanes>(row.line(j + i, c), row.line(j + i + dy, c) + dx,
                                gone ? row.line(j - patch_ - 1, c) : nullptr,
                                gone ? row.line(j - patch_ - 1 + dy, c) + dx : nullptr, anew, column, first - patch_,
                                end + patch_);
                };
                if (follows) add(patch_, true, false);
                else
                    for (int i = -patch_; i <= patch_; ++i) add(i, false, c == 0 && i == -patch_);
            }
            sum_up<Lanes>(column, m.weight(dx), numbers_.per(row.channels), first, end);
        }
    }
    template <class Lanes>
    QUOIN_NOINLINE void move(T const* a, T const* b, T const* gone_a, T const* gone_b, bool anew, std::int32_t* column,
                             index_t x, index_t end) const {
        numbers const n = numbers_;
        auto const distances = [&](T const* p, T const* q) QUOIN_LAMBDA_INLINE {
            return n.distance(Lanes::template load_as<loaded>(p + x), Lanes::template load_as<loaded>(q + x));
        };
        if (gone_a) {
            for (; x < end; x += Lanes::count)
                Lanes::store(column + x, Lanes::template load_as<std::int32_t>(column + x) +
                                             (distances(a, b) - distances(gone_a, gone_b)));
        } else if (anew) {
            for (; x < end; x += Lanes::count) Lanes::store(column + x, distances(a, b));
        } else {
            for (; x < end; x += Lanes::count)
                Lanes::store(column + x, Lanes::template load_as<std::int32_t>(column + x) + distances(a, b));
        }
    }
    template <class Lanes>
    QUOIN_NOINLINE void sum_up(std::int32_t const* column, std::int16_t* to, float per, index_t x, index_t end) const {
        for (; x < end; x += Lanes::count) {
            auto sum = Lanes::template load_as<std::int32_t>(column + x);
            for (int i = 1; i <= patch_; ++i)
                sum = sum + (Lanes::template load_as<std::int32_t>(column + x - i) +
                             Lanes::template load_as<std::int32_t>(column + x + i));
            Lanes::store(to + x, patch_weight(sum, per));
        }
    }

    /// Adds to the sums of row y what the offsets of row dy give: to the pixels of row j of the lines, where they begin
    /// (sign 1), or to those where they end.
    template <class Lanes>
    QUOIN_NOINLINE void gather(row_sweep<T> const& row, memory const& m, int j, int dy, int sign, index_t y) const {
        using V = typename Lanes::template type<typename numbers::value>;
        using W = typename Lanes::template type<std::int16_t>;
        for (int c = 0; c < row.channels; ++c) {
            // Where offsets begin, the pixels at their ends are summed, and the other way round.
            T const* const others = row.line(sign > 0 ? j + dy : j, c);
            sum_type *const low = m.sum(y, c * numbers::parts), *const high = m.sum(y, (c + 1) * numbers::parts - 1);
            std::int32_t* const total = m.total(y);
            for (index_t x = 0; x < row.columns; x += Lanes::count) {
                typename numbers::template weighted<V, W> sums;
                typename numbers::template total<W> all;
                auto const pairs = [&](auto const& also) QUOIN_LAMBDA_INLINE {
                    each_pair(dy, [&](int first, int second, bool both) QUOIN_LAMBDA_INLINE {
                        auto const weight = [&](int dx) QUOIN_LAMBDA_INLINE {
                            return Lanes::template load_as<std::int16_t>(m.weight(dx) + x - (sign > 0 ? 0 : dx));
                        };
                        auto const value = [&](int dx) QUOIN_LAMBDA_INLINE {
                            return numbers::centered(Lanes::template load_as<loaded>(others + x + sign * dx));
                        };
                        W const a = weight(first), b = both ? weight(second) : W(std::int16_t{0});
                        also(a, b);
                        sums.add(value(first), a, value(second), b);
                    });
                };
                auto const add = [&](auto* p, auto const& sum) QUOIN_LAMBDA_INLINE {
                    using U = std::remove_pointer_t<decltype(p)>;
                    Lanes::store(p + x, Lanes::template load_as<U>(p + x) + sum);
                };
                if (c == 0) {
                    pairs([&](W const& a, W const& b) QUOIN_LAMBDA_INLINE { all.add(a, b); });
                    add(total, all.sum.value());
                } else {
                    pairs([](W const&, W const&) QUOIN_LAMBDA_INLINE {});
                }
                add(low, sums.template sum<0>());
                if constexpr (numbers::parts == 2) add(high, sums.template sum<1>());
            }
        }
    }

    template <class Lanes>
    QUOIN_NOINLINE void finish(row_sweep<T> const& row, memory const& m, index_t y, int c, T* to) const {
        using V = typename Lanes::template type<typename numbers::value>;
        using W = typename Lanes::template type<std::int16_t>;
        sum_type const *const low = m.sum(y, c * numbers::parts), *const high = m.sum(y, (c + 1) * numbers::parts - 1);
        std::int32_t const* const total = m.total(y);
        T const* const middle = row.line(0, c);
        for (index_t x = 0; x < row.columns; x += Lanes::count)
            Lanes::store(to + x, finished<V, W>(numbers::centered(Lanes::template load_as<loaded>(middle + x)),
                                                Lanes::template load_as<sum_type>(low + x),
                                                Lanes::template load_as<sum_type>(high + x),
                                                Lanes::template load_as<std::int32_t>(total + x)));
    }

    int patch_, search_;
    numbers numbers_;
};

} // namespace detail

/// The stage made by nl_means().
class nl_means_fn {
public:
    using expands = void;

    constexpr nl_means_fn(int patch, int search, double h) : patch_(patch), search_(search), h_(h) {
        if (patch < 1 || patch > 2 * detail::most_patch_radius + 1 || patch % 2 == 0)
            detail::raise("quoin::nl_means: the side ", patch, " of patches is not an odd number from 1 to ",
                          2 * detail::most_patch_radius + 1);
        if (search < 3 || search > 2 * detail::most_search_radius + 1 || search % 2 == 0)
            detail::raise("quoin::nl_means: the side ", search, " of the search is not an odd number from 3 to ",
                          2 * detail::most_search_radius + 1);
        if (!(h >= 1e-6 && h <= 1e6))
            detail::raise("quoin::nl_means: h is ", h, ", not in 1e-6..1e6; give about the deviation of the noise");
    }

    template <class P>
    constexpr auto expand() const {
        using T = channel_t<P>;
        constexpr bool possible = detail::fits_float<T>;
        static_assert(possible, "quoin::nl_means: pixels must be integers of 8 or 16 bits, or float; put convert_to "
                                "before it");
        if constexpr (!possible) return compose(); // one error message is enough
        else return compose(detail::nl_means_of<T>(patch_, search_, h_));
    }

private:
    int patch_, search_;
    double h_;
};

/// Local stage. Each pixel p is the mean of the pixels q of the square of search x search pixels around it, each with
/// the weight exp(-d / h^2). d is the mean of the squared differences between the patch x patch pixels around p and
/// those around q, over all channels. Weights below 1/1000 are 0, and that of p itself is 1. All channels of a pixel
/// have the same weights. The pixel type does not change; channels of 8 or 16 bits, or float. Border: that of the last
/// extend(), reflect_101 without one.
///
/// Bytes: sums of squares are exact. Other types: each square is rounded down to a multiple of h^2 / 1024, so that sums
/// do not depend on where they begin. A weight is a whole number, at most 16 from 32768 times the real one, and 32767
/// for p. Integers: the sums are exact, and their quotient is rounded half up, once. On photographs with noise, 1 of
/// 200 bytes is 1 off OpenCV's. float: weighted pixels are added in float, those of the rows above from the top, then
/// those of the row and below; what has no weight does not count, so NaN and infinities stay in the pixels around them.
///
/// Cost: half of the search^2 offsets have a running sum of columns each, and one weight a pixel of some 25
/// instructions for 16 pixels. The line engine keeps 4 bytes for each of these offsets and column, 900 bytes a column
/// for search 21, and computes the rows of the search above each strip twice. Windows, on the tile engine, take patch^2
/// times as long. Evaluation in a constant expression is not possible.
/// @throws invalid_argument unless the patch is odd and in 1..11, the search odd and in 3..21, and h in 1e-6..1e6.
/// Source: A. Buades, B. Coll, J.-M. Morel, A non-local algorithm for image denoising, CVPR 2005; sums of columns: J.
/// Darbon et al., Fast nonlocal filtering applied to electron cryomicroscopy, ISBI 2008.
constexpr nl_means_fn nl_means(int patch, int search, double h) {
    return nl_means_fn(patch, search, h);
}

/// The catalogue's entry.
struct nl_means_entry : entry_of<nl_means_entry> {
    static constexpr operation about{
        .name = "nl_means",
        .about = "the mean of the pixels whose surroundings are like those of the pixel",
        .parameters = {{.name = "PATCH",
                        .type = parameter_type::integer,
                        .least = 1,
                        .most = 11,
                        .about = "an odd side of the surroundings, 7 as a rule"},
                       {.name = "SEARCH",
                        .type = parameter_type::integer,
                        .least = 3,
                        .most = 21,
                        .about = "an odd side of the square of the pixels"},
                       {.name = "H", .least = 1e-6, .most = 1e6, .about = "about the standard deviation of the noise"}},
        .rounding = "weights of 15 bits, exact sums, one quotient half up; squares of 16 bits in units of H^2 / 1024; "
                    "32 bits: not possible",
        .floating = "squares in units of H^2 / 1024; what has no weight, NaN too, does not count",
        .opencv = "cv::fastNlMeansDenoising(src, dst, H, PATCH, SEARCH), within 1",
        .scikit_image = "-skimage.restoration.denoise_nl_means(image), with weights of the places in a patch"};
    template <class T>
    static constexpr bool takes = detail::fits_float<T>;
    static constexpr nl_means_fn stage(double const* values) {
        return nl_means(detail::whole<int>(values[0]), detail::whole<int>(values[1]), values[2]);
    }
};

QUOIN_NAMESPACE_END

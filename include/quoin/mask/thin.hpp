// SPDX-License-Identifier: BSL-1.0
// thin, skeleton: the shapes of a mask, thinned to lines of one pixel.
#pragma once

#include <quoin/mask/detail/mask_stage.hpp>
#include <quoin/mask/detail/thinning_rules.hpp>

#include <limits>

QUOIN_NAMESPACE_BEGIN

/// When a set pixel is removed. An iteration has two halves. A half looks at all pixels and their eight neighbors
/// first, and then removes pixels from all places at once. The neighbors are, clockwise from the upper one,
///     p9 p2 p3
///     p8    p4
///     p7 p6 p5
/// A is the number of pairs in p2 p3 p4 p5 p6 p7 p8 p9 p2 of an unset and then a set pixel, and B the number of set
/// neighbors.
enum class thinning {
    /// Zhang and Suen: A = 1, 2 <= B <= 6. First half: one of p2, p4, p6 is unset, and one of p4, p6, p8. Second half:
    /// one of p2, p4, p8, and one of p2, p6, p8. OpenCV's THINNING_ZHANGSUEN. It leaves steps of two pixels in slanted
    /// lines, and removes a square of 2 x 2 pixels.
    zhang_suen,
    /// Guo and Hall: 2 <= N <= 3 and exactly one of these holds: p2 is unset and p3 or p4 set, p4 unset and p5 or p6
    /// set, p6 unset and p7 or p8 set, p8 unset and p9 or p2 set. N is the smaller one of the numbers of pairs (p9,
    /// p2),
    /// (p3, p4), (p5, p6), (p7, p8) and (p2, p3), (p4, p5), (p6, p7), (p8, p9) of which a pixel is set. First half: p4
    /// is unset, or p2 and p3 are unset and p5 is set. Second half: p8 is unset, or p6 and p7 are unset and p9 is set.
    /// scikit-image's thin.
    guo_hall,
    /// The same with its halves exchanged. OpenCV's THINNING_GUOHALL.
    guo_hall_opencv,
    /// The rule of scikit-image's skeletonize. Both halves differ from Zhang and Suen's, together in 25 of the 256
    /// neighborhoods, most of them corners. Steps in slanted lines have one pixel.
    scikit_image,
};

/// Removes pixels by halves of iterations, until an iteration removes none, or until max_iterations. The result is a
/// subset of the mask. Without a limit it has lines that are mostly one pixel wide. Pixels that touch by a side or a
/// corner still do so, but for small shapes that a rule removes altogether.
///
/// Border: pixels outside the mask count as unset, as in scikit-image. OpenCV removes none of the outermost pixels; its
/// result is the same if these are unset. Cost: about 50 operations for 64 pixels in each half of an iteration. Halves
/// visit only the rows, and in wide masks the parts of rows, in which or beside which pixels were removed by the last
/// two. A shape takes about half as many iterations as it is wide. Memory: two masks.
///
/// Source: T. Y. Zhang, C. Y. Suen, "A fast parallel algorithm for thinning digital patterns", 1984; Z. Guo, R. W.
/// Hall, "Parallel thinning with two-subiteration algorithms", 1989.
/// @throws invalid_argument for a negative max_iterations.
template <concepts::policy Policy>
bit_image thin(Policy const& p, bit_image const& mask, thinning rule = thinning::guo_hall,
               index_t max_iterations = std::numeric_limits<index_t>::max());

/// thin() by the rule thinning::scikit_image: what scikit-image's skeletonize gives.
template <concepts::policy Policy>
bit_image skeleton(Policy const& p, bit_image const& mask) {
    return thin(p, mask, thinning::scikit_image);
}

/// The stage made by thin() without a policy.
class thin_fn {
public:
    using computes_whole = void;
    static constexpr char const* name = "thin";
    template <class T>
    using result_channel = T;

    constexpr thin_fn(thinning rule, index_t max_iterations) : rule_(rule), max_iterations_(max_iterations) {
        if (max_iterations < 0)
            detail::raise("quoin::thin: max_iterations is ", max_iterations,
                          "; give a number >= 0, or none for all iterations");
    }

    template <class Policy, class T>
    void fill(Policy const& policy, image_view<T const> in, image_view<T> out) const {
        detail::fill_from_mask(policy, in, out, [this](auto const& p, bit_image const& mask) {
            return thin(p, mask, rule_, max_iterations_);
        });
    }

private:
    thinning rule_;
    index_t max_iterations_;
};

/// A whole stage, each channel: white where thin(policy, mask, rule, max_iterations) of the pixels that are not 0 is
/// set, and 0 elsewhere. White is the largest value of an integer type and 1 of a floating-point type. The pixel type
/// does not change. Memory beside that of thin(): an image of the input where it is no view, and one of the result.
/// @throws invalid_argument for a negative max_iterations.
constexpr thin_fn thin(thinning rule = thinning::guo_hall,
                       index_t max_iterations = std::numeric_limits<index_t>::max()) {
    return {rule, max_iterations};
}

namespace detail {

/// The rows of a mask with eight unset words before each, and an unset row before the first one and behind the last
/// one.
class framed_rows {
public:
    explicit framed_rows(bit_image const& like)
        : stride_((like.words_per_row() + 7) / 8 * 8 + 8), words_((like.height() + 2) * stride_ + 8) {}

    std::uint64_t* row(index_t y) const { return words_.data() + (y + 1) * stride_ + 8; }

private:
    index_t stride_;
    aligned_array<std::uint64_t> words_;
};

/// Which parts of each row changed: bit k stands for the words from k * part words on.
class changed_parts {
public:
    explicit changed_parts(index_t height) : rows_(static_cast<std::size_t>(height) + 2) {}

    std::uint64_t& row(index_t y) { return rows_[static_cast<std::size_t>(y) + 1]; }
    bool any() const {
        return std::any_of(rows_.begin(), rows_.end(), [](std::uint64_t changed) { return changed != 0; });
    }

private:
    std::vector<std::uint64_t> rows_;
};

/// Half an iteration for eight words. Returns whether pixels were removed.
template <class Rule, bool Second>
QUOIN_INLINE bool thin_words(std::uint64_t const* above, std::uint64_t const* here, std::uint64_t const* below,
                             std::uint64_t* out) {
    std::uint64_t removed[8], any = 0;
    for (int i = 0; i < 8; ++i) {
        auto const west = [i](std::uint64_t const* row) { return row[i] << 1 | row[i - 1] >> 63; };
        auto const east = [i](std::uint64_t const* row) { return row[i] >> 1 | row[i + 1] << 63; };
        removed[i] = here[i] & Rule::template removes<Second>(above[i], east(above), east(here), east(below), below[i],
                                                              west(below), west(here), west(above));
    }
    for (int i = 0; i < 8; ++i) any |= removed[i];
    for (int i = 0; i < 8; ++i) out[i] = here[i] ^ removed[i];
    return any != 0;
}

/// Thins from[0], by way of from[1] and back.
template <class Rule, concepts::policy Policy>
void thin_rows(Policy const& p, bit_image const& mask, index_t max_iterations, framed_rows const (&from)[2]) {
    index_t const height = mask.height();
    index_t const blocks = (mask.words_per_row() + 7) / 8; // of eight words
    index_t const part = (blocks + 63) / 64;               // blocks of which one bit says whether they changed
    changed_parts changed[3] = {changed_parts(height), changed_parts(height), changed_parts(height)};
    auto const half = [&]<bool Second>(int now, changed_parts& last, changed_parts& before_last, changed_parts& next) {
        for_each_chunk(p, row_chunks(height), [&](index_t begin, index_t end) {
            for (index_t y = begin; y < end; ++y) {
                std::uint64_t visit = 0;
                for (index_t v = y - 1; v <= y + 1; ++v) visit |= last.row(v) | before_last.row(v);
                visit |= visit << 1 | visit >> 1;
                std::uint64_t removed = 0;
                for (index_t k = 0; visit >> k != 0; ++k) {
                    if ((visit >> k & 1) == 0) continue;
                    bool any = false;
                    for (index_t i = 8 * k * part; i < 8 * std::min(blocks, (k + 1) * part); i += 8)
                        any |= thin_words<Rule, Second>(from[now].row(y - 1) + i, from[now].row(y) + i,
                                                        from[now].row(y + 1) + i, from[1 - now].row(y) + i);
                    removed |= std::uint64_t{any} << k;
                    if (k == 63) break;
                }
                next.row(y) = removed;
            }
        });
    };
    // In the beginning all that is set counts as changed. What is not visited is the same in both buffers.
    for_each_chunk(p, row_chunks(height), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y) {
            std::copy_n(mask.row(y), mask.words_per_row(), from[0].row(y));
            for (index_t i = 0; i < mask.words_per_row(); ++i)
                if (mask.row(y)[i] != 0) changed[0].row(y) |= std::uint64_t{1} << (i / (8 * part));
            changed[1].row(y) = changed[0].row(y);
        }
    });
    index_t last = 0;
    for (index_t done = 0; done < max_iterations; ++done) {
        half.template operator()<false>(0, changed[last], changed[(last + 1) % 3], changed[(last + 2) % 3]);
        last = (last + 2) % 3;
        half.template operator()<true>(1, changed[last], changed[(last + 1) % 3], changed[(last + 2) % 3]);
        last = (last + 2) % 3;
        if (!changed[last].any() && !changed[(last + 1) % 3].any()) break;
    }
}

template <concepts::policy Policy>
bit_image thinned(Policy const& p, bit_image const& mask, thinning rule, index_t max_iterations) {
    if (max_iterations < 0)
        raise("quoin::thin: max_iterations is ", max_iterations, "; give a number >= 0, or none for all iterations");
    if (mask.empty()) return mask;
    framed_rows const from[2] = {framed_rows(mask), framed_rows(mask)};
    switch (rule) {
    case thinning::zhang_suen:
        thin_rows<zhang_suen_rule>(p, mask, max_iterations, from);
        break;
    case thinning::guo_hall:
        thin_rows<guo_hall_rule<false>>(p, mask, max_iterations, from);
        break;
    case thinning::guo_hall_opencv:
        thin_rows<guo_hall_rule<true>>(p, mask, max_iterations, from);
        break;
    case thinning::scikit_image:
        thin_rows<skeletonize_rule>(p, mask, max_iterations, from);
        break;
    }
    bit_image result(mask.size(), uninitialized);
    for_each_chunk(p, row_chunks(mask.height()), [&](index_t begin, index_t end) {
        for (index_t y = begin; y < end; ++y) std::copy_n(from[0].row(y), mask.words_per_row(), result.row(y));
    });
    return result;
}

} // namespace detail

template <concepts::policy Policy>
bit_image thin(Policy const& p, bit_image const& mask, thinning rule, index_t max_iterations) {
    return detail::thinned(detail::policy_ref::to(p), mask, rule, max_iterations);
}

/// The catalogue's entry.
struct thin_entry : entry_of<thin_entry> {
    static constexpr operation about{
        .name = "thin",
        .about = "shapes of pixels that are not 0, thinned to lines: white, the rest 0",
        .parameters = {{.name = "RULE",
                        .type = parameter_type::choice,
                        .preset = "guo_hall",
                        .choices = "zhang_suen guo_hall guo_hall_opencv scikit_image",
                        .about = "when a pixel is removed; scikit_image is that of skeletonize"},
                       {.name = "ITERATIONS",
                        .type = parameter_type::integer,
                        .least = 0,
                        .most = 2147483647,
                        .preset = "2147483647",
                        .about = "at most so many; all without it"}},
        .rounding = "none",
        .opencv = "cv::ximgproc::thinning(src, dst, type), where the outermost pixels are 0",
        .scikit_image =
            "skimage.morphology.thin(image, ITERATIONS); scikit_image: skimage.morphology.skeletonize(image)"};
    static constexpr thin_fn stage(double const* values) {
        return thin(static_cast<thinning>(detail::whole<int>(values[0])), detail::whole<index_t>(values[1]));
    }
};

QUOIN_NAMESPACE_END

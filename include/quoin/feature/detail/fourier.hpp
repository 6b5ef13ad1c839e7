// SPDX-License-Identifier: BSL-1.0
// Discrete Fourier transforms of complex images of any sides, in double.
#pragma once

#include <quoin/core/detail/aligned_array.hpp>
#include <quoin/core/detail/angle.hpp>
#include <quoin/exec/detail/policy_ref.hpp>

#include <algorithm>
#include <utility>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Values of so many lines that are transformed together, in one register. The same operations compute each of them,
/// so results depend neither on which lines these are nor on their number.
#if defined(__AVX512F__)
inline constexpr int fourier_count = 8;
#elif defined(__AVX__)
inline constexpr int fourier_count = 4;
#else
inline constexpr int fourier_count = 2;
#endif
typedef double fourier_lanes __attribute__((vector_size(fourier_count * sizeof(double))));

/// A part, real or imaginary, of the values of lines of n values, twice: a step of the transform reads one copy
/// and writes the other.
struct fourier_buffers {
    aligned_array<fourier_lanes> memory;
    fourier_lanes *re, *im, *to_re, *to_im;

    explicit fourier_buffers(index_t n)
        : memory(4 * n, uninitialized), re(memory.data()), im(re + n), to_re(im + n), to_im(to_re + n) {}
};

/// The transform X_k = sum over j of x_j exp(-2 pi i j k / n) of lines of n values. It splits n into factors of 4, 2
/// and odd primes and takes one step for each, which sorts itself (Stockham). A prime p costs p products a value.
class fourier_transform {
public:
    explicit fourier_transform(index_t n) : n_(n) {
        index_t rest = n;
        for (index_t p = 4; rest > 1;) {
            if (rest % p == 0) {
                factors_.push_back(p);
                rest /= p;
            } else {
                p = p == 4 ? 2 : p == 2 ? 3 : p * p > rest ? rest : p + 2;
            }
        }
        for (index_t i = 0; i < n; ++i) roots_.push_back(root(i));
    }

    index_t size() const { return n_; }

    /// Of what stands in re and im, where the result stands then.
    void operator()(fourier_buffers& b) const {
        index_t size = n_, stride = 1;
        for (index_t const p : factors_) {
            index_t const parts = size / p;
            for (index_t q = 0; q < parts; ++q) {
                if (p == 4) step_of_4(b, q, parts, stride);
                else if (p == 2) step_of_2(b, q, parts, stride);
                else step(b, p, q, parts, stride);
            }
            std::swap(b.re, b.to_re);
            std::swap(b.im, b.to_im);
            size = parts;
            stride *= p;
        }
    }

private:
    /// exp(-2 pi i k / n), in the quarter in which it lies exact at its ends.
    direction root(index_t k) const {
        direction const d = turned(4 * k / n_, static_cast<double>(4 * k % n_) / static_cast<double>(n_));
        return {d.x, -d.y};
    }

    /// Writes (re + i im) times the root.
    static QUOIN_ALWAYS_INLINE void put(fourier_buffers const& b, index_t at, fourier_lanes const& re,
                                        fourier_lanes const& im, direction const& w) {
        b.to_re[at] = re * w.x - im * w.y;
        b.to_im[at] = re * w.y + im * w.x;
    }
    void step_of_2(fourier_buffers const& b, index_t q, index_t parts, index_t stride) const {
        direction const w = roots_[static_cast<std::size_t>(q * stride)];
        for (index_t k = 0; k < stride; ++k) {
            index_t const from = k + stride * q, other = from + stride * parts, to = k + stride * 2 * q;
            b.to_re[to] = b.re[from] + b.re[other];
            b.to_im[to] = b.im[from] + b.im[other];
            put(b, to + stride, b.re[from] - b.re[other], b.im[from] - b.im[other], w);
        }
    }
    void step_of_4(fourier_buffers const& b, index_t q, index_t parts, index_t stride) const {
        direction const w1 = roots_[static_cast<std::size_t>(q * stride)],
                        w2 = roots_[static_cast<std::size_t>(2 * q * stride)],
                        w3 = roots_[static_cast<std::size_t>(3 * q * stride)];
        for (index_t k = 0; k < stride; ++k) {
            index_t const i0 = k + stride * q, i1 = i0 + stride * parts, i2 = i1 + stride * parts,
                          i3 = i2 + stride * parts, to = k + stride * 4 * q;
            fourier_lanes const sum_re = b.re[i0] + b.re[i2], sum_im = b.im[i0] + b.im[i2],
                                even_re = b.re[i0] - b.re[i2], even_im = b.im[i0] - b.im[i2],
                                other_re = b.re[i1] + b.re[i3], other_im = b.im[i1] + b.im[i3],
                                odd_re = b.re[i1] - b.re[i3], odd_im = b.im[i1] - b.im[i3];
            b.to_re[to] = sum_re + other_re;
            b.to_im[to] = sum_im + other_im;
            put(b, to + stride, even_re + odd_im, even_im - odd_re, w1);
            put(b, to + 2 * stride, sum_re - other_re, sum_im - other_im, w2);
            put(b, to + 3 * stride, even_re - odd_im, even_im + odd_re, w3);
        }
    }
    void step(fourier_buffers const& b, index_t p, index_t q, index_t parts, index_t stride) const {
        index_t const around = n_ / p; // the distance of the roots of p
        for (index_t i = 0; i < p; ++i) {
            direction const w = roots_[static_cast<std::size_t>(i * q * stride)];
            for (index_t k = 0; k < stride; ++k) {
                index_t const from = k + stride * q;
                fourier_lanes re = b.re[from], im = b.im[from];
                for (index_t j = 1; j < p; ++j) {
                    direction const r = roots_[static_cast<std::size_t>(i * j % p * around)];
                    fourier_lanes const x = b.re[from + j * stride * parts], y = b.im[from + j * stride * parts];
                    re = re + (x * r.x - y * r.y);
                    im = im + (x * r.y + y * r.x);
                }
                put(b, k + stride * (p * q + i), re, im, w);
            }
        }
    }

    index_t n_;
    std::vector<index_t> factors_;
    std::vector<direction> roots_;
};

/// An image of complex numbers. Rows begin at other places of a page each, or columns would compete for few places of
/// the caches.
struct complex_image {
    extent size;
    index_t stride;
    aligned_array<double> re, im;

    explicit complex_image(extent s)
        : size(s), stride((s.width + 7) / 8 * 8 + 8), re(stride * s.height), im(stride * s.height) {}
    index_t at(index_t x, index_t y) const { return y * stride + x; }
};

/// Exchanges rows and columns of fourier_count x fourier_count values.
#ifdef __CUDACC__ // which does not expand the indices of a shuffle
QUOIN_ALWAYS_INLINE void transpose_lanes(fourier_lanes (&v)[fourier_count]) {
    for (int i = 1; i < fourier_count; ++i)
        for (int j = 0; j < i; ++j) {
            double const value = v[i][j];
            v[i][j] = v[j][i];
            v[j][i] = value;
        }
}
#else
/// Of squares of `Half`, then of smaller ones.
template <int Half, int... I>
QUOIN_ALWAYS_INLINE void transpose_squares(fourier_lanes (&v)[fourier_count], std::integer_sequence<int, I...> all) {
    constexpr int n = fourier_count;
    for (int i = 0; i < n; ++i) {
        if ((i & Half) != 0) continue;
        fourier_lanes const a = v[i], b = v[i + Half];
        v[i] = __builtin_shufflevector(a, b, ((I & Half) != 0 ? n + I - Half : I)...);
        v[i + Half] = __builtin_shufflevector(a, b, ((I & Half) != 0 ? n + I : I + Half)...);
    }
    if constexpr (Half > 1) transpose_squares<Half / 2>(v, all);
}
QUOIN_ALWAYS_INLINE void transpose_lanes(fourier_lanes (&v)[fourier_count]) {
    transpose_squares<fourier_count / 2>(v, std::make_integer_sequence<int, fourier_count>{});
}
#endif

/// Copies neighbors; there is room for a register of them behind each row.
QUOIN_ALWAYS_INLINE void load_lanes(double const* p, fourier_lanes& v) {
    __builtin_memcpy(&v, p, sizeof v);
}
QUOIN_ALWAYS_INLINE void store_lanes(double* p, fourier_lanes const& v) {
    __builtin_memcpy(p, &v, sizeof v);
}

/// Rows from row y on, of which the image may have fewer, to and from lines of lanes.
inline void load_rows(aligned_array<double> const& from, complex_image const& image, index_t y, fourier_lanes* to) {
    index_t const rows = std::min(index_t{fourier_count}, image.size.height - y);
    for (index_t x = 0; x < image.size.width; x += fourier_count) {
        fourier_lanes v[fourier_count] = {};
        for (index_t k = 0; k < rows; ++k) load_lanes(from.data() + image.at(x, y + k), v[k]);
        transpose_lanes(v);
        for (index_t j = 0; j < std::min(index_t{fourier_count}, image.size.width - x); ++j) to[x + j] = v[j];
    }
}
inline void store_rows(fourier_lanes const* from, complex_image const& image, index_t y,
                       aligned_array<double> const& to) {
    index_t const rows = std::min(index_t{fourier_count}, image.size.height - y);
    for (index_t x = 0; x < image.size.width; x += fourier_count) {
        fourier_lanes v[fourier_count] = {};
        for (index_t j = 0; j < std::min(index_t{fourier_count}, image.size.width - x); ++j) v[j] = from[x + j];
        transpose_lanes(v);
        for (index_t k = 0; k < rows; ++k) store_lanes(to.data() + image.at(x, y + k), v[k]);
    }
}

/// The transform along rows and columns.
inline void transform(policy_ref const& policy, complex_image& image) {
    auto const [width, height] = image.size;
    fourier_transform const along(width), down(height);
    for_each_chunk(policy, {height, 32}, [&, columns = width](index_t first, index_t last) {
        fourier_buffers b(columns);
        for (index_t y = first; y < last; y += fourier_count) {
            load_rows(image.re, image, y, b.re);
            load_rows(image.im, image, y, b.im);
            along(b);
            store_rows(b.re, image, y, image.re);
            store_rows(b.im, image, y, image.im);
        }
    });
    // What lies behind the last column is transformed, too: a row has room for a multiple of eight.
    for_each_chunk(policy, {width, 32}, [&, rows = height](index_t first, index_t last) {
        fourier_buffers b(rows);
        for (index_t x = first; x < last; x += fourier_count) {
            for (index_t y = 0; y < rows; ++y) {
                load_lanes(image.re.data() + image.at(x, y), b.re[y]);
                load_lanes(image.im.data() + image.at(x, y), b.im[y]);
            }
            down(b);
            for (index_t y = 0; y < rows; ++y) {
                store_lanes(image.re.data() + image.at(x, y), b.re[y]);
                store_lanes(image.im.data() + image.at(x, y), b.im[y]);
            }
        }
    });
}

} // namespace detail

QUOIN_NAMESPACE_END

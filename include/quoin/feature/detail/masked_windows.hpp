// SPDX-License-Identifier: BSL-1.0
// The sums of pixels, and of their squares, over the windows of a template: of all pixels, or of those of a mask.
#pragma once

#include <quoin/feature/detail/window_products.hpp>
#include <quoin/feature/detail/window_sums.hpp>
#include <quoin/image/image_view.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// All pixels count.
template <class Lanes, class T, class A>
class whole_windows {
public:
    explicit whole_windows(extent size) : size_(size) {}
    index_t count() const { return size_.area(); }
    bool counts(index_t, index_t) const { return true; }

    class block {
    public:
        block(whole_windows const& of, extent places, index_t) : sums_(of.size_, places.width) {}
        void set_row(index_t, T const*, index_t) {}
        void multiply(index_t, extent) {}
        /// Computes the sums for row y of the places, which is row j of those that multiply() was called for.
        template <class Row>
        void compute(Row const& row, index_t y, index_t, index_t places) {
            sums_.compute(row, y, places, y > 0);
        }
        A const* sums() const { return sums_.sums(); }
        A const* squares() const { return sums_.squares(); }

    private:
        window_sums<Lanes, T, A> sums_;
    };

private:
    extent size_;
};

/// The pixels count where the mask is not 0. Their sums are those of products with a template of ones, and those of
/// squares with the same of one image of squares, or for u16 of their lower and of their upper halves.
template <class Lanes, class T>
class masked_windows {
    static constexpr bool floats = std::floating_point<T>;
    static constexpr int parts = std::same_as<T, std::uint16_t> ? 2 : 1;
    using square = std::conditional_t<floats, double, std::uint16_t>;
    using of_pixels = window_products<Lanes, T>;
    using of_squares = window_products<Lanes, square>;
    using sum = typename of_pixels::sum;

public:
    explicit masked_windows(image_view<std::uint8_t const> mask)
        : mask_(mask), pixels_(
                           mask.size(), [](index_t, index_t) { return static_cast<T>(1 + of_pixels::template_offset); },
                           [&](index_t x, index_t y) { return counts(x, y); }),
          squares_(
              mask.size(), [](index_t, index_t) { return square(1); },
              [&](index_t x, index_t y) { return counts(x, y); }) {
        for (index_t y = 0; y < mask.height(); ++y)
            for (index_t x = 0; x < mask.width(); ++x) count_ += counts(x, y);
    }
    index_t count() const { return count_; }
    bool counts(index_t x, index_t y) const { return mask_.row(y)[x] != 0; }

    class block {
    public:
        block(masked_windows const& of, extent places, index_t together)
            : count_(of.count_), pixels_(of.pixels_, places, together),
              line_(static_cast<std::size_t>(places.width + of.mask_.width())),
              sums_(static_cast<std::size_t>(places.width)), squared_(sums_.size()) {
            for (int k = 0; k < parts; ++k) squares_.emplace_back(of.squares_, places, together);
        }
        void set_row(index_t y, T const* p, index_t count) {
            pixels_.set_row(y, p, count);
            for (int k = 0; k < parts; ++k) {
                for (index_t x = 0; x < count; ++x) {
                    if constexpr (floats) {
                        double const v = p[x];
                        line_[static_cast<std::size_t>(x)] = v * v;
                    } else {
                        std::uint32_t const v = p[x];
                        line_[static_cast<std::size_t>(x)] = static_cast<square>(v * v >> (16 * k));
                    }
                }
                squares_[static_cast<std::size_t>(k)].set_row(y, line_.data(), count);
            }
        }
        void multiply(index_t first, extent places) {
            pixels_.multiply(first, places);
            for (auto& each : squares_) each.multiply(first, places);
        }
        template <class Row>
        void compute(Row const&, index_t, index_t j, index_t places) {
            for (index_t x = 0; x < places; ++x) {
                auto const i = static_cast<std::size_t>(x);
                sums_[i] = pixels_.row(j)[x] + static_cast<sum>(of_pixels::image_offset * count_);
                squared_[i] = 0;
                for (int k = 0; k < parts; ++k)
                    squared_[i] += (squares_[static_cast<std::size_t>(k)].row(j)[x] +
                                    static_cast<sum>(of_squares::image_offset * count_)) *
                                   static_cast<sum>(k == 0 ? 1 : 65536);
            }
        }
        sum const* sums() const { return sums_.data(); }
        sum const* squares() const { return squared_.data(); }

    private:
        index_t count_;
        typename of_pixels::block pixels_;
        std::vector<typename of_squares::block> squares_;
        std::vector<square> line_;
        std::vector<sum> sums_, squared_;
    };

private:
    image_view<std::uint8_t const> mask_;
    of_pixels pixels_;
    of_squares squares_;
    index_t count_ = 0;
};

} // namespace detail

QUOIN_NAMESPACE_END

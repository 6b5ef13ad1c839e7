// SPDX-License-Identifier: BSL-1.0
// bit_image: an owning mask with one bit a pixel.
#pragma once

#include <quoin/core/detail/aligned_array.hpp>
#include <quoin/core/error.hpp>
#include <quoin/core/geometry.hpp>
#include <quoin/core/uninitialized.hpp>

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstdint>
#include <limits>

QUOIN_NAMESPACE_BEGIN

/// Owns width x height bits, initially zero, packed into 64-bit words. Pixel (x, y) is
///     (row(y)[x / 64] >> (x % 64)) & 1
/// Rows follow each other without a gap. Every row starts a new word, so threads can write different rows at the same
/// time. Bits beyond the width must stay zero: code that writes whole words must mask the last one (see
/// last_word_mask). A copy is deep. Access is unchecked.
/// @throws invalid_argument for an extent that is negative or does not fit the address space, and std::bad_alloc if
/// there is not enough memory.
class bit_image {
public:
    static constexpr index_t word_bits = 64;

    constexpr bit_image() = default;
    constexpr bit_image(index_t width, index_t height) : bit_image(extent{width, height}) {}
    constexpr explicit bit_image(extent size)
        : storage_(checked_words(size)), size_(size), words_((size.width + word_bits - 1) / word_bits) {}

    /// Leaves the words uninitialized. The caller writes all words before any is read.
    constexpr bit_image(extent size, uninitialized_t)
        : storage_(checked_words(size), uninitialized), size_(size), words_((size.width + word_bits - 1) / word_bits) {}

    /// The error message for an image, a view or a pipeline in place of a mask.
    template <class What>
        requires requires { typename What::pixel_type; }
    constexpr bit_image(What const&) {
        static_assert(std::same_as<What, bit_image>,
                      "quoin::bit_image: pixels are no mask of one bit a pixel; make one by to_bits(policy, view | "
                      "threshold(level))");
    }

    constexpr index_t width() const { return size_.width; }
    constexpr index_t height() const { return size_.height; }
    constexpr extent size() const { return size_; }
    constexpr bool empty() const { return size_.empty(); }

    /// The number of words in a row: width / 64, rounded up.
    constexpr index_t words_per_row() const { return words_; }
    constexpr std::uint64_t* row(index_t y) { return storage_.data() + y * words_; }
    constexpr std::uint64_t const* row(index_t y) const { return storage_.data() + y * words_; }

    /// The bits of a row's last word that are pixels. All bits are set if the width is a multiple of 64.
    constexpr std::uint64_t last_word_mask() const {
        index_t const used = size_.width % word_bits;
        return used == 0 ? ~std::uint64_t{0} : (std::uint64_t{1} << used) - 1;
    }

    constexpr bool get(index_t x, index_t y) const { return (row(y)[x / word_bits] >> (x % word_bits)) & 1; }
    constexpr void set(index_t x, index_t y, bool value = true) {
        std::uint64_t const bit = std::uint64_t{1} << (x % word_bits);
        std::uint64_t& word = row(y)[x / word_bits];
        word = value ? word | bit : word & ~bit;
    }

    /// The number of set pixels.
    constexpr index_t popcount() const {
        index_t sum = 0;
        for (index_t i = 0; i < storage_.size(); ++i) sum += std::popcount(storage_.data()[i]);
        return sum;
    }

    friend constexpr bool operator==(bit_image const& a, bit_image const& b) {
        return a.size_ == b.size_ &&
               std::equal(a.storage_.data(), a.storage_.data() + a.storage_.size(), b.storage_.data());
    }

private:
    static constexpr index_t checked_words(extent size) {
        constexpr index_t limit = std::numeric_limits<index_t>::max() / word_bits;
        if (size.width < 0 || size.height < 0)
            detail::raise("quoin::bit_image: the extent ", size.width, " x ", size.height,
                          " is negative; give a width and a height >= 0");
        if (size.empty()) return 0;
        index_t const words = (size.width - 1) / word_bits + 1;
        if (words > limit / size.height)
            detail::raise("quoin::bit_image: ", size.width, " x ", size.height,
                          " bits do not fit the address space; give a smaller extent");
        return words * size.height;
    }

    detail::aligned_array<std::uint64_t> storage_;
    extent size_{};
    index_t words_ = 0;
};

QUOIN_NAMESPACE_END

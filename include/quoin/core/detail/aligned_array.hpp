// SPDX-License-Identifier: BSL-1.0
// The storage of owning images and of the engine's lines.
#pragma once

#include <quoin/core/detail/expect_use.hpp>
#include <quoin/core/geometry.hpp>
#include <quoin/core/image_alignment.hpp>
#include <quoin/core/uninitialized.hpp>

#include <algorithm>
#include <new>
#include <type_traits>
#include <utility>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Aligned, zeroed storage of channels. It is usable in constant expressions, where alignment has no meaning.
template <class T>
class aligned_array {
public:
    constexpr aligned_array() = default;
    constexpr explicit aligned_array(index_t count) : aligned_array(count, uninitialized) {
        if (!std::is_constant_evaluated())
            for (index_t i = 0; i < count; ++i) ::new (static_cast<void*>(data_ + i)) T{};
    }
    constexpr aligned_array(index_t count, uninitialized_t)
        requires std::is_trivially_destructible_v<T>
        : count_(count) {
        if (count <= 0) return;
        std::size_t const n = static_cast<std::size_t>(count);
        if (std::is_constant_evaluated()) {
            data_ = new T[n]{};
        } else {
            data_ = static_cast<T*>(::operator new(n * sizeof(T), std::align_val_t{image_alignment}));
            expect_use(data_, n * sizeof(T));
        }
    }
    constexpr aligned_array(aligned_array&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), count_(std::exchange(other.count_, 0)) {}
    constexpr aligned_array(aligned_array const& other) : aligned_array(other.count_) {
        for (index_t i = 0; i < count_; ++i) data_[i] = other.data_[i];
    }
    constexpr aligned_array& operator=(aligned_array other) noexcept {
        std::swap(data_, other.data_);
        std::swap(count_, other.count_);
        return *this;
    }
    constexpr ~aligned_array() {
        if (!data_) return;
        if (std::is_constant_evaluated()) delete[] data_;
        else ::operator delete(data_, std::align_val_t{image_alignment});
    }

    constexpr T* data() const { return data_; }
    constexpr index_t size() const { return count_; }

private:
    T* data_ = nullptr;
    index_t count_ = 0;
};

/// Makes `array` hold at least `count` values. An array that is too small becomes zeros; else it does not change.
template <class T>
void make_room(aligned_array<T>& array, index_t count) {
    if (array.size() < count) array = aligned_array<T>(count);
}

/// An array whose size is not known beforehand.
template <class T>
class growing_array {
public:
    /// Returns memory for `count` values. The first `used` values are kept.
    T* reserve(index_t used, index_t count) {
        if (count > values_.size()) {
            aligned_array<T> larger(count < 2048 ? 4096 : 2 * count, uninitialized);
            std::copy_n(values_.data(), used, larger.data());
            values_ = std::move(larger);
        }
        return values_.data();
    }
    T* data() const { return values_.data(); }

private:
    aligned_array<T> values_;
};

} // namespace detail

QUOIN_NAMESPACE_END

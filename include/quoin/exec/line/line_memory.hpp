// SPDX-License-Identifier: BSL-1.0
// The memory of the lines of one block: the heap, or a workspace.
#pragma once

#include <quoin/core/detail/aligned_array.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Hands out memory that stays valid until the block is computed. Null pointers to it stand for the heap.
class line_memory {
public:
    /// Returns zeros, aligned as the rows of images.
    virtual void* take(std::size_t bytes) = 0;

protected:
    ~line_memory() = default;
};

/// Memory that is kept from block to block.
class kept_memory final : public line_memory {
public:
    void* take(std::size_t bytes) override {
        auto const rounded = static_cast<index_t>((bytes + image_alignment - 1) / image_alignment * image_alignment);
        if (pieces_.empty() || used_ + rounded > pieces_.back().size()) {
            pieces_.emplace_back(std::max(rounded, least_piece), uninitialized);
            used_ = 0;
        }
        void* const piece = pieces_.back().data() + used_;
        used_ += rounded;
        taken_ += rounded;
        return __builtin_memset(piece, 0, bytes);
    }

    /// Takes back all memory that was handed out. Several pieces become one.
    void rewind() {
        most_ = most();
        if (pieces_.size() > 1) reserve(most_);
        used_ = taken_ = 0;
    }

    /// The most bytes that were handed out at once.
    index_t most() const { return std::max(most_, taken_); }

    /// Has one piece of at least so many bytes. Nothing may be handed out.
    void reserve(index_t bytes) {
        if (pieces_.size() == 1 && pieces_.back().size() >= bytes) return;
        pieces_.clear();
        if (bytes > 0) pieces_.emplace_back(bytes, uninitialized);
    }

private:
    static constexpr index_t least_piece = 1 << 16;

    std::vector<aligned_array<std::byte>> pieces_;
    index_t used_ = 0; // of the last piece
    index_t taken_ = 0;
    index_t most_ = 0; // before the last rewind()
};

/// An array of zeros.
template <class T>
class line_array {
public:
    constexpr line_array() = default;
    constexpr line_array(line_memory* memory, index_t count)
        : own_(memory ? 0 : count), data_(own_.data()), count_(count) {
        if (memory) data_ = static_cast<T*>(memory->take(static_cast<std::size_t>(count) * sizeof(T)));
    }
    constexpr line_array(line_array&&) = default;

    /// Becomes another array of zeros, in its own memory if that is large enough. So memory does not grow where a block
    /// is computed in bands, each with a prepare() of its own.
    constexpr void renew(line_memory* memory, index_t count) {
        if (count > count_) *this = line_array(memory, count);
        else std::fill_n(data_, count, T{}); // a loop at -O2 has no vectors
    }
    constexpr line_array& operator=(line_array&&) = default;

    constexpr T* data() const { return data_; }

private:
    aligned_array<T> own_;
    T* data_ = nullptr;
    index_t count_ = 0;
};

/// Owns one object. Unlike std::unique_ptr it is usable in constant expressions.
template <class T>
class owned {
public:
    /// Takes over what make_in() has made in this memory.
    constexpr owned(T* object, line_memory* memory) : object_(object), on_heap_(!memory) {}
    constexpr owned(owned&& other) noexcept
        : object_(std::exchange(other.object_, nullptr)), on_heap_(other.on_heap_) {}
    owned& operator=(owned const&) = delete;
    constexpr ~owned() {
        if (!object_) return;
        if (on_heap_) delete object_;
        else object_->~T();
    }
    constexpr T* operator->() const { return object_; }
    constexpr T& operator*() const { return *object_; }

private:
    T* object_;
    bool on_heap_;
};

/// Makes a T in the memory, for an `owned` of it or of its base.
template <class T, class... Arguments>
constexpr T* make_in(line_memory* memory, Arguments&&... arguments) {
    if (!memory) return new T(std::forward<Arguments>(arguments)...);
    return ::new (memory->take(sizeof(T))) T(std::forward<Arguments>(arguments)...);
}

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// byte_buffer and shared_bytes: bodies of requests and answers, which are neither cleared nor copied.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace examples {

/// Bytes that one object owns, and whose memory is not cleared. A std::vector sets each byte before it is received.
class byte_buffer {
public:
    byte_buffer() = default;
    byte_buffer(byte_buffer&& other) noexcept
        : memory_(std::move(other.memory_)), size_(std::exchange(other.size_, 0)),
          capacity_(std::exchange(other.capacity_, 0)) {}
    byte_buffer& operator=(byte_buffer&& other) noexcept {
        memory_ = std::move(other.memory_);
        size_ = std::exchange(other.size_, 0);
        capacity_ = std::exchange(other.capacity_, 0);
        return *this;
    }

    std::byte* data() { return memory_.get(); }
    std::size_t size() const { return size_; }
    std::size_t capacity() const { return capacity_; }
    std::span<std::byte const> bytes() const { return {memory_.get(), size_}; }

    /// Makes room for so many bytes in all; those that there are stay. False where the system has no memory.
    [[nodiscard]] bool reserve(std::size_t bytes) {
        if (bytes <= capacity_) return true;
        auto* const larger = static_cast<std::byte*>(std::realloc(memory_.get(), bytes));
        if (!larger) return false;
        static_cast<void>(memory_.release());
        memory_.reset(larger);
        capacity_ = bytes;
        return true;
    }
    /// The first so many bytes of what is reserved are those of the buffer; new ones have any values.
    void resize(std::size_t bytes) { size_ = std::min(bytes, capacity_); }
    /// False where the system has no memory.
    [[nodiscard]] bool append(void const* data, std::size_t bytes) {
        if (bytes > capacity_ - size_ && !reserve(std::max(size_ + bytes, capacity_ + capacity_ / 2))) return false;
        if (bytes > 0) std::memcpy(memory_.get() + size_, data, bytes);
        size_ += bytes;
        return true;
    }

private:
    struct give_back {
        void operator()(void* memory) const { std::free(memory); }
    };
    std::unique_ptr<std::byte[], give_back> memory_;
    std::size_t size_ = 0, capacity_ = 0;
};

/// A file whose first bytes are these, and so many behind them, which have any values. @throws std::bad_alloc
inline byte_buffer file_with(std::string_view head, std::size_t bytes_behind) {
    byte_buffer file;
    if (!file.reserve(head.size() + bytes_behind)) throw std::bad_alloc();
    file.resize(file.capacity());
    std::memcpy(file.data(), head.data(), head.size());
    return file;
}

/// Bytes that nobody changes any more. A copy is a further owner of the same bytes.
class shared_bytes {
public:
    shared_bytes() = default;
    shared_bytes(std::vector<std::byte>&& bytes) {
        auto const owner = std::make_shared<std::vector<std::byte> const>(std::move(bytes));
        bytes_ = *owner;
        owner_ = owner;
    }
    /// All bytes from that one on.
    shared_bytes(byte_buffer&& bytes, std::size_t first = 0) {
        auto const owner = std::make_shared<byte_buffer const>(std::move(bytes));
        bytes_ = owner->bytes().subspan(first);
        owner_ = owner;
    }

    std::byte const* data() const { return bytes_.data(); }
    std::size_t size() const { return bytes_.size(); }
    std::span<std::byte const> bytes() const { return bytes_; }

private:
    std::shared_ptr<void const> owner_;
    std::span<std::byte const> bytes_;
};

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// The memory of a C library, which is zeroed, limited, and always freed; and stb_memory, that of one call into stb.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/core/geometry.hpp>

#include <cstddef>
#include <cstdlib>
#include <cstring>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// It owns every allocation, so that C code, which has no destructors, may be left by a jump or an exception without a
/// leak. Allocations are zeroed, because decoders return memory that a damaged file never filled.
class bounded_memory {
public:
    bounded_memory(std::string const& what, index_t budget) : what_(what), budget_(budget) {}
    bounded_memory(bounded_memory const&) = delete;
    bounded_memory& operator=(bounded_memory const&) = delete;
    ~bounded_memory() {
        while (blocks_) release(blocks_ + 1);
    }

    void* allocate(std::size_t bytes) {
        if (bytes > static_cast<std::size_t>(budget_ - used_))
            raise<io_error>(what_, ": needs ", bytes, " bytes on top of ", used_, ", but ", budget_,
                            " are left of the limit for it; raise read_limits::max_bytes if the file is trusted");
        auto* const b = static_cast<block*>(std::calloc(1, sizeof(block) + bytes));
        if (!b) raise<io_error>(what_, ": the system has no memory for ", bytes, " bytes more; free some");
        b->bytes = bytes;
        b->next = blocks_;
        if (blocks_) blocks_->previous = b;
        blocks_ = b;
        used_ += static_cast<index_t>(bytes);
        return b + 1;
    }

    void release(void* p) {
        if (!p) return;
        block* const b = static_cast<block*>(p) - 1;
        (b->previous ? b->previous->next : blocks_) = b->next;
        if (b->next) b->next->previous = b->previous;
        used_ -= static_cast<index_t>(b->bytes);
        std::free(b);
    }

    void* reallocate(void* p, std::size_t bytes) {
        void* const grown = allocate(bytes);
        if (p) {
            std::size_t const old = (static_cast<block*>(p) - 1)->bytes;
            std::memcpy(grown, p, old < bytes ? old : bytes);
        }
        release(p);
        return grown;
    }

    [[noreturn]] void failed_check(char const* check) const {
        raise<io_error>(what_, ": is damaged: the decoder's check ", check, " failed; copy or download it again");
    }

private:
    struct alignas(std::max_align_t) block {
        block* next;
        block* previous;
        std::size_t bytes;
    };

    std::string what_;
    index_t budget_;
    index_t used_ = 0;
    block* blocks_ = nullptr;
};

/// While an object lives, the allocations of stb on this thread come from it. The pointer to the current object is per
/// thread, because the allocation macros of stb take no context.
class stb_memory : public bounded_memory {
public:
    stb_memory(std::string const& what, index_t budget) : bounded_memory(what, budget), outer_(current()) {
        current() = this;
    }
    ~stb_memory() { current() = outer_; }

    static stb_memory*& current() {
        static thread_local stb_memory* memory = nullptr;
        return memory;
    }

private:
    stb_memory* outer_;
};

} // namespace detail

QUOIN_NAMESPACE_END

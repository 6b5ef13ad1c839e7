// SPDX-License-Identifier: BSL-1.0
// Counts all allocations of a program, in one source of which this is included.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace test {

inline std::atomic<std::size_t> bytes_allocated{0}, allocations{0};

inline void* counted_or_null(std::size_t size, std::size_t alignment) noexcept {
    bytes_allocated += size;
    ++allocations;
    std::size_t const rounded = (size + alignment - 1) / alignment * alignment;
    return std::aligned_alloc(alignment, rounded ? rounded : alignment);
}
inline void* counted(std::size_t size, std::size_t alignment) {
    if (void* p = counted_or_null(size, alignment)) return p;
    throw std::bad_alloc();
}

struct usage {
    std::size_t bytes, count;
    friend bool operator==(usage const&, usage const&) = default;
};
template <class F>
usage used_by(F const& f) {
    usage const before{bytes_allocated, allocations};
    f();
    return {bytes_allocated - before.bytes, allocations - before.count};
}

} // namespace test

// Not inlined, since GCC takes free() there for the wrong function.
void* operator new(std::size_t size) {
    return test::counted(size, alignof(std::max_align_t));
}
void* operator new[](std::size_t size) {
    return test::counted(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t a) {
    return test::counted(size, static_cast<std::size_t>(a));
}
void* operator new[](std::size_t size, std::align_val_t a) {
    return test::counted(size, static_cast<std::size_t>(a));
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    return test::counted_or_null(size, alignof(std::max_align_t));
}
void* operator new[](std::size_t size, std::nothrow_t const&) noexcept {
    return test::counted_or_null(size, alignof(std::max_align_t));
}
[[gnu::noinline]] void operator delete(void* p) noexcept {
    std::free(p);
}
[[gnu::noinline]] void operator delete[](void* p) noexcept {
    std::free(p);
}
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept {
    std::free(p);
}
[[gnu::noinline]] void operator delete[](void* p, std::size_t) noexcept {
    std::free(p);
}
[[gnu::noinline]] void operator delete(void* p, std::align_val_t) noexcept {
    std::free(p);
}
[[gnu::noinline]] void operator delete[](void* p, std::align_val_t) noexcept {
    std::free(p);
}
[[gnu::noinline]] void operator delete(void* p, std::size_t, std::align_val_t) noexcept {
    std::free(p);
}
[[gnu::noinline]] void operator delete[](void* p, std::size_t, std::align_val_t) noexcept {
    std::free(p);
}

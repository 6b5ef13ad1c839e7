// SPDX-License-Identifier: BSL-1.0
// stb_image and stb_image_write, compiled into this translation unit as quoin::detail::stb. They do not conflict with
// another copy of stb: their functions are static, and their macros are saved before and restored afterwards.
#pragma once

#include <quoin/io/detail/stb_memory.hpp>

#include <cassert>
#include <climits>
#include <cmath>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// Users need not see the warnings of third-party code.
#pragma GCC system_header

// The user's own stb in the same translation unit, before or after this header, keeps its macros.
#pragma push_macro("STBI_INCLUDE_STB_IMAGE_H")
#undef STBI_INCLUDE_STB_IMAGE_H
#pragma push_macro("INCLUDE_STB_IMAGE_WRITE_H")
#undef INCLUDE_STB_IMAGE_WRITE_H
#pragma push_macro("STB_IMAGE_IMPLEMENTATION")
#undef STB_IMAGE_IMPLEMENTATION
#pragma push_macro("STB_IMAGE_STATIC")
#undef STB_IMAGE_STATIC
#pragma push_macro("STB_IMAGE_WRITE_IMPLEMENTATION")
#undef STB_IMAGE_WRITE_IMPLEMENTATION
#pragma push_macro("STB_IMAGE_WRITE_STATIC")
#undef STB_IMAGE_WRITE_STATIC
#pragma push_macro("STBIDEF")
#undef STBIDEF
#pragma push_macro("STBIWDEF")
#undef STBIWDEF
#pragma push_macro("STBI_ASSERT")
#undef STBI_ASSERT
#pragma push_macro("STBI_MALLOC")
#undef STBI_MALLOC
#pragma push_macro("STBI_REALLOC")
#undef STBI_REALLOC
#pragma push_macro("STBI_REALLOC_SIZED")
#undef STBI_REALLOC_SIZED
#pragma push_macro("STBI_FREE")
#undef STBI_FREE
#pragma push_macro("STBIW_ASSERT")
#undef STBIW_ASSERT
#pragma push_macro("STBIW_MALLOC")
#undef STBIW_MALLOC
#pragma push_macro("STBIW_REALLOC")
#undef STBIW_REALLOC
#pragma push_macro("STBIW_REALLOC_SIZED")
#undef STBIW_REALLOC_SIZED
#pragma push_macro("STBIW_FREE")
#undef STBIW_FREE
#pragma push_macro("STBIW_MEMMOVE")
#undef STBIW_MEMMOVE
#pragma push_macro("STBIW_CRC32")
#undef STBIW_CRC32
#pragma push_macro("STBIW_ZLIB_COMPRESS")
#undef STBIW_ZLIB_COMPRESS
#pragma push_macro("STBI_NO_STDIO")
#undef STBI_NO_STDIO
#pragma push_macro("STBI_NO_LINEAR")
#undef STBI_NO_LINEAR
#pragma push_macro("STBI_NO_HDR")
#undef STBI_NO_HDR
#pragma push_macro("STBI_NO_GIF")
#undef STBI_NO_GIF
#pragma push_macro("STBI_NO_PIC")
#undef STBI_NO_PIC
#pragma push_macro("STBI_NO_PNM")
#undef STBI_NO_PNM
#pragma push_macro("STBI_NO_PSD")
#undef STBI_NO_PSD
#pragma push_macro("STBI_NO_BMP")
#undef STBI_NO_BMP
#pragma push_macro("STBI_NO_JPEG")
#undef STBI_NO_JPEG
#pragma push_macro("STBI_NO_PNG")
#undef STBI_NO_PNG
#pragma push_macro("STBI_NO_TGA")
#undef STBI_NO_TGA
#pragma push_macro("STBI_NO_ZLIB")
#undef STBI_NO_ZLIB
#pragma push_macro("STBI_NO_SIMD")
#undef STBI_NO_SIMD
#pragma push_macro("STBI_NO_FAILURE_STRINGS")
#undef STBI_NO_FAILURE_STRINGS
#pragma push_macro("STBI_NO_THREAD_LOCALS")
#undef STBI_NO_THREAD_LOCALS
#pragma push_macro("STBI_ONLY_JPEG")
#undef STBI_ONLY_JPEG
#pragma push_macro("STBI_ONLY_PNG")
#undef STBI_ONLY_PNG
#pragma push_macro("STBI_ONLY_BMP")
#undef STBI_ONLY_BMP
#pragma push_macro("STBI_ONLY_TGA")
#undef STBI_ONLY_TGA
#pragma push_macro("STBI_ONLY_PSD")
#undef STBI_ONLY_PSD
#pragma push_macro("STBI_ONLY_GIF")
#undef STBI_ONLY_GIF
#pragma push_macro("STBI_ONLY_HDR")
#undef STBI_ONLY_HDR
#pragma push_macro("STBI_ONLY_PIC")
#undef STBI_ONLY_PIC
#pragma push_macro("STBI_ONLY_PNM")
#undef STBI_ONLY_PNM
#pragma push_macro("STBI_SUPPORT_ZLIB")
#undef STBI_SUPPORT_ZLIB
#pragma push_macro("STBI_FAILURE_USERMSG")
#undef STBI_FAILURE_USERMSG
#pragma push_macro("STBI_MAX_DIMENSIONS")
#undef STBI_MAX_DIMENSIONS
#pragma push_macro("STBI_NEON")
#undef STBI_NEON
#pragma push_macro("STBI_WRITE_NO_STDIO")
#undef STBI_WRITE_NO_STDIO
#pragma push_macro("STBI_VERSION")
#undef STBI_VERSION
#pragma push_macro("STBI_THREAD_LOCAL")
#undef STBI_THREAD_LOCAL
#pragma push_macro("STBI_EXTERN")
#undef STBI_EXTERN
#pragma push_macro("FAST_BITS")
#undef FAST_BITS
#include <quoin/io/detail/stb_undef.hpp>

#define STB_IMAGE_IMPLEMENTATION
#define STBIDEF extern "C++" // stb declares in extern "C", where a namespace does not separate names
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#define STBI_NO_GIF
#define STBI_NO_PIC
#define STBI_NO_PNM
#define STBI_NO_PSD
#define STBI_NO_BMP // quoin reads these two by itself
#define STBI_NO_TGA
#define STBI_FAILURE_USERMSG
#define STBI_MALLOC(size) stb_memory::current()->allocate(size)
#define STBI_REALLOC(p, size) stb_memory::current()->reallocate(p, size)
#define STBI_FREE(p) stb_memory::current()->release(p)
#define STBI_ASSERT(x) ((x) ? void() : stb_memory::current()->failed_check(#x))
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#define STBIW_MALLOC(size) STBI_MALLOC(size)
#define STBIW_REALLOC(p, size) STBI_REALLOC(p, size)
#define STBIW_FREE(p) STBI_FREE(p)
#define STBIW_ASSERT(x) STBI_ASSERT(x)

QUOIN_NAMESPACE_BEGIN
namespace detail::stb {
namespace {

// stb sometimes copies no bytes from a null pointer, which memcpy does not allow.
inline void* memcpy(void* to, void const* from, std::size_t bytes) { return bytes ? std::memcpy(to, from, bytes) : to; }

// With a damaged JPEG, stb shifts too far and overflows sums. The only effect is wrong pixels, so a program under a
// sanitizer must not stop. GCC needs an attribute on each function, and each function is static.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((no_sanitize("shift", "signed-integer-overflow"))), apply_to = function)
#else
#define static __attribute__((no_sanitize("shift"), no_sanitize("signed-integer-overflow"))) static
#endif

#if __has_include(<stb/stb_image.h>)
#include <stb/stb_image.h>
#include <stb/stb_image_write.h>
#else
#include <stb_image.h>
#include <stb_image_write.h>
#endif

#if defined(__clang__)
#pragma clang attribute pop
#else
#undef static
#endif

} // namespace
} // namespace detail::stb
QUOIN_NAMESPACE_END

#include <quoin/io/detail/stb_undef.hpp>
#pragma pop_macro("STBI_INCLUDE_STB_IMAGE_H")
#pragma pop_macro("INCLUDE_STB_IMAGE_WRITE_H")
#pragma pop_macro("STB_IMAGE_IMPLEMENTATION")
#pragma pop_macro("STB_IMAGE_STATIC")
#pragma pop_macro("STB_IMAGE_WRITE_IMPLEMENTATION")
#pragma pop_macro("STB_IMAGE_WRITE_STATIC")
#pragma pop_macro("STBIDEF")
#pragma pop_macro("STBIWDEF")
#pragma pop_macro("STBI_ASSERT")
#pragma pop_macro("STBI_MALLOC")
#pragma pop_macro("STBI_REALLOC")
#pragma pop_macro("STBI_REALLOC_SIZED")
#pragma pop_macro("STBI_FREE")
#pragma pop_macro("STBIW_ASSERT")
#pragma pop_macro("STBIW_MALLOC")
#pragma pop_macro("STBIW_REALLOC")
#pragma pop_macro("STBIW_REALLOC_SIZED")
#pragma pop_macro("STBIW_FREE")
#pragma pop_macro("STBIW_MEMMOVE")
#pragma pop_macro("STBIW_CRC32")
#pragma pop_macro("STBIW_ZLIB_COMPRESS")
#pragma pop_macro("STBI_NO_STDIO")
#pragma pop_macro("STBI_NO_LINEAR")
#pragma pop_macro("STBI_NO_HDR")
#pragma pop_macro("STBI_NO_GIF")
#pragma pop_macro("STBI_NO_PIC")
#pragma pop_macro("STBI_NO_PNM")
#pragma pop_macro("STBI_NO_PSD")
#pragma pop_macro("STBI_NO_BMP")
#pragma pop_macro("STBI_NO_JPEG")
#pragma pop_macro("STBI_NO_PNG")
#pragma pop_macro("STBI_NO_TGA")
#pragma pop_macro("STBI_NO_ZLIB")
#pragma pop_macro("STBI_NO_SIMD")
#pragma pop_macro("STBI_NO_FAILURE_STRINGS")
#pragma pop_macro("STBI_NO_THREAD_LOCALS")
#pragma pop_macro("STBI_ONLY_JPEG")
#pragma pop_macro("STBI_ONLY_PNG")
#pragma pop_macro("STBI_ONLY_BMP")
#pragma pop_macro("STBI_ONLY_TGA")
#pragma pop_macro("STBI_ONLY_PSD")
#pragma pop_macro("STBI_ONLY_GIF")
#pragma pop_macro("STBI_ONLY_HDR")
#pragma pop_macro("STBI_ONLY_PIC")
#pragma pop_macro("STBI_ONLY_PNM")
#pragma pop_macro("STBI_SUPPORT_ZLIB")
#pragma pop_macro("STBI_FAILURE_USERMSG")
#pragma pop_macro("STBI_MAX_DIMENSIONS")
#pragma pop_macro("STBI_NEON")
#pragma pop_macro("STBI_WRITE_NO_STDIO")
#pragma pop_macro("STBI_VERSION")
#pragma pop_macro("STBI_THREAD_LOCAL")
#pragma pop_macro("STBI_EXTERN")
#pragma pop_macro("FAST_BITS")

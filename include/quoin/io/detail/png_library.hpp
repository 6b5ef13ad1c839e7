// SPDX-License-Identifier: BSL-1.0
// What reading and writing through libpng share.
#pragma once

#include <quoin/io/detail/codec_call.hpp>
#include <quoin/io/detail/stb_memory.hpp>

#include <png.h>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// What reading and writing have in common: the errors and the memory of libpng.
class libpng_user {
public:
    libpng_user(std::string const& what, index_t most_memory) : memory_(what, most_memory) {}
    libpng_user(libpng_user const&) = delete;

protected:
    ~libpng_user() = default;

    /// Calls f. @returns false where libpng gives up for reason().
    template <class F>
    bool run(F const& f) {
        return call_.run(f);
    }
    template <class F>
    void guard(F const& f) {
        call_.guard(f);
    }
    char const* reason() const { return call_.reason(); }

    /// Makes png_ and info_ by png_create_read_struct_2 or png_create_write_struct_2. To be called within run().
    template <class Create>
    void create(Create make) {
        png_ = make(PNG_LIBPNG_VER_STRING, this, fail, [](png_structp, png_const_charp) {}, this, allocate, release);
        if (!png_) call_.stop("this libpng is not the one of its header");
        png_info_ = png_create_info_struct(png_);
        png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX); // those of read_limits hold
    }

    png_structp png_ = nullptr;
    png_infop png_info_ = nullptr;

private:
    [[noreturn]] static void fail(png_structp png, png_const_charp reason) {
        static_cast<libpng_user*>(png_get_error_ptr(png))->call_.stop(reason);
    }
    static png_voidp allocate(png_structp png, png_alloc_size_t bytes) {
        auto& self = *static_cast<libpng_user*>(png_get_mem_ptr(png));
        void* memory = nullptr;
        self.call_.guard([&] { memory = self.memory_.allocate(bytes); });
        return memory;
    }
    static void release(png_structp png, png_voidp memory) {
        static_cast<libpng_user*>(png_get_mem_ptr(png))->memory_.release(memory);
    }

    bounded_memory memory_; ///< all that libpng has, so that nothing of it is to be destroyed
    codec_call call_;
};

} // namespace detail

QUOIN_NAMESPACE_END

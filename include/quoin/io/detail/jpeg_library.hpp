// SPDX-License-Identifier: BSL-1.0
// What reading and writing through libjpeg-turbo share.
#pragma once

#include <quoin/io/detail/codec_call.hpp>

#include <cstddef>
#include <cstdio>

#include <jpeglib.h>

#include <jerror.h>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The errors of libjpeg-turbo. Of what it warns of, that bytes between two segments were left out does no harm, nor
/// does an odd order of scans; any other warning says that pixels are lost, and is an error, too.
struct libjpeg_errors {
    jpeg_error_mgr base; ///< the first member, so that a pointer to it is one to this
    codec_call call;
    int code = 0; ///< of the last error

    jpeg_error_mgr* start() {
        jpeg_std_error(&base);
        base.error_exit = stop;
        base.emit_message = [](j_common_ptr library, int level) {
            int const warning = library->err->msg_code;
            if (level < 0 && warning != JWRN_EXTRANEOUS_DATA && warning != JWRN_BOGUS_PROGRESSION) stop(library);
        };
        base.output_message = [](j_common_ptr) {};
        return &base;
    }

    static libjpeg_errors& of(j_common_ptr library) { return *reinterpret_cast<libjpeg_errors*>(library->err); }

    [[noreturn]] static void stop(j_common_ptr library) {
        libjpeg_errors& self = of(library);
        self.code = library->err->msg_code;
        char text[JMSG_LENGTH_MAX];
        library->err->format_message(library, text);
        self.call.stop(text);
    }
};

} // namespace detail

QUOIN_NAMESPACE_END

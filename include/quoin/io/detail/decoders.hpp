// SPDX-License-Identifier: BSL-1.0
// The optional libraries behind readers and writers of image files: quoin::codecs and quoin::tiff define the macros.
#pragma once

#include <quoin/config.hpp>

#if !defined(QUOIN_WITH_CODECS)
#define QUOIN_WITH_CODECS 0
#endif
#if !defined(QUOIN_WITH_TIFF)
#define QUOIN_WITH_TIFF 0
#endif

QUOIN_NAMESPACE_BEGIN
namespace detail {
enum optional_decoder { with_codecs = 1, with_tiff = 2 };
}
QUOIN_NAMESPACE_END

// A template argument of what depends on them, so that parts of a program with other libraries share no functions.
#define QUOIN_DECODERS                                                                                                 \
    ((QUOIN_WITH_CODECS ? quoin::detail::with_codecs : 0) | (QUOIN_WITH_TIFF ? quoin::detail::with_tiff : 0))

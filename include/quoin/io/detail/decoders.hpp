// SPDX-License-Identifier: BSL-1.0
// The optional libraries behind readers and writers of image files: quoin::codecs and quoin::tiff define the macros.
#pragma once

#if !defined(QUOIN_WITH_CODECS)
#define QUOIN_WITH_CODECS 0
#endif
#if !defined(QUOIN_WITH_TIFF)
#define QUOIN_WITH_TIFF 0
#endif

// A template argument of what depends on them, so that parts of a program with other libraries share no functions.
#define QUOIN_DECODERS ((QUOIN_WITH_CODECS ? 1 : 0) | (QUOIN_WITH_TIFF ? 2 : 0))

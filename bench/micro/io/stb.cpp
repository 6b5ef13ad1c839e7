// SPDX-License-Identifier: BSL-1.0
// Times what is done without quoin::codecs, beside what is done with it. Empty where it is not linked.
#if QUOIN_WITH_CODECS
#undef QUOIN_WITH_CODECS
#define QUOIN_WITH_CODECS 0
#include "support/files.hpp"

namespace {

bool const registered = bench::add_files<quoin::rgb8>("stb-", "png") && bench::add_files<std::uint8_t>("stb-", "png") &&
                        bench::add_files<quoin::rgb8>("stb-", "jpg");

} // namespace
#endif

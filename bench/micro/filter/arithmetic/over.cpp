// SPDX-License-Identifier: BSL-1.0
// Times an image with alpha laid over another one.
#include "support/zipped.hpp"

#include <quoin/filter/arithmetic/over.hpp>

namespace {

bool const registered =
    bench::add_zipped<quoin::rgba8, quoin::rgba<std::uint16_t>, quoin::rgbaf>("over", quoin::over) &&
    bench::add_zipped<quoin::rgba8>("over_premultiplied", quoin::over_premultiplied);

} // namespace

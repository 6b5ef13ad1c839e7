// SPDX-License-Identifier: BSL-1.0
// Times writing and reading PNG and JPEG, through libpng and libjpeg-turbo where they are.
#include "support/files.hpp"

namespace {

bool const registered = bench::add_files<quoin::rgb8>("", "png") && bench::add_files<std::uint8_t>("", "png") &&
                        bench::add_files<quoin::rgb8>("", "jpg");

} // namespace

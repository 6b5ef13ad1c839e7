// SPDX-License-Identifier: BSL-1.0
// Image files. Needs stb's headers; not part of quoin.hpp. tiff_writer.hpp needs libtiff, and is apart.
#pragma once

#include <quoin/io/atomic_file.hpp>
#include <quoin/io/encode_image.hpp>
#include <quoin/io/file_pixel.hpp>
#include <quoin/io/gds_writer.hpp>
#include <quoin/io/image_info.hpp>
#include <quoin/io/image_reader.hpp>
#include <quoin/io/pnm_reader.hpp>
#include <quoin/io/pnm_writer.hpp>
#include <quoin/io/read_image.hpp>
#include <quoin/io/read_info.hpp>
#include <quoin/io/read_limits.hpp>
#include <quoin/io/upright.hpp>
#include <quoin/io/write_image.hpp>

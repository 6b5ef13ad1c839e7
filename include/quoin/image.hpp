// SPDX-License-Identifier: BSL-1.0
// Images and views.
#pragma once

#include <quoin/image/channel_view.hpp>
#include <quoin/image/image.hpp>
#include <quoin/image/image_view.hpp>
#include <quoin/image/planar_view.hpp>
#include <quoin/image/subview.hpp>
#include <quoin/image/video_view.hpp>
#include <quoin/image/view.hpp>

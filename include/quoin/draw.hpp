// SPDX-License-Identifier: BSL-1.0
// Shapes, text and labels that are drawn on views.
#pragma once

#include <quoin/draw/box.hpp>
#include <quoin/draw/circle.hpp>
#include <quoin/draw/labels.hpp>
#include <quoin/draw/line.hpp>
#include <quoin/draw/polygon.hpp>
#include <quoin/draw/stroke.hpp>
#include <quoin/draw/text.hpp>

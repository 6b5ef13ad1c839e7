// SPDX-License-Identifier: BSL-1.0
// The parts of the module, each of a source of its own.
#pragma once

#include <nanobind/nanobind.h>

namespace quoin_python {

void add_contours(nanobind::module_& m);
void add_descriptors(nanobind::module_& m);
void add_features(nanobind::module_& m);
void add_files(nanobind::module_& m);
void add_measures(nanobind::module_& m);
void add_polygons(nanobind::module_& m);
void add_regions(nanobind::module_& m);
void add_tensors(nanobind::module_& m);

} // namespace quoin_python

// SPDX-License-Identifier: BSL-1.0
// quoin-segment in all processes that mpirun has started: each finds what is in its rows, and the first one writes.
#include "segment.hpp"

#if QUOIN_WITH_MPI
#include "../common/gray.hpp"
#include "../common/workers.hpp"
#include "../segment/find.hpp"
#include "../segment/foreground.hpp"
#include "bands.hpp"

#include <quoin/measure/otsu.hpp>
#include <quoin/mpi/segment_bands.hpp>
#endif

namespace examples {

#if QUOIN_WITH_MPI
namespace {

/// The parts of all processes behind each other, on the first one. Collective.
template <class T>
std::vector<T> collected(processes const& all, std::vector<T> own) {
    auto const& group = *all.policy().group();
    if (!all.first()) {
        quoin::detail::state_bytes part;
        part.field(own);
        quoin::detail::send_bytes(group, part.bytes(), 0);
        return {};
    }
    for (int from = 1; from < all.count(); ++from) {
        std::vector<T> theirs;
        quoin::detail::state_bytes(quoin::detail::receive_bytes(group, from)).field(theirs);
        own.insert(own.end(), theirs.begin(), theirs.end());
    }
    return own;
}

/// Each process finds what is in its rows. Collective.
template <class Bands>
void find_in_bands(processes const& all, segment_arguments const& a, Bands const& gray, findings& found) {
    auto const& policy = all.policy();
    quoin::band_segmentation part;
    found.ms_median = median_milliseconds(a.repeat, [&] {
        found.level = a.otsu ? quoin::otsu_level(quoin::histogram(policy, gray)) : a.level;
        part = segment_bands(policy, gray | foreground(found.level, a.invert), a.steps);
    });
    found.rectangles = part.all_rectangles;
    found.components = part.all_components;
    found.result.optimal = part.optimal;
    found.result.gap = part.gap;
    all.check();
    if (!a.rects.empty() || !a.overlay.empty()) found.result.rectangles = collected(all, std::move(part.rectangles));
    if (!a.components.empty()) found.result.components = collected(all, std::move(part.components));
}

/// Whether the result of all processes together is that of one. A search that is stopped early depends on what it
/// searches.
bool works_in_bands(quoin::segment_options const& steps) {
    quoin::minimum_options const endless;
    bool const stops = steps.budget.max_phases < endless.max_phases || steps.budget.max_seconds < endless.max_seconds;
    return steps.method == quoin::segment_method::run_merge ||
           (steps.method == quoin::segment_method::minimum && !stops);
}

/// The first process finds everything. Collective.
template <class T>
void find_on_first(processes const& all, segment_arguments const& a, quoin::image<T> const& gray, findings& found) {
    workers const threads(all.policy().inner(), a.seen);
    found.ms_median = median_milliseconds(
        a.repeat, [&] { all.on_first([&] { find_regions<T>(threads, a, gray.view(), found, [](auto const&) {}); }); });
    found.rectangles = static_cast<quoin::index_t>(found.result.rectangles.size());
    found.components = static_cast<quoin::index_t>(found.result.components.size());
}

template <class P>
void process(processes const& all, segment_arguments const& a, quoin::image_info const& file) {
    std::optional<quoin::band_image<P>> pixels;
    double const ms_decode = milliseconds([&] { pixels.emplace(read_bands<P>(all, a.input, file, a.how)); });
    check_level<P>(a, a.input);
    print_note(all, "quoin-segment", a.input, file, a.how, *pixels);
    findings found{a.policy.name, all.policy().concurrency(), pixels->size()};
    found.processes = all.count();
    found.ms_decode = ms_decode;
    auto const gray = gray_pipeline(pixels->view());
    bool const in_bands = works_in_bands(a.steps);
    quoin::image<quoin::channel_t<P>> whole;
    if (!in_bands || !a.overlay.empty()) whole = on_first_process(all, to_image(all.policy(), gray));
    if (in_bands) find_in_bands(all, a, gray, found);
    else find_on_first(all, a, whole, found);
    all.check();
    all.on_first([&] { write_tables(a, found); });
    all.check();
    all.on_first([&] {
        if (!a.overlay.empty()) write_overlay(a.overlay, whole, found.result);
    });
    if (all.first()) print_summary(a, found);
}

} // namespace

int segment_on_processes(segment_arguments const& arguments) {
    return on_processes(arguments.policy, arguments.seen, [&](processes const& all) {
        check_segment_arguments(arguments);
        quoin::image_info const file = info_of(all, arguments.input);
        quoin::image_info const info = picture_of(arguments.input, file, arguments.how);
        if (has_extension(arguments.rects, ".gds")) quoin::gds_writer::check(info.size(), arguments.gds);
        with_pixel_of(info, [&]<class P>() { process<P>(all, arguments, file); });
        all.check();
        return 0;
    });
}
#else
int segment_on_processes(segment_arguments const& arguments) {
    refuse_policy(arguments.policy.name, "an MPI");
}
#endif

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// Image files as images of all processes, and back.
#pragma once

#include "../common/gray.hpp"
#include "../common/images.hpp"
#include "../common/program.hpp"
#include "processes.hpp"

#include <quoin/exec/serial.hpp>
#include <quoin/io/image_reader.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/mpi/pnm_bands.hpp>
#include <quoin/mpi/raw_bands.hpp>

#include <optional>

namespace examples {

/// info_of a file, which the first process reads.
inline quoin::image_info info_of(processes const& all, std::string const& file) {
    quoin::image_info info;
    all.on_first([&] { info = info_of(file); });
    all.share(info);
    return info;
}

/// Who reads a file, as its format and its kind allow.
enum class readers { all, first_in_rows, first_at_once };

inline readers readers_of(processes const& all, std::string const& file, quoin::image_info const& info,
                          reading const& how) {
    readers who = readers::first_at_once;
    all.on_first([&] {
        bool const as_stored = (how.channel.empty() || how.channel == "luma") &&
                               picture_of(file, info, how).orientation == info.orientation;
        std::error_code unknown;
        if (!as_stored || !reads_in_rows(info) || !std::filesystem::is_regular_file(file, unknown)) return;
        who = readers::first_in_rows;
        if (info.format != quoin::image_format::pnm) return;
        quoin::detail::input in("reading", file);
        auto const header = quoin::detail::read_pnm_header(in);
        if (!header.text && !header.bitmap) who = readers::all;
    });
    all.share(who);
    return who;
}

/// read_pixels of all processes, each of which has its rows. All read a PNM; the first one reads other files, and sends
/// their rows to the others. Collective.
template <class P>
quoin::band_image<P> read_bands(processes const& all, std::string const& file, quoin::image_info const& info,
                                reading const& how) {
    readers const who = readers_of(all, file, info, how);
    if (who == readers::first_at_once) {
        quoin::image<P> whole;
        all.on_first([&] { whole = read_pixels<P>(file, how, whole_image); });
        return scatter(all.policy(), whole);
    }
    if constexpr (std::integral<quoin::channel_t<P>>)
        if (who == readers::all) return quoin::read_pnm_bands<P>(all.policy(), file);
    std::optional<quoin::image_reader<P>> in;
    all.on_first([&] { in.emplace(std::filesystem::path(file), whole_image); });
    quoin::band_image<P> bands(all.policy(), info.size());
    quoin::detail::failure failed;
    bands.view().memory().scatter([&](quoin::index_t, std::byte* row) {
        if (failed.kind != quoin::detail::failure::none) return;
        failed = quoin::detail::failure::of([&] {
            auto* const channels = reinterpret_cast<quoin::channel_t<P>*>(row);
            in->read_rows(quoin::image_view<P>(channels, bands.width(), 1, bands.width() * quoin::channels_v<P>));
        });
    });
    all.on_first([&] {
        if (failed.kind != quoin::detail::failure::none) failed.rethrow();
    });
    return bands;
}

/// The pixels of all processes, on the first one. Collective.
template <class P>
quoin::image<P> on_first_process(processes const& all, quoin::band_image<P> const& bands) {
    quoin::image<P> whole;
    all.on_first([&] { whole = quoin::image<P>(bands.size()); });
    quoin::index_t next = 0;
    gather_rows(all.policy(), bands, [&](auto const& rows) {
        quoin::rect const part{0, next, rows.width(), rows.height()};
        run(quoin::serial{}, quoin::as_pipeline(rows), subview(whole.view(), part));
        next += rows.height();
    });
    return whole;
}

/// print_note by the first process: of integers that use little of their range. Collective.
template <class P>
void print_note(processes const& all, std::string const& program, std::string const& file,
                quoin::image_info const& info, reading const& how, quoin::band_image<P> const& bands) {
    if constexpr (std::integral<quoin::channel_t<P>>) {
        if (bands.size().empty()) return;
        auto const range = quoin::min_max(all.policy(), gray_pipeline(bands.view()));
        note const n = note_on_range(file, info, how, range.min, range.max);
        if (all.first() && !n.kind.empty()) report(program, "note: " + n.text);
    }
}

} // namespace examples

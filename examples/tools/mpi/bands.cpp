// SPDX-License-Identifier: BSL-1.0
// The one place that includes what reads and writes images of all processes.
#if QUOIN_WITH_MPI
#include "bands.hpp"

#include "../common/gray.hpp"
#include "../common/program.hpp"

#include <quoin/io/image_reader.hpp>
#include <quoin/measure/min_max.hpp>
#include <quoin/mpi/pnm_bands.hpp>
#include <quoin/mpi/raw_bands.hpp>

#include <algorithm>
#include <optional>

namespace examples {

quoin::image_info info_of(processes const& all, std::string const& file) {
    quoin::image_info info;
    all.on_first([&] { info = info_of(file); });
    all.share(info);
    return info;
}

namespace {

/// Who reads a file, as its format and its kind allow.
enum class readers { all, first_in_rows, first_at_once };

readers readers_of(processes const& all, std::string const& file, quoin::image_info const& info, reading const& how) {
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

} // namespace

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

template <class P>
quoin::image<P> on_first_process(processes const& all, quoin::band_image<P> const& bands) {
    quoin::image<P> whole;
    all.on_first([&] { whole = quoin::image<P>(bands.size()); });
    quoin::index_t next = 0;
    gather_rows(all.policy(), bands, [&](auto const& rows) {
        for (quoin::index_t y = 0; y < rows.height(); ++y)
            std::copy_n(rows.row(y), rows.width() * quoin::channels_v<P>, whole.view().row(next + y));
        next += rows.height();
    });
    return whole;
}

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

#define EXAMPLES_BANDS(P)                                                                                              \
    template quoin::band_image<P> read_bands(processes const&, std::string const&, quoin::image_info const&,           \
                                             reading const&);                                                          \
    template quoin::image<P> on_first_process(processes const&, quoin::band_image<P> const&);                          \
    template void print_note(processes const&, std::string const&, std::string const&, quoin::image_info const&,       \
                             reading const&, quoin::band_image<P> const&);
EXAMPLES_BANDS(std::uint8_t)
EXAMPLES_BANDS(std::uint16_t)
EXAMPLES_BANDS(quoin::rgb8)
EXAMPLES_BANDS(quoin::rgb16)
EXAMPLES_BANDS(quoin::rgba8)
EXAMPLES_BANDS(quoin::rgba<std::uint16_t>)
EXAMPLES_BANDS(float)
EXAMPLES_BANDS(quoin::rgb<float>)
EXAMPLES_BANDS(quoin::rgba<float>)

} // namespace examples
#endif

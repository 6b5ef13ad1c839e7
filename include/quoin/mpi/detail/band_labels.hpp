// SPDX-License-Identifier: BSL-1.0
// The components of a mask of which each rank has a band, with the numbers that they have in the whole mask.
#pragma once

#include <quoin/label/components.hpp>
#include <quoin/mpi/detail/band_seams.hpp>
#include <quoin/mpi/detail/state_bytes.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Rank 0 gets the report of every rank and makes an answer for each: answers(reports). Collective.
template <class Answer, class Report, class F>
Answer ask_first_rank(process_group const& group, Report report, F const& answers) noexcept {
    if (group.rank() > 0) {
        send_bytes(group, bytes_of(std::move(report)), 0);
        return value_of<Answer>(receive_bytes(group, 0));
    }
    std::vector<Report> reports{std::move(report)};
    for (int r = 1; r < group.size(); ++r) reports.push_back(value_of<Report>(receive_bytes(group, r)));
    std::vector<Answer> all = answers(reports);
    for (int r = 1; r < group.size(); ++r) send_bytes(group, bytes_of(all[static_cast<std::size_t>(r)]), r);
    return std::move(all[0]);
}

/// The components of a rank's rows of a mask. Only those at a seam are spoken of. A component belongs to the rank in
/// whose rows it begins.
class band_labels {
public:
    component_map map;           ///< of the band, but its components are those of the whole mask, as far as they go
    std::vector<index_t> number; ///< of each of them in the whole mask
    std::vector<bool> begins; ///< whether its first pixel is in this part of it; a component can have several in a band
    index_t first = 0, all = 0; ///< the number of the first one that begins here; how many there are on all ranks

    /// Collective. `height` is that of the whole mask.
    template <class Policy>
    band_labels(Policy const& inner, process_group const& group, bit_image const& band, index_t height, connectivity c)
        : group_(group), height_(height) {
        band_parts parts;
        group.agree([&] {
            map = components(inner, band, c);
            add_sums(rows().begin);
            parts = parts_at_seams();
        });
        std::vector<index_t> const at_seams = parts.ids;
        auto const joined = ask_first_rank<band_numbers>(group, std::move(parts),
                                                         [c](auto const& each) { return joined_parts(each, c); });
        group.agree([&] { take(joined, at_seams); });
    }

    /// Those of the band, in the whole mask.
    interval rows() const { return group_.rows(height_); }
    interval rows_of(int rank) const { return group_.rows_of(rank, height_); }
    /// Whether a component of the map has pixels in other bands, too.
    bool crosses(component const& of) const { return of.box.y < rows().begin || of.box.bottom() > rows().end; }
    int owner(component const& of) const { return group_.rank_of(of.box.y, height_); }

    /// The other ranks to which components belong that come to this band.
    std::vector<int> owners() const {
        std::vector<int> result;
        for (std::size_t id = 0; id < begins.size(); ++id)
            if (int const other = owner(map.components[id]); other != group_.rank()) result.push_back(other);
        std::sort(result.begin(), result.end());
        result.erase(std::unique(result.begin(), result.end()), result.end());
        return result;
    }
    /// The index in owners() of the rank to which a component belongs, or -1 for this rank.
    std::ptrdiff_t owner_in(std::vector<int> const& owners, component const& of) const {
        int const other = owner(of);
        return other == group_.rank() ? -1 : std::lower_bound(owners.begin(), owners.end(), other) - owners.begin();
    }
    /// The other ranks to which components of this one come. A component has pixels in all rows of its box.
    std::vector<int> sharers() const {
        index_t end = rows().end;
        for (std::size_t id = 0; id < begins.size(); ++id)
            if (begins[id]) end = max(end, map.components[id].box.bottom());
        std::vector<int> result;
        if (end > rows().end) result.resize(static_cast<std::size_t>(group_.rank_of(end - 1, height_) - group_.rank()));
        std::iota(result.begin(), result.end(), group_.rank() + 1);
        return result;
    }

private:
    void add_sums(index_t top) {
        sums_.resize(map.components.size());
        for (index_t y = 0; y < map.runs.height(); ++y) {
            auto const row = static_cast<std::int32_t>(top + y);
            map.for_each_run(y, [&](pixel_run run, index_t id) {
                sums_[static_cast<std::size_t>(id)].add_box(run.begin, row, run.end, row + 1);
            });
        }
    }

    band_parts parts_at_seams() const {
        band_parts parts;
        parts.count = static_cast<index_t>(sums_.size());
        index_t const rows = map.runs.height();
        if (rows == 0) return parts;
        for (index_t const y : {index_t{0}, rows - 1})
            map.for_each_run(y, [&](pixel_run, index_t id) { parts.ids.push_back(id); });
        std::sort(parts.ids.begin(), parts.ids.end());
        parts.ids.erase(std::unique(parts.ids.begin(), parts.ids.end()), parts.ids.end());
        for (index_t const id : parts.ids) parts.sums.push_back(sums_[static_cast<std::size_t>(id)]);
        auto const add_row = [&](index_t y, std::vector<seam_run>& to) {
            map.for_each_run(y, [&](pixel_run run, index_t id) {
                auto const of = std::lower_bound(parts.ids.begin(), parts.ids.end(), id) - parts.ids.begin();
                to.push_back({run.begin, run.end, of});
            });
        };
        add_row(0, parts.top);
        add_row(rows - 1, parts.bottom);
        return parts;
    }

    void take(band_numbers const& joined, std::vector<index_t> const& at_seams) {
        first = joined.first;
        all = joined.all;
        std::size_t k = 0;
        index_t next = first;
        for (std::size_t id = 0; id < sums_.size(); ++id) {
            bool const at_seam = k < at_seams.size() && at_seams[k] == static_cast<index_t>(id);
            finish(at_seam ? joined.sums[k] : sums_[id], map.components[id]);
            begins.push_back(!at_seam || joined.begins[k] != 0);
            number.push_back(at_seam ? joined.number[k] : next);
            next += begins.back();
            k += at_seam;
        }
    }

    process_group const& group_;
    index_t height_;
    std::vector<component_sums> sums_; // of the band alone, with rows of the whole mask
};

} // namespace detail

QUOIN_NAMESPACE_END

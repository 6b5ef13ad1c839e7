// SPDX-License-Identifier: BSL-1.0
// Joins strips of rows that were labeled separately to components of the whole mask.
#pragma once

#include <quoin/label/detail/component_sums.hpp>
#include <quoin/label/detail/scan_rows.hpp>

#include <limits>
#include <span>
#include <vector>

QUOIN_NAMESPACE_BEGIN
namespace detail {

/// The rows from `top` on, cut into strips.
struct row_strips {
    index_t top;
    chunks cut;

    constexpr index_t count() const { return cut.count(); }
    constexpr index_t begin(index_t s) const { return top + cut.begin(s); }
    constexpr index_t end(index_t s) const { return top + cut.end(s); }
};

/// Cuts the rows top <= y < bottom into strips of `rows` rows. Strips have fewer rows if 32 bits could not count their
/// runs.
constexpr row_strips strips_of(index_t width, index_t top, index_t bottom, index_t rows) {
    index_t const most_runs = width / 2 + 1;
    return {top, {bottom - top, std::clamp<index_t>(std::numeric_limits<label_t>::max() / most_runs, 1, rows)}};
}

/// Calls f(i, j) for each run i above and run j below that touch. reach is 0 for sides, and 1 to include corners.
template <class F>
constexpr void for_each_contact(std::span<pixel_run const> above, std::span<pixel_run const> below, int reach,
                                F const& f) {
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < above.size() && j < below.size()) {
        if (above[i].begin - below[j].end < reach && below[j].begin - above[i].end < reach)
            f(static_cast<index_t>(i), static_cast<index_t>(j));
        (above[i].end < below[j].end ? i : j) += 1;
    }
}

/// The first or the last row of a strip.
struct seam_row {
    std::vector<pixel_run> runs;
    std::vector<label_t> joint; ///< the joint of each run; before the numbering, its label

    void take(row_runs const& row) {
        runs.resize(static_cast<std::size_t>(row.count()));
        joint.resize(runs.size());
        for (index_t j = 0; j < row.count(); ++j) {
            runs[j] = row.run(j);
            joint[j] = row.arrays().label[j];
        }
    }
};

/// The scratch memory of number_parts: for each 64 parts, which of them are joints, and how many joints precede them.
struct joint_bits {
    std::vector<std::uint64_t> wanted;
    std::vector<label_t> before;
};

/// A strip. Its parts are its components, numbered 0, 1, ... in raster order of their first pixels.
struct strip {
    growing_array<label_t> part; ///< the part of each label; before the numbering, the parents of scan_rows
    std::vector<label_t> joints; ///< the parts in the first or the last row, ascending
    label_t parts = 0;
    seam_row top;
    seam_row bottom;

    /// Numbers the parts of this many labels, and finds the joints.
    void number_parts(label_t labels, joint_bits& memory) {
        joints.clear();
        label_t* const of = part.data();
        label_t roots = 0;
        for (label_t i = 0; i < labels; ++i) {
            // A parent precedes its child, so its number is known.
            label_t const parent = of[i];
            label_t const known = of[parent];
            bool const root = parent == i;
            of[i] = root ? roots : known;
            roots += root;
        }
        parts = roots;

        auto& [wanted, before] = memory;
        wanted.assign(static_cast<std::size_t>(parts / 64 + 1), 0);
        for (seam_row* row : {&top, &bottom})
            for (label_t& l : row->joint) {
                l = of[l];
                wanted[l / 64] |= std::uint64_t{1} << (l % 64);
            }
        before.resize(wanted.size());
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            before[i] = static_cast<label_t>(joints.size());
            for_each_bit(wanted[i], static_cast<index_t>(i),
                         [&](index_t k) { joints.push_back(static_cast<label_t>(k)); });
        }
        for (seam_row* row : {&top, &bottom})
            for (label_t& l : row->joint)
                l = before[l / 64] + std::popcount(wanted[l / 64] & ((std::uint64_t{1} << (l % 64)) - 1));
    }
};

/// The joints that form one component, and the numbers of all components in raster order of their first pixels.
class strip_joints {
public:
    /// Joins the strips. Cost: serial, in time proportional to the runs at the strip boundaries.
    void join(std::vector<strip> const& strips, int reach) {
        first_joint_.clear();
        first_component_.clear();
        count_ = 0;
        for (strip const& s : strips) first_joint_.push_back(static_cast<index_t>(s.joints.size()));
        root_.resize(static_cast<std::size_t>(exclusive_scan(first_joint_)));
        for (std::size_t i = 0; i < root_.size(); ++i) root_[i] = static_cast<index_t>(i);
        for (std::size_t s = 1; s < strips.size(); ++s) {
            seam_row const& upper = strips[s - 1].bottom;
            seam_row const& lower = strips[s].top;
            for_each_contact(upper.runs, lower.runs, reach, [&](index_t i, index_t j) {
                unite(root_.data(), first_joint_[s - 1] + upper.joint[i], first_joint_[s] + lower.joint[j]);
            });
        }
        component_.resize(root_.size());
        for (std::size_t s = 0; s < strips.size(); ++s) {
            first_component_.push_back(count_);
            index_t merged = 0; // the joints of this strip that belong to an earlier component
            for (std::size_t k = 0; k < strips[s].joints.size(); ++k) {
                std::size_t const i = static_cast<std::size_t>(first_joint_[s]) + k;
                bool const root = root_[i] == static_cast<index_t>(i);
                root_[i] = root_[root_[i]];
                component_[i] = root ? count_ + strips[s].joints[k] - merged : component_[root_[i]];
                merged += !root;
            }
            count_ += strips[s].parts - merged;
        }
    }

    /// The number of components.
    index_t count() const { return count_; }

    /// Initializes the sums of each part of strip number s.
    void start_sums(strip const& of, index_t s, component_sums* sums) const {
        index_t next = first_component_[s];
        index_t const* known = component_.data() + first_joint_[s];
        auto joint = of.joints.begin();
        for (label_t k = 0; k < of.parts; ++k) {
            bool const is_joint = joint != of.joints.end() && *joint == k;
            sums[k] = component_sums{.component = is_joint ? *known : next};
            joint += is_joint;
            known += is_joint;
            next += sums[k].component == next;
        }
    }

    index_t joints() const { return static_cast<index_t>(root_.size()); }
    index_t first_joint(index_t s) const { return first_joint_[s]; }
    index_t root(index_t joint) const { return root_[joint]; }
    index_t component(index_t joint) const { return component_[joint]; }

private:
    std::vector<index_t> first_joint_; // for each strip
    std::vector<index_t> root_;        // for each joint
    std::vector<index_t> component_;   // for each joint
    std::vector<index_t> first_component_; // for each strip
    index_t count_ = 0;
};

} // namespace detail
QUOIN_NAMESPACE_END

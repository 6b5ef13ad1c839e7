// SPDX-License-Identifier: BSL-1.0
// Writes the pixels of resized images to a tensor, through tables of values.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/resize.hpp>
#include <quoin/tensor/detail/fit.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The values of all bytes of red, green and blue.
template <class T>
using tensor_tables = std::array<std::array<T, 256>, 3>;

/// The memory of a tensor.
template <class T>
struct tensor_memory {
    T* data;
    extent size;
    bool planar, reversed;

    /// The distance of neighbors in a row.
    index_t step() const { return planar ? 1 : 3; }
    /// The first value of red, green or blue in a row of an image.
    T* row(index_t image, int color, index_t y) const {
        index_t const c = reversed ? 2 - color : color;
        if (planar) return data + ((image * 3 + c) * size.height + y) * size.width;
        return data + (image * size.height + y) * size.width * 3 + c;
    }
};

/// Looks up the steps of a row.
template <class Lanes, class T>
struct tensor_writer {
    tensor_tables<T> const& tables;
    T* rows[3];
    index_t step;

    QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, rgb8> const& pixels, int count = Lanes::count) const {
        for_each_channel<rgb8>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int color = decltype(c)::value;
            std::uint8_t bytes[Lanes::count];
            Lanes::template store_pixels<std::uint8_t>(bytes, get_channel<color>(pixels));
            T const* const table = tables[color].data();
            T* const out = rows[color] + x * step;
            for (int i = 0; i < count; ++i) out[i * step] = table[bytes[i]];
        });
    }
};

/// Writes the part of an image that its tensor shows.
template <class Lanes, class T>
struct tensor_sink {
    tensor_memory<T> const& memory;
    tensor_tables<T> const& tables;
    index_t image, left, top;

    QUOIN_INLINE tensor_writer<Lanes, T> row(index_t y) const {
        index_t const step = memory.step();
        auto const first = [&](int color) { return memory.row(image, color, top + y) + left * step; };
        return {tables, {first(0), first(1), first(2)}, step};
    }
};

/// Fills what an image does not cover.
template <class T>
void pad_around(tensor_memory<T> const& memory, index_t image, fitted const& to, tensor_tables<T> const& tables,
                std::uint8_t pad) {
    rect const shown = to.shown();
    index_t const width = memory.size.width, step = memory.step();
    for (int color = 0; color < 3; ++color) {
        T const value = tables[static_cast<std::size_t>(color)][pad];
        for (index_t y = 0; y < memory.size.height; ++y) {
            T* const row = memory.row(image, color, y);
            bool const beside = y >= shown.y && y < shown.bottom();
            for (index_t x = 0; x < (beside ? shown.x : width); ++x) row[x * step] = value;
            for (index_t x = beside ? shown.right() : width; x < width; ++x) row[x * step] = value;
        }
    }
}

/// Evaluates resizing and cutting of all images. stage_of(extent) resizes.
template <class Policy, class T, class StageOf>
void write_images(Policy const& policy, std::span<image_view<rgb8 const> const> images, std::vector<fitted> const& fits,
                  tensor_memory<T> const& out, tensor_tables<T> const& tables, StageOf const& stage_of) {
    using lanes = typename Policy::lanes;
    auto const chain = [&](std::size_t i) { return images[i] | stage_of(fits[i].resized) | crop(fits[i].part); };
    using pipeline_type = decltype(chain(0));
    std::vector<pipeline_type> chains;
    for (std::size_t i = 0; i < images.size(); ++i) {
        // Images of one size share the tables of weights.
        bool const again = i > 0 && images[i].size() == images[i - 1].size();
        if (again) chains.push_back(pipeline_type(images[i], chains.back().stages()));
        else chains.push_back(chain(i));
    }
    auto const sink_of = [&](std::size_t i) {
        rect const shown = fits[i].shown();
        return tensor_sink<lanes, T>{out, tables, static_cast<index_t>(i), shown.x, shown.y};
    };
    workspace memory;
    tiling const t{.memory = &memory};
    if constexpr (concepts::observing_policy<Policy, pipeline_type>) {
        for (std::size_t i = 0; i < chains.size(); ++i)
            evaluate(policy, chains[i], cut(policy, chains[i], t), [&](index_t, rect) { return sink_of(i); });
    } else {
        // With many images a thread takes whole ones, which share no rows.
        auto const count = static_cast<index_t>(chains.size());
        int const threads = count >= tuning::most_strips_per_thread * policy.concurrency() ? 1 : policy.concurrency();
        std::vector<blocks> cuts;
        std::vector<index_t> firsts;
        index_t total = 0;
        for (auto const& c : chains) {
            auto const cost = fold(cost_visitor{}, c);
            cuts.push_back(cut(c.size(), cost.bytes_per_column, cost.halo, threads, t));
            firsts.push_back(total);
            total += cuts.back().count();
        }
        block_memory::prepare(&memory, policy.concurrency());
        policy.bulk(total, [&](index_t b) {
            auto const next = std::upper_bound(firsts.begin(), firsts.end(), b);
            auto const i = static_cast<std::size_t>(next - firsts.begin() - 1);
            auto const sink = sink_of(i);
            block_memory const lent(&memory);
            evaluate_block<lanes>(chains[i], cuts[i][b - firsts[i]], sink, lent.get());
        });
    }
}

} // namespace detail

QUOIN_NAMESPACE_END

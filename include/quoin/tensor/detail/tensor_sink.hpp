// SPDX-License-Identifier: BSL-1.0
// Writes the pixels of resized images to a tensor, through tables of values.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/geometry/resize.hpp>
#include <quoin/geometry/resize_linear.hpp>
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

/// The memory of a tensor and its tables, behind one type for all types of values, so that the engine is compiled once
/// for them.
struct tensor_memory {
    extent size;
    bool planar, reversed;
    void const* tables;
    void* data;
    void (*look_up)(tensor_memory const&, int color, std::uint8_t const* bytes, int count, index_t place);

    /// The distance of neighbors in a row.
    index_t step() const { return planar ? 1 : 3; }
    /// The place of the first value of red, green or blue in a row of an image.
    index_t row(index_t image, int color, index_t y) const {
        index_t const c = reversed ? 2 - color : color;
        if (planar) return ((image * 3 + c) * size.height + y) * size.width;
        return (image * size.height + y) * size.width * 3 + c;
    }
};

/// Writes the values of `count` bytes, from a place on.
template <class T>
void look_up(tensor_memory const& to, int color, std::uint8_t const* bytes, int count, index_t place) {
    T const* const table = (*static_cast<tensor_tables<T> const*>(to.tables))[static_cast<std::size_t>(color)].data();
    T* const out = static_cast<T*>(to.data) + place;
    index_t const step = to.step();
    for (int i = 0; i < count; ++i) out[i * step] = table[bytes[i]];
}

/// Looks up the steps of a row.
template <class Lanes>
struct tensor_writer {
    tensor_memory const& memory;
    index_t rows[3];

    QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, rgb8> const& pixels, int count = Lanes::count) const {
        for_each_channel<rgb8>([&](auto c) QUOIN_LAMBDA_INLINE {
            constexpr int color = decltype(c)::value;
            std::uint8_t bytes[Lanes::count];
            Lanes::template store_pixels<std::uint8_t>(bytes, get_channel<color>(pixels));
            memory.look_up(memory, color, bytes, count, rows[color] + x * memory.step());
        });
    }
};

/// Writes the part of an image that its tensor shows.
template <class Lanes>
struct tensor_sink {
    tensor_memory const& memory;
    index_t image, left, top;

    QUOIN_INLINE tensor_writer<Lanes> row(index_t y) const {
        auto const first = [&](int color) { return memory.row(image, color, top + y) + left * memory.step(); };
        return {memory, {first(0), first(1), first(2)}};
    }
};

/// Fills what an image does not cover.
inline void pad_around(tensor_memory const& memory, index_t image, fitted const& to, std::uint8_t pad) {
    rect const shown = to.shown();
    if (shown.size() == memory.size) return;
    index_t const width = memory.size.width;
    std::vector<std::uint8_t> const bytes(static_cast<std::size_t>(width), pad);
    for (int color = 0; color < 3; ++color)
        for (index_t y = 0; y < memory.size.height; ++y) {
            auto const fill = [&](index_t begin, index_t end) {
                memory.look_up(memory, color, bytes.data(), static_cast<int>(end - begin),
                               memory.row(image, color, y) + begin * memory.step());
            };
            bool const beside = y >= shown.y && y < shown.bottom();
            fill(0, beside ? shown.x : width);
            if (beside) fill(shown.right(), width);
        }
}

/// Evaluates resizing and cutting of all images. stage_of(extent) resizes.
template <class Policy, class StageOf>
void write_images(Policy const& policy, std::span<image_view<rgb8 const> const> images, std::vector<fitted> const& fits,
                  tensor_memory const& out, StageOf const& stage_of) {
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
        return tensor_sink<lanes>{out, static_cast<index_t>(i), shown.x, shown.y};
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

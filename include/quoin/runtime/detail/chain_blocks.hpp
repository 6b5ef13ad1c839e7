// SPDX-License-Identifier: BSL-1.0
// Evaluates the blocks of a chain that is chosen at run time: to write its result, or to count the values of it.
#pragma once

#include <quoin/measure/detail/tile_counts.hpp>
#include <quoin/runtime/any_pipeline.hpp>

#include <mutex>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The objects that the blocks of an evaluation share, at most one for each stage.
class shared_objects {
public:
    explicit shared_objects(int stages) : objects_(static_cast<std::size_t>(stages)) {}
    abi::shared handle() { return {this, &get}; }

private:
    static void* get(void* self, int stage, void* (*make)(void const*), void const* argument, void (*drop)(void*)) {
        auto& all = *static_cast<shared_objects*>(self);
        std::lock_guard const lock(all.mutex_);
        auto& object = all.objects_[static_cast<std::size_t>(stage)];
        if (!object) object = std::shared_ptr<void>(make(argument), drop);
        return object.get();
    }

    std::mutex mutex_;
    std::vector<std::shared_ptr<void>> objects_;
};

/// The description of a chain for observers.
struct planned_chain {
    stage_list list;
};
inline stage_list stages_of(planned_chain const& p) {
    return p.list;
}
inline int output_pass(planned_chain const& p) {
    return static_cast<int>(p.list.passes.size()) + 1;
}

/// A row_observer in the form that quoin::runtime calls.
inline abi::observer abi_of(row_observer& o) {
    return {&o, [](void* self, int pass) { static_cast<row_observer*>(self)->begin_row(pass); },
            [](void* self, int pass) noexcept { static_cast<row_observer*>(self)->end_row(pass); }};
}

/// Calls work(block, evaluate) for each block of a chain; evaluate() evaluates the block. Observers see the chain and
/// `terminal` behind it, unless that is empty.
template <class Policy, class Work>
void evaluate_chain_blocks(Policy const& policy, any_pipeline const& p, std::vector<any_view> const& in,
                           blocks const& all, char const* terminal, Work const& work) {
    chain_data const data(chain_access::stages(p));
    std::vector<abi::pixels> const pixels = pixels_of_views(in);
    block_memory::prepare(all.memory, policy.concurrency());
    shared_objects objects(operation_count(chain_access::stages(p)));
    abi::shared const tables = objects.handle();
    auto const evaluate = [&](index_t i, row_observer* observer) {
        rect const where = all[i];
        abi::observer seen{};
        if (observer) seen = abi_of(*observer);
        block_memory const kept(all.memory);
        abi::memory const lines{
            kept.get(), [](void* self, std::size_t bytes) { return static_cast<line_memory*>(self)->take(bytes); }};
        abi::block block{*data.chain(),
                         {pixels.data(), static_cast<int>(pixels.size())},
                         {},
                         {where.x, where.y, where.width, where.height},
                         observer ? &seen : nullptr,
                         kept.get() ? &lines : nullptr,
                         &tables,
                         nullptr};
        work(block, [&] {
            if constexpr (Policy::lanes::count == 1) quoin_runtime_evaluate_scalar(&block);
            else quoin_runtime_evaluate_simd(&block);
        });
    };
    if constexpr (concepts::observing_policy<Policy, planned_chain>) {
        planned_chain planned{chain_access::names(p, pixels)};
        if (*terminal) {
            stage_list::extend(planned.list.whole, terminal);
            stage_list::extend(planned.list.last, terminal);
        }
        auto const evaluation = policy.observe(planned, all);
        evaluation.bulk(all.count(), [&](index_t i) {
            auto seen = evaluation.block(i, all[i]);
            evaluate(i, seen.observer());
        });
    } else {
        policy.bulk(all.count(), [&](index_t i) { evaluate(i, nullptr); });
    }
}

template <class Policy>
void write_chain(Policy const& policy, any_pipeline const& p, abi::plan const& plan, std::vector<any_view> const& in,
                 any_output const& out, interval rows, tiling t) {
    extent const size{out.width(), rows.end - rows.begin};
    blocks const all = cut(size, plan.bytes_per_column, plan.halo, policy.concurrency(), t);
    evaluate_chain_blocks(policy, p, in, all, "", [&](abi::block& block, auto const& evaluate) {
        block.where.y += rows.begin;
        block.out = out.pixels();
        evaluate();
    });
}

/// The counts of the values of each channel of a chain's result, which has pixels of 8 or 16 bits.
template <class Policy>
std::vector<std::int64_t> counts_of_chain(Policy const& policy, any_pipeline const& p, std::vector<any_view> const& in,
                                          tiling t) {
    abi::plan const plan = chain_access::plan(p, pixels_of_views(in));
    auto const size = static_cast<std::size_t>(plan.channels) << (plan.type == channel_number<std::uint8_t> ? 8 : 16);
    std::vector<std::int64_t> counts(size);
    std::mutex mutex;
    blocks const all = cut({plan.width, plan.height}, plan.bytes_per_column, plan.halo, policy.concurrency(), t);
    evaluate_chain_blocks(policy, p, in, all, "histogram", [&](abi::block& block, auto const& evaluate) {
        std::vector<std::int64_t> own(size);
        block.counts = own.data();
        evaluate();
        std::lock_guard const lock(mutex);
        for (std::size_t i = 0; i < size; ++i) counts[i] += own[i];
    });
    return counts;
}

/// The numbers of the tiles of a chain's result, which has gray pixels of T. Each tile is written to memory of its own
/// and counted there.
template <class T, class Policy>
std::shared_ptr<void const> numbers_of_chain(Policy const& policy, any_pipeline const& p,
                                             std::vector<any_view> const& in, tile_grid const& grid, double clip,
                                             tiling t) {
    struct scratch {
        typename tile_counts<T>::counts counts;
        std::vector<T> pixels;
    };
    tile_counts<T> counted(grid, clip);
    spares<scratch> scratches;
    scratches.prepare(policy.concurrency());
    blocks const all{grid.size, grid.tile.height, grid.tile.width, t.memory};
    evaluate_chain_blocks(policy, p, in, all, "histogram", [&](abi::block& block, auto const& evaluate) {
        scratches.lend([&](scratch& s) {
            auto const [x, y, width, height] = block.where;
            s.pixels.resize(static_cast<std::size_t>(width * height));
            // The address of the pixel (0, 0) that these would be a part of.
            auto const origin = reinterpret_cast<std::uintptr_t>(s.pixels.data()) -
                                static_cast<std::uintptr_t>(y * width + x) * sizeof(T);
            block.out = {reinterpret_cast<T*>(origin), grid.size.width, grid.size.height, width, 1, 0,
                         channel_number<T>, 1};
            evaluate();
            counted.begin(s.counts);
            for (index_t row = 0; row < height; ++row)
                counted.add(s.counts, s.pixels.data() + row * width, x, y + row, width);
            counted.end(s.counts, {x, y});
        });
    });
    return counted.complete();
}
template <class Policy>
std::shared_ptr<void const> numbers_of_chain(Policy const& policy, any_pipeline const& p,
                                             std::vector<any_view> const& in, abi::plan const& plan, tiling t) {
    abi::plan const before = chain_access::plan(p, pixels_of_views(in));
    tile_grid const grid({before.width, before.height}, plan.across, plan.down);
    if (before.type == channel_number<std::uint8_t>)
        return numbers_of_chain<std::uint8_t>(policy, p, in, grid, plan.clip, t);
    return numbers_of_chain<std::uint16_t>(policy, p, in, grid, plan.clip, t);
}

/// The chain with the tables of all operations that are made of counts. For each one the operations before it are
/// evaluated, and their result is counted and not stored.
template <class Policy>
any_pipeline with_tables(Policy const& policy, any_pipeline p, std::vector<any_view> const& in, tiling t) {
    std::vector<abi::pixels> const pixels = pixels_of_views(in);
    for (;;) {
        abi::plan const all = chain_access::plan(p, pixels);
        int const n = all.counts;
        if (n < 0) return p;
        any_pipeline const before = chain_access::front(p, n);
        if (all.across > 0) {
            chain_access::set_tables(p, n, numbers_of_chain(policy, before, in, all, t));
            continue;
        }
        abi::plan const plan = chain_access::plan(before, pixels);
        auto const counts = counts_of_chain(policy, before, in, t);
        bool const bytes = plan.type == channel_number<std::uint8_t>;
        std::size_t const values = bytes ? 256 : 65536;
        auto tables = std::make_shared<std::vector<std::uint16_t>>(values * static_cast<std::size_t>(plan.channels) /
                                                                   (bytes ? 2 : 1));
        named_stage const& named = chain_access::stages(p)[static_cast<std::size_t>(n)];
        abi::stage const stage{named.operation, named.values.data(), nullptr, nullptr, 0};
        for (std::size_t c = 0; c < static_cast<std::size_t>(plan.channels); ++c) {
            char message[400];
            auto* const table = reinterpret_cast<std::byte*>(tables->data()) + c * values * (bytes ? 1 : 2);
            quoin_runtime_table(&stage, plan.type, counts.data() + c * values, table, message);
            if (*message)
                raise("chain, operation ", n + 1, ", '", named.text, "': ", static_cast<char const*>(message));
        }
        void const* const values_of_all = tables->data();
        chain_access::set_tables(p, n, std::shared_ptr<void const>(std::move(tables), values_of_all));
    }
}

} // namespace detail

QUOIN_NAMESPACE_END

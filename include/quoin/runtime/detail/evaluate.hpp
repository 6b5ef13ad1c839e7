// SPDX-License-Identifier: BSL-1.0
// Evaluates a block of a chain that is chosen at run time.
#pragma once

#include <quoin/catalogue.hpp>
#include <quoin/measure/detail/value_counts.hpp>
#include <quoin/runtime/detail/builder.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Lines of a view whose channels lie apart, in planes of any distance.
template <class Lanes, class T>
class planes_as_lines final : public line_source<T> {
public:
    explicit planes_as_lines(abi::pixels const& p) : line_source<T>(extent{p.width, p.height}), pixels_(p) {}

    void prepare(interval) override {}
    void fill(T* line, index_t plane, interval columns, index_t y) override {
        for (int c = 0; c < pixels_.channels; ++c) {
            auto const* const row = static_cast<T const*>(pixels_.data) + y * pixels_.stride + c * pixels_.plane;
            T* const to = line + c * plane - columns.begin;
            if (pixels_.step == 1) {
                packed_cursor<Lanes, T> const cursor{row, pixels_.width, pixels_.stride};
                split_steps(cursor, columns.begin, columns.end,
                            [&](auto const& part, index_t x, index_t end)
                                QUOIN_LAMBDA_INLINE { store_steps<Lanes, T, true>(part, to, 0, x, end); });
            } else {
                for (index_t x = columns.begin; x < columns.end; ++x) to[x] = row[x * pixels_.step];
            }
        }
    }

private:
    abi::pixels pixels_;
};

/// Makes new lines of the channels of a view.
template <class Lanes>
void* lines_of(abi::pixels const& p, line_memory* memory) {
    return with_channel(p.type, [&]<class T>(std::type_identity<T>) {
        return with_pixel<T>(interleaved(p) ? p.channels : 1, [&]<class P>(std::type_identity<P>) -> void* {
            line_source<T>* lines;
            if constexpr (channels_v<P> == 1) {
                lines = make_in<planes_as_lines<Lanes, T>>(memory, p);
            } else {
                using rows = source_rows<Lanes, image_view<P const>>;
                lines = make_in<rows_as_lines<Lanes, rows>>(memory, rows{image_of<P>(p)});
            }
            return lines;
        });
    });
}

/// Calls the function that was compiled for a list of the catalogue: adders[k](builder, i, values) for entry i of list
/// k.
using add_function = void(void* builder, int i, double const* values);

template <class... Lists, class... Adders>
void add_operation(void* builder, abi::stage const& s, std::type_identity<joined_lists<Lists...>>, Adders*... adders) {
    int i = s.operation;
    auto const tried = [&](int size, add_function* add) {
        if (i >= 0 && i < size) add(builder, i, s.values);
        i -= size;
    };
    (tried(Lists::size, adders), ...);
}

inline constexpr int most_operands = 2;

class abi_observer final : public row_observer {
public:
    explicit abi_observer(abi::observer const* to) : to_(to) {}
    void begin_row(int pass) override { to_->begin_row(to_->self, pass); }
    void end_row(int pass) noexcept override { to_->end_row(to_->self, pass); }

private:
    abi::observer const* to_;
};

class abi_memory final : public line_memory {
public:
    explicit abi_memory(abi::memory const* from) : from_(from) {}
    void* take(std::size_t bytes) override { return from_->take(from_->self, bytes); }

private:
    abi::memory const* from_;
};

/// Writes the rows of a block. Whole steps of a plane are written in place; the rest of a row, and interleaved pixels,
/// go through a line.
template <class Lanes, class T>
void write_block(line_source<T>& lines, abi::pixels const& out, rect where, row_observer* observer, int pass,
                 line_memory* memory) {
    index_t const width = where.width;
    lines.prepare({where.x, where.right()});
    index_t const whole = out.step == 1 ? width / Lanes::count * Lanes::count : 0;
    index_t const plane = width - whole + Lanes::count;
    line_array<T> const line(memory, plane * out.channels);
    for (index_t y = where.y; y < where.bottom(); ++y) {
        observed_row const seen(observer, pass);
        T* const row = static_cast<T*>(const_cast<void*>(out.data)) + y * out.stride + where.x * out.step;
        if (interleaved(out) && lines.write(row, {where.x, where.right()}, y)) continue;
        if (whole > 0) lines.fill(row, out.plane, {where.x, where.x + whole}, y);
        if (whole == width) continue;
        lines.fill(line.data(), plane, {where.x + whole, where.right()}, y);
        with_pixel<T>(interleaved(out) ? out.channels : 1, [&]<class P>(std::type_identity<P>) {
            if constexpr (channels_v<P> == 1) {
                for (int c = 0; c < out.channels; ++c)
                    for (index_t x = whole; x < width; ++x)
                        row[x * out.step + c * out.plane] = line.data()[c * plane + x - whole];
            } else {
                line_cursor<Lanes, P> const pixels{line.data(), plane};
                typename view_sink<Lanes, image_view<P>>::template packed_row<P> const to{row, 0, false};
                put_steps<Lanes, false>(pixels, to, 0, width);
            }
        });
    }
}

/// Adds the numbers of the values of each channel in a block to its counts.
template <class Lanes, class T>
void count_block(line_source<T>& lines, int channels, rect where, std::int64_t* counts, row_observer* observer,
                 int pass, line_memory* memory) {
    index_t const width = where.width, plane = width + Lanes::count;
    std::vector<value_counts<T>> counted(static_cast<std::size_t>(channels));
    lines.prepare({where.x, where.right()});
    line_array<T> const line(memory, plane * channels);
    for (index_t y = where.y; y < where.bottom(); ++y) {
        observed_row const seen(observer, pass);
        lines.fill(line.data(), plane, {where.x, where.right()}, y);
        T const* from = line.data();
        for (auto& c : counted) {
            c.template add<Lanes>(from, 0, width);
            from += plane;
        }
    }
    for (auto const& c : counted) {
        std::vector<index_t> sums(c.bins);
        c.add_to(sums);
        for (index_t const n : sums) *counts++ += n;
    }
}

/// Adds the stages of a chain. `number` counts them, those of operands first.
template <class Lanes, class... Adders>
void build_chain(chain_builder<Lanes>& chain, abi::chain const& stages, abi::inputs const& in, row_observer* observer,
                 line_memory* memory, abi::shared const& tables, int& number, Adders*... adders) {
    for (int i = 0; i < stages.count; ++i) {
        abi::stage const& s = stages.stages[i];
        auto const operand = [&](int k) { return k < s.operand_count ? in.all[s.operands[k].input] : abi::pixels{}; };
        chain_builder<Lanes> operands[most_operands]{{operand(0), lines_of<Lanes>, observer, memory, tables},
                                                     {operand(1), lines_of<Lanes>, observer, memory, tables}};
        int passes = chain.passes();
        for (int k = 0; k < s.operand_count; ++k) {
            operands[k].begin_at_pass(passes);
            build_chain(operands[k], s.operands[k].stages, in, observer, memory, tables, number, adders...);
            passes = operands[k].passes();
        }
        chain.combine_with(operands, passes);
        chain.at_stage(number++, s.tables);
        add_operation(&chain, s, std::type_identity<catalogue_lists>{}, adders...);
    }
}

template <class Lanes, class... Adders>
void evaluate_chain(abi::block const& b, Adders*... adders) {
    abi_observer seen(b.seen);
    row_observer* const observer = b.seen ? &seen : nullptr;
    abi_memory kept(b.lines);
    line_memory* const memory = b.lines ? &kept : nullptr;
    chain_builder<Lanes> chain(b.in.all[0], lines_of<Lanes>, observer, memory, *b.tables);
    int number = 0;
    build_chain(chain, b.stages, b.in, observer, memory, *b.tables, number, adders...);
    int const pass = chain.passes() + 1;
    with_channel(chain.type(), [&]<class T>(std::type_identity<T>) {
        auto const lines = chain.template take<T>();
        if constexpr (has_tables<T>)
            if (b.counts)
                return count_block<Lanes, T>(*lines.operator->(), chain.channels(),
                                             {b.where.x, b.where.y, b.where.width, b.where.height}, b.counts, observer,
                                             pass, memory);
        write_block<Lanes, T>(*lines.operator->(), b.out, {b.where.x, b.where.y, b.where.width, b.where.height},
                              observer, pass, memory);
    });
}

} // namespace detail

QUOIN_NAMESPACE_END

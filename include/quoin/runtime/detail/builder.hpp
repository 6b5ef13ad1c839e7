// SPDX-License-Identifier: BSL-1.0
// Builds the rows of a chain that is chosen at run time. Its nodes are those of the line engine, and each is a source
// of lines for the next. Channelwise stages are compiled once for each channel type, not for each pixel type.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/filter/tone/clahe.hpp>
#include <quoin/pipe/operation.hpp>
#include <quoin/runtime/detail/abi.hpp>
#include <quoin/runtime/detail/channels.hpp>
#include <quoin/runtime/detail/combined_lines.hpp>
#include <quoin/runtime/detail/gathered_lines.hpp>
#include <quoin/runtime/detail/node_lines.hpp>
#include <quoin/runtime/detail/pointwise_lines.hpp>
#include <quoin/runtime/detail/rearranged_lines.hpp>
#include <quoin/runtime/detail/whole_pixels.hpp>

#include <optional>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The chain so far: the view that it reads, or lines of it. All operations of one instruction set share this type.
/// `lines_of` makes a new line_source of the channels of a view. It is called through a pointer, so that it is compiled
/// once and not for each list of operations.
template <class Lanes>
class chain_builder {
public:
    using lines_of_view = void*(abi::pixels const&, line_memory*);

    chain_builder(abi::pixels const& view, lines_of_view& lines_of, row_observer* observer, line_memory* memory,
                  abi::shared const& tables)
        : view_(view), lines_of_(lines_of), observer_(observer), memory_(memory), tables_(tables) {}
    chain_builder(chain_builder const&) = delete;
    chain_builder& operator=(chain_builder const&) = delete;
    ~chain_builder() {
        if (lines_) drop_(lines_, memory_);
    }

    int type() const { return view_.type; }
    int channels() const { return view_.channels; }
    int passes() const { return passes_; }

    /// The lines so far. Their channels are T.
    template <class T>
    owned<line_source<T>> take() {
        void* const lines = lines_ ? std::exchange(lines_, nullptr) : lines_of_(view_, memory_);
        return {static_cast<line_source<T>*>(lines), memory_};
    }

    /// The stage of the chain that is added next, and its tables if it is made of counts.
    void at_stage(int i, void const* tables) {
        stage_ = i;
        own_tables_ = tables;
    }
    /// The chains that the next stage combines with this one, whose passes come before it.
    void combine_with(chain_builder* operands, int passes) {
        operands_ = operands;
        passes_ = passes;
    }
    /// Continues the numbers of the passes of another chain.
    void begin_at_pass(int passes) { passes_ = passes; }
    /// Adds a stage that combines pixels T of this chain and of the operands. The first one of several stages puts the
    /// channels of two images side by side.
    template <class T, int Inputs, class F>
    void combine(F const& f) {
        if constexpr (is_composed<F>) {
            int const n = channels();
            put<T, joined_lines<T>>(n + operands_[0].channels(), take<T>(), n, operands_[0].template take<T>());
            add_composed<T, 1>(f);
        } else if constexpr (combines_channels<F, T, Inputs>) {
            put<T, combined_lines<Lanes, T, F, Inputs>>(channels(), f, take<T>(), channels(), operands_, memory_);
        } else {
            with_pixel<T>(channels(), [&]<class P>(std::type_identity<P>) {
                if constexpr (combines_channels<F, P, Inputs>)
                    put<T, combined_pixels<Lanes, P, F>>(channels_v<P>, f, take<T>(), operands_[0].template take<T>(),
                                                         memory_);
            });
        }
    }
    /// Adds a stage that accepts T. `stage` may expand to several stages.
    template <class T, class F>
    void add(F const& stage) {
        add_all<T>(stage);
    }

    /// Adds a stage that gathers at the places of the maps that it is combined with, which are views.
    template <class T, class E>
    void add_maps(double const* values) {
        auto const map = [this](int k) { return image_of<float>(operands_[k].view_); };
        auto const stage = E::stage_of_maps(values, map(0), map(1));
        put<T, gathered_lines<T, std::remove_const_t<decltype(stage)>>>(channels(), view_, stage, chosen_border<T>());
    }

    /// Adds a whole stage of two views: the chain so far, and the one that it is combined with.
    template <class T, class F>
    void add_whole(F const& f) {
        view_ = whole_pixels<T>::template of<Lanes, T>(f, tables_, stage_, view_, operands_[0].view_);
    }

    /// Adds the tables of the stage.
    template <class T>
    void add_tables() {
        int const n = channels();
        put<T, looked_up_lines<Lanes, T>>(n, take<T>(), static_cast<T const*>(own_tables_), n);
    }

    /// Adds the stage of the tables of tiles, of an entry E.
    template <class E, class T>
    void add_tiles(double const* values) {
        tile_layout<T> const layout(E::grid(values, size<T>()));
        tile_mix<T> const mix(static_cast<std::uint32_t const*>(own_tables_), layout);
        int const n = channels();
        put<T, pointwise_lines<Lanes, T, tile_mix<T>>>(n, mix, take<T>(), n, memory_);
    }

private:
    /// Goes on with new lines. Their channels are T.
    template <class T, class Lines, class... Arguments>
    void put(int channels, Arguments&&... arguments) {
        line_source<T>* const lines = make_in<Lines>(memory_, std::forward<Arguments>(arguments)...);
        lines_ = lines;
        drop_ = [](void* p, line_memory* memory) {
            owned<line_source<T>> const dropped(static_cast<line_source<T>*>(p), memory);
        };
        view_.type = channel_number<T>;
        view_.channels = channels;
    }

    /// Adds one stage. Returns the type of its result's channels.
    template <class T, class F>
    auto add_all(F const& f) {
        if constexpr (is_extend<F>) {
            if constexpr (decltype(f.border)::has_value) border_value_ = f.border.value;
            border_ = kind_of_border(f.border);
            return std::type_identity<T>{};
        } else if constexpr (is_composed<F>) {
            return add_composed<T, 0>(f);
        } else if constexpr (expanding_stage<F>) {
            return add_all<T>(shared_expansion<T>(f));
        } else if constexpr (concepts::rearranging_functor<F>) {
            rect const region = f.region(size<T>());
            if constexpr (transposes<F>) transpose<T>(region, F::mirrors_columns, F::mirrors_rows);
            else rearrange<T>(region, F::mirrors_columns, F::mirrors_rows);
            return std::type_identity<T>{};
        } else if constexpr (concepts::resampling_functor<F>) {
            using R = stage_result_t<F, T>;
            if (!(std::same_as<R, T> && f.taps().copies)) {
                resampled_node<Lanes, T, F> node(f, take<T>(), channels(), memory_);
                node.observe(observer_, ++passes_);
                put<R, node_lines<Lanes, R, resampled_node<Lanes, T, F>>>(channels(), std::move(node), channels());
            }
            return std::type_identity<R>{};
        } else if constexpr (concepts::gathering_functor<F>) {
            put<T, gathered_lines<T, F>>(channels(), view_, f, chosen_border<T>());
            return std::type_identity<T>{};
        } else if constexpr (concepts::whole_functor<F>) {
            using R = stage_result_t<F, T>;
            view_ = whole_pixels<R>::template of<Lanes, T>(f, tables_, stage_, view_);
            return std::type_identity<R>{};
        } else if constexpr (concepts::channelwise_functor<F> || concepts::sweeping_functor<F>) {
            using R = stage_result_t<F, T>;
            if constexpr (concepts::local_functor<F>) {
                footprint reach = footprint_of(f);
                if constexpr (concepts::reads_above<F>) ++reach.up;
                int const ahead = rows_ahead_of(f);
                reach.down += ahead;
                line_ring<T> ring(take<T>(), reach, channels(), border_for<T>(f), {}, memory_, ahead);
                ring.observe(observer_, ++passes_);
                if constexpr (concepts::sweeping_functor<F>) {
                    using node = swept_node<Lanes, T, F>;
                    int const made = result_channels(f, channels());
                    put<R, node_lines<Lanes, R, node>>(made, node(f, std::move(ring), channels()), made);
                } else {
                    using node = local_rows<Lanes, T, F, false>;
                    put<R, node_lines<Lanes, R, node>>(channels(), node(f, std::move(ring)), channels());
                }
            } else if constexpr (concepts::byte_table_functor<F> && Lanes::has_byte_table) {
                using table = table_stage<Lanes, 1>;
                put<R, pointwise_lines<Lanes, T, table>>(channels(), table(f), take<T>(), channels(), memory_);
            } else {
                put<R, pointwise_lines<Lanes, T, F>>(channels(), f, take<T>(), channels(), memory_);
            }
            return std::type_identity<R>{};
        } else if constexpr (concepts::local_functor<F>) {
            static_assert(concepts::callable_stage<F, T>,
                          "quoin::runtime: a local operation treats all channels alike, or reads gray pixels");
            using R = stage_result_t<F, T>;
            using rows = local_rows<Lanes, T, F, false>;
            line_ring<T> ring(take<T>(), footprint_of(f), 1, border_for<T>(f), {}, memory_);
            ring.observe(observer_, ++passes_);
            put<channel_t<R>, rows_as_lines<Lanes, rows>>(channels_v<R>, rows(f, std::move(ring)));
            return std::type_identity<channel_t<R>>{};
        } else {
            with_pixel<T>(channels(), [&]<class P>(std::type_identity<P>) {
                if constexpr (concepts::stage_for<F, P>) {
                    if constexpr (channels_v<P> == 4 && leaves_alpha<F>) add_pixels<rgb<T>>(f);
                    else add_pixels<P>(f);
                }
            });
            return std::type_identity<T>{};
        }
    }

    /// Adds a stage of pixels P. Channels behind those of P stay.
    template <class P, class F>
    void add_pixels(F const& f) {
        using T = channel_t<P>;
        using R = stage_result_t<F, P>;
        // Other types than bytes take long to take apart and put together, whoever does it.
        if constexpr (sizeof(T) == 1)
            if (!lines_ && channels() == channels_v<P> && interleaved(view_)) {
                using source = source_rows<Lanes, image_view<P const>>;
                using rows = pointwise_rows<Lanes, source, F>;
                return put<channel_t<R>, rows_as_lines<Lanes, rows>>(channels_v<R>,
                                                                     rows{source{image_of<P>(view_)}, f});
            }
        int const n = channels();
        put<channel_t<R>, pixels_as_lines<Lanes, P, F>>(channels_v<R> + n - channels_v<P>, f, take<T>(), n, memory_);
    }

    /// The expansion of a stage. One with tables is made for the first block and shared by the others.
    template <class T, class F>
    decltype(auto) shared_expansion(F const& f) const {
        if constexpr (expands_for_extent<F, T>) {
            struct request {
                F const& f;
                extent input;
                border_kind border;
            };
            using all = decltype(expansion<T>(f, size<T>()));
            request const r{f, size<T>(), last_border()};
            void* const made = tables_.get(
                tables_.self, stage_,
                [](void const* argument) -> void* {
                    auto const& wanted = *static_cast<request const*>(argument);
                    return new all(expansion<T>(wanted.f, wanted.input, wanted.border));
                },
                &r, [](void* p) { delete static_cast<all*>(p); });
            return static_cast<all const&>(*static_cast<all const*>(made));
        } else {
            return expansion<T>(f, extent{});
        }
    }
    template <class T, int I, class Composed>
    auto add_composed(Composed const& all) {
        if constexpr (I == decltype(all.stages)::size) {
            return std::type_identity<T>{};
        } else {
            using R = typename decltype(add_all<T>(get<I>(all.stages)))::type;
            add_all<T>(get<I>(all.stages));
            return add_composed<R, I + 1>(all);
        }
    }

    template <class T>
    extent size() const {
        return lines_ ? static_cast<line_source<T> const*>(lines_)->size() : extent{view_.width, view_.height};
    }

    template <class T>
    void rearrange(rect region, bool mirrors_columns, bool mirrors_rows) {
        if (lines_ || mirrors_columns) {
            int const n = channels();
            return put<T, rearranged_lines<Lanes, T>>(n, take<T>(), region, mirrors_columns, mirrors_rows, n, memory_);
        }
        index_t const first = mirrors_rows ? region.bottom() - 1 : region.y;
        view_.data = static_cast<T const*>(view_.data) + first * view_.stride + region.x * view_.step;
        view_.width = region.width;
        view_.height = region.height;
        if (mirrors_rows) view_.stride = -view_.stride;
    }

    template <class T>
    void transpose(rect region, bool mirrors_columns, bool mirrors_rows) {
        int const n = channels();
        rows_in_place<T> place;
        if (!lines_ && n == 1 && view_.step == 1) place = {static_cast<T const*>(view_.data), view_.stride};
        put<T, transposed_lines<Lanes, T>>(n, take<T>(), region, mirrors_columns, mirrors_rows, n, place, memory_);
    }

    border_kind last_border() const { return border_.value_or(border_kind::reflect_101); }
    template <class T>
    any_border<T> chosen_border() const {
        return {static_cast<int>(last_border()), saturate<T>(border_value_)};
    }
    template <class T, class F, class Border>
    line_border<T> constant_for(F const& f, Border const& border) const {
        line_array<T> values(memory_, channels());
        for (int c = 0; c < channels(); ++c) values.data()[c] = outside_pixel<T>(f, border);
        return line_border<T>(std::move(values));
    }
    template <class T, class F>
    line_border<T> border_for(F const& f) const {
        if (!border_) {
            auto const border = border_of<F>(unchosen_border{});
            if constexpr (decltype(border)::has_value) return constant_for<T>(f, border);
            else return line_border<T>(border);
        }
        switch (*border_) {
        case border_kind::replicate:
            return line_border<T>(replicate);
        case border_kind::reflect:
            return line_border<T>(reflect);
        case border_kind::reflect_101:
            return line_border<T>(reflect_101);
        case border_kind::wrap:
            return line_border<T>(wrap);
        default:
            return constant_for<T>(f, constant(border_value_));
        }
    }

    abi::pixels view_; // the pixels while there are no lines; afterwards the type and number of channels of the lines
    lines_of_view& lines_of_;
    void* lines_ = nullptr;
    void (*drop_)(void*, line_memory*) = nullptr; // destroys lines_
    std::optional<border_kind> border_;           // none before the first extend
    double border_value_ = 0;
    row_observer* observer_;
    line_memory* memory_;
    abi::shared const& tables_;
    chain_builder* operands_ = nullptr;
    int stage_ = 0;
    void const* own_tables_ = nullptr;
    int passes_ = 0;
};

/// Adds the operation of an entry to a chain of channels T.
template <class E, class T, class Chain>
void add_operation_of(Chain& chain, double const* values) {
    if constexpr (is_tiled<E>) {
        chain.template add_tiles<E, T>(values);
    } else if constexpr (is_counted<E>) {
        chain.template add_tables<T>();
    } else if constexpr (E::about.reads_maps) {
        chain.template add_maps<T, E>(values);
    } else {
        E::with_stage(values, [&](auto const& stage) {
            if constexpr (E::about.reads_whole) chain.template add_whole<T>(stage);
            else if constexpr (E::about.inputs > 1) chain.template combine<T, E::about.inputs>(stage);
            else chain.template add<T>(stage);
        });
    }
}

/// Adds entry i of a list to a chain.
template <class Lanes, class Entries>
void add_entry(void* builder, int i, double const* values) {
    auto& chain = *static_cast<chain_builder<Lanes>*>(builder);
    Entries::at(i, [&]<class E>(E) {
        if constexpr (requires { E::leaves(0); })
            if (E::leaves(chain.channels())) return;
        with_channel(chain.type(), [&]<class T>(std::type_identity<T>) {
            if constexpr (takes_channel<E, T>) add_operation_of<E, T>(chain, values);
        });
    });
}

} // namespace detail

QUOIN_NAMESPACE_END

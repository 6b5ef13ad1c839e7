// SPDX-License-Identifier: BSL-1.0
// The properties of a chain before it is evaluated: types, extents, costs, and the part of the input that it reads.
#pragma once

#include <quoin/catalogue.hpp>
#include <quoin/exec/detail/gather_cut.hpp>
#include <quoin/exec/line/row_cost.hpp>
#include <quoin/runtime/detail/abi.hpp>
#include <quoin/runtime/detail/channels.hpp>

#include <functional>
#include <utility>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Traverses a chain as the builder does, without lines.
class chain_planner {
public:
    /// A chain that begins with one of the inputs. `report` counts the passes of each stage there; it may be null.
    chain_planner(abi::inputs const& in, int input, bool only_values = false, int** report = nullptr)
        : inputs_(in), input_(input), only_values_(only_values), report_(report) {
        if (input >= in.count)
            raise("input ", input + 1, " is read, and ", in.count, in.count == 1 ? " is" : " are", " given");
        abi::pixels const& p = in.all[input];
        type_ = p.type;
        channels_ = p.channels;
        size_ = {p.width, p.height};
    }

    int type() const { return type_; }
    int channels() const { return channels_; }
    extent size() const { return size_; }
    index_t bytes_per_column() const { return bytes_per_column_; }
    index_t halo() const { return halo_; }
    int passes() const { return passes_; }

    void add(abi::chain const& all) {
        for (int i = 0; i < all.count; ++i) add(all.stages[i]);
    }
    /// @throws invalid_argument if the stage cannot follow the ones before it.
    void add(abi::stage const& s) {
        std::vector<chain_planner> operands;
        for (int k = 0; k < s.operand_count && !only_values_; ++k) {
            operands.emplace_back(inputs_, s.operands[k].input, false, report_).add(s.operands[k].stages);
            passes_ += operands.back().passes_;
        }
        int const passes_before = passes_;
        computes_ = cuts_ = counts_ = false;
        tiles_ = {};
        catalogue::at(s.operation, [&]<class E>(E) {
            if constexpr (E::about.inputs > 1) {
                if (!only_values_ && static_cast<int>(operands.size()) + 1 != E::about.inputs)
                    raise(E::about.name, " combines ", E::about.inputs, " images, and ", operands.size() + 1,
                          operands.size() == 0 ? " is" : " are", " given");
                if constexpr (!E::about.reads_maps) check_operands(E::about.name, operands, E::about.gray_others);
            }
            if constexpr (requires { E::leaves(0); })
                if (E::leaves(channels_)) return;
            with_channel(type_, [&]<class T>(std::type_identity<T>) {
                if constexpr (takes_channel<E, T>) add_operation_of<E, T>(s, std::move(operands));
                else raise_not_taken(E::about.name, taken_channels<E>);
            });
        });
        // The number of passes that fill lines for the stage, or -1 if it computes nothing.
        if (report_ && *report_) *(*report_)++ = computes_ ? passes_ - passes_before : -1;
    }

    /// Whether the last stage reads an image of the result of stages before it.
    bool cuts() const { return cuts_; }
    /// The bytes of the images of whole stages.
    index_t held() const { return held_; }

    /// Whether the last stage needs counts of the values before it.
    bool counts() const { return counts_; }
    /// Whether these are the counts of tiles, and their number; else none.
    double clip() const { return clip_; }
    extent tiles() const { return tiles_; }

    /// The part of an input that is read for this part of the result.
    rect needed(int input, rect where) const {
        rect all{};
        for (std::size_t i = steps_.size(); i-- > 0;) {
            for (chain_planner const& o : steps_[i].operands)
                all = around(all, o.needed(input, steps_[i].whole ? rect{0, 0, o.size_.width, o.size_.height} : where));
            if (steps_[i].needed) where = steps_[i].needed(where);
        }
        return input == input_ ? around(all, where) : all;
    }

private:
    template <class E, class T>
    void add_operation_of(abi::stage const& s, std::vector<chain_planner>&& operands) {
        if constexpr (is_tiled<E>) add_tiled<E>(s, only_values_ ? 255.0 : static_cast<double>(white<T>));
        else if constexpr (is_counted<E>)
            add_counted<E>(s, only_values_ ? 65535.0 : static_cast<double>(white<T>));
        else if constexpr (E::about.reads_maps) add_maps<T>(E::about.name, std::move(operands));
        else if constexpr (E::about.reads_whole) add_whole<T>(std::move(operands));
        else
            E::with_stage(s.values, [&](auto const& stage) {
                if constexpr (E::about.inputs > 1)
                    combine<T, E::about.inputs>(E::about.name, stage, std::move(operands));
                else add_all<T>(E::about.name, stage);
            });
    }

    /// The smallest rectangle that contains both.
    static rect around(rect a, rect b) {
        if (a.empty()) return b;
        if (b.empty()) return a;
        index_t const x = min(a.x, b.x), y = min(a.y, b.y);
        return {x, y, max(a.right(), b.right()) - x, max(a.bottom(), b.bottom()) - y};
    }

    /// A stage that is made of counts depends on its whole input.
    template <class E>
    void add_counted(abi::stage const& s, double most) {
        E::check(s.values, most);
        computes_ = has_lines_ = true;
        counts_ = s.tables == nullptr;
        cuts_ = std::exchange(has_whole_, false); // or that one would be computed to count, and once more
        add_needed_whole();
    }

    /// So does one that is made of the counts of tiles. It is gray.
    template <class E>
    void add_tiled(abi::stage const& s, double most) {
        add_counted<E>(s, most);
        if (only_values_) return;
        if (channels_ != 1)
            raise(E::about.name, " cannot be computed of pixels with ", channels_,
                  " channels; put gray before it, or compute it of the lightness of rgb_to_lab alone");
        tile_grid const grid = E::grid(s.values, size_);
        check_tile_area(grid);
        clip_ = s.values[0];
        tiles_ = {grid.across, grid.down};
    }

    /// What is combined has one extent and one format; a third image, a mask, may be gray, and others must be.
    void check_operands(char const* name, std::vector<chain_planner> const& operands, bool gray) const {
        for (std::size_t k = 0; k < operands.size(); ++k) {
            chain_planner const& o = operands[k];
            if (o.size_ != size_)
                raise(name, ": an image of ", o.size_.width, " x ", o.size_.height, " beside one of ", size_.width,
                      " x ", size_.height, "; all must have one extent");
            if (o.type_ != type_)
                raise(name, ": pixels of ", channel_names[o.type_], " beside pixels of ", channel_names[type_],
                      "; write convert_to");
            if (gray && o.channels_ != 1)
                raise(name, " cannot be computed of another image with ", o.channels_, " channels; write gray");
            if (o.channels_ != channels_ && !((gray || k > 0) && o.channels_ == 1))
                raise(name, ": pixels with ", o.channels_, o.channels_ == 1 ? " channel" : " channels",
                      " beside pixels with ", channels_,
                      min(o.channels_, channels_) == 1 ? "; write gray" : "; give all an alpha channel, or none");
        }
    }

    /// A stage that gathers the pixels at places that maps have. It depends on the whole of all.
    template <class T>
    void add_maps(char const* name, std::vector<chain_planner>&& maps) {
        if (only_values_) return;
        computes_ = true;
        for (chain_planner const& map : maps) {
            if (map.type_ != channel_number<float> || map.channels_ != 1)
                raise(name, " cannot be computed of a map of ", map.channels_,
                      map.channels_ == 1 ? " channel of " : " channels of ", channel_names[map.type_],
                      "; give gray images of f32, or write gray and convert_to=f32");
            if (map.size_ != maps[0].size_)
                raise(name, ": maps of ", maps[0].size_.width, " x ", maps[0].size_.height, " and of ", map.size_.width,
                      " x ", map.size_.height, "; give two of the extent of the result");
        }
        check_result(name, maps[0].size_);
        check_input(name, size_);
        cuts_ = has_lines_;
        has_lines_ = true;
        bytes_per_column_ += channels_ * static_cast<index_t>(sizeof(T));
        rect const all{0, 0, size_.width, size_.height};
        size_ = maps[0].size_;
        steps_.push_back({[=](rect) { return all; }, std::move(maps), true});
    }

    /// A whole stage of two images.
    template <class T>
    void add_whole(std::vector<chain_planner>&& others) {
        if (only_values_) return;
        computes_ = true;
        cuts_ = has_lines_;
        if (cuts_) has_whole_ = false;
        hold_image(aligned_stride<T>(size_.width) * static_cast<index_t>(sizeof(T)));
        rect const all{0, 0, size_.width, size_.height};
        steps_.push_back({[=](rect) { return all; }, std::move(others), true});
        pass_to(type_, channels_, 0, 0, passes_, size_);
    }

    template <class T, int Inputs, class F>
    void combine(char const* name, F const& f, std::vector<chain_planner>&& operands) {
        computes_ = has_lines_ = true;
        if constexpr (is_composed<F>) {
            if (channels_ > 3 && !only_values_)
                raise(name, " cannot be computed of pixels with ", channels_, " channels; give gray or RGB pixels");
        } else if (!combines_channels<F, T, Inputs>) {
            bool fits = false;
            with_pixel<T>(channels_, [&]<class P>(std::type_identity<P>) { fits = combines_channels<F, P, Inputs>; });
            if (!fits) raise_not_computed(name, type_);
        }
        for (chain_planner const& o : operands) {
            bytes_per_column_ += o.bytes_per_column_ + static_cast<index_t>(sizeof(T)) * o.channels_;
            halo_ = max(halo_, o.halo_);
        }
        bytes_per_column_ += static_cast<index_t>(sizeof(T)) * channels_;
        steps_.push_back({{}, std::move(operands)});
        if constexpr (is_composed<F>) {
            ++channels_;
            add_composed<T, 1>(name, f);
        }
    }

    template <class T, class F>
    auto cost_with(F const& f) const {
        row_cost<T> const before{(bytes_per_column_ + channels_ - 1) / channels_, halo_, passes_};
        if constexpr (kind_of<F> == stage_kind::pointwise) return cost_visitor::pointwise(before, f);
        else return cost_visitor::stage(kind_constant<kind_of<F>>{}, before, f, 0);
    }

    // What needs no type of a stage: compiled once, and not for each stage and type of channels.
    [[noreturn]] void raise_not_taken(char const* name, unsigned taken) const {
        raise(name, " cannot be computed of pixels of ", channel_names[type_],
              "; put convert_to=", names_of_channels(taken), " before it");
    }
    [[noreturn]] void raise_not_computed(char const* name, int type) const {
        raise(name, " cannot be computed of pixels with ", channels_, channels_ == 1 ? " channel of " : " channels of ",
              channel_names[type]);
    }
    [[noreturn]] void raise_not_gray(char const* name) const {
        raise(name, " cannot be computed of pixels with ", channels_, " channels; put gray before it");
    }
    void hold_image(index_t bytes_per_row) {
        has_lines_ = false;
        has_whole_ = true;
        held_ += bytes_per_row * size_.height * channels_;
    }
    void pass_to(int type, int channels, index_t bytes_per_column, index_t halo, int passes, extent size) {
        bytes_per_column_ = channels_ * bytes_per_column;
        halo_ = halo;
        passes_ = passes;
        size_ = size;
        type_ = type;
        channels_ = channels;
    }
    void add_needed_around(footprint reach, int ahead) {
        steps_.push_back({[=, input = size_, periodic = periodic_](rect where) {
                              return needed_around(reach, ahead, where, input, periodic);
                          },
                          {}});
    }
    void add_needed_whole() {
        steps_.push_back({[all = rect{0, 0, size_.width, size_.height}](rect) { return all; }, {}});
    }
    /// needed_region of the stage for the pixels so far, of numbers alone where it depends on no more.
    template <class F>
    void add_needed(F const& f) {
        if constexpr (concepts::local_functor<F>) add_needed_around(footprint_of(f), rows_ahead_of(f));
        else if constexpr (concepts::gathering_functor<F> || concepts::whole_functor<F>) add_needed_whole();
        else
            steps_.push_back({[f, input = size_, periodic = periodic_](rect where) {
                                  return needed_region(f, where, input, periodic);
                              },
                              {}});
    }

    template <class T, class F>
    auto add_all(char const* name, F const& f) {
        if constexpr (is_extend<F>) {
            periodic_ = decltype(f.border)::periodic;
            border_ = kind_of_border(f.border);
            return std::type_identity<T>{};
        } else if constexpr (is_composed<F>) {
            return add_composed<T, 0>(name, f);
        } else if constexpr (requires { typename F::keeps_format; }) {
            computes_ = has_lines_ = true;
            return std::type_identity<T>{};
        } else if constexpr (expanding_stage<F>) {
            using R = typename decltype(add_all<T>(name, expansion<T>(f, size_)))::type;
            // Stages for an extent have tables, which are of no use and may be large.
            constexpr bool has_tables = expands_for_extent<F, T>;
            if (!(has_tables && only_values_)) add_all<T>(name, expansion<T>(f, size_, border_));
            return std::type_identity<R>{};
        } else if constexpr (kind_of<F> != stage_kind::pointwise || concepts::channelwise_functor<F>) {
            using R = stage_result_t<F, T>;
            if constexpr (concepts::positioned_functor<F>) check_positions(size_);
            if constexpr (channels_v<R> > 1)
                if (channels_ != 1) {
                    if (!only_values_) raise_not_gray(name);
                    channels_ = 1; // values may be checked of other pixels than those that come
                }
            if constexpr (concepts::resampling_functor<F> && std::same_as<R, T>)
                if (f.taps().copies) return std::type_identity<R>{};
            computes_ = true;
            constexpr bool whole = concepts::whole_functor<F>;
            if constexpr (concepts::gathering_functor<F> || whole) {
                if (only_values_) return std::type_identity<R>{}; // no place fits the largest input
                cuts_ = has_lines_;
                if (cuts_) has_whole_ = false;
            }
            if constexpr (whole) hold_image(aligned_stride<R>(size_.width) * static_cast<index_t>(sizeof(R)));
            else if constexpr (!is_part<F>) has_lines_ = true;
            row_cost<R> const cost = cost_with<T>(f);
            if constexpr (kind_of<F> != stage_kind::pointwise) add_needed(f);
            pass_to(channel_number<channel_t<R>>, result_channels(f, channels_) * channels_v<R>, cost.bytes_per_column,
                    cost.halo, cost.passes, result_extent(f, size_));
            return std::type_identity<channel_t<R>>{};
        } else {
            if constexpr (concepts::positioned_functor<F>) check_positions(size_);
            computes_ = has_lines_ = true;
            bool fits = false;
            with_pixel<T>(channels_, [&]<class P>(std::type_identity<P>) {
                if constexpr (concepts::stage_for<F, P>) {
                    fits = true;
                    bytes_per_column_ += static_cast<index_t>(sizeof(P));
                    channels_ = channels_v<stage_result_t<F, P>>;
                    type_ = channel_number<channel_t<stage_result_t<F, P>>>;
                }
            });
            if (!fits) raise_not_computed(name, channel_number<T>);
            return std::type_identity<T>{};
        }
    }
    template <class T, int I, class Composed>
    auto add_composed(char const* name, Composed const& all) {
        if constexpr (I == decltype(all.stages)::size) {
            return std::type_identity<T>{};
        } else {
            using R = typename decltype(add_all<T>(name, get<I>(all.stages)))::type;
            add_all<T>(name, get<I>(all.stages));
            return add_composed<R, I + 1>(name, all);
        }
    }

    /// A stage that is not pointwise, or one that combines.
    struct step {
        std::function<rect(rect)> needed;
        std::vector<chain_planner> operands;
        bool whole = false; // all of the operands is read
    };

    abi::inputs inputs_;
    int input_;
    int type_ = 0, channels_ = 1;
    extent size_;
    index_t bytes_per_column_ = 0, halo_ = 0;
    int passes_ = 0;
    bool computes_ = false;
    bool has_lines_ = false; // or the pixels so far are a view
    bool has_whole_ = false; // a whole stage is computed since the last cut
    bool cuts_ = false;
    index_t held_ = 0;
    bool counts_ = false;
    double clip_ = 0;
    extent tiles_{};
    bool periodic_ = false;
    border_kind border_ = border_kind::reflect_101;
    bool only_values_;
    int** report_;
    std::vector<step> steps_;
};

} // namespace detail

QUOIN_NAMESPACE_END

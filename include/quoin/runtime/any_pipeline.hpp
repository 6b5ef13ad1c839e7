// SPDX-License-Identifier: BSL-1.0
// any_pipeline: a chain of stages that is chosen at run time and evaluated in one pass. Needs the library
// quoin::runtime.
#pragma once

#include <quoin/exec/any_policy.hpp>
#include <quoin/exec/line/observe.hpp>
#include <quoin/exec/run.hpp>
#include <quoin/observe/detail/stage_names.hpp>
#include <quoin/runtime/any_view.hpp>
#include <quoin/runtime/detail/chain_text.hpp>

#include <memory>
#include <mutex>

QUOIN_NAMESPACE_BEGIN

namespace detail {
struct chain_access;
}

/// A chain of operations of the catalogue, from text or from code:
///     any_pipeline const edges("gray,gaussian3,sobel_magnitude,brightness=1.2");
///     any_pipeline const same = any_pipeline().then("gray").then("gaussian3").then("sobel_magnitude")
///                                             .then("brightness", {1.2});
///     any_image const result = to_image(simd{}, edges, view);
/// The text is a comma-separated list of `name` or `name=a:b:c`. Blanks around names and values are ignored. The input
/// may have any format of any_view. gray does not change gray pixels, so one chain fits gray and color images. The
/// result has the same bytes as that of the pipeline of the same stages. Cost: one pass over memory, as for that
/// pipeline.
class any_pipeline {
public:
    /// The chain without operations, which copies its input.
    any_pipeline() = default;
    /// @throws invalid_argument for text that is no chain. The message names the place, the text there, and the
    /// possible operations or values.
    explicit any_pipeline(std::string_view text) : stages_(detail::chain_reader(text).read()) { check_values(); }

    /// The chain with one more operation. `values` holds the values of its parameters; trailing parameters with a
    /// preset can be left out. The value of a choice is its index. The values of a kernel are the width, the height,
    /// the divisor and the factors.
    /// @throws invalid_argument for an unknown name or for values that do not fit.
    any_pipeline then(std::string_view name, std::vector<double> const& values = {}) const {
        auto const all = operations();
        for (std::size_t i = 0; i < all.size(); ++i)
            if (name == all[i]->name) {
                any_pipeline longer = *this;
                longer.stages_.push_back(detail::stage_of_values(static_cast<int>(i), *all[i], values));
                longer.check_values();
                return longer;
            }
        detail::raise("quoin::any_pipeline: '", name, "' is no operation; there are ",
                      detail::chain_reader("").known());
    }
    /// This chain followed by the other one.
    any_pipeline then(any_pipeline const& other) const {
        any_pipeline longer = *this;
        longer.stages_.insert(longer.stages_.end(), other.stages_.begin(), other.stages_.end());
        return longer;
    }

    /// The available operations, in the order of the catalogue.
    static std::vector<operation const*> operations() { return detail::all_operations(); }

    bool empty() const { return stages_.empty(); }
    int size() const { return static_cast<int>(stages_.size()); }
    /// The chain as text. any_pipeline(text) reads it.
    std::string text() const {
        std::string all;
        for (auto const& s : stages_) all += (all.empty() ? "" : ",") + s.text;
        return all;
    }

    /// Whether an operation needs the alpha of its pixels.
    bool reads_alpha() const {
        auto const all = operations();
        for (auto const& s : stages_)
            if (all[static_cast<std::size_t>(s.operation)]->reads_alpha) return true;
        return false;
    }

    /// The format and extent of a result.
    struct result {
        pixel_format format;
        extent size;
    };
    /// The format and extent of the result for an input of this format and extent.
    /// @throws invalid_argument if an operation cannot follow the ones before it, such as a crop outside of its input.
    result result_of(pixel_format format, extent size) const {
        abi::plan const p = plan(format, size);
        return {{static_cast<channel_type>(p.type), p.channels}, {p.width, p.height}};
    }

    /// The part of the input that the pixels `where` of the result depend on. `where` must lie inside the result and
    /// must not be empty.
    /// @throws invalid_argument unless it does, and as result_of().
    rect needed(rect where, pixel_format format, extent size) const {
        result const r = result_of(format, size);
        if (where.empty() || !rect{0, 0, r.size.width, r.size.height}.contains(where))
            detail::raise("quoin::any_pipeline::needed: the part at (", where.x, ", ", where.y, ") of ", where.width,
                          " x ", where.height, " pixels does not lie inside the result of ", r.size.width, " x ",
                          r.size.height);
        auto const all = stages();
        abi::chain const chain{all.data(), this->size()};
        abi::pixels const in = pixels_of(format, size);
        abi::rect const in_rect = quoin_runtime_needed(&chain, &in, {where.x, where.y, where.width, where.height});
        return {in_rect.x, in_rect.y, in_rect.width, in_rect.height};
    }

private:
    friend detail::chain_access;

    static abi::pixels pixels_of(pixel_format format, extent size) {
        return {nullptr, size.width, size.height, 0, 1, 0, static_cast<int>(format.channel), format.channels};
    }

    std::vector<abi::stage> stages() const {
        std::vector<abi::stage> all;
        for (auto const& s : stages_)
            all.push_back({s.operation, s.values.data(), s.tables ? s.tables->data() : nullptr});
        return all;
    }

    /// `stage_passes` as in abi::plan.
    abi::plan plan(pixel_format format, extent size, int* stage_passes = nullptr) const {
        auto const all = stages();
        abi::chain const chain{all.data(), this->size()};
        abi::pixels const in = pixels_of(format, size);
        abi::plan p{};
        p.stage_passes = stage_passes;
        quoin_runtime_plan(&chain, &in, &p);
        if (p.failed >= 0) {
            auto const& s = stages_[static_cast<std::size_t>(p.failed)];
            detail::raise("chain, operation ", p.failed + 1, ", '", s.text, "': ", static_cast<char const*>(p.message));
        }
        return p;
    }

    /// Checks the values with the stages themselves. These have conditions beyond a range, such as an odd side.
    void check_values() const {
        for (auto const& s : stages_) {
            abi::stage const stage{s.operation, s.values.data(), nullptr};
            abi::chain const chain{&stage, 1};
            abi::pixels const in = pixels_of({channel_type::u8, 3}, {index_t{1} << 31, index_t{1} << 31});
            abi::plan p{};
            p.only_values = true;
            quoin_runtime_plan(&chain, &in, &p);
            if (p.failed >= 0)
                detail::raise("chain, character ", s.place + 1, ": '", s.text,
                              "': ", static_cast<char const*>(p.message));
        }
    }

    std::vector<detail::named_stage> stages_;
};

namespace detail {

/// Access to a chain for run().
struct chain_access {
    static std::vector<abi::stage> stages(any_pipeline const& p) { return p.stages(); }
    static abi::plan plan(any_pipeline const& p, any_view const& in) { return p.plan(in.format(), in.size()); }

    /// The first n operations.
    static any_pipeline front(any_pipeline p, int n) {
        p.stages_.resize(static_cast<std::size_t>(n));
        return p;
    }
    /// The operations from n on, behind the border that the ones before them have set.
    static any_pipeline rest(any_pipeline p, int n) {
        auto const all = all_operations();
        auto const sets_border = [&](auto const& s) {
            return std::string_view(all[static_cast<std::size_t>(s.operation)]->name) == "extend";
        };
        auto const cut = p.stages_.begin() + n;
        auto const border = std::find_if(std::make_reverse_iterator(cut), p.stages_.rend(), sets_border);
        if (border == p.stages_.rend()) p.stages_.erase(p.stages_.begin(), cut);
        else p.stages_.erase(std::rotate(p.stages_.begin(), border.base() - 1, border.base()), cut);
        return p;
    }

    /// Gives operation n its tables.
    static void set_tables(any_pipeline& p, int n, std::shared_ptr<std::vector<std::uint16_t>> tables) {
        p.stages_[static_cast<std::size_t>(n)].tables = std::move(tables);
    }
    static std::string const& text(any_pipeline const& p, int n) { return p.stages_[static_cast<std::size_t>(n)].text; }

    /// The names of the operations, grouped by the passes that compute them.
    static stage_list names(any_pipeline const& p, any_view const& in) {
        std::vector<int> passes(p.stages_.size());
        p.plan(in.format(), in.size(), passes.data());
        std::vector<operation const*> const all = all_operations();
        stage_list list;
        for (std::size_t i = 0; i < passes.size(); ++i) {
            if (passes[i] < 0) continue;
            std::string const name = all[static_cast<std::size_t>(p.stages_[i].operation)]->name;
            stage_list::extend(list.whole, name);
            if (passes[i] == 0) stage_list::extend(list.last, name);
            for (int k = 1; k <= passes[i]; ++k) {
                list.passes.push_back(stage_list::named(list.last));
                list.last = passes[i] == 1 ? name : name + ' ' + std::to_string(k) + '/' + std::to_string(passes[i]);
            }
        }
        return list;
    }
};

/// The bytes of the part of the pixels, or of one of their planes.
inline byte_lattice memory_of(abi::pixels const& p, rect part, int plane) {
    auto const size =
        with_channel(p.type, []<class T>(std::type_identity<T>) { return static_cast<index_t>(sizeof(T)); });
    index_t const first = part.y * p.stride + part.x * p.step + plane * p.plane;
    return byte_lattice::of(static_cast<char const*>(p.data) + first * size, part.height, p.stride * size, part.width,
                            p.step * size, size);
}

inline bool share_memory(abi::pixels const& in, rect read, abi::pixels const& out) {
    for (int i = 0; i < in.channels; ++i)
        for (int o = 0; o < out.channels; ++o)
            if (have_common_bytes(memory_of(in, read, i), memory_of(out, {0, 0, out.width, out.height}, o)))
                return true;
    return false;
}

template <class Policy>
any_pipeline with_tables(Policy const& policy, any_pipeline p, any_view const& in, tiling t);
template <class Policy>
void write_chain(Policy const& policy, any_pipeline const& p, abi::plan const& plan, any_view const& in,
                 any_output const& out, tiling t);

} // namespace detail

template <concepts::policy Policy>
any_image to_image(Policy const& policy, any_pipeline const& p, any_view const& in, tiling t = {});

/// Computes every pixel of the chain over `in` and writes it to the same place of `out`, in one pass. The policy must
/// use the memory of the host. A policy with lanes of several pixels uses the best instruction set of this machine for
/// which quoin::runtime was compiled. Memory: a few lines for each local stage and thread, and an image of what a
/// gathering operation such as warp_affine reads, if that is not `in` or a part of it.
/// @throws invalid_argument, before anything is written, as any_pipeline::result_of(), if the format or the extent of
/// `out` differs from that of the result, or if a pixel of `out` has a byte that is read from `in`.
template <concepts::policy Policy>
void run(Policy const& policy, any_pipeline const& p, any_view const& in, any_output const& out, tiling t = {}) {
    static_assert(!concepts::hosted_policy<Policy>,
                  "quoin::run: a chain that is chosen at run time is evaluated in the memory of the host; give another "
                  "policy, or compile the pipeline");
    abi::plan const plan = detail::chain_access::plan(p, in);
    pixel_format const format{static_cast<channel_type>(plan.type), plan.channels};
    if (out.format() != format)
        detail::raise("quoin::run: the chain makes pixels of the format ", to_text(format), ", the output has ",
                      to_text(out.format()), "; end the chain with convert_to");
    if (out.size() != extent{plan.width, plan.height})
        detail::raise("quoin::run: the chain makes ", plan.width, " x ", plan.height, " pixels, the output has ",
                      out.width(), " x ", out.height(), "; give a view of the same extent");
    if (out.size().empty()) return;
    rect const all{0, 0, out.width(), out.height()};
    if (detail::share_memory(in.pixels(), {0, 0, in.width(), in.height()}, out.pixels()) &&
        detail::share_memory(in.pixels(), p.needed(all, in.format(), in.size()), out.pixels()))
        detail::raise("quoin::run: the output has bytes that the input of the chain has, too, and would overwrite "
                      "pixels before they are read; write into another image");
    if (plan.cut >= 0) {
        any_image const between = to_image(policy, detail::chain_access::front(p, plan.cut), in, {.memory = t.memory});
        return run(policy, detail::chain_access::rest(p, plan.cut), between.view(), out, t);
    }
    detail::write_chain(policy, detail::with_tables(policy, p, in, t), plan, in, out, t);
}

/// run() into a new image.
/// @throws invalid_argument as any_pipeline::result_of().
template <concepts::policy Policy>
any_image to_image(Policy const& policy, any_pipeline const& p, any_view const& in, tiling t) {
    any_pipeline::result const r = p.result_of(in.format(), in.size());
    any_image image(r.format, r.size, uninitialized);
    run(policy, p, in, image.output(), t);
    return image;
}

QUOIN_NAMESPACE_END

#include <quoin/runtime/detail/chain_blocks.hpp>

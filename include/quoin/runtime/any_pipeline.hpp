// SPDX-License-Identifier: BSL-1.0
// any_pipeline: a chain of stages that is chosen at run time and evaluated in one pass. Needs the library
// quoin::runtime.
#pragma once

#include <quoin/exec/any_policy.hpp>
#include <quoin/exec/line/observe.hpp>
#include <quoin/exec/run.hpp>
#include <quoin/runtime/any_view.hpp>
#include <quoin/runtime/detail/chain_stages.hpp>

#include <optional>

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
///
/// An operation that combines images, such as absdiff, stands for zip. The chain of the other image follows in
/// parentheses:
///     any_pipeline const changed("gray,absdiff(gray),gaussian3,threshold=8");
///     any_image const mask = to_image(simd{}, changed, {before, after});
/// is the pipeline zip(before | gray, after | gray) | absdiff | gaussian3 | threshold(8). Without parentheses the other
/// image is an input as it is. The inputs are read in their order; "#2" in front of a chain names the second one, as in
/// absdiff(#2,gray), and "#1" the first one: gaussian=1,subtract(#1,gaussian=3) is a difference of Gaussians of one
/// image. A border of extend holds for the operations behind it in the same parentheses. remap reads its maps in the
/// same way, as in remap=cubic(#2)(#3): gray images of f32, whose extent is that of the result. So does reconstruct its
/// marker, which a chain makes: reconstruct(#1,erode=15) is an opening by reconstruction.
class any_pipeline {
public:
    /// One of the inputs, from 1, and the text of the chain over it, for an operation that combines images.
    struct operand {
        int input = 2;
        std::string chain{};
    };

    /// The chain without operations, which copies its input.
    any_pipeline() = default;
    /// @throws invalid_argument for text that is no chain. The message names the place, the text there, and the
    /// possible operations or values.
    explicit any_pipeline(std::string_view text) : stages_(detail::chain_reader(text).read()) { check_values(); }

    /// The chain with one more operation. `values` holds the values of its parameters; trailing parameters with a
    /// preset can be left out. The value of a choice is its index. The values of a kernel are the width, the height,
    /// the divisor and the factors, and those of an element two numbers, the number of its shape and its pixels; see
    /// parameter_type. An operation that combines images has one operand for each of the others.
    /// @throws invalid_argument for an unknown name or for values that do not fit.
    any_pipeline then(std::string_view name, std::vector<double> const& values = {},
                      std::vector<operand> const& operands = {}) const {
        auto const all = operations();
        for (std::size_t i = 0; i < all.size(); ++i)
            if (name == all[i]->name) {
                any_pipeline longer = *this;
                std::string others;
                for (operand const& o : operands)
                    others += "(#" + std::to_string(o.input) + (o.chain.empty() ? "" : ",") + o.chain + ')';
                longer.stages_.push_back(detail::stage_of_values(static_cast<int>(i), *all[i], values, others));
                longer.check_values();
                return longer;
            }
        detail::raise("quoin::any_pipeline: ", detail::chain_reader("").unknown(name));
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
    bool reads_alpha() const { return detail::reads_alpha(stages_, operations()); }

    /// The format and extent of a result.
    struct result {
        pixel_format format;
        extent size;
    };
    /// The format and extent of the result for an input of this format and extent.
    /// @throws invalid_argument if an operation cannot follow the ones before it, such as a crop outside of its input.
    result result_of(pixel_format format, extent size) const { return result_of({{format, size}}); }
    /// The same for several inputs.
    /// @throws invalid_argument also if there are fewer inputs than the chain reads, or if the images that an operation
    /// combines differ in extent or format.
    result result_of(std::vector<result> const& inputs) const {
        abi::plan const p = plan(pixels_of(inputs));
        return {{static_cast<channel_type>(p.type), p.channels}, {p.width, p.height}};
    }

    /// The first operation with a value above every one that its pixels can have, as in gray,threshold=300 of bytes.
    /// It leaves no pixel, so a program may refuse it. Only pixels of u8 and u16 have a largest value, white.
    struct excess {
        std::string operation; ///< its text
        double value = 0;
        int white = 0;
    };
    /// Nothing unless there is such an operation.
    /// @throws invalid_argument as result_of().
    std::optional<excess> above_white(std::vector<result> const& inputs) const;

    /// The bytes of the images between operations that run() makes: what a gathering operation such as warp_affine
    /// reads behind others, and what an operation of whole images such as area_open reads behind others and makes. At
    /// most so many are in use at a time, beside the inputs, the output, a few lines and the memory of an operation.
    /// @throws invalid_argument as result_of().
    index_t bytes_between(std::vector<result> const& inputs) const;

    /// How many inputs the chain needs: the largest number of one that it reads.
    int inputs() const { return detail::inputs_of(stages_); }

    /// The part of the input that the pixels `where` of the result depend on. `where` must lie inside the result and
    /// must not be empty.
    /// @throws invalid_argument unless it does, and as result_of().
    rect needed(rect where, pixel_format format, extent size) const { return needed(where, {{format, size}}, 1); }
    /// The same for one of several inputs, counted from 1. It is empty if the chain does not read that one.
    rect needed(rect where, std::vector<result> const& inputs, int input) const {
        result const r = result_of(inputs);
        if (where.empty() || !rect{0, 0, r.size.width, r.size.height}.contains(where))
            detail::raise("quoin::any_pipeline::needed: the part at (", where.x, ", ", where.y, ") of ", where.width,
                          " x ", where.height, " pixels does not lie inside the result of ", r.size.width, " x ",
                          r.size.height);
        if (input < 1 || input > static_cast<int>(inputs.size()))
            detail::raise("quoin::any_pipeline::needed: input ", input, " of ", inputs.size());
        detail::chain_data const data(stages_);
        auto const pixels = pixels_of(inputs);
        abi::inputs const in{pixels.data(), static_cast<int>(pixels.size())};
        abi::rect const in_rect =
            quoin_runtime_needed(data.chain(), &in, input - 1, {where.x, where.y, where.width, where.height});
        return {in_rect.x, in_rect.y, in_rect.width, in_rect.height};
    }

private:
    friend detail::chain_access;

    static std::vector<abi::pixels> pixels_of(std::vector<result> const& inputs) {
        std::vector<abi::pixels> all;
        for (result const& r : inputs)
            all.push_back(
                {nullptr, r.size.width, r.size.height, 0, 1, 0, static_cast<int>(r.format.channel), r.format.channels});
        return all;
    }

    /// `stage_passes` as in abi::plan.
    abi::plan plan(std::vector<abi::pixels> const& pixels, int* stage_passes = nullptr) const {
        detail::chain_data const data(stages_);
        abi::inputs const in{pixels.data(), static_cast<int>(pixels.size())};
        abi::plan p{};
        p.stage_passes = stage_passes;
        quoin_runtime_plan(data.chain(), &in, &p);
        if (p.failed >= 0) {
            auto const& s = stages_[static_cast<std::size_t>(p.failed)];
            detail::raise("chain, operation ", p.failed + 1, ", '", s.text, "': ", static_cast<char const*>(p.message));
        }
        return p;
    }

    /// Checks the values with the stages themselves. These have conditions beyond a range, such as an odd side.
    void check_values() const { check_values(stages_); }
    static void check_values(std::vector<detail::named_stage> const& stages) {
        for (auto const& s : stages) {
            for (auto const& o : s.operands) check_values(o.stages);
            abi::stage const stage{s.operation, s.values.data(), nullptr, nullptr, 0};
            abi::chain const chain{&stage, 1};
            auto const pixels = pixels_of({{{channel_type::u8, 3}, {index_t{1} << 31, index_t{1} << 31}}});
            abi::inputs const in{pixels.data(), 1};
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
    static std::vector<named_stage> const& stages(any_pipeline const& p) { return p.stages_; }
    static any_pipeline of(std::vector<named_stage> stages) {
        any_pipeline p;
        p.stages_ = std::move(stages);
        return p;
    }
    static abi::plan plan(any_pipeline const& p, std::vector<abi::pixels> const& in) { return p.plan(in); }
    static auto pixels_of(std::vector<any_pipeline::result> const& inputs) { return any_pipeline::pixels_of(inputs); }
    static rect needed(any_pipeline const& p, std::vector<abi::pixels> const& pixels, int input, rect where) {
        chain_data const data(p.stages_);
        abi::inputs const in{pixels.data(), static_cast<int>(pixels.size())};
        abi::rect const r =
            quoin_runtime_needed(data.chain(), &in, input, {where.x, where.y, where.width, where.height});
        return {r.x, r.y, r.width, r.height};
    }

    /// The first n operations.
    static any_pipeline front(any_pipeline p, int n) {
        p.stages_.resize(static_cast<std::size_t>(n));
        return p;
    }
    static any_pipeline rest(any_pipeline p, int n) {
        p.stages_ = stages_from(std::move(p.stages_), n);
        return p;
    }
    /// The same chain where another input stands before all others.
    static any_pipeline behind_another(any_pipeline p) {
        move_inputs(p.stages_);
        return p;
    }
    /// The chain of an operand, whose input stands before all others.
    static any_pipeline of(named_operand const& o) { return behind_another(of(o.stages)); }

    /// Gives operation n its tables.
    static void set_tables(any_pipeline& p, int n, std::shared_ptr<void const> tables) {
        p.stages_[static_cast<std::size_t>(n)].tables = std::move(tables);
    }

    /// The names of the operations, grouped by the passes that compute them.
    static stage_list names(any_pipeline const& p, std::vector<abi::pixels> const& in) {
        std::vector<int> passes(static_cast<std::size_t>(operation_count(p.stages_)));
        p.plan(in, passes.data());
        int const* next = passes.data();
        return names_of(p.stages_, next, all_operations());
    }
};

inline std::optional<any_pipeline::excess> stage_above_white(std::vector<named_stage> const& stages,
                                                             std::vector<any_pipeline::result> const& inputs);
inline index_t bytes_between(any_pipeline const& p, std::vector<any_pipeline::result> const& inputs);
template <class Policy>
any_pipeline with_tables(Policy const& policy, any_pipeline p, std::vector<any_view> const& in, tiling t);
template <class Policy>
void write_chain(Policy const& policy, any_pipeline const& p, abi::plan const& plan, std::vector<any_view> const& in,
                 any_output const& out, interval rows, tiling t);

} // namespace detail

template <concepts::policy Policy>
any_image to_image(Policy const& policy, any_pipeline const& p, std::vector<any_view> const& in, tiling t = {});

namespace detail {

/// Writes to images what operands gather from behind other operations, and replaces these operations by the images. So
/// with maps and images of whole stages that are no input, and with maps that cannot be read as they lie. Gives the
/// operations of operands that are made of counts their tables. Returns whether there was anything to do.
template <class Policy>
bool prepare_operands(Policy const& policy, std::vector<named_stage>& stages, std::vector<any_view>& in,
                      std::vector<any_image>& images, tiling t) {
    bool changed = false;
    auto const known = all_operations();
    for (named_stage& s : stages)
        for (named_operand& o : s.operands) {
            changed |= prepare_operands(policy, o.stages, in, images, t);
            any_pipeline own = chain_access::of(o);
            std::vector<any_view> all = behind(in[static_cast<std::size_t>(o.input)], in);
            if (operation const& about = *known[static_cast<std::size_t>(s.operation)]; about.reads_images()) {
                if (own.empty() && (!about.reads_maps || all[0].pixels().step == 1)) continue;
                images.push_back(to_image(policy, own, all, {.memory = t.memory}));
                o.stages.clear();
                o.input = static_cast<int>(in.size());
                in.push_back(images.back().view());
                changed = true;
                continue;
            }
            abi::plan const plan = chain_access::plan(own, pixels_of_views(all));
            if (plan.cut >= 0) {
                images.push_back(to_image(policy, chain_access::front(own, plan.cut), all, {.memory = t.memory}));
                o.stages = stages_from(std::move(o.stages), plan.cut);
                o.input = static_cast<int>(in.size());
                in.push_back(images.back().view());
                own = chain_access::of(o);
                all[0] = in.back();
                all.push_back(in.back());
            }
            changed |= plan.cut >= 0 || plan.counts >= 0;
            if (plan.counts < 0) continue;
            check_maps(chain_access::stages(own), all);
            own = with_tables(policy, std::move(own), all, t);
            for (std::size_t i = 0; i < o.stages.size(); ++i) o.stages[i].tables = chain_access::stages(own)[i].tables;
        }
    return changed;
}

/// run() of these rows alone. `out` has the extent of the result, and perhaps no memory for other rows.
template <class Policy>
void run_rows(Policy const& policy, any_pipeline const& p, std::vector<any_view> const& in, any_output const& out,
              interval rows, tiling t) {
    if (in.empty()) raise("quoin::run: the chain has no input; give one image or more");
    auto const pixels = pixels_of_views(in);
    abi::plan const plan = chain_access::plan(p, pixels);
    pixel_format const format{static_cast<channel_type>(plan.type), plan.channels};
    if (out.format() != format)
        raise("quoin::run: the chain makes pixels of the format ", to_text(format), ", the output has ",
              to_text(out.format()), "; end the chain with convert_to");
    if (out.size() != extent{plan.width, plan.height})
        raise("quoin::run: the chain makes ", plan.width, " x ", plan.height, " pixels, the output has ", out.width(),
              " x ", out.height(), "; give a view of the same extent");
    rect const part{0, rows.begin, out.width(), rows.end - rows.begin};
    if (part.empty()) return;
    for (std::size_t k = 0; k < in.size(); ++k)
        if (share_memory(pixels[k], {0, 0, in[k].width(), in[k].height()}, out.pixels()) &&
            share_memory(pixels[k], chain_access::needed(p, pixels, static_cast<int>(k), part), out.pixels()))
            raise("quoin::run: the output has bytes that the input of the chain has, too, and would overwrite "
                  "pixels before they are read; write into another image");
    if (auto stages = chain_access::stages(p); has_operands(stages)) {
        std::vector<any_view> views = in;
        std::vector<any_image> images;
        images.reserve(static_cast<std::size_t>(operation_count(stages)));
        if (prepare_operands(policy, stages, views, images, t))
            return run_rows(policy, chain_access::of(std::move(stages)), views, out, rows, t);
    }
    if (plan.cut >= 0) {
        any_image const between = to_image(policy, chain_access::front(p, plan.cut), in, {.memory = t.memory});
        any_pipeline const rest = chain_access::behind_another(chain_access::rest(p, plan.cut));
        return run_rows(policy, rest, behind(any_view(between.view()), in), out, rows, t);
    }
    check_maps(chain_access::stages(p), in);
    write_chain(policy, with_tables(policy, p, in, t), plan, in, out, rows, t);
}

} // namespace detail

/// Computes every pixel of the chain over the inputs and writes it to the same place of `out`, in one pass. The chain
/// begins with the first input; there are at least p.inputs() of them. The policy must use the memory of the host. One
/// with lanes of several pixels uses the machine's best instruction set for which quoin::runtime was compiled. Memory:
/// a few lines for each local stage and thread, and an image of what warp_affine and its like read behind other stages.
/// @throws invalid_argument, before anything is written, as any_pipeline::result_of(), if the format or the extent of
/// `out` differs from that of the result, or if a pixel of `out` has a byte that is read from an input.
template <concepts::policy Policy>
void run(Policy const& policy, any_pipeline const& p, std::vector<any_view> const& in, any_output const& out,
         tiling t = {}) {
    static_assert(!concepts::hosted_policy<Policy>,
                  "quoin::run: a chain that is chosen at run time is evaluated in the memory of the host; give another "
                  "policy, or compile the pipeline");
    detail::run_rows(policy, p, in, out, {0, out.height()}, t);
}

/// run() of one input.
/// @throws invalid_argument also if the chain reads further ones.
template <concepts::policy Policy>
void run(Policy const& policy, any_pipeline const& p, any_view const& in, any_output const& out, tiling t = {}) {
    run(policy, p, std::vector<any_view>{in}, out, t);
}

/// run() into a new image.
/// @throws invalid_argument as any_pipeline::result_of().
template <concepts::policy Policy>
any_image to_image(Policy const& policy, any_pipeline const& p, std::vector<any_view> const& in, tiling t) {
    std::vector<any_pipeline::result> inputs;
    for (any_view const& v : in) inputs.push_back({v.format(), v.size()});
    any_pipeline::result const r = p.result_of(inputs);
    any_image image(r.format, r.size, uninitialized);
    run(policy, p, in, image.output(), t);
    return image;
}
/// The same of one input.
template <concepts::policy Policy>
any_image to_image(Policy const& policy, any_pipeline const& p, any_view const& in, tiling t = {}) {
    return to_image(policy, p, std::vector<any_view>{in}, t);
}

QUOIN_NAMESPACE_END

#include <quoin/runtime/detail/chain_blocks.hpp>
#include <quoin/runtime/detail/chain_facts.hpp>

QUOIN_NAMESPACE_BEGIN

inline std::optional<any_pipeline::excess> any_pipeline::above_white(std::vector<result> const& inputs) const {
    result_of(inputs);
    return detail::stage_above_white(stages_, inputs);
}
inline index_t any_pipeline::bytes_between(std::vector<result> const& inputs) const {
    return detail::bytes_between(*this, inputs);
}

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// The stages that resize and cut images of different extents, kept from one call to the next.
#pragma once

#include <quoin/exec/run.hpp>
#include <quoin/geometry/crop.hpp>
#include <quoin/tensor/detail/linear_fit.hpp>
#include <quoin/tensor/detail/linear_rows.hpp>
#include <quoin/tensor/detail/tensor_sink.hpp>

#include <span>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// For stages `Resize`.
template <class Resize>
class tensor_stages {
    using source = image_view<rgb8 const>;
    using pipeline_type = decltype(std::declval<source const&>() | std::declval<Resize const&>() | crop(rect{}));
    using stages_type = std::remove_cvref_t<decltype(std::declval<pipeline_type const&>().stages())>;

public:
    /// Makes the stages of all images. stage_of(fitted) resizes. Extents that the call before had are made already.
    template <class StageOf>
    void prepare(std::span<source const> images, std::vector<fitted> const& fits, StageOf const& stage_of) {
        for (auto& each : made_) each.used = false;
        at_.clear();
        for (std::size_t i = 0; i < images.size(); ++i) at_.push_back(place_of(images[i], fits[i], stage_of));
        forget_unused();
    }

    /// Evaluates resizing and cutting of all images, for which prepare() was called.
    template <class Policy>
    void write(Policy const& policy, std::span<source const> images, std::vector<fitted> const& fits,
               tensor_memory const& out, workspace& memory) {
        using lanes = typename Policy::lanes;
        auto const chain = [&](std::size_t i) { return pipeline_type(images[i], made_[at_[i]].stages); };
        auto const sink_of = [&](std::size_t i) {
            rect const shown = fits[i].shown();
            return tensor_sink<lanes>{out, static_cast<index_t>(i), shown.x, shown.y};
        };
        tiling const t{.memory = &memory};
        if constexpr (concepts::observing_policy<Policy, pipeline_type>) {
            for (std::size_t i = 0; i < images.size(); ++i) {
                pipeline_type const p = chain(i);
                evaluate(policy, p, cut(policy, p, t), [&](index_t, rect) { return sink_of(i); });
            }
        } else {
            // With many images a thread takes whole ones, which share no rows.
            auto const count = static_cast<index_t>(images.size());
            int const threads =
                count >= tuning::most_strips_per_thread * policy.concurrency() ? 1 : policy.concurrency();
            cuts_.clear();
            firsts_.clear();
            index_t total = 0;
            for (std::size_t i = 0; i < images.size(); ++i) {
                pipeline_type const p = chain(i);
                auto const cost = fold(cost_visitor{}, p);
                cuts_.push_back(cut(p.size(), cost.bytes_per_column, cost.halo, threads, t));
                firsts_.push_back(total);
                total += cuts_.back().count();
            }
            block_memory::prepare(&memory, policy.concurrency());
            policy.bulk(total, [&](index_t b) {
                auto const next = std::upper_bound(firsts_.begin(), firsts_.end(), b);
                auto const i = static_cast<std::size_t>(next - firsts_.begin() - 1);
                auto sink = sink_of(i);
                block_memory const lent(&memory);
                rect const block = cuts_[i][b - firsts_[i]];
                if constexpr (std::same_as<Resize, linear_fit_fn>) {
                    auto const& stages = made_[at_[i]].stages;
                    sink.left -= fits[i].part.x;
                    evaluate_linear<lanes>(images[i], get<0>(stages), get<1>(stages), fits[i].part, block, sink,
                                           lent.get());
                } else {
                    evaluate_block<lanes>(chain(i), block, sink, lent.get());
                }
            });
        }
        block_memory::level(&memory);
    }

private:
    struct made {
        extent image;
        bool used;
        stages_type stages;
    };

    template <class StageOf>
    std::size_t place_of(source const& image, fitted const& to, StageOf const& stage_of) {
        // The last one first: neighbors often have the same extent.
        std::size_t at = at_.empty() ? 0 : at_.back();
        auto const is_it = [&](made const& m) { return m.image == image.size(); };
        if (at >= made_.size() || !is_it(made_[at]))
            at = static_cast<std::size_t>(std::find_if(made_.begin(), made_.end(), is_it) - made_.begin());
        if (at == made_.size()) made_.push_back({image.size(), true, (image | stage_of(to) | crop(to.part)).stages()});
        made_[at].used = true;
        return at;
    }
    void forget_unused() {
        std::size_t kept = 0;
        for (std::size_t k = 0; k < made_.size(); ++k) {
            if (!made_[k].used) continue;
            if (kept != k) {
                std::replace(at_.begin(), at_.end(), k, kept);
                made_[kept] = std::move(made_[k]);
            }
            ++kept;
        }
        made_.erase(made_.begin() + static_cast<std::ptrdiff_t>(kept), made_.end());
    }

    std::vector<made> made_;      // one for each extent
    std::vector<std::size_t> at_; // which of them each image has
    std::vector<blocks> cuts_;    // of each image
    std::vector<index_t> firsts_; // the number of each image's first block
};

} // namespace detail

QUOIN_NAMESPACE_END

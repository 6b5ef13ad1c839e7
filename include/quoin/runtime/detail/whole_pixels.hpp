// SPDX-License-Identifier: BSL-1.0
// Whole stages in chains that are chosen at run time.
#pragma once

#include <quoin/exec/policy.hpp>
#include <quoin/image/image.hpp>
#include <quoin/runtime/detail/abi.hpp>
#include <quoin/runtime/detail/channels.hpp>

#include <memory>
#include <utility>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The policy of a whole stage in a chain: the thread of the block that needs its result first. The others wait.
template <class Lanes>
struct block_thread {
    using lanes = Lanes;
    int concurrency() const { return 1; }
    std::string name() const { return "block"; }
    template <class F>
    void bulk(index_t n, F const& f) const {
        for (index_t i = 0; i < n; ++i) f(i);
    }
};

/// The channels R of the result of a whole stage, in planes.
template <class R>
class whole_pixels {
public:
    /// The result of f of channels T, of one image or of two. It is made for the first block and shared by the others.
    template <class Lanes, class T, class F, std::same_as<abi::pixels>... Other>
    static abi::pixels of(F const& f, abi::shared const& objects, int stage, abi::pixels const& in,
                          Other const&... other) {
        struct request {
            F const& f;
            abi::pixels const& in;
            abi::pixels const* all[1 + sizeof...(Other)];
        };
        request const r{f, in, {&in, &other...}};
        void* const made = objects.get(
            objects.self, stage,
            [](void const* argument) -> void* {
                auto const& wanted = *static_cast<request const*>(argument);
                auto result = std::make_unique<whole_pixels>(wanted.in);
                result->template fill<Lanes, T>(wanted.f, wanted.all);
                return result.release();
            },
            &r, [](void* p) { delete static_cast<whole_pixels*>(p); });
        return static_cast<whole_pixels const*>(made)->pixels(in.channels);
    }

    explicit whole_pixels(abi::pixels const& in) : planes_(in.width, in.height * in.channels), height_(in.height) {}

private:
    index_t plane() const { return planes_.view().stride() * height_; }
    abi::pixels pixels(int channels) const {
        auto const view = planes_.view();
        return {view.data(), view.width(), height_, view.stride(), 1, plane(), channel_number<R>, channels};
    }

    /// A channel of an image, which is copied where its columns do not lie side by side.
    template <class T>
    class channel {
    public:
        channel(abi::pixels const& in, int c) : copied_(in.step == 1 ? extent{} : extent{in.width, in.height}) {
            T const* const from = static_cast<T const*>(in.data) + c * in.plane;
            for (index_t y = 0; y < copied_.height(); ++y)
                for (index_t x = 0; x < in.width; ++x) copied_(x, y) = from[y * in.stride + x * in.step];
            view_ = in.step == 1 ? image_view<T const>(from, in.width, in.height, in.stride)
                                 : std::as_const(copied_).view();
        }
        image_view<T const> view() const { return view_; }

    private:
        image<T> copied_;
        image_view<T const> view_;
    };

    template <class Lanes, class T, class F, std::size_t Images>
    void fill(F const& f, abi::pixels const* const (&in)[Images]) {
        auto const out = planes_.view();
        for (int c = 0; c < in[0]->channels; ++c) {
            image_view<R> const to(out.data() + c * plane(), out.width(), height_, out.stride());
            channel<T> const first(*in[0], c);
            if constexpr (Images == 1) f.fill(block_thread<Lanes>{}, first.view(), to);
            else f.fill(block_thread<Lanes>{}, first.view(), channel<T>(*in[1], c).view(), to);
        }
    }

    image<R> planes_;
    index_t height_;
};

} // namespace detail

QUOIN_NAMESPACE_END

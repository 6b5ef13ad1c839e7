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
    /// The result of f of channels T. It is made for the first block and shared by the others.
    template <class Lanes, class T, class F>
    static abi::pixels of(F const& f, abi::pixels const& in, abi::shared const& objects, int stage) {
        struct request {
            F const& f;
            abi::pixels const& in;
        };
        request const r{f, in};
        void* const made = objects.get(
            objects.self, stage,
            [](void const* argument) -> void* {
                auto const& wanted = *static_cast<request const*>(argument);
                auto result = std::make_unique<whole_pixels>(wanted.in);
                result->template fill<Lanes, T>(wanted.f, wanted.in);
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

    template <class Lanes, class T, class F>
    void fill(F const& f, abi::pixels const& in) {
        image<T> copied(in.step == 1 ? extent{} : extent{in.width, in.height});
        auto const out = planes_.view();
        for (int c = 0; c < in.channels; ++c) {
            T const* const from = static_cast<T const*>(in.data) + c * in.plane;
            for (index_t y = 0; y < copied.height(); ++y)
                for (index_t x = 0; x < in.width; ++x) copied(x, y) = from[y * in.stride + x * in.step];
            image_view<T const> const read =
                in.step == 1 ? image_view<T const>(from, in.width, in.height, in.stride) : std::as_const(copied).view();
            f.fill(block_thread<Lanes>{}, read,
                   image_view<R>(out.data() + c * plane(), in.width, in.height, out.stride()));
        }
    }

    image<R> planes_;
    index_t height_;
};

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// Gathering stages in chains that are chosen at run time.
#pragma once

#include <quoin/exec/line/gathered_rows.hpp>
#include <quoin/pipe/detail/any_border.hpp>
#include <quoin/runtime/detail/abi.hpp>
#include <quoin/runtime/detail/channels.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

inline bool interleaved(abi::pixels const& p) {
    return p.channels > 1 && p.step == p.channels && p.plane == 1;
}
template <class P>
image_view<P const> image_of(abi::pixels const& p) {
    return {static_cast<channel_t<P> const*>(p.data), p.width, p.height, p.stride};
}

/// One channel of pixels at any distance.
template <class T>
struct strided_channel {
    using pixel_type = T;
    T const* data;
    extent size;
    index_t step, stride;

    index_t width() const { return size.width; }
    index_t height() const { return size.height; }
    T load(index_t x, index_t y) const { return data[y * stride + x * step]; }
};

/// Lines of a gathering stage over a view.
template <class T, class F>
class gathered_lines final : public line_source<T> {
public:
    gathered_lines(abi::pixels const& view, F const& f, any_border<T> border)
        : line_source<T>(f.result({view.width, view.height})), view_(view), f_(f), border_(border) {}

    void prepare(interval) override {}
    void fill(T* line, index_t plane, interval columns, index_t y) override {
        with_pixel<T>(interleaved(view_) ? view_.channels : 1, [&]<class P>(std::type_identity<P>) {
            if constexpr (channels_v<P> > 1) {
                gather_row(image_of<P>(view_), f_, border_, pixel_line<T>{line, 1, plane}, columns, y);
            } else {
                for (int c = 0; c < view_.channels; ++c) {
                    T const* const data = static_cast<T const*>(view_.data) + c * view_.plane;
                    T* const to = line + c * plane;
                    if (view_.step == 1)
                        gather_row(image_view<T const>(data, view_.width, view_.height, view_.stride), f_, border_,
                                   pixel_line<T>{to, 1, 0}, columns, y);
                    else
                        gather_row(strided_channel<T>{data, {view_.width, view_.height}, view_.step, view_.stride}, f_,
                                   border_, pixel_line<T>{to, 1, 0}, columns, y);
                }
            }
        });
    }

    /// Without taking the channels of a pixel apart.
    bool write(T* to, interval columns, index_t y) override {
        if (!interleaved(view_)) return false;
        with_pixel<T>(view_.channels, [&]<class P>(std::type_identity<P>) {
            gather_row(image_of<P>(view_), f_, border_, pixel_line<T>{to, channels_v<P>, 1}, columns, y);
        });
        return true;
    }

private:
    abi::pixels view_;
    F f_;
    any_border<T> border_;
};

} // namespace detail

QUOIN_NAMESPACE_END

// SPDX-License-Identifier: BSL-1.0
// The sink that writes a block into a view.
#pragma once

#include <quoin/exec/line/blocks.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Writes the steps of a block into a view.
template <class Lanes, class View>
struct view_sink {
    static constexpr bool can_stream = requires { requires Lanes::streams; };

    View out;
    bool streaming = false;

    constexpr ~view_sink() {
        if constexpr (can_stream)
            if (streaming) Lanes::end_streaming();
    }

    struct any_row {
        View out;
        index_t y;
        QUOIN_INLINE void put(index_t x, auto const& pixels, int count = Lanes::count) const {
            using P = typename View::pixel_type;
            if constexpr (Lanes::count == 1) {
                out.store(x, y, pixels);
            } else {
                auto const values = lane_array<Lanes, P>::from(pixels);
                for (int i = 0; i < count; ++i) out.store(x + i, y, values.load(i));
            }
        }
    };

    template <class P>
    struct packed_row {
        using pixel_type = P;

        channel_t<P>* row;
        index_t stride;
        bool streaming;

        /// The memory of pixel x.
        constexpr channel_t<P>* place(index_t x) const { return row + x * channels_v<P>; }
        QUOIN_INLINE void prefetch_below(index_t x) const {
            if (!streaming) prefetch_step_below<first_level, Lanes, P>(row, x, stride);
        }
        /// Stores pixels that lie at `from` past the caches.
        constexpr void stream(index_t x, [[maybe_unused]] channel_t<P> const* from, index_t count) const {
            if constexpr (can_stream) {
                using T = channel_t<P>;
                index_t const values = count * channels_v<P>;
                index_t i = 0;
                for (; i + Lanes::count <= values; i += Lanes::count)
                    Lanes::template stream_pixels<T>(place(x) + i, Lanes::template load_as<T>(from + i));
                for (; i < values; ++i) place(x)[i] = from[i];
            }
        }
        QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, P> const& pixels) const {
            if constexpr (can_stream)
                if (streaming) return Lanes::template stream_pixels<P>(row + x * channels_v<P>, pixels);
            Lanes::template store_pixels<P>(row + x * channels_v<P>, pixels);
        }
        QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, P> const& pixels, int count) const {
            channel_t<P> copy[Lanes::count * channels_v<P>];
            Lanes::template store_pixels<P>(copy, pixels);
            for (int i = 0; i < count * channels_v<P>; ++i) row[x * channels_v<P> + i] = copy[i];
        }
    };

    template <class P>
    struct planar_row {
        packed_row<channel_t<P>> rows[channels_v<P>];
        QUOIN_INLINE void prefetch_below(index_t x) const {
            for (auto const& r : rows) r.prefetch_below(x);
        }
        QUOIN_INLINE void put(index_t x, lane_pixel<Lanes, P> const& pixels, auto... count) const {
            for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                rows[decltype(c)::value].put(x, get_channel<decltype(c)::value>(pixels), count...);
            });
        }
    };

    QUOIN_INLINE auto row(index_t y) const { return writer(out, y); }

    template <class P>
    QUOIN_INLINE auto writer(image_view<P> const& v, index_t y) const {
        return packed<P>(v.row(y), v.stride());
    }
    template <class P>
    QUOIN_INLINE auto writer(planar_view<P> const& v, index_t y) const {
        planar_row<P> w{};
        for (int c = 0; c < channels_v<P>; ++c) w.rows[c] = packed<channel_t<P>>(v.row(c, y), v.stride());
        return w;
    }
    template <class V>
    QUOIN_INLINE auto writer(V const& v, index_t y) const {
        return any_row{v, y};
    }

    template <class P>
    QUOIN_INLINE packed_row<P> packed(channel_t<P>* row, index_t stride) const {
        return {row, stride, can_stream && streaming && reinterpret_cast<std::uintptr_t>(row) % Lanes::count == 0};
    }
};

} // namespace detail

QUOIN_NAMESPACE_END

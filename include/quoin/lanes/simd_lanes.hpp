// SPDX-License-Identifier: BSL-1.0
// simd_lanes: the lane family of the SIMD policies, with as many pixels a step as a register has bytes.
#pragma once

#include <quoin/core/pixel.hpp>
#include <quoin/lanes/detail/even_pixels.hpp>
#include <quoin/lanes/detail/float_taps.hpp>
#include <quoin/lanes/detail/halved_pixels.hpp>
#include <quoin/lanes/detail/streaming.hpp>
#include <quoin/lanes/lanes_products.hpp>
#include <quoin/lanes/lanes_sums.hpp>
#include <quoin/lanes/scalar_lanes.hpp>

#include <array>

QUOIN_NAMESPACE_BEGIN

/// A step is 16, 32 or 64 pixels (SSE or NEON, AVX2, AVX-512). It is the same for every channel type, so the stages of
/// a chain of u8, i16 and f32 have equal steps. The members are those of scalar_lanes.
struct simd_lanes {
    static constexpr int count = static_cast<int>(xsimd::batch<std::uint8_t>::size);

    template <concepts::stored_channel T>
    using type = lanes<T, count>;

    /// byte_table(values)[step] looks a step of bytes up in a table of 256 bytes. Whether a few instructions do:
    static constexpr bool has_byte_table = true, has_fast_byte_table = detail::has_fast_byte_table;
    class byte_table {
    public:
        explicit byte_table(std::uint8_t const* values) : registers_(values) {}
        QUOIN_ALWAYS_INLINE type<std::uint8_t> operator[](type<std::uint8_t> const& v) const {
            return type<std::uint8_t>::make([&](auto i) QUOIN_LAMBDA_INLINE {
                return xsimd::batch<std::uint8_t>(registers_[v.reg[decltype(i)::value]]);
            });
        }

    private:
        detail::byte_table_registers registers_;
    };

    /// Where has_fast_byte_table, word_table<Size>(low, high)[step] looks bytes below Size, 128 or 256, up in a table
    /// of words low[i] + 256 high[i].
    template <int Size>
    using word_table = detail::word_table_registers<Size>;

    template <concepts::stored_channel U, concepts::stored_channel T>
    static QUOIN_ALWAYS_INLINE type<U> load_as(T const* p) {
        if constexpr (std::integral<T> && std::integral<U> && sizeof(T) < sizeof(U)) {
            constexpr int to = type<U>::per_register;
            return type<U>::make(
                [p](auto i) QUOIN_LAMBDA_INLINE { return detail::widen_load<U>(p + decltype(i)::value * to); });
        } else {
            return convert<U>(type<T>::load(p));
        }
    }

    template <concepts::stored_channel U, int Dx, concepts::stored_channel T>
    static QUOIN_ALWAYS_INLINE type<U> load_beside(T const* p) {
        constexpr int size = type<T>::per_register, last = type<T>::registers - 1;
        if constexpr (count == 64 && sizeof(T) >= 4 && std::same_as<T, U> && Dx != 0 && -size < Dx && Dx < size) {
            // Two registers that are in use anyway replace a load that crosses two cache lines.
            auto const here = type<T>::load(p);
            return type<T>::make([&](auto i) QUOIN_LAMBDA_INLINE {
                constexpr int n = decltype(i)::value, left = Dx < 0 ? n - 1 : n;
                if constexpr (left < 0 || left == last) return xsimd::batch<T>::load_unaligned(p + n * size + Dx);
                else return detail::across<(Dx + size) % size>(here.reg[left], here.reg[left + 1]);
            });
        } else {
            return load_as<U>(p + Dx);
        }
    }

    template <concepts::stored_channel T>
    static QUOIN_ALWAYS_INLINE void store(T* p, type<T> const& value) {
        value.store(p);
    }

    template <concepts::channel T>
    static QUOIN_ALWAYS_INLINE type<T> running_sums(type<T>& before, type<T> const& value) {
        xsimd::batch<T> sum = before.reg[0];
        auto const result = type<T>::make([&](auto i) QUOIN_LAMBDA_INLINE {
            auto const inside = detail::running_sums(value.reg[decltype(i)::value]);
            auto const outside = sum;
            sum += detail::last_everywhere(inside);
            return inside + outside;
        });
        before = type<T>::make([&](auto) QUOIN_LAMBDA_INLINE { return sum; });
        return result;
    }

    static QUOIN_ALWAYS_INLINE type<std::int16_t> add_neighbors(type<std::int16_t> const& sum, std::uint8_t const* p,
                                                                std::int32_t factors) {
        return type<std::int16_t>::make([&](auto i) QUOIN_LAMBDA_INLINE {
            constexpr int n = decltype(i)::value;
            return detail::add_pairs(sum.reg[n], xsimd::batch<std::uint8_t>::load_unaligned(p + n * count), factors);
        });
    }

    static QUOIN_ALWAYS_INLINE type<std::uint16_t> means_of_four(std::uint16_t const* a, std::uint16_t const* b) {
        return saturate<std::uint16_t>(type<std::int32_t>::make([&](auto i) QUOIN_LAMBDA_INLINE {
            using words = detail::batch_vector<std::uint32_t>;
            constexpr int at = 2 * decltype(i)::value * type<std::int32_t>::per_register;
            auto const sums = [](std::uint16_t const* p) QUOIN_LAMBDA_INLINE {
                words pairs;
                __builtin_memcpy(&pairs, p, sizeof pairs);
                return (pairs & 65535) + (pairs >> 16);
            };
            words const mean = (sums(a + at) + sums(b + at) + 2) >> 2;
            return detail::to_batch<std::int32_t>((detail::batch_vector<std::int32_t>)mean);
        }));
    }
    static QUOIN_ALWAYS_INLINE type<float> means_of_four(float const* a, float const* b) {
        using taps = detail::float_taps<float, double>;
        return convert<float>(type<double>::make([&](auto i) QUOIN_LAMBDA_INLINE {
            constexpr int at = 2 * decltype(i)::value * type<double>::per_register;
            auto const left = taps::load(a + at), right = taps::load(b + at);
            return detail::to_batch<double>(((left.even + left.odd) + (right.even + right.odd)) * 0.25);
        }));
    }

    static void halve_pixels(std::uint8_t const* a, std::uint8_t const* b, std::ptrdiff_t ahead, std::uint8_t* to,
                             index_t pixels) {
        detail::halve_pixels(a, b, ahead, to, pixels);
    }

    static void take_even_pixels(std::uint8_t const* from, std::uint8_t* to, index_t pixels) {
        detail::take_even_pixels(from, to, pixels);
    }

    static QUOIN_ALWAYS_INLINE type<std::int32_t> rising(std::int32_t first) {
        alignas(64) static constexpr auto steps = [] {
            std::array<std::int32_t, count> values{};
            for (int i = 0; i < count; ++i) values[static_cast<std::size_t>(i)] = i;
            return values;
        }();
        return type<std::int32_t>(first) + type<std::int32_t>::load(steps.data());
    }

    template <concepts::channel T, int N>
    static QUOIN_ALWAYS_INLINE lanes<T, N> reversed(lanes<T, N> const& value) {
        return lanes<T, N>::make([&](auto i) QUOIN_LAMBDA_INLINE {
            return detail::reversed(value.reg[lanes<T, N>::registers - 1 - decltype(i)::value]);
        });
    }

    template <concepts::narrow_float T, int N>
    static QUOIN_ALWAYS_INLINE lanes<T, N> reversed(lanes<T, N> const& value) {
        return {reversed(value.bits)};
    }

    template <class T, class Weight>
    class tap_sums {
        static constexpr bool of_floats = std::is_floating_point_v<Weight>,
                              of_bytes = std::same_as<T, std::uint8_t> && !of_floats,
                              of_shorts = std::same_as<T, std::int16_t> && std::same_as<Weight, std::int16_t>,
                              has_sums = of_floats || (detail::has_tap_windows && (of_bytes || of_shorts));

    public:
        tap_sums() = default;
        explicit tap_sums(tap_table<Weight> const& table) : sums_(table) {}
        index_t slack() const { return sums_.slack(); }
        index_t bytes(interval columns) const { return sums_.bytes(columns); }
        void arrange(tap_table<Weight> const& table, interval columns, std::byte* memory) {
            sums_.arrange(table, columns, memory);
        }
        QUOIN_ALWAYS_INLINE type<sum_of<Weight>> operator()(T const* line, index_t x) const {
            return sums_.template sums<count>(line, x);
        }

    private:
        using windows = std::conditional_t<of_bytes, detail::tap_windows<Weight>, detail::tap_dots>;
        using sums_type = std::conditional_t<of_floats, detail::float_taps<T, Weight>, windows>;
        std::conditional_t<has_sums, sums_type, detail::single_taps<T, Weight>> sums_;
    };

    template <concepts::stored_channel T>
    static constexpr int transposed_columns = static_cast<int>(16 / sizeof(T));
    template <concepts::channel T>
    static QUOIN_ALWAYS_INLINE void transpose(T const* from, index_t stride, T* to, index_t to_stride) {
        constexpr int rows = type<T>::per_register;
        for (int i = 0; i < count; i += rows) detail::transpose_part(from + i * stride, stride, to + i, to_stride);
    }
    template <concepts::narrow_float T>
    static QUOIN_ALWAYS_INLINE void transpose(T const* from, index_t stride, T* to, index_t to_stride) {
        transpose(reinterpret_cast<std::uint16_t const*>(from), stride, reinterpret_cast<std::uint16_t*>(to),
                  to_stride);
    }

    template <class P>
    static QUOIN_ALWAYS_INLINE auto load_pixels(channel_t<P> const* p) {
        using T = channel_t<P>;
        if constexpr (channels_v<P> == 1) {
            return type<T>::load(p);
        } else if constexpr (concepts::narrow_float<T>) {
            return map_channels(load_pixels<rebind_t<P, std::uint16_t>>(reinterpret_cast<std::uint16_t const*>(p)),
                                [](auto const& bits) QUOIN_LAMBDA_INLINE { return type<T>{bits}; });
        } else {
            rebind_t<P, type<T>> result;
            constexpr int size = type<T>::per_register;
            detail::unrolled<type<T>::registers>([&](auto i) QUOIN_LAMBDA_INLINE {
                xsimd::batch<T> planes[channels_v<P>];
                detail::deinterleave<channels_v<P>>(p + i * size * channels_v<P>, planes);
                for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                    get_channel<decltype(c)::value>(result).reg[i] = planes[decltype(c)::value];
                });
            });
            return result;
        }
    }

    template <class P>
    static QUOIN_ALWAYS_INLINE void store_pixels(channel_t<P>* p, rebind_t<P, type<channel_t<P>>> const& value) {
        using T = channel_t<P>;
        if constexpr (channels_v<P> == 1) {
            value.store(p);
        } else if constexpr (concepts::narrow_float<T>) {
            store_pixels<rebind_t<P, std::uint16_t>>(
                reinterpret_cast<std::uint16_t*>(p),
                map_channels(value, [](auto const& v) QUOIN_LAMBDA_INLINE { return v.bits; }));
        } else {
            constexpr int size = type<T>::per_register;
            detail::unrolled<type<T>::registers>([&](auto i) QUOIN_LAMBDA_INLINE {
                xsimd::batch<T> planes[channels_v<P>];
                for_each_channel<P>([&](auto c) QUOIN_LAMBDA_INLINE {
                    planes[decltype(c)::value] = get_channel<decltype(c)::value>(value).reg[i];
                });
                detail::interleave<channels_v<P>>(planes, p + i * size * channels_v<P>);
            });
        }
    }

    /// Whether there are streaming stores. stream_pixels is store_pixels to an address that is a multiple of `count`
    /// bytes. end_streaming() must precede reads of the result by other threads.
    static constexpr bool streams = detail::has_streaming_stores;
    template <class P, class Stores = detail::streaming_stores>
    static QUOIN_ALWAYS_INLINE void stream_pixels(channel_t<P>* p, rebind_t<P, type<channel_t<P>>> const& value) {
        alignas(count) channel_t<P> copy[count * channels_v<P>];
        store_pixels<P>(copy, value);
        detail::unrolled<sizeof(P)>([&](auto i) QUOIN_LAMBDA_INLINE {
            constexpr int offset = decltype(i)::value * count;
            auto const* const from = reinterpret_cast<std::uint8_t const*>(copy) + offset;
            Stores::store(reinterpret_cast<std::uint8_t*>(p) + offset,
                          static_cast<typename xsimd::batch<std::uint8_t>::register_type>(
                              xsimd::batch<std::uint8_t>::load_aligned(from)));
        });
    }
    template <class Stores = detail::streaming_stores>
    static void end_streaming() {
        Stores::end();
    }
};

QUOIN_NAMESPACE_END

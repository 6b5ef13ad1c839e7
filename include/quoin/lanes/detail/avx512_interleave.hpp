// SPDX-License-Identifier: BSL-1.0
// Conversion between interleaved pixels of three and four channels and one register a channel, by permutations across
// registers.
#pragma once

#include <quoin/lanes/detail/x86.hpp>

QUOIN_NAMESPACE_BEGIN
QUOIN_INTRINSICS_BEGIN

namespace detail {

template <class T>
concept permuted_value = sizeof(T) > 1 || isa::permutes_bytes;

/// A register of indices as wide as T.
template <class T>
struct permutation {
    static constexpr int size = static_cast<int>(64 / sizeof(T));
    using index =
        std::conditional_t<sizeof(T) == 1, std::uint8_t,
                           std::conditional_t<sizeof(T) == 2, std::uint16_t,
                                              std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>>;
    alignas(64) index at[size];

    /// at[i] = f(i)
    template <class F>
    static constexpr permutation make(F const& f) {
        permutation p{};
        for (int i = 0; i < size; ++i) p.at[i] = static_cast<index>(f(i));
        return p;
    }
    QUOIN_ALWAYS_INLINE __m512i operator()(__m512i a, __m512i b) const {
        return isa::permute2<static_cast<int>(sizeof(T))>(a, isa::keep(_mm512_load_si512(at)), b);
    }
};

/// The index of value i of channel Plane in interleaved registers. The first permutation reads the first two registers,
/// and the second one fills its gaps from the registers behind them.
template <class T, int Channels, int Plane>
struct from_interleaved {
    using order = permutation<T>;
    static constexpr int size = order::size;
    static constexpr int place(int i) { return i * Channels + Plane; }
    static constexpr order front = order::make([](int i) { return place(i) < 2 * size ? place(i) : 0; });
    static constexpr order back = order::make([](int i) { return place(i) < 2 * size ? 0 : place(i) - 2 * size; });
    static constexpr order fill_3 = order::make([](int i) { return place(i) < 2 * size ? i : place(i) - size; });
    static constexpr order fill_4 = order::make([](int i) { return place(i) < 2 * size ? i : size + i; });
};

template <int Channels, class T>
    requires(permuted_value<T> && (Channels == 3 || Channels == 4))
QUOIN_ALWAYS_INLINE void deinterleave(T const* p, xsimd::batch<T> (&planes)[Channels]) {
    using batch = xsimd::batch<T>;
    __m512i in[Channels];
    for (int c = 0; c < Channels; ++c) in[c] = _mm512_loadu_si512(p + c * permutation<T>::size);
    [&]<int... C>(std::integer_sequence<int, C...>) QUOIN_LAMBDA_INLINE {
        auto const plane = [&](auto c) QUOIN_LAMBDA_INLINE {
            using from = from_interleaved<T, Channels, decltype(c)::value>;
            __m512i const front = from::front(in[0], in[1]);
            if constexpr (Channels == 3) return from::fill_3(front, in[2]);
            else return from::fill_4(front, from::back(in[2], in[3]));
        };
        ((planes[C] = batch((typename batch::register_type)plane(std::integral_constant<int, C>{}))), ...);
    }(std::make_integer_sequence<int, Channels>{});
}

/// The source of value j of interleaved register Register: first the first two planes, then the others.
template <class T, int Channels, int Register>
struct to_interleaved {
    using order = permutation<T>;
    static constexpr int size = order::size;
    static constexpr int plane(int j) { return (Register * size + j) % Channels; }
    static constexpr int place(int j) { return (Register * size + j) / Channels; }
    static constexpr order front = order::make([](int j) { return plane(j) < 2 ? plane(j) * size + place(j) : 0; });
    static constexpr order back =
        order::make([](int j) { return plane(j) < 2 ? 0 : (plane(j) - 2) * size + place(j); });
    static constexpr order fill_3 = order::make([](int j) { return plane(j) < 2 ? j : size + place(j); });
    static constexpr order fill_4 = order::make([](int j) { return plane(j) < 2 ? j : size + j; });
};

template <int Channels, class T>
    requires(permuted_value<T> && (Channels == 3 || Channels == 4))
QUOIN_ALWAYS_INLINE void interleave(xsimd::batch<T> const (&planes)[Channels], T* p) {
    [&]<int... R>(std::integer_sequence<int, R...>) QUOIN_LAMBDA_INLINE {
        auto const out = [&](auto r) QUOIN_LAMBDA_INLINE {
            using to = to_interleaved<T, Channels, decltype(r)::value>;
            auto const in = [&](int c) QUOIN_LAMBDA_INLINE { return (__m512i)planes[c].data; };
            __m512i const front = to::front(in(0), in(1));
            if constexpr (Channels == 3) return to::fill_3(front, in(2));
            else return to::fill_4(front, to::back(in(2), in(3)));
        };
        (_mm512_storeu_si512(p + R * permutation<T>::size, out(std::integral_constant<int, R>{})), ...);
    }(std::make_integer_sequence<int, Channels>{});
}

} // namespace detail

QUOIN_INTRINSICS_END
QUOIN_NAMESPACE_END

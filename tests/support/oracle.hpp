// SPDX-License-Identifier: BSL-1.0
// Plain loops to hold the engine against: pixels in a std::vector, borders by walking, and check_pipeline(),
// which runs a pipeline under every policy and tiling, into guarded memory, and compares byte by byte.
#pragma once

#include "support/policies.hpp"

#include <quoin/exec/run.hpp>
#include <quoin/image/image.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

#if QUOIN_SANITIZED && __has_include(<sanitizer/asan_interface.h>)
#include <sanitizer/asan_interface.h>
#define QUOIN_TEST_POISON(P, N) ASAN_POISON_MEMORY_REGION(P, N)
#define QUOIN_TEST_UNPOISON(P, N) ASAN_UNPOISON_MEMORY_REGION(P, N)
#else
#define QUOIN_TEST_POISON(P, N) ((void)(P), (void)(N))
#define QUOIN_TEST_UNPOISON(P, N) ((void)(P), (void)(N))
#endif

namespace test {

using quoin::extent;
using quoin::index_t;

/// Pixels without any gap, row after row.
template <class P>
struct plain {
    extent size{};
    std::vector<P> data;

    plain() = default;
    explicit plain(extent s) : size(s), data(static_cast<std::size_t>(s.width * s.height)) {}
    P& operator()(index_t x, index_t y) { return data[static_cast<std::size_t>(y * size.width + x)]; }
    P const& operator()(index_t x, index_t y) const { return data[static_cast<std::size_t>(y * size.width + x)]; }
};

/// The same pixels as an image of quoin.
template <class P>
quoin::image<P> image_of(plain<P> const& in) {
    quoin::image<P> out(in.size);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x) out(x, y) = in(x, y);
    return out;
}

/// A function that is called through its address, so that what calls it is compiled once and not for each function.
template <class... Arguments>
class call {
public:
    template <class F>
    call(F const& f)
        : f_(&f), call_([](void const* p, Arguments... arguments) { (*static_cast<F const*>(p))(arguments...); }) {}
    void operator()(Arguments... arguments) const { call_(f_, arguments...); }

private:
    void const* f_;
    void (*call_)(void const*, Arguments...);
};

// ---- borders: one step at a time, so that nothing of quoin's arithmetic is repeated; -1 means "the
// constant".

inline index_t outside(quoin::replicate_border, index_t i, index_t n) {
    while (i < 0) ++i;
    while (i >= n) --i;
    return i;
}
inline index_t outside(quoin::reflect_border, index_t i, index_t n) {
    while (i < 0 || i >= n) i = i < 0 ? -1 - i : 2 * n - 1 - i;
    return i;
}
inline index_t outside(quoin::reflect_101_border, index_t i, index_t n) {
    if (n == 1) return 0;
    while (i < 0 || i >= n) i = i < 0 ? -i : 2 * n - 2 - i;
    return i;
}
inline index_t outside(quoin::wrap_border, index_t i, index_t n) {
    while (i < 0) i += n;
    while (i >= n) i -= n;
    return i;
}
template <class K>
index_t outside(quoin::constant_border<K>, index_t i, index_t n) {
    return i < 0 || i >= n ? -1 : i;
}
/// Of channel c.
template <int C, class Border>
double constant_value(Border const&) {
    return 0;
}
template <int C, class K>
double constant_value(quoin::constant_border<K> const& b) {
    return static_cast<double>(quoin::get_channel < quoin::channels_v<K> == 1 ? 0 : C > (b.value));
}

/// out(x, y) = f(at) for each channel by itself; at(dx, dy) reads that channel with the border.
template <class R, class P, class Border, class F>
plain<quoin::rebind_t<P, R>> local(plain<P> const& in, Border border, F f) {
    plain<quoin::rebind_t<P, R>> out(in.size);
    for (index_t y = 0; y < in.size.height; ++y)
        for (index_t x = 0; x < in.size.width; ++x)
            quoin::for_each_channel<P>([&](auto c) {
                auto const at = [&](index_t dx, index_t dy) -> quoin::channel_t<P> {
                    index_t const u = outside(border, x + dx, in.size.width);
                    index_t const v = outside(border, y + dy, in.size.height);
                    if (u < 0 || v < 0)
                        return static_cast<quoin::channel_t<P>>(constant_value<decltype(c)::value>(border));
                    return quoin::get_channel<decltype(c)::value>(in(u, v));
                };
                quoin::get_channel<decltype(c)::value>(out(x, y)) = f(at);
            });
    return out;
}

/// out(x, y) = f(channel) for each channel.
template <class R, class P, class F>
plain<quoin::rebind_t<P, R>> pointwise(plain<P> const& in, F f) {
    return local<R>(in, quoin::replicate, [&](auto const& at) { return f(at(0, 0)); });
}

/// x clamped to the integer type U.
template <class U, class T>
U clamped(T x) {
    if (x <= static_cast<T>(std::numeric_limits<U>::min())) return std::numeric_limits<U>::min();
    if (x >= static_cast<T>(std::numeric_limits<U>::max())) return std::numeric_limits<U>::max();
    return static_cast<U>(x);
}

/// floor(a / b) of integers, b > 0.
inline std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a >= 0 ? a / b : -((b - 1 - a) / b);
}

// ---- sources

/// Values of the whole range, its ends more often than chance; floating point: whole numbers in [-300, 300],
/// whose sums are exact, or with `fractions` any number in it. `i32` stays below 2^27.
template <class P>
plain<P> random_pixels(extent size, unsigned seed, bool fractions = false) {
    using T = quoin::channel_t<P>;
    std::mt19937 random(seed);
    auto const value = [&]() -> T {
        unsigned const bits = random();
        if constexpr (std::is_floating_point_v<T>) {
            if (fractions) return static_cast<T>(static_cast<double>(bits) / 4294967296.0 * 600 - 300);
            return static_cast<T>(static_cast<int>(bits % 601) - 300);
        } else if constexpr (sizeof(T) >= 4) {
            return static_cast<T>(static_cast<std::int32_t>(bits) >> 4);
        } else {
            if (bits % 8 == 0) return std::numeric_limits<T>::max();
            if (bits % 8 == 1) return std::numeric_limits<T>::min();
            return static_cast<T>(bits >> 8);
        }
    };
    plain<P> result(size);
    for (P& p : result.data)
        quoin::for_each_channel<P>([&](auto c) { quoin::get_channel<decltype(c)::value>(p) = value(); });
    return result;
}

/// An image in memory with guards on all sides and odd distances: a start that no vector is aligned to, an odd stride.
/// If it is `aligned`, rows begin at multiples of 64 bytes.
template <class P>
class guarded {
    using T = quoin::channel_t<P>;
    static constexpr unsigned char pattern = 0xA5;

public:
    explicit guarded(extent size, bool aligned = false) : size_(size), stride_(size.width * quoin::channels_v<P> + 3) {
        if (aligned) stride_ = (stride_ + 63) / 64 * 64;
        memory_.resize(static_cast<std::size_t>(2 * margin_ + stride_ * size.height));
        if (aligned)
            while (reinterpret_cast<std::uintptr_t>(memory_.data() + margin_) % 64 != 0) --margin_;
        std::memset(static_cast<void*>(memory_.data()), pattern, memory_.size() * sizeof(T));
    }
    explicit guarded(plain<P> const& pixels) : guarded(pixels.size) {
        for (index_t y = 0; y < size_.height; ++y)
            for (index_t x = 0; x < size_.width; ++x) view().store(x, y, pixels(x, y));
    }

    quoin::image_view<P> view() { return {memory_.data() + margin_, size_.width, size_.height, stride_}; }
    quoin::image_view<P const> view() const { return {memory_.data() + margin_, size_.width, size_.height, stride_}; }

    bool guards_intact() const {
        auto const untouched = [&](index_t from, index_t to) {
            auto const* bytes = reinterpret_cast<unsigned char const*>(memory_.data());
            for (std::size_t i = static_cast<std::size_t>(from) * sizeof(T);
                 i < static_cast<std::size_t>(to) * sizeof(T); ++i)
                if (bytes[i] != pattern) return false;
            return true;
        };
        index_t const row = size_.width * quoin::channels_v<P>;
        bool intact =
            untouched(0, margin_) && untouched(margin_ + stride_ * size_.height, static_cast<index_t>(memory_.size()));
        for (index_t y = 0; y < size_.height; ++y)
            intact = intact && untouched(margin_ + y * stride_ + row, margin_ + (y + 1) * stride_);
        return intact;
    }
    /// Under the address sanitizer: from here on nobody may read the memory before and behind the image, or may again.
    void close() const {
        each_end([](void const* p, std::size_t n) { QUOIN_TEST_POISON(p, n); });
    }
    void open() const {
        each_end([](void const* p, std::size_t n) { QUOIN_TEST_UNPOISON(p, n); });
    }

    friend bool operator==(guarded const& a, guarded const& b) {
        return a.memory_.size() == b.memory_.size() &&
               std::memcmp(a.memory_.data(), b.memory_.data(), a.memory_.size() * sizeof(T)) == 0;
    }

private:
    template <class F>
    void each_end(F const& f) const {
        index_t const end = margin_ + stride_ * (size_.height - 1) + size_.width * quoin::channels_v<P>;
        if (size_.empty()) return;
        f(memory_.data(), static_cast<std::size_t>(margin_) * sizeof(T));
        f(memory_.data() + end, (memory_.size() - static_cast<std::size_t>(end)) * sizeof(T));
    }

    extent size_;
    index_t stride_;
    index_t margin_ = 67;
    std::vector<T> memory_;
};

// ---- comparison

/// Where two pixels first differ, in words; an empty string where none do. A tolerance t > 0 lets
/// floating-point channels differ by t * max(1, |expected|); without one the bytes must be equal.
template <class P>
std::string difference(plain<P> const& expected, quoin::image_view<P const> got, double tolerance = 0) {
    for (index_t y = 0; y < expected.size.height; ++y)
        for (index_t x = 0; x < expected.size.width; ++x) {
            P const a = expected(x, y), b = got.load(x, y);
            if (std::memcmp(&a, &b, sizeof(P)) == 0) continue;
            std::ostringstream text;
            quoin::for_each_channel<P>([&](auto c) {
                double const e = static_cast<double>(quoin::get_channel<decltype(c)::value>(a));
                double const g = static_cast<double>(quoin::get_channel<decltype(c)::value>(b));
                if (!(std::abs(e - g) <= tolerance * std::max(1.0, std::abs(e))))
                    text << " channel " << decltype(c)::value << ": " << e << " expected, got " << g;
            });
            if (tolerance > 0 && text.str().empty()) continue;
            return "at (" + std::to_string(x) + ", " + std::to_string(y) + ")" + text.str();
        }
    return {};
}

/// Whether two images have the same extent and pixels.
template <class T>
bool equal(quoin::image<T> const& a, quoin::image<T> const& b) {
    bool same = a.size() == b.size();
    for (index_t y = 0; same && y < a.height(); ++y)
        same = std::equal(a.view().row(y), a.view().row(y) + a.width(), b.view().row(y));
    return same;
}

/// The cuts that every evaluation is tried with, some of them past the caches, and some in a workspace.
std::vector<quoin::tiling> tilings(extent size);

/// Holds results against what is expected: the first one as near as the tolerance says, all others against the first.
template <class R>
class expectation {
public:
    expectation(plain<R> const& expected, double tolerance) : reference_(expected), tolerance_(tolerance) {}

    /// What is wrong with a result; an empty string where nothing is.
    std::string wrong(guarded<R> const& out) {
        std::string found = difference(reference_, out.view(), first_ ? tolerance_ : 0);
        if (found.empty() && !out.guards_intact()) found = "wrote outside the output view";
        if (found.empty() && first_ && tolerance_ > 0)
            for (index_t y = 0; y < reference_.size.height; ++y)
                for (index_t x = 0; x < reference_.size.width; ++x) reference_(x, y) = out.view().load(x, y);
        first_ = false;
        return found;
    }

private:
    plain<R> reference_;
    double tolerance_;
    bool first_ = true;
};

/// Says in which evaluation something was found.
std::string in_words(std::string const& found, std::string const& policy, extent size, quoin::tiling t);

/// The source of a pipeline, whatever its pixels are.
class guarded_source {
public:
    virtual void close() const = 0;
    virtual void open() const = 0;
    virtual bool changed() const = 0;

protected:
    ~guarded_source() = default;
};
template <class P>
class source_of final : public guarded_source {
public:
    explicit source_of(plain<P> const& pixels) : source_(pixels), before_(source_) {}
    quoin::image_view<P const> view() const { return source_.view(); }
    void close() const override { source_.close(); }
    void open() const override { source_.open(); }
    bool changed() const override { return !(source_ == before_); }

private:
    guarded<P> source_, before_;
};

/// An evaluation under a policy of a lane family.
template <class Policy, class R>
using evaluation = call<Policy const&, quoin::image_view<R>, quoin::tiling>;

/// Evaluates a pipeline under every policy and tiling. What is wrong with it first, in words, or an empty string.
template <class R>
std::string check_evaluations(guarded_source const& source, extent input, plain<R> const& expected, double tolerance,
                              evaluation<scalar_policy, R> scalar, evaluation<vector_policy, R> vector) {
    expectation<R> results(expected, tolerance);
    auto const wrong = [&](auto const& policies, auto const& evaluate) -> std::string {
        for (auto const& policy : policies)
            for (quoin::tiling const t : tilings(expected.size)) {
                guarded<R> out(expected.size, t.stores == quoin::store_hint::streaming);
                source.close();
                evaluate(policy, out.view(), t);
                source.open();
                std::string found = results.wrong(out);
                if (found.empty() && source.changed()) found = "changed its source";
                if (!found.empty()) return in_words(found, policy.name(), input, t);
            }
        return {};
    };
    std::string const found = wrong(scalar_policies(), scalar);
    return found.empty() ? wrong(vector_policies(), vector) : found;
}

/// The same of make(view).
template <class R, class P, class Make>
std::string check_pipeline(plain<P> const& in, plain<R> const& expected, Make const& make, double tolerance = 0) {
    source_of<P> const source(in);
    auto const pipeline = make(source.view());
    auto const evaluate = [&](auto const& policy, quoin::image_view<R> out, quoin::tiling t) {
        quoin::run(policy, pipeline, out, t);
    };
    return check_evaluations<R>(source, in.size, expected, tolerance, evaluate, evaluate);
}

/// The result of a pipeline as plain pixels, one pixel a step.
template <class Pipeline>
auto evaluated(Pipeline const& p) {
    using P = typename Pipeline::pixel_type;
    plain<P> out(p.size());
    quoin::run(scalar_policies().front(), p,
               quoin::image_view<P>(reinterpret_cast<quoin::channel_t<P>*>(out.data.data()), p.width(), p.height()));
    return out;
}

// ---- extents

/// Every width around the lanes, twice over.
std::vector<extent> many_extents();
std::vector<extent> few_extents();
/// All up to 5 x 5.
std::vector<extent> small_extents();

/// check_pipeline over extents with random pixels: make(view) against oracle(plain pixels).
template <class P, class Make, class Oracle>
std::string sweep(std::vector<extent> const& sizes, Make const& make, Oracle const& oracle, double tolerance = 0) {
    unsigned seed = 1;
    for (extent const size : sizes) {
        plain<P> const in = random_pixels<P>(size, ++seed, tolerance > 0);
        std::string wrong = check_pipeline(in, oracle(in), make, tolerance);
        if (!wrong.empty()) return "seed " + std::to_string(seed) + ", " + wrong;
    }
    return {};
}

// Compiled once for all tests, in oracle.cpp, for the pixels that most of them use.
#define QUOIN_TEST_PIXELS(EXTERN, P)                                                                                   \
    EXTERN template plain<P> random_pixels<P>(extent, unsigned, bool);                                                 \
    EXTERN template std::string difference<P>(plain<P> const&, quoin::image_view<P const>, double);                    \
    EXTERN template class guarded<P>;                                                                                  \
    EXTERN template class source_of<P>;                                                                                \
    EXTERN template std::string check_evaluations<P>(guarded_source const&, extent, plain<P> const&, double,           \
                                                     evaluation<scalar_policy, P>, evaluation<vector_policy, P>);      \
    EXTERN template class expectation<P>;
#define QUOIN_TEST_ALL_PIXELS(EXTERN)                                                                                  \
    QUOIN_TEST_PIXELS(EXTERN, std::uint8_t)                                                                            \
    QUOIN_TEST_PIXELS(EXTERN, std::uint16_t)                                                                           \
    QUOIN_TEST_PIXELS(EXTERN, std::int16_t)                                                                            \
    QUOIN_TEST_PIXELS(EXTERN, std::int32_t)                                                                            \
    QUOIN_TEST_PIXELS(EXTERN, float)                                                                                   \
    QUOIN_TEST_PIXELS(EXTERN, quoin::rgb8)
QUOIN_TEST_ALL_PIXELS(extern)

} // namespace test

QUOIN_NAMESPACE_BEGIN
namespace detail {
#define QUOIN_TEST_RINGS(EXTERN)                                                                                       \
    EXTERN template class line_ring<std::uint8_t>;                                                                     \
    EXTERN template class line_ring<std::uint16_t>;                                                                    \
    EXTERN template class line_ring<std::int16_t>;                                                                     \
    EXTERN template class line_ring<float>;
QUOIN_TEST_RINGS(extern)
} // namespace detail
QUOIN_NAMESPACE_END

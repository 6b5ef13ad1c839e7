// SPDX-License-Identifier: BSL-1.0
// Random pipelines: fused under every policy, strip and tile against the stages one by one under the serial policy, and
// against the same chain from text.

#include "bytes.hpp"
#include "policies.hpp"

#include <quoin/exec/run.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/color/gray.hpp>
#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/correlate.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/gaussian5.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/threshold.hpp>
#include <quoin/runtime/any_pipeline.hpp>

#include <cstring>
#include <optional>

namespace {

using quoin::index_t;

/// Values in the middle of memory that is as large as the rows are apart, so that a step too far is seen.
template <class P>
struct source {
    quoin::extent size;
    index_t stride;
    std::vector<quoin::channel_t<P>> memory;

    source(quoin::extent s, int gap, fuzz::bytes& in)
        : size(s), stride(s.width * quoin::channels_v<P> + gap),
          memory(static_cast<std::size_t>(stride * (s.height - 1) + s.width * quoin::channels_v<P>)) {
        std::uint64_t state = in.next() + 1u;
        for (auto& v : memory) { // the fuzzer's bytes, then numbers that follow from them
            state = state * 6364136223846793005u + 1442695040888963407u + in.next();
            v = static_cast<quoin::channel_t<P>>(state >> 40);
        }
    }
    quoin::image_view<P const> view() const { return {memory.data(), size.width, size.height, stride}; }
};

/// How a pipeline is evaluated.
struct way {
    quoin::tiling blocks;
    unsigned policies; ///< see with_some_policy
};

// Stages that the fuzzer chooses while it runs, so that few types of pipelines hold them in any order; each takes long
// to compile. They may be none too: what a stage hides of those before it is not always hidden.

/// A window of 3 x 3.
struct any_local {
    using vectorized = void;
    using channelwise = void;
    static constexpr quoin::footprint footprint{1, 1};
    int which;

    template <class Window>
    QUOIN_INLINE auto operator()(Window const& w) const {
        switch (which) {
            case 0: return quoin::gaussian3(w);
            case 1: return quoin::sobel_magnitude(w);
            case 2: return quoin::sharpen(w);
            default: return w(0, 0);
        }
    }
};
any_local local(fuzz::bytes& in) { return {in.next() % 4}; }
std::string text_of(any_local const& f) {
    constexpr char const* names[] = {",gaussian3", ",sobel_magnitude", ",sharpen", ""};
    return names[f.which];
}

/// A pixel by itself.
struct any_pointwise {
    using vectorized = void;
    using channelwise = void;
    int which, value;
    quoin::brightness_fn gain;
    quoin::threshold_fn level;

    template <quoin::concepts::channel_value V>
    QUOIN_INLINE V operator()(V const& v) const {
        switch (which) {
            case 0: return gain(v);
            case 1: return level(v);
            default: return v;
        }
    }
};
any_pointwise pointwise(fuzz::bytes& in) {
    int const which = in.next() % 3, value = in.next();
    return {which, value, quoin::brightness(static_cast<float>(value) / 64), quoin::threshold(value)};
}
std::string text_of(any_pointwise const& f) {
    if (f.which == 2) return "";
    return f.which == 1 ? ",threshold=" + std::to_string(f.value) : ",brightness=" + std::to_string(f.value / 64.0);
}

/// A stage, and the operation of the catalogue that makes it.
template <class Stage>
struct with_text {
    Stage stage;
    std::string text;
};
template <class Stage>
with_text(Stage, std::string) -> with_text<Stage>; // clang before 17 makes none for aggregates

/// Factors whose sums fit 16 bits, or that need more.
auto own_kernel(fuzz::bytes& in) {
    int const most = in.next() % 2 == 0 ? 20 : 3000;
    int kernel[3][3];
    std::string text;
    for (auto& row : kernel)
        for (int& k : row) {
            k = in.in(-most, most);
            text += (text.empty() ? ",correlate=" : &k == row ? "/" : ":") + std::to_string(k);
        }
    int const divisor = in.in(1, 2 * most);
    return with_text{quoin::correlate(kernel, divisor), text + '@' + std::to_string(divisor)};
}
auto mean(fuzz::bytes& in) {
    int const width = 1 + in.next() % 12, height = 1 + in.next() % 12;
    return with_text{quoin::box(width, height), ",box=" + std::to_string(width) + 'x' + std::to_string(height)};
}
auto blur(fuzz::bytes& in) {
    std::string const sigma = std::to_string(0.01 + in.next() % 24 / 4.0);
    return with_text{quoin::gaussian(std::stod(sigma)), ",gaussian=" + sigma};
}

/// The pixels of the stages one by one, each into an image.
template <class View, class Border, class Stage, class... More>
auto one_by_one(View const& in, Border border, Stage const& stage, More const&... more) {
    auto image = quoin::to_image(quoin::serial{}, in | quoin::extend(border) | stage);
    if constexpr (sizeof...(More) == 0) return image;
    else return one_by_one(image.view(), border, more...);
}

template <class P>
void compare(quoin::image<P> const& found, quoin::image<P> const& expected, std::string const& how) {
    auto const bytes = static_cast<std::size_t>(expected.width()) * sizeof(P);
    for (index_t y = 0; y < expected.height(); ++y) {
        if (std::memcmp(found.view().row(y), expected.view().row(y), bytes) == 0) continue;
        for (index_t x = 0; x < expected.width(); ++x)
            if (!(found(x, y) == expected(x, y)))
                fuzz::finding("differs " + how + " at " + std::to_string(x) + ", " + std::to_string(y) + " of " +
                              std::to_string(found.width()) + " x " + std::to_string(found.height()));
    }
}

/// The stages one by one against the pipeline of all, and against the chain of this text, where there is one.
template <class View, class Border, class... Stages>
void check(View const& in, way const& w, std::string const& text, Border border, Stages const&... stages) {
    auto const expected = one_by_one(in, border, stages...);
    auto const pipeline = ((in | quoin::extend(border)) | ... | stages);
    std::optional<quoin::any_pipeline> chain;
    if (!text.empty()) chain.emplace(text);
    fuzz::with_some_policy(w.policies, [&](auto const& policy) {
        quoin::image<typename decltype(pipeline)::pixel_type> found(pipeline.size());
        quoin::tiling blocks = w.blocks;
        blocks.memory = &fuzz::memory;
        quoin::run(policy, pipeline, found.view(), blocks);
        compare(found, expected, "under " + policy.name());
        if (!chain) return;
        quoin::image<typename decltype(pipeline)::pixel_type> chained(pipeline.size());
        quoin::run(policy, *chain, in, chained.view(), w.blocks);
        compare(chained, expected, "from '" + text + "' under " + policy.name());
    });
}

/// Bytes: pointwise stages that are looked up together, separable ones between windows.
void byte_chain(fuzz::bytes& in, quoin::extent size, way const& w) {
    auto const first = local(in), last = local(in);
    auto const one = pointwise(in), another = pointwise(in);
    auto const box = mean(in);
    source<std::uint8_t> const pixels(size, in.next() % 5, in);
    std::string const text = text_of(first) + text_of(one) + text_of(another) + box.text + text_of(last);
    check(pixels.view(), w, text.substr(1), quoin::reflect_101, first, one, another, box.stage, last);
}

/// Both ends of an image at once.
void wrapped_chain(fuzz::bytes& in, quoin::extent size, way const& w) {
    auto const first = local(in), last = local(in);
    source<std::uint8_t> const pixels(size, in.next() % 5, in);
    check(pixels.view(), w, "extend=wrap" + text_of(first) + text_of(last), quoin::wrap, first, last);
}

/// Outside there is a number, which separable stages make another one of between their passes.
void framed_chain(fuzz::bytes& in, quoin::extent size, way const& w) {
    std::uint8_t const frame = in.next();
    auto const first = blur(in);
    auto const last = local(in);
    source<std::uint8_t> const pixels(size, in.next() % 5, in);
    auto const inverted = [](std::uint8_t v) { return static_cast<std::uint8_t>(255 - v); }; // one pixel at a time
    check(pixels.view(), w, "", quoin::constant(frame), first.stage, inverted, last);
}

void u16_chain(fuzz::bytes& in, quoin::extent size, way const& w) {
    auto const first = pointwise(in);
    auto const middle = local(in);
    auto const last = blur(in);
    source<std::uint16_t> const pixels(size, in.next() % 5, in);
    std::string const text = "extend=reflect" + text_of(first) + text_of(middle) + last.text;
    check(pixels.view(), w, text, quoin::reflect, first, middle, last.stage);
}

/// Color, and gray from there on.
void color_chain(fuzz::bytes& in, quoin::extent size, way const& w) {
    auto const first = local(in), last = local(in);
    auto const gain = pointwise(in);
    source<quoin::rgb8> const pixels(size, in.next() % 5, in);
    std::string const text =
        "extend=replicate" + text_of(first) + ",gray,gaussian5" + text_of(last) + text_of(gain);
    check(pixels.view(), w, text, quoin::replicate, first, quoin::gray, quoin::gaussian5, last, gain);
}

/// Signed values between stages, and a kernel of the fuzzer's own.
void signed_chain(fuzz::bytes& in, quoin::extent size, way const& w) {
    auto const last = own_kernel(in);
    source<std::uint8_t> const pixels(size, in.next() % 5, in);
    check(pixels.view(), w, "sobel_x" + last.text, quoin::reflect_101, quoin::sobel_x, last.stage);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::bytes in(data, size);
    unsigned const first = in.next();
    unsigned const policies = in.next();
    // Mostly few rows: a step of vectors is up to 64 columns, and a window reaches past any of these rows.
    quoin::extent const extent{in.in(1, 140), in.in(1, policies < 224 ? 7 : 24)};
    auto const stores = first & 8 ? quoin::store_hint::streaming : quoin::store_hint::cached;
    way const w{{in.in(0, 9), in.in(0, 3) == 0 ? in.in(1, 90) : 0, stores}, policies};
    switch (first % 8) {
        case 2: wrapped_chain(in, extent, w); break;
        case 3: framed_chain(in, extent, w); break;
        case 4:
        case 5: u16_chain(in, extent, w); break;
        case 6: color_chain(in, extent, w); break;
        case 7: signed_chain(in, extent, w); break;
        default: byte_chain(in, extent, w);
    }
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed) {
    return fuzz::mutate_with_policies(data, size, room, seed, 1);
}

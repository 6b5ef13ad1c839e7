// SPDX-License-Identifier: BSL-1.0
// Chains of the catalogue's operations as text: under scalar and vector lanes, in blocks of any size, from and to
// pixels that lie in any way, against the operations one by one; nothing but the pixels is read and written.

#include "bytes.hpp"
#include "policies.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/runtime/any_pipeline.hpp>

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#endif
#endif
#ifndef ASAN_POISON_MEMORY_REGION
#define ASAN_POISON_MEMORY_REGION(data, size) ((void)(data), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(data, size) ((void)(data), (void)(size))
#endif

namespace {

using quoin::index_t;

/// f(type_identity<T>) for the type of a format's channels.
template <class F>
auto with_type(quoin::pixel_format format, F const& f) {
    return quoin::detail::with_channel(static_cast<int>(format.channel), f);
}

/// Numbers that follow from the fuzzer's bytes.
class numbers {
public:
    explicit numbers(fuzz::bytes& in) : in_(in), state_(in.next() + 1u), strange_(in.next() % 16 == 0) {}

    template <class T>
    T next() {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u + in_.next();
        auto const v = static_cast<std::int32_t>(state_ >> 32);
        if constexpr (std::integral<T>) return static_cast<T>(v);
        else {
            if (strange_ && v % 16 == 0) return std::numeric_limits<T>::infinity();
            if (strange_ && v % 16 == 1) return std::numeric_limits<T>::quiet_NaN();
            return static_cast<T>(v % 4096) / static_cast<T>(v & 64 ? 16 : 1);
        }
    }

private:
    fuzz::bytes& in_;
    std::uint64_t state_;
    bool strange_; // values that are no numbers
};

/// How pixels lie: the distances of any_view.
struct layout {
    index_t stride, step, plane;
};

/// Interleaved, in planes, rows of planes, with gaps; rows, pixels or channels the other way round.
layout any_layout(fuzz::bytes& in, quoin::extent size, int channels) {
    unsigned const how = in.next();
    index_t const gap = how / 64, width = size.width;
    layout l{};
    switch (how % 4) {
    case 0:
        l = {width * channels + gap, channels, 1};
        break;
    case 1:
        l = {width + gap, 1, (width + gap) * size.height + gap};
        break;
    case 2:
        l = {(width + gap) * channels, 1, width + gap};
        break;
    default:
        l = {width * (channels + gap), channels + gap, 1};
    }
    if (how & 4) l.stride = -l.stride;
    if (how & 32 && how & 8) l.step = -l.step;
    if (how & 32 && how & 16) l.plane = -l.plane;
    return l;
}

/// An image in memory that ends with its pixels; what lies between them must stay as it is, and unread.
class guarded {
public:
    guarded(quoin::pixel_format format, quoin::extent size, layout l, numbers& values)
        : format_(format), size_(size), layout_(l) {
        for (index_t const reach :
             {(size.height - 1) * l.stride, (size.width - 1) * l.step, (format.channels - 1) * l.plane})
            (reach < 0 ? low_ : high_) += reach;
        with_type(format, [&]<class T>(std::type_identity<T>) {
            bytes_ = sizeof(T);
            memory_.resize(static_cast<std::size_t>(high_ - low_ + 1) * sizeof(T));
            for (index_t i = 0; i <= high_ - low_; ++i) {
                T const v = values.next<T>();
                std::memcpy(memory_.data() + i * static_cast<index_t>(sizeof(T)), &v, sizeof(T));
            }
        });
        pixel_.resize(static_cast<std::size_t>(high_ - low_ + 1));
        each([&](index_t x, index_t y, int c) { pixel_[static_cast<std::size_t>(place(x, y, c))] = true; });
        before_ = memory_;
        poison();
    }
    guarded(guarded const&) = delete;
    guarded& operator=(guarded const&) = delete;
    ~guarded() { ASAN_UNPOISON_MEMORY_REGION(memory_.data(), memory_.size()); }

    quoin::any_output output() {
        return {memory_.data() - low_ * bytes_, size_, layout_.stride, layout_.step, layout_.plane, format_};
    }
    quoin::any_view view() { return output(); }

    /// The bytes of the pixels in order.
    std::vector<unsigned char> pixels() const {
        std::vector<unsigned char> all;
        each([&](index_t x, index_t y, int c) {
            auto const* const from = memory_.data() + place(x, y, c) * bytes_;
            all.insert(all.end(), from, from + bytes_);
        });
        return all;
    }
    /// Other values for the pixels where `outside` says so.
    template <class F>
    void change(numbers& values, F const& outside) {
        with_type(format_, [&]<class T>(std::type_identity<T>) {
            each([&](index_t x, index_t y, int c) {
                T const v = values.next<T>();
                if (outside(x, y)) std::memcpy(memory_.data() + place(x, y, c) * bytes_, &v, sizeof(T));
            });
        });
    }
    /// What lies between the pixels is as it was.
    bool intact() const {
        ASAN_UNPOISON_MEMORY_REGION(memory_.data(), memory_.size());
        bool same = true;
        for (std::size_t i = 0; i < pixel_.size(); ++i) {
            auto const at = i * static_cast<std::size_t>(bytes_);
            auto const size = static_cast<std::size_t>(bytes_);
            if (!pixel_[i]) same = same && std::memcmp(&memory_[at], &before_[at], size) == 0;
        }
        poison();
        return same;
    }

private:
    index_t place(index_t x, index_t y, int c) const {
        return y * layout_.stride + x * layout_.step + c * layout_.plane - low_;
    }
    template <class F>
    void each(F const& f) const {
        for (index_t y = 0; y < size_.height; ++y)
            for (index_t x = 0; x < size_.width; ++x)
                for (int c = 0; c < format_.channels; ++c) f(x, y, c);
    }
    void poison() const {
        for (std::size_t i = 0; i < pixel_.size(); ++i) {
            std::size_t end = i;
            while (end < pixel_.size() && !pixel_[end]) ++end;
            auto const size = static_cast<std::size_t>(bytes_);
            if (end > i) ASAN_POISON_MEMORY_REGION(memory_.data() + i * size, (end - i) * size);
            i = end;
        }
    }

    quoin::pixel_format format_;
    quoin::extent size_;
    layout layout_;
    index_t low_ = 0, high_ = 0, bytes_ = 1;
    std::vector<unsigned char> memory_, before_;
    std::vector<bool> pixel_;
};

std::string text_of(double v) {
    char text[32];
    return std::string(text, std::to_chars(text, text + sizeof(text), v).ptr);
}

/// A value of a number or an integer: mostly a small one, now and then any of its range, or one outside.
std::string number_text(quoin::parameter const& p, fuzz::bytes& in) {
    unsigned const how = in.next();
    bool const whole = p.type == quoin::parameter_type::integer;
    double v = whole ? p.least + in.in(0, 31) : in.in(-128, 1024) / 64.0;
    if (how % 16 == 0) v = p.least + (p.most - p.least) * in.next() / 255;
    if (how % 16 == 1) v = in.next() % 2 ? p.most : p.least;
    if (how % 64 != 2) v = std::clamp(whole ? std::floor(v) : v, p.least, p.most);
    return text_of(v);
}

std::string kernel_text(quoin::parameter const& p, fuzz::bytes& in) {
    unsigned const how = in.next();
    int const odd = how % 32 == 0 ? 0 : 1, sides = (static_cast<int>(p.most) + 1) / 2;
    int const width = 2 * (in.next() % sides) + odd, height = 2 * (in.next() % sides) + odd;
    int const most = how & 32 ? 20 : 3000;
    std::string text;
    for (int j = 0; j < (p.two_rows ? 2 : height); ++j)
        for (int i = 0; i < (p.two_rows && j > 0 ? height : width); ++i) {
            if (i + j > 0) text += i == 0 ? "/" : how & 64 ? ":" : " ";
            text += text_of(how & 128 ? in.in(-most, most) : in.in(-most, most) / 8.0);
        }
    return how & 16 ? text : text + '@' + text_of(in.in(1, 2 * most));
}

/// Sides of up to 255 pixels: larger ones would fill the memory, and are for the tests. So would wide borders.
std::string size_text(fuzz::bytes& in) {
    return text_of(in.next()) + 'x' + text_of(in.next());
}

/// An element of up to 255 pixels a side, or text that is almost one.
std::string element_text(fuzz::bytes& in) {
    unsigned const how = in.next();
    switch (how % 8) {
    case 0:
        return "disc:" + text_of(in.next() % 40);
    case 1:
        return "ellipse:" + text_of(in.next() % 70) + 'x' + text_of(in.next() % 70);
    case 2:
        return "cross:" + text_of(in.next() % 40);
    case 3:
        return "line:" + text_of(in.next() % 90) + ':' + text_of(in.in(-400, 400));
    case 4:
    case 5: {
        int const width = 1 + in.next() % 12, height = 2 + in.next() % 8;
        std::string text;
        for (int j = 0; j < height; ++j) {
            if (j > 0) text += '/';
            for (int i = 0; i < width; ++i) text += in.next() % 3 ? '1' : '0';
        }
        return text;
    }
    default:
        return size_text(in);
    }
}

std::string choice_text(quoin::parameter const& p, fuzz::bytes& in) {
    std::vector<std::string_view> words;
    for (std::string_view rest = p.choices; !rest.empty();) {
        words.push_back(rest.substr(0, rest.find(' ')));
        rest.remove_prefix(std::min(words.back().size() + 1, rest.size()));
    }
    return std::string(words[in.next() % words.size()]);
}

/// An operation of the catalogue with values of its parameters. One that combines images reads the input of the chain
/// once more.
std::string operation_text(fuzz::bytes& in, int depth = 0) {
    static auto const all = quoin::any_pipeline::operations();
    quoin::operation const& o = *all[in.next() % all.size()];
    std::string text = o.name;
    for (int k = 0; k < o.parameter_count(); ++k) {
        quoin::parameter const& p = o.parameters[k];
        if (p.preset && in.next() % 2) break;
        text += k == 0 ? '=' : ':';
        if (p.type == quoin::parameter_type::choice) text += choice_text(p, in);
        else if (p.type == quoin::parameter_type::kernel) text += kernel_text(p, in);
        else if (p.type == quoin::parameter_type::size) text += size_text(in);
        else if (p.type == quoin::parameter_type::element) text += element_text(in);
        else if (text.starts_with("pad")) text += text_of(in.next() % 80);
        else if (o.name == std::string_view("bilateral_grid") && k == 0) text += text_of(20 + in.next()); // few cells
        else text += number_text(p, in);
    }
    for (int k = 1; k < o.inputs; ++k) {
        text += "(#1";
        for (int n = depth < 2 ? in.next() % 3 : 0; n > 0; --n) text += ',' + operation_text(in, depth + 1);
        text += o.reads_maps ? ",gray,convert_to=f32)" : o.gray_others ? ",gray)" : ")";
    }
    return text;
}

/// Equal bytes, but for the bits of what is no number.
bool same_pixels(quoin::pixel_format format, std::vector<unsigned char> const& a, std::vector<unsigned char> const& b) {
    if (a == b) return true;
    if (format.channel != quoin::channel_type::f32 || a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); i += sizeof(float)) {
        float x, y;
        std::memcpy(&x, &a[i], sizeof(float));
        std::memcpy(&y, &b[i], sizeof(float));
        if (std::memcmp(&x, &y, sizeof(float)) != 0 && !(std::isnan(x) && std::isnan(y))) return false;
    }
    return true;
}

std::vector<unsigned char> pixels_of(quoin::any_view const& v) {
    std::vector<unsigned char> all;
    with_type(v.format(), [&]<class T>(std::type_identity<T>) {
        quoin::abi::pixels const& p = v.pixels();
        for (index_t y = 0; y < p.height; ++y)
            for (index_t x = 0; x < p.width; ++x)
                for (int c = 0; c < p.channels; ++c) {
                    auto const* const from = reinterpret_cast<unsigned char const*>(
                        static_cast<T const*>(p.data) + y * p.stride + x * p.step + c * p.plane);
                    all.insert(all.end(), from, from + sizeof(T));
                }
    });
    return all;
}

/// Each operation by itself, into an image; `extend` goes along.
quoin::any_image one_by_one(std::vector<std::string> const& operations, quoin::any_view const& in) {
    auto const serial = quoin::any_policy<quoin::scalar_lanes>::of(quoin::serial{});
    quoin::any_image image = quoin::to_image(serial, quoin::any_pipeline(), in);
    std::string border;
    for (std::string const& o : operations) {
        if (o.starts_with("extend")) border = o + ',';
        else {
            // The input of the chain is the second one here.
            std::string text = border + o;
            for (std::size_t at; (at = text.find("#1")) != text.npos;) text[at + 1] = '2';
            image = quoin::to_image(serial, quoin::any_pipeline(text), {image.view(), in});
        }
    }
    return image;
}

void check_chain(fuzz::bytes& in) {
    unsigned const first = in.next(), policies = in.next();
    std::vector<std::string> operations;
    std::string text;
    for (int n = in.next() % 6; n >= 0; --n) {
        operations.push_back(operation_text(in));
        text += (text.empty() ? "" : first & 1 ? " , " : ",") + operations.back();
    }
    quoin::any_pipeline chain;
    try {
        chain = quoin::any_pipeline(text);
    } catch (quoin::invalid_argument const& e) {
        fuzz::expect(std::string_view(e.what()).starts_with("chain, character "), "an error that names no place");
        return;
    }
    fuzz::expect(quoin::any_pipeline(chain.text()).text() == chain.text(), "the text of a chain is another chain");

    quoin::pixel_format const format{static_cast<quoin::channel_type>(in.next() % 5), (int[]){1, 3, 4}[in.next() % 3]};
    quoin::extent const size{in.in(1, 140), in.in(1, policies < 224 ? 7 : 24)};
    quoin::any_pipeline::result result;
    try {
        result = chain.result_of(format, size);
    } catch (quoin::invalid_argument const& e) {
        fuzz::expect(std::string_view(e.what()).starts_with("chain, operation "), "an error that names no operation");
        return;
    }
    layout const in_layout = any_layout(in, size, format.channels),
                 out_layout = any_layout(in, result.size, result.format.channels);
    quoin::tiling const blocks{in.in(0, 9), in.in(0, 3) == 0 ? in.in(1, 90) : 0,
                               first & 2 ? quoin::store_hint::streaming : quoin::store_hint::cached,
                               first & 1 ? &fuzz::memory : nullptr};
    quoin::rect part{in.in(0, static_cast<int>(result.size.width) - 1),
                     in.in(0, static_cast<int>(result.size.height) - 1), 1, 1};
    part.width = in.in(1, static_cast<int>(result.size.width - part.x));
    part.height = in.in(1, static_cast<int>(result.size.height - part.y));
    numbers values(in);
    guarded source(format, size, in_layout, values);

    std::vector<unsigned char> expected;
    try {
        expected = pixels_of(one_by_one(operations, source.view()).view());
    } catch (quoin::invalid_argument const& e) {
        // How many cells there are depends on the pixels.
        fuzz::expect(std::string_view(e.what()).find("bilateral_grid: a grid of") != std::string_view::npos, e.what());
        return;
    }
    fuzz::with_some_policy(policies, [&](auto const& policy) {
        guarded found(result.format, result.size, out_layout, values);
        quoin::run(policy, chain, source.view(), found.output(), blocks);
        if (!same_pixels(result.format, found.pixels(), expected))
            fuzz::finding("'" + text + "' of " + to_text(format) + ' ' + std::to_string(size.width) + " x " +
                          std::to_string(size.height) + " differs under " + policy.name());
        if (!found.intact()) fuzz::finding("'" + text + "' writes between the pixels under " + policy.name());
    });

    // What is not needed for a part of the result does not change it.
    quoin::rect const needed = chain.needed(part, format, size);
    fuzz::expect(quoin::rect{0, 0, size.width, size.height}.contains(needed), "more is needed than there is");
    source.change(values, [&](index_t x, index_t y) {
        return x < needed.x || x >= needed.right() || y < needed.y || y >= needed.bottom();
    });
    auto const changed = pixels_of(quoin::to_image(quoin::serial{}, chain, source.view()).view());
    auto const in_part = [&](std::vector<unsigned char> const& all) {
        std::size_t const pixel = all.size() / static_cast<std::size_t>(result.size.area());
        std::vector<unsigned char> cut;
        for (index_t y = part.y; y < part.bottom(); ++y) {
            auto const row = all.begin() + (y * result.size.width + part.x) * static_cast<index_t>(pixel);
            cut.insert(cut.end(), row, row + part.width * static_cast<index_t>(pixel));
        }
        return cut;
    };
    if (!same_pixels(result.format, in_part(changed), in_part(expected)))
        fuzz::finding("'" + text + "' reads more than it needs");
}

/// Any text is a chain or an error that names the place.
void check_text(fuzz::bytes& in) {
    auto const rest = in.rest();
    std::string_view const text(reinterpret_cast<char const*>(rest.data()), rest.size());
    try {
        quoin::any_pipeline const chain(text);
        fuzz::expect(quoin::any_pipeline(chain.text()).text() == chain.text(), "the text of a chain is another chain");
    } catch (quoin::invalid_argument const& e) {
        fuzz::expect(std::string_view(e.what()).starts_with("chain, character "), "an error that names no place");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::bytes in(data, size);
    if (in.next() % 16 == 15) check_text(in);
    else check_chain(in);
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed) {
    return fuzz::mutate_with_policies(data, size, room, seed, 2);
}

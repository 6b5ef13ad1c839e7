// SPDX-License-Identifier: BSL-1.0
// Stages of the user's own that are none.
// expect: quoin::operator\|: this is no stage for these pixels; a pointwise stage is callable as f\(pixel\)
// expect: quoin::operator\|: this is no stage for these pixels; a pointwise stage is callable as f\(pixel\)
// expect: quoin::operator\|: this stage returns what is no pixel
// expect: quoin::operator\|: this stage returns what is no pixel
// expect: quoin::operator\|: this stage changes itself when it is called, .*a lambda without mutable
// expect: quoin::operator\|: a pipeline copies its stages, and this one cannot be copied
// expect: quoin::operator\|: this stage takes a window and has no footprint; give it `static constexpr quoin::footprint
// expect: quoin::operator\|: this stage wants to change the pixel that it gets.* take the pixel by value and return
// expect: quoin::operator\|: this stage wants to change the pixel that it gets
// expect: quoin::operator\|: this is no stage for these pixels
// expect: quoin::operator\|: this stage takes a position beside its pixel; write positioned\(f\)
// expect: quoin::operator\|: only a pointwise stage takes a position, and this one has another kind
// expect: quoin::operator\|: this is no stage for these pixels.* f\(window, row\) with `using takes_row = void;`

#include <quoin/exec.hpp>
#include <quoin/exec/serial.hpp>
#include <quoin/filter.hpp>

#include <memory>

struct darkest {
#ifdef FIXED
    static constexpr quoin::footprint footprint{1, 0};
#endif
    template <class Window>
        requires requires { typename Window::channel_type; }
    std::uint8_t operator()(Window const& w) const {
        return quoin::min(w(-1, 0), w(1, 0));
    }
};

struct placed {
    static constexpr quoin::footprint footprint{1, 0};
#ifndef FIXED
    using takes_position = void;
#endif
    template <class Window>
    std::uint8_t operator()(Window const& w) const {
        return w(0, 0);
    }
};

struct numbered {
    static constexpr quoin::footprint footprint{1, 0};
#ifdef FIXED
    using takes_row = void;
#endif
    template <class Window>
    std::uint8_t operator()(Window const& w, quoin::index_t row) const {
        return row > 3 ? w(0, 0) : w(1, 0);
    }
};

int main() {
    using namespace quoin;
    image<std::uint8_t> const picture(8, 8);
    auto const view = picture.view();
#ifdef FIXED
    to_image(serial{}, view | darkest{} | placed{} | numbered{});
#elif CASE == 1
    auto const all = view | [](rgb8 p) { return p.r; };
#elif CASE == 2
    auto const all = view | [](std::uint8_t a, std::uint8_t b) { return std::uint8_t(a - b); };
#elif CASE == 3
    auto const all = view | [](std::uint8_t) {};
#elif CASE == 4
    auto const all = view | [](std::uint8_t v) { return std::to_string(v); };
#elif CASE == 5
    auto const all = view | [n = 0](std::uint8_t v) mutable { return std::uint8_t(v + ++n); };
#elif CASE == 6
    auto const all = view | [p = std::make_unique<int>(3)](std::uint8_t v) { return std::uint8_t(v + *p); };
#elif CASE == 7
    auto const all = view | darkest{};
#elif CASE == 8
    auto const all = view | [](std::uint8_t& v) { v = 3; };
#elif CASE == 9
    auto const all = view | [](auto& v) { return v; };
#elif CASE == 10
    auto const all = view | "gray";
#elif CASE == 11
    auto const all = view | [](std::uint8_t v, position<std::int32_t> at) { return v + at.x; };
#elif CASE == 12
    auto const all = view | placed{};
#elif CASE == 13
    auto const all = view | numbered{};
#endif
}

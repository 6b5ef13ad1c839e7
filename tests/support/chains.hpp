// SPDX-License-Identifier: BSL-1.0
// Chains that are chosen at run time against expected pixels, and their errors.
#pragma once

#include "support/message.hpp"
#include "support/oracle.hpp"

#include <quoin/exec/to_image.hpp>
#include <quoin/runtime/any_pipeline.hpp>

#include <functional>
#include <memory>

namespace test {

using namespace quoin;

constexpr extent two_images{131, 19};

/// Memory for a result, and what is wrong with it afterwards.
struct checked_output {
    any_output out;
    std::function<std::string()> wrong;
};

/// What is wrong with a chain of these inputs, under every policy and tiling.
inline std::string chain_differs(char const* text, std::vector<any_view> const& in, extent result,
                                 std::function<checked_output()> const& new_output) {
    any_pipeline const chain(text);
    std::string wrong;
    auto const check = [&](auto const& policies) {
        for (auto const& policy : policies)
            for (tiling const t : tilings(result)) {
                checked_output const to = new_output();
                run(policy, chain, in, to.out, t);
                std::string const found = to.wrong();
                if (!found.empty() && wrong.empty()) wrong = std::string(text) + ", " + policy.name() + ": " + found;
            }
    };
    check(scalar_policies());
    check(vector_policies());
    return wrong;
}

/// What is wrong with it against the expected pixels, into guarded memory.
template <class R>
std::string chain_differs(char const* text, std::vector<any_view> const& in, image_view<R const> const& expected) {
    return chain_differs(text, in, expected.size(), [&]() -> checked_output {
        auto const out = std::make_shared<guarded<R>>(expected.size());
        return {out->view(), [&expected, out]() -> std::string {
                    for (index_t y = 0; y < expected.height(); ++y)
                        for (index_t x = 0; x < expected.width(); ++x)
                            if (out->view().load(x, y) != expected(x, y))
                                return "at " + std::to_string(x) + ", " + std::to_string(y);
                    return out->guards_intact() ? "" : "wrote outside the output";
                }};
    });
}

/// What is wrong with a chain over two images against the compiled pipeline.
template <class P, class Make>
std::string chain_differs(char const* text, Make const& make) {
    guarded<P> const a(random_pixels<P>(two_images, 1)), b(random_pixels<P>(two_images, 2));
    auto const expected = to_image(serial{}, make(a.view(), b.view()));
    using R = typename std::remove_cvref_t<decltype(expected)>::pixel_type;
    return chain_differs<R>(text, {a.view(), b.view()}, expected.view());
}

/// What is said of a chain over inputs of these formats and extents.
inline std::string chain_message(std::string const& text, std::vector<any_pipeline::result> const& in) {
    return message([&] { any_pipeline(text).result_of(in); });
}

} // namespace test

// SPDX-License-Identifier: BSL-1.0
// Times match_template. OpenCV's matchTemplate is the peer.
#include "support/jobs.hpp"

#include <quoin/feature/match_template.hpp>

namespace {

template <class T>
bool add(quoin::index_t side) {
    auto const n = std::to_string(side);
    return bench::add_terminal("match_template-" + n + '<' + bench::pixel_name<T>() + '>', sizeof(T), bench::scene<T>,
                               [=](auto const& policy, auto const& view) {
                                   return quoin::match_template(policy, view, subview(view, {300, 200, side, side}));
                               });
}

bool const registered =
    add<std::uint8_t>(8) && add<std::uint8_t>(32) && add<std::uint8_t>(64) && add<std::uint16_t>(32) && add<float>(8);

} // namespace

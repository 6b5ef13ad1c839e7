// SPDX-License-Identifier: BSL-1.0
// message: the text of an error.
#pragma once

#include <quoin/core/error.hpp>

#include <string>

namespace test {

/// What f() throws as invalid_argument says.
template <class F>
std::string message(F const& f) {
    try {
        f();
    } catch (quoin::invalid_argument const& e) {
        return e.what();
    }
    return "no error";
}

} // namespace test

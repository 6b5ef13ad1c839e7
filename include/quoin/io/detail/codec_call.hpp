// SPDX-License-Identifier: BSL-1.0
// codec_call: calls into a C library that reports an error to a function which must not return.
#pragma once

#include <quoin/config.hpp>

#include <csetjmp>
#include <cstdio>
#include <exception>
#include <utility>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// The library's error function calls stop(), which jumps back to run(): not every platform lets exceptions pass
/// through C code.
class codec_call {
public:
    /// Calls f, in which no object may need its destructor. @returns whether it came to its end without stop().
    template <class F>
    bool run(F const& f) {
        if (setjmp(back_) != 0) {
            if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
            return false;
        }
        f();
        return true;
    }

    [[noreturn]] void stop(char const* reason) {
        std::snprintf(reason_, sizeof reason_, "%s", reason);
        std::longjmp(back_, 1);
    }

    /// For what the library calls back: an exception in f goes on out of run().
    template <class F>
    void guard(F const& f) {
        try {
            return f();
        } catch (...) {
            thrown_ = std::current_exception();
        }
        stop("");
    }

    char const* reason() const { return reason_; }

private:
    std::jmp_buf back_;
    std::exception_ptr thrown_;
    char reason_[256] = "";
};

} // namespace detail

QUOIN_NAMESPACE_END

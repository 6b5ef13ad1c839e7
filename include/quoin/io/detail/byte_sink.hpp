// SPDX-License-Identifier: BSL-1.0
// byte_sink: where encoders write to.
#pragma once

#include <quoin/config.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// A reference to anything that has write(data, size), so that encoders are compiled once.
class byte_sink {
public:
    template <class To>
        requires(!std::same_as<To, byte_sink>)
    byte_sink(To& to)
        : to_(&to), write_([](void* object, void const* data, std::size_t size) {
              static_cast<To*>(object)->write(data, size);
          }) {}

    void write(void const* data, std::size_t size) const { write_(to_, data, size); }
    void write(std::string_view text) const { write(text.data(), text.size()); }

private:
    void* to_;
    void (*write_)(void*, void const*, std::size_t);
};

} // namespace detail

QUOIN_NAMESPACE_END

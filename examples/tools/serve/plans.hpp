// SPDX-License-Identifier: BSL-1.0
// What a query asks for: a plan, which is read once for all requests with the same query.
#pragma once

#include "http_server.hpp"
#include "settings.hpp"

#include <memory>
#include <span>
#include <string>

namespace examples {

class workers;

/// Why a request is refused, with the status of the answer.
struct refusal : http_fault {};

/// What is asked of the service, for any body.
class plan {
public:
    virtual ~plan() = default;

    /// The bytes that the answer to this body takes at most at a time, beside the body: what its header says, before
    /// any pixel is decoded. @throws refusal for a body that is too large or cannot be what is asked for.
    virtual std::size_t memory(std::span<std::byte const> body) const = 0;

    /// The times of the steps.
    struct times {
        double decode = 0, compute = 0, encode = 0; ///< ms
    };
    /// @throws refusal, quoin::canceled
    virtual http_response answer(workers const& w, std::span<std::byte const> body, times& taken) const = 0;
};

/// An address of the service.
struct endpoint {
    char const* name; ///< for metrics
    char const* path;
    bool takes_body; ///< POST, or else GET
    /// @throws usage_error for a query with which nothing can be done.
    std::shared_ptr<plan const> (*read)(http_query const& query, serve_settings const& limits);
};

std::span<endpoint const> endpoints();

} // namespace examples

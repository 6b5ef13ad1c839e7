// SPDX-License-Identifier: BSL-1.0
// What a query asks for: a plan, which is read once for all requests with the same query.
#pragma once

#include "../common/command_line.hpp"
#include "http_server.hpp"
#include "settings.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace examples {

class workers;

/// Why a request is refused, with the status of the answer.
struct refusal : http_fault {};

/// The files that a request sends.
using image_bodies = std::span<std::span<std::byte const> const>;

/// What is asked of the service, for any images.
class plan {
public:
    virtual ~plan() = default;

    /// How many images are read.
    virtual std::size_t images() const { return 1; }

    /// The bytes that the answer to these images, images() of them, takes at most at a time, beside them: what their
    /// headers say, before any pixel is decoded. @throws refusal for what is too large or cannot be what is asked for.
    virtual std::size_t memory(image_bodies images) const = 0;

    /// The times of the steps.
    struct times {
        double decode = 0, compute = 0, encode = 0; ///< ms
    };
    /// @throws refusal, quoin::canceled
    virtual http_response answer(workers const& w, image_bodies images, times& taken) const = 0;
};

/// An address of the service.
struct endpoint {
    char const* name; ///< for metrics
    char const* path;
    char const* about;
    char const* answer;                  ///< what it is, for descriptions
    std::vector<std::string_view> types; ///< of answers
    bool takes_body;                     ///< POST, or else GET
    /// @throws usage_error for a query with which nothing can be done.
    std::shared_ptr<plan const> (*read)(http_query const& query, serve_settings const& limits);
    /// What a query may have.
    std::vector<option_facts> (*options)();
};

std::span<endpoint const> endpoints();

} // namespace examples

// SPDX-License-Identifier: BSL-1.0
// Times the statistics of labels: squares of 32 x 32 pixels, each with a label of its own.
#include "support/jobs.hpp"

#include <quoin/measure/by_label.hpp>
#include <quoin/measure/mean_std.hpp>
#include <quoin/measure/min_max.hpp>

namespace {

bool const registered =
    bench::add_work("by_label<" + bench::pixel_name<std::uint8_t>() + '>', 1 + sizeof(std::uint32_t),
                    [](auto const& policy, quoin::extent size) {
                        auto const labels = std::make_shared<quoin::image<std::uint32_t>>(size);
                        quoin::index_t const across = (size.width + 31) / 32;
                        for (quoin::index_t y = 0; y < size.height; ++y)
                            for (quoin::index_t x = 0; x < size.width; ++x)
                                (*labels)(x, y) = static_cast<std::uint32_t>(y / 32 * across + x / 32);
                        quoin::index_t const most = (size.height + 31) / 32 * across;
                        return [=, view = bench::scene<std::uint8_t>(size)] {
                            auto const region = by_label(std::as_const(*labels).view(), most);
                            auto const found = statistics(policy, view, region, quoin::mean_std, quoin::min_max);
                            bench::keep();
                        };
                    });

} // namespace

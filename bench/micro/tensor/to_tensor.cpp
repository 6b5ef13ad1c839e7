// SPDX-License-Identifier: BSL-1.0
// Times the inputs of a classifier and of a detector, prepared once.
#include "support/jobs.hpp"
#include "support/tensors.hpp"

#include <quoin/tensor/prepare.hpp>

namespace {

template <class T>
bool add(std::string const& name, quoin::tensor_spec const& spec) {
    return bench::add_work(name, sizeof(quoin::rgb8), [=](auto const& policy, quoin::extent size) {
        quoin::image_view<quoin::rgb8 const> const view = bench::scene<quoin::rgb8>(size);
        std::vector<T> const values(static_cast<std::size_t>(3 * spec.size.area()));
        return [=, make = quoin::prepare(spec), values = values]() mutable {
            make(policy, std::span(&view, 1), std::span(values));
            bench::keep();
        };
    });
}

bool const registered = add<float>("tensor-crop-224<f32>", bench::classified) &&
                        add<float>("tensor-letterbox-640<f32>", bench::detected) &&
                        add<quoin::half>("tensor-letterbox-640<f16>", bench::detected);

} // namespace

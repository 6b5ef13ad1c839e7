// SPDX-License-Identifier: BSL-1.0
// shared_taps: owns a tap_table, which weights_of fills. Copies share it, so that a stage with one is a small value.
#pragma once

#include <quoin/core/tap_table.hpp>

#include <algorithm>
#include <concepts>
#include <memory>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// What gives the weights of results: calls an object through its address, so that tables are made by one function for
/// all types of objects. of(i, weights) appends the weights of result i to an empty vector, at least one, and returns
/// the index of the first input. The object must outlive it.
template <class Weight>
class weights_of {
public:
    template <class F>
        requires(!std::same_as<F, weights_of>)
    weights_of(F const& of)
        : of_(&of), call_([](void const* f, index_t i, std::vector<Weight>& weights) -> index_t {
              return (*static_cast<F const*>(f))(i, weights);
          }) {}
    index_t operator()(index_t i, std::vector<Weight>& weights) const { return call_(of_, i, weights); }

private:
    void const* of_;
    index_t (*call_)(void const*, index_t, std::vector<Weight>&);
};

} // namespace detail

template <class Weight>
class shared_taps {
public:
    /// Makes a table of `size` results with the weights of(i, weights).
    shared_taps(index_t size, index_t input, detail::weights_of<Weight> of) {
        auto data = std::make_shared<arrays>();
        std::vector<Weight> all, one;
        for (index_t i = 0; i < size; ++i) {
            one.clear();
            data->first.push_back(of(i, one));
            data->used.push_back(static_cast<int>(one.size()));
            all.insert(all.end(), one.begin(), one.end());
        }
        int const count = *std::max_element(data->used.begin(), data->used.end());
        data->weights.resize(static_cast<std::size_t>(size * count));
        auto from = all.begin();
        for (index_t i = 0; i < size; ++i) {
            int const used = data->used[static_cast<std::size_t>(i)];
            std::copy(from, from + used, data->weights.begin() + i * count);
            from += used;
        }
        index_t step = 0;
        for (std::size_t i = 1; i < data->first.size(); ++i) step = std::max(step, data->first[i] - data->first[i - 1]);
        table_ = {size, input, count, step, false, data->first.data(), data->used.data(), data->weights.data()};
        data_ = std::move(data);
    }

    /// The table that copies `size` values. `one` is the weight whose product with a value is that value.
    static shared_taps copying(index_t size, Weight one) {
        shared_taps taps(size, size, [one](index_t i, std::vector<Weight>& weights) {
            weights.push_back(one);
            return i;
        });
        taps.table_.copies = true;
        return taps;
    }

    tap_table<Weight> const& table() const { return table_; }

private:
    struct arrays {
        std::vector<index_t> first;
        std::vector<int> used;
        std::vector<Weight> weights;
    };

    std::shared_ptr<arrays const> data_;
    tap_table<Weight> table_;
};

QUOIN_NAMESPACE_END

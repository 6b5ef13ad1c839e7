// SPDX-License-Identifier: BSL-1.0
// shared_taps: owns a tap_table. Copies share it, so that a stage with one is a small value.
#pragma once

#include <quoin/core/tap_table.hpp>

#include <algorithm>
#include <memory>
#include <vector>

QUOIN_NAMESPACE_BEGIN

template <class Weight>
class shared_taps {
public:
    /// Makes a table of `size` results. of(i, weights) appends the weights of result i to an empty vector, at least
    /// one, and returns the index of the first input.
    template <class F>
    shared_taps(index_t size, index_t input, F const& of) {
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

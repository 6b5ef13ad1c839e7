// SPDX-License-Identifier: BSL-1.0
// What programs and the compiled half of quoin::runtime hand to each other: plain data and C functions, since the types
// of quoin are others under each instruction set.
#pragma once

#include <cstdint>

namespace quoin {

struct operation;

namespace abi {

/// A stage of a chain: an operation by its place in the catalogue, and the values of its parameters.
struct stage {
    int operation;
    double const* values;
};
struct chain {
    stage const* stages;
    int count;
};

/// Pixels. Channel c of the pixel (x, y) is data[y * stride + x * step + c * plane], all counted in channels.
struct pixels {
    void const* data;
    std::int64_t width, height, stride, step, plane;
    int type; ///< of a channel: the place in quoin::channel_type
    int channels;
};

struct rect {
    std::int64_t x, y, width, height;
};

/// What is known of a chain before it is evaluated.
struct plan {
    int type, channels; ///< of the result
    std::int64_t width, height;
    std::int64_t bytes_per_column, halo; ///< of the lines, see row_cost
    int passes;                          ///< that fill lines
    int* stage_passes;                   ///< where not null: of each stage, -1 where it computes nothing
    int failed;                          ///< the stage that cannot follow the ones before it, -1 where all can
    char message[400];                   ///< why
};

/// Told of rows, as a row_observer is.
struct observer {
    void* self;
    void (*begin_row)(void* self, int pass);
    void (*end_row)(void* self, int pass) noexcept;
};

/// One block of the result.
struct block {
    chain stages;
    pixels in, out;
    rect where;
    observer const* seen; ///< null: nobody
};

} // namespace abi
} // namespace quoin

extern "C" {
/// The entry of the catalogue with this number, null behind the last one.
quoin::operation const* quoin_runtime_operation(int number);
/// Fills the plan of a chain over such pixels, whose data is not looked at.
void quoin_runtime_plan(quoin::abi::chain const* chain, quoin::abi::pixels const* in, quoin::abi::plan* plan);
/// What a chain without faults reads of its input for a part of its result.
quoin::abi::rect quoin_runtime_needed(quoin::abi::chain const* chain, quoin::abi::pixels const* in,
                                      quoin::abi::rect where);
void quoin_runtime_evaluate_scalar(quoin::abi::block const* block);
void quoin_runtime_evaluate_simd(quoin::abi::block const* block);
/// The instruction set that the second one uses.
char const* quoin_runtime_evaluate_simd_level();
}

// SPDX-License-Identifier: BSL-1.0
// The interface between programs and the compiled part of quoin::runtime. It consists of plain data and C functions,
// because the types of quoin differ between instruction sets.
#pragma once

#include <cstddef>
#include <cstdint>

namespace quoin {

struct operation;

namespace abi {

struct operand;

/// A stage of a chain: an operation, by its index in the catalogue, the values of its parameters, and what it reads
/// beside the pixels so far. If it is made of counts, its tables: 256 bytes or 65,536 16-bit values for each channel,
/// or the numbers of tile_layout if they are those of tiles; null until they are made.
struct stage {
    int operation;
    double const* values;
    void const* tables;
    operand const* operands;
    int operand_count;
};
struct chain {
    stage const* stages;
    int count;
};
/// A chain over one of the inputs.
struct operand {
    int input; ///< its index
    chain stages;
};

/// Pixels. Channel c of the pixel (x, y) is data[y * stride + x * step + c * plane]. The distances count channels.
struct pixels {
    void const* data;
    std::int64_t width, height, stride, step, plane;
    int type; ///< the channel type, as its index in quoin::channel_type
    int channels;
};

struct rect {
    std::int64_t x, y, width, height;
};

/// The inputs of a chain, which begins with the first one.
struct inputs {
    pixels const* all;
    int count;
};

/// Properties of a chain that are known before it is evaluated. Stages are numbered as they are evaluated: those of the
/// operands of a stage come before it.
struct plan {
    int type, channels; ///< the format of the result
    std::int64_t width, height;
    std::int64_t bytes_per_column, halo; ///< the cost of the lines, see row_cost
    int passes;                          ///< the number of passes that fill lines
    int* stage_passes;                   ///< unless null: the passes of each stage, -1 if it computes nothing
    int counts;                          ///< the first stage of the chain itself without tables that needs counts of
                                         ///< its input, else -1
    double clip;                         ///< of that stage, if it needs the counts of tiles
    std::int64_t across, down;           ///< the number of its tiles, or 0
    std::int64_t held;                   ///< the bytes of the images that whole stages make
    int cut;                             ///< the last stage of the chain itself that reads an image of the stages
                                         ///< before it, else -1
    int failed;                          ///< the first stage of the chain itself that cannot follow, else -1
    char message[400];                   ///< the reason
    bool only_values;                    ///< given: check the values of the stages, and plan nothing
};

/// Notified of rows, as a row_observer is.
struct observer {
    void* self;
    void (*begin_row)(void* self, int pass);
    void (*end_row)(void* self, int pass) noexcept;
};

/// Memory for the lines of a block. take(self, bytes) returns zeros, aligned to 64 bytes, that stay valid until the
/// block is computed.
struct memory {
    void* self;
    void* (*take)(void* self, std::size_t bytes);
};

/// What all blocks of an evaluation share, such as tables. get(self, stage, make, argument, drop) returns the result of
/// make(argument) for the first block that asked for this stage of the chain; drop() destroys it after the last block.
struct shared {
    void* self;
    void* (*get)(void* self, int stage, void* (*make)(void const*), void const* argument, void (*drop)(void*));
};

/// One block of the result.
struct block {
    chain stages;
    inputs in;
    pixels out;
    rect where;
    observer const* seen; ///< null for no observer
    memory const* lines;  ///< null for the heap
    shared const* tables; ///< never null
    std::int64_t* counts; ///< unless null: the values of each channel are counted, and nothing is written to `out`
};

} // namespace abi
} // namespace quoin

extern "C" {
/// The entry of the catalogue with this number, or null after the last one.
quoin::operation const* quoin_runtime_operation(int number);
/// Fills the plan of a chain over such pixels. The pixels themselves are not read.
void quoin_runtime_plan(quoin::abi::chain const* chain, quoin::abi::inputs const* in, quoin::abi::plan* plan);
/// The part of an input, by its index, that a valid chain reads for a part of its result. It is empty for an input that
/// the chain does not read.
quoin::abi::rect quoin_runtime_needed(quoin::abi::chain const* chain, quoin::abi::inputs const* in, int input,
                                      quoin::abi::rect where);
/// Makes the table of a stage for a channel of this type of the counts of its 256 or 65,536 values. `table` has as many
/// values of the type. A message of 400 characters is empty, or the reason why there is no table.
void quoin_runtime_table(quoin::abi::stage const* stage, int type, std::int64_t const* counts, void* table,
                         char* message);
void quoin_runtime_evaluate_scalar(quoin::abi::block const* block);
void quoin_runtime_evaluate_simd(quoin::abi::block const* block);
/// The instruction set of quoin_runtime_evaluate_simd.
char const* quoin_runtime_evaluate_simd_level();
}

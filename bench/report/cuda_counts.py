#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Counts what the kernel of the chain does on a GPU, without one: bench/report/cuda_counts.py [--nvdisasm PROGRAM] [--keep FOLDER]

Compiles tests/cuda/pipeline.cpp by nvcc for sm_90 (QUOIN_CUDA_ARCH, as cmake/cuda-check.sh), disassembles the kernel of

    rgb8 -> gray | gaussian3 | sobel_magnitude | sharpen | brightness(1.2) -> u8

and counts the instructions of its four loops, one for each image in shared memory and one for the result. A loop's turn
computes four pixels. Counted is the longest way through it that neither reads or writes single bytes (the border of the
image) nor calls (roots of numbers below 2^-100), times the turns that a tile of 128 x 32 pixels needs, halo included. What
a team does once for each tile is left out. nvdisasm is part of the CUDA toolkit, or of
`pip install nvidia-cuda-nvdisasm`.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHAIN = ["gray_fn", "gaussian3_fn", "sobel_magnitude_fn", "sharpen_fn", "brightness_fn"]
TILE, STEP, REACH = (128, 32), 4, 1
STAGES = ["gray", "gaussian3", "sobel_magnitude", "sharpen, brightness"]


def compile_kernels(folder):
    """The disassembly's input, and what the assembler says about registers."""
    prefix = subprocess.run([ROOT / "cmake/setup.sh", "--print-cuda-prefix"], check=True, capture_output=True, text=True)
    kokkos = pathlib.Path(prefix.stdout.strip()) / "include/kokkos"
    nvcc = shutil.which("nvcc") or "/usr/local/cuda/bin/nvcc"
    if not kokkos.is_dir() or not os.access(nvcc, os.X_OK):
        sys.exit("cuda_counts: no nvcc or no Kokkos with CUDA; run cmake/setup.sh --cuda")
    arch = re.sub(r".*[A-Z]", "", os.environ.get("QUOIN_CUDA_ARCH", "HOPPER90"))
    flags = ["-std=c++20", f"-arch=sm_{arch}", "--extended-lambda", "--expt-relaxed-constexpr", "-O2", "-Xcompiler=-fopenmp"]
    includes = ["-I", ROOT / "include", "-isystem", kokkos]
    cubin = folder / "pipeline.cubin"
    source = ROOT / "tests/cuda/pipeline.cpp"
    built = subprocess.run(
        [nvcc, *flags, *includes, "-x", "cu", "-cubin", "-Xptxas", "-v", source, "-o", cubin], capture_output=True, text=True
    )
    if built.returncode:
        sys.exit(built.stderr)
    return cubin, built.stderr


def chain_kernel(names):
    """The one among mangled names that is the chain's, in fast scratch memory."""

    def is_chain(name):
        return "tile_kernel" in name and re.findall(r"\d([a-z][a-z_0-9]*_fn)E", name) == CHAIN and "Li0EE" in name

    chosen = [n for n in names if is_chain(n)]
    if len(chosen) != 1:
        sys.exit(f"cuda_counts: {len(chosen)} kernels look like the chain's; one is expected")
    return chosen[0]


class Block:
    def __init__(self):
        self.code, self.next = [], []

    def slow(self):
        return any(re.match(r"(CALL|LDG\.E\.U8|STG\.E\.U8|LDS\.U8|STS\.U8)\b", c) for c in self.code)


def blocks_of(lines):
    """Basic blocks in the order of the code, with the numbers of those that follow."""
    blocks, labels = [Block()], {}
    for line in lines:
        if label := re.match(r"\s*(\.L_x_\d+):", line):
            if blocks[-1].code:
                blocks.append(Block())
            labels[label[1]] = len(blocks) - 1
        elif code := re.match(r"\s*/\*[0-9a-f]{4,}\*/\s*(.*?);", line):
            blocks[-1].code.append(code[1].strip())
            if re.search(r"\b(BRA|EXIT|RET)\b", code[1]):
                blocks.append(Block())
    for i, block in enumerate(blocks):
        last = block.code[-1] if block.code else ""
        if target := re.search(r"\bBRA\b.*`\((\.L_x_\d+)\)", last):
            block.next.append(labels[target[1]])
        always = last and not last.startswith("@") and re.search(r"\b(BRA|EXIT|RET)\b", last)
        # `@P0 BRA P1, ...` needs both predicates.
        if i + 1 < len(blocks) and not (always and not re.search(r"BRA U?!?U?P\d", last)):
            block.next.append(i + 1)
    return blocks


def longest_way(blocks, first, last):
    """The instructions of the longest way from one block to another that is not slow; None where there is none."""
    best = {first: list(blocks[first].code)} if not blocks[first].slow() else {}
    for i in range(first, last):
        for n in blocks[i].next if i in best else []:
            if i < n <= last and not blocks[n].slow():
                way = best[i] + blocks[n].code
                if n not in best or len(way) > len(best[n]):
                    best[n] = way
    return best.get(last)


def stage_loops(blocks):
    """The ways through the loops that store what they compute, in the order of the code."""
    ways = []
    for latch, block in enumerate(blocks):
        for head in block.next:
            if head > latch or any("BAR.SYNC" in c for b in blocks[head : latch + 1] for c in b.code):
                continue
            way = longest_way(blocks, head, latch)
            if way and any(re.search(r"\b(STS|STG\.E)\b", c) for c in way):
                ways.append(way)
    return ways


def turns():
    """How often each loop runs in a tile: the pixels that the stages behind it read, in whole steps."""
    width, height = TILE
    counts = [width // STEP * height]
    for _ in STAGES[1:]:
        width, height = -(-(width + 2 * REACH) // STEP) * STEP, height + 2 * REACH
        counts.append(width // STEP * height)
    return counts[::-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nvdisasm", default=shutil.which("nvdisasm") or "/usr/local/cuda/bin/nvdisasm")
    parser.add_argument("--keep", type=pathlib.Path, help="where the kernel's assembly is left")
    arguments = parser.parse_args()
    if not os.access(arguments.nvdisasm, os.X_OK):
        sys.exit("cuda_counts: no nvdisasm; name one by --nvdisasm")
    with tempfile.TemporaryDirectory() as folder:
        cubin, said = compile_kernels(pathlib.Path(folder))
        text = subprocess.run([arguments.nvdisasm, "-c", cubin], check=True, capture_output=True, text=True).stdout
    sections = dict(s.split("\n", 1) for s in re.split(r"\n//-+ \.text\.", text)[1:])
    sections = {name.split()[0]: body for name, body in sections.items()}
    name = chain_kernel(sections)
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        (arguments.keep / "chain.sass").write_text(sections[name])
    resources = said[said.index(f"Compiling entry function '{name}'") :]
    spills = re.search(r"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads", resources)
    registers = re.search(r"Used (\d+) registers", resources)
    ways = stage_loops(blocks_of(sections[name].splitlines()))
    if len(ways) != len(STAGES):
        sys.exit(f"cuda_counts: {len(ways)} loops that store u32, {len(STAGES)} expected")

    print(f"{registers[1]} registers, {spills[1]} bytes of stack, {spills[2]} + {spills[3]} bytes spilled")
    head = ("loop", "turns", "instructions", "LDG", "STG", "LDS", "STS")
    print("{:20} {:>6} {:>13} {:>5} {:>5} {:>5} {:>5}".format(*head))
    pixels, totals = TILE[0] * TILE[1], [0.0] * 5
    for stage, count, way in zip(STAGES, turns(), ways):
        found = [len(way)] + [sum(re.search(rf"\b{op}\b", c) is not None for c in way) for op in head[3:]]
        print("{:20} {:6} {:13} {:5} {:5} {:5} {:5}".format(stage, count, *found))
        totals = [t + count * n / pixels for t, n in zip(totals, found)]
    print("{:20} {:6} {:13.1f} {:5.2f} {:5.2f} {:5.2f} {:5.2f}".format("a pixel", "", *totals))
    read = turns()[0] * STEP * 3 / pixels
    print(f"bytes a pixel: {read:.2f} of the source with halo (3 without), {4 * totals[2]:.2f} stored;", end=" ")
    print(f"{4 * totals[1]:.2f} requested by loads, {4 * (totals[3] + totals[4]):.1f} through shared memory")


main()

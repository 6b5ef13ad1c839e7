#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes the umbrella headers: umbrellas.py [--check] [ROOT]

include/quoin/<folder>.hpp includes the public headers of a folder, include/quoin/quoin.hpp the umbrellas, all without
HEAVY headers; io.hpp and mpi.hpp, whose headers all are, are apart. With --check nothing is written: files that differ
from what would be are named, and the exit status is 1 if there are some.
"""
import pathlib
import re
import sys

# Folders in which nothing is public.
INTERNAL = re.compile(r"(^|/)(detail|line|tile)/")
# Headers that need another library, or standard headers that few programs want to compile.
HEAVY = re.compile(
    r"^(io|mpi|observe|runtime)/|^lanes/(convert|lanes|lanes_products|lanes_sums|simd_lanes)\.hpp$"
    r"|^exec/(any_policy|simd|parallel|parallel_simd|kokkos\w*)\.hpp$"
)
# Folders of such headers alone, whose umbrellas include them.
APART = ("io", "mpi")
WHAT = {
    "core": "Pixel and channel types, geometry and errors.",
    "lanes": "The lane functions for scalars; the headers for SIMD need xsimd and are apart.",
    "image": "Images and views.",
    "draw": "Shapes, text and labels that are drawn on views.",
    "pipe": "Stages, borders, windows and pipelines.",
    "filter": "All filters.",
    "geometry": "Rearranging stages: crop and flips.",
    "exec": "run, to_image and the serial policy; the other policies have headers of their own.",
    "measure": "Functions that reduce an image to a few values, and the background.",
    "feature": "Points of images that stand out, as lists, and edges.",
    "mask": "Bit images, and the functions that make and change them.",
    "label": "Connected components and regions, and their properties.",
    "rect": "Partitions of masks into rectangles.",
    "tensor": "Images as the input of models.",
    "mpi": "Images and pipelines of several processes. Needs MPI; not part of quoin.hpp.",
    "io": "Image files. Needs stb's headers; not part of quoin.hpp. tiff_writer.hpp needs libtiff, and is apart.",
}
ALL = """\
// All of quoin that needs nothing but the standard library. The policies with dependencies and the image files have
// headers of their own: exec/simd.hpp (xsimd), exec/parallel.hpp (oneTBB), exec/parallel_simd.hpp (both),
// exec/kokkos.hpp (Kokkos), mpi.hpp (MPI) and io.hpp (stb). The same holds for observe/trace.hpp and
// observe/watched.hpp (clocks and threads), exec/any_policy.hpp (<functional>) and runtime/any_pipeline.hpp
// (quoin::runtime). catalogue.hpp lists the operations."""


def umbrella(comment, headers):
    lines = ["// SPDX-License-Identifier: BSL-1.0", comment, "#pragma once", ""]
    return "\n".join(lines + [f"#include <quoin/{header}>" for header in sorted(headers)]) + "\n"


def umbrellas(root):
    """The text of each, by its name."""
    base = root / "include/quoin"
    result = {}
    for folder in sorted(path.name for path in base.iterdir() if path.is_dir()):
        headers = [path.relative_to(base).as_posix() for path in base.glob(f"{folder}/**/*.hpp")]
        headers = [h for h in headers if not INTERNAL.search(h) and (folder in APART or not HEAVY.search(h))]
        headers = [h for h in headers if h != "io/tiff_writer.hpp"]
        if headers:
            result[f"{folder}.hpp"] = umbrella(f"// {WHAT.get(folder, f'All of {folder}/.')}", headers)
    result["quoin.hpp"] = umbrella(ALL, result.keys() - {f"{folder}.hpp" for folder in APART})
    return result


def main(arguments):
    check = "--check" in arguments
    root = [argument for argument in arguments if argument != "--check"]
    root = pathlib.Path(root[0]) if root else pathlib.Path(__file__).resolve().parents[1]
    status = 0
    for name, text in umbrellas(root).items():
        path = root / "include/quoin" / name
        if path.exists() and path.read_text() == text:
            continue
        if check:
            print(f"include/quoin/{name}: differs from what cmake/umbrellas.py writes")
            status = 1
        else:
            path.write_text(text)
            print(f"include/quoin/{name}: written")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

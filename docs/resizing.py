#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Measures what docs/resizing.md states, and writes its tables: resizing.py [--check] FOLDER

FOLDER is that of the executables. The photographs lie in $QUOIN_DATA/photos. In the page, the lines between
    <!-- table: NAME, written by docs/resizing.py -->
and
    <!-- end of table -->
are replaced by the table of that name. With --check nothing is written: a table that would change is named, and the exit
status is 1. Exit status 77, with the reason: NumPy, the photographs or an executable is missing.
"""
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "docs/site"))
sys.dont_write_bytecode = True

import curves  # noqa: E402
from library import table  # noqa: E402

try:
    import numpy as np
except ImportError:
    print("SKIPPED: there is no NumPy")
    sys.exit(77)

PAGE = ROOT / "docs/resizing.md"
REGION = re.compile(r"(<!-- table: (\w+), written by docs/resizing\.py -->\n).*?(<!-- end of table -->\n)", re.DOTALL)
PHOTOS = ("astronaut.png", "chelsea.png", "coffee.png")
KERNELS = ("nearest", "box", "triangle", "hamming", "cubic", "lanczos3")
# Every way to another extent, by the name that the page has for it; {} stands for the extent.
WAYS = {f"`{k}`": f"resize={{}}:{k}" for k in KERNELS} | {f"`{o}`": f"{o}={{}}" for o in ("resize_area", "resize_linear", "resize_cubic")}


class Quoin:
    """The executables, and a folder for their files."""

    def __init__(self, folder, files):
        self.folder, self.files = folder, files

    def run(self, program, *arguments):
        done = subprocess.run([self.folder / program, *map(str, arguments)], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stderr)

    def chain(self, image, chain):
        """What a chain makes of a file, or of an array of 8 or 16 bits."""
        path, out = image, self.files / "out.pgm"
        if isinstance(image, np.ndarray):
            path = self.files / "in.pgm"
            most = np.iinfo(image.dtype).max
            path.write_bytes(b"P5 %d %d %d\n" % (*image.shape[::-1], most) + image.astype(image.dtype.newbyteorder(">")).tobytes())
        self.run("quoin-filters", path, "--out", out, "--chain", chain)
        made = out.read_bytes()
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+(\d+)\s", made)
        pixels = np.frombuffer(made[head.end() :], ">u2" if int(head[3]) > 255 else "u1")
        return pixels.reshape(int(head[2]), int(head[1])).astype(np.float64)

    def tensor(self, *arguments):
        """The tensor of all photographs, in levels."""
        out = self.files / "out.npy"
        self.run("quoin-tensor", *(photos() / name for name in PHOTOS), "--out", out, "--scale", 1, *arguments)
        return np.load(out).astype(np.float64)


def photos():
    return pathlib.Path(os.environ.get("QUOIN_DATA", "")) / "photos"


def root_mean_square(values):
    return math.sqrt(np.mean(np.square(values)))


def cosines(n):
    """The cosine transform of n values, orthonormal."""
    m = np.cos(np.pi * np.outer(np.arange(n), np.arange(n) + 0.5) / n) * math.sqrt(2 / n)
    m[0] /= math.sqrt(2)
    return m


def exactly(image, size):
    """The image, continued by its mirror images, without the frequencies that the smaller result cannot hold."""

    def along(n, m):
        return cosines(m).T @ cosines(n)[:m] * math.sqrt(m / n)

    return along(image.shape[0], size[1]) @ image @ along(image.shape[1], size[0]).T


def errors(quoin):
    """By frequency, and of a photograph."""
    for program in ("resize", "resize_area", "resize_linear", "resize_cubic"):
        quoin.run(f"docs/{program}", quoin.files)
    measured = curves.read(quoin.files)

    def of_waves(name, panel, low, high):
        return root_mean_square([error for frequency, error in measured[panel, name] if low < frequency < high])

    photo = quoin.chain(photos() / PHOTOS[0], "gray")
    rows = []
    for name, chain in WAYS.items():
        of = name.strip("`")
        parts = ("smaller", 0, curves.LIMIT), ("smaller", curves.LIMIT, 1), ("larger", 0, curves.LIMIT)
        waves = [of_waves(of, *part) for part in parts]
        far = [root_mean_square(quoin.chain(photo.astype("u1"), chain.format(f"{s}x{s}")) - exactly(photo, (s, s))) for s in (256, 128)]
        rows.append((name, *(f"{v:.1f}" for v in waves + far)))
    return table(("", "kept waves", "aliased waves", "enlarged waves", "photograph, 1/2", "photograph, 1/4"), rows)


def erf(values):
    return np.vectorize(math.erf)(values)


def centers(quoin):
    """Where an edge is after resizing, in pixels of the input."""
    width, height = 480, 120  # places over the 12 columns after which the samples of 1/2.4 repeat
    offsets = (np.arange(height) - (height - 1) / 2) / 10

    def shift(chain, result, at):
        place = at + offsets[:, None]
        edge = 120 + 100 * erf((np.arange(width) + 0.5 - place) / (2 * math.sqrt(2)))
        out = quoin.chain(np.floor(edge + 0.5).astype("u1"), chain)
        assert out.shape == (height, result)
        found = np.sum((220 - out) / 200, axis=1) * width / result
        return np.mean(found - place[:, 0])

    def row(name, smaller, larger):
        out = [name]
        for chain, result in ((smaller, 200), (larger, 1200)):
            out += [f"{shift(chain, result, at):+.2f}".replace("-0.00", "0.00").replace("+0.00", "0.00") for at in (47, 239, 431)]
        return out

    def warp(map_of, how):
        return [f"warp_affine={map_of(width, m)}:0:1:0:{how}:{m}x{height}" for m in (200, 1200)]

    shown = ("`triangle`", "`lanczos3`", "`resize_area`", "`resize_linear`", "`nearest`")
    rows = [row(name, *(WAYS[name].format(f"{m}x{height}") for m in (200, 1200))) for name in shown]
    # A nearest pixel of a warp is floor(place + 1/2); the numbers are a little more than x n / m - 1/2, not to be below whole ones.
    rows.append(row("pixel floor(x n / m)", *warp(lambda n, m: f"{n / m}:0:-0.4999", "nearest")))
    rows.append(row("linear at x n / m", *warp(lambda n, m: f"{n / m}:0:0", "linear")))
    rows.append(row("linear at x (n - 1) / (m - 1), corners aligned", *warp(lambda n, m: f"{(n - 1) / (m - 1)}:0:0", "linear")))
    return table(("", *(f"{what}, {where}" for what in ("1/2.4", "2.5") for where in ("left", "middle", "right"))), rows)


class Lines:
    """Upright lines of 3 pixels, at 120 offsets of a tenth of a pixel, made 2.4 times narrower."""

    width, height, result, wide = 480, 120, 200, 3.0

    def __init__(self, ground, line):
        self.ground, self.contrast = ground, line - ground
        left = 200 + np.arange(self.height)[:, None] / 10
        x = np.arange(self.width)
        covered = np.clip(np.minimum(x + 1, left + self.wide) - np.maximum(x, left), 0, 1)
        self.image = np.floor(ground + self.contrast * covered + 0.5).astype("u1")
        self.center = left[:, 0] + self.wide / 2

    def measured(self, out):
        """Of each line the width from the sum, the width at half its height, and how far its center is off."""
        step = self.width / self.result
        part = (out - self.ground) / self.contrast
        total = part.sum(axis=1)
        x = (np.arange(self.result) + 0.5) * step
        return total * step, np.array([half_width(row) * step for row in part]), (part @ x) / total - self.center


def half_width(row):
    """Between the two places where a line crosses 1/2."""
    top = int(np.argmax(row))
    right = top + int(np.argmax(row[top:] < 0.5))
    left = top - int(np.argmax(row[top::-1] < 0.5))
    ends = [(b + (0.5 - row[b]) / (row[a] - row[b]) * (a - b)) for a, b in ((right - 1, right), (left + 1, left))]
    return ends[0] - ends[1] if row[top] >= 0.5 else 0.0


def span(values, digits=2):
    low, high = (f"{v:.{digits}f}" for v in (np.min(values), np.max(values)))
    return low if low == high else f"{low} to {high}"


def lines(quoin):
    """What kernels do to the width and place of a line."""
    measure, rows = Lines(20, 220), []
    for name, chain in WAYS.items():
        total, half, off = measure.measured(quoin.chain(measure.image, chain.format(f"{measure.result}x{measure.height}")))
        rows.append((name, span(total), span(half), f"{np.max(np.abs(off)):.2f}"))
    return table(("", "width by the sum", "width at half the height", "center off by up to"), rows)


def rounded(quoin):
    """What whole numbers do to the width of a line."""
    rows = []
    for what, ground, line, name in (("220 on 20", 20, 220, "resize_area"), ("108 on 100", 100, 108, "resize_area"),
                                     ("220 on 20", 20, 220, "lanczos3"), ("255 on 0", 0, 255, "lanczos3")):  # fmt: skip
        measure = Lines(ground, line)
        chain = WAYS[f"`{name}`"].format(f"{measure.result}x{measure.height}")
        byte, _, _ = measure.measured(quoin.chain(measure.image, chain))
        wide, _, _ = measure.measured(quoin.chain(measure.image.astype("u2") * 256, chain) / 256)
        rows.append((f"`{name}`, a line of {what}", span(byte), span(wide)))
    return table(("", "8 bits", "16 bits, 256 times the values"), rows)


def modes(quoin):
    """How far the modes of resize are apart."""
    photo = photos() / PHOTOS[0]
    rows = []
    for kernel in ("triangle", "cubic", "lanczos3"):
        chain = f"gray,resize=211x200:{kernel}"
        pillow, simd, accurate = (quoin.chain(photo, f"{chain}:{mode}") for mode in ("pillow", "pillow_simd", "accurate"))
        far = [np.abs(pillow - other) for other in (simd, accurate)]
        rows.append((kernel, *(f"{np.mean(d > 0) * 100:.2g} % of the pixels, by up to {int(d.max())}" for d in far)))
    return table(("Photograph to 211 x 200", "`pillow` and `pillow_simd`", "`pillow` and `accurate`"), rows)


def tensors(quoin):
    """How far the input of a model is from that of triangle."""
    sizes = (("--size", "224x224", "--fit", "crop", "--shorter-side", 256), ("--size", "64x64", "--fit", "stretch"))
    ways = {f"`{k}`": ("--kernel", k) for k in ("box", "hamming", "cubic", "lanczos3", "nearest")}
    ways |= {"`resize_linear`, no antialiasing": ("--no-antialias",)}
    ways |= {f"`triangle`, mode `{m}`": ("--mode", m) for m in ("pillow_simd", "accurate")}
    usual, rows = [quoin.tensor(*size) for size in sizes], []
    for name, options in ways.items():
        far = [np.abs(quoin.tensor(*size, *options) - u) for size, u in zip(sizes, usual)]
        rows.append((name, *(cell for d in far for cell in (f"{np.mean(d):.2g}", f"{int(d.max())}"))))
    return table(("", "224 x 224: mean", "most", "64 x 64: mean", "most"), rows)


TABLES = {f.__name__: f for f in (errors, centers, lines, rounded, modes, tensors)}


def main(arguments):
    check = "--check" in arguments
    folders = [pathlib.Path(a).resolve() for a in arguments if a != "--check"]
    if len(folders) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    needed = [folders[0] / "quoin-filters", folders[0] / "quoin-tensor", folders[0] / "docs/resize", *(photos() / p for p in PHOTOS)]
    for path in needed:
        if not path.exists():
            print(f"SKIPPED: there is no {path}")
            return 77
    text, status = PAGE.read_text(), 0
    with tempfile.TemporaryDirectory() as files:
        quoin = Quoin(folders[0], pathlib.Path(files))
        measured = {name: TABLES[name](quoin) for _, name, _ in REGION.findall(text)}
    for before, name, after in REGION.findall(text):
        if before + measured[name] + after not in text:
            print(f"docs/resizing.md: the table {name} {'was' if not check else 'is'} not what docs/resizing.py measures:\n{measured[name]}")
            status = 1
    if not check:
        PAGE.write_text(REGION.sub(lambda m: m[1] + measured[m[2]] + m[3], text))
        status = 0
    print(f"{len(measured)} tables")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

# SPDX-License-Identifier: BSL-1.0
"""Images of 32 bits and of floating-point numbers in quoin's executables, against plain Python.

    floats.py FOLDER [unittest's options]

FOLDER holds the executables; the variable QUOIN_BIN may name it instead. Exit status 77: cannot run here.
"""
import math
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

from png import read_png

FOLDER_GIVEN = len(sys.argv) > 1 and os.path.isdir(sys.argv[1])
BIN = sys.argv.pop(1) if FOLDER_GIVEN else os.environ.get("QUOIN_BIN", "")


def float32(v):
    return struct.unpack("<f", struct.pack("<f", v))[0]


def pfm(rows, channels=1, little=True):
    """Rows of floats, the samples of a row in one list; the lowest row is first in the file."""
    head = b"%s\n%d %d\n%s\n" % (b"Pf" if channels == 1 else b"PF", len(rows[0]) // channels, len(rows),
                                 b"-1.0" if little else b"1.0")  # fmt: skip
    order = "<" if little else ">"
    return head + b"".join(struct.pack(f"{order}{len(row)}f", *row) for row in reversed(rows))


def read_pfm(data):
    """(width, height, channels, rows)"""
    kind, size, scale, samples = data.split(b"\n", 3)
    width, height = map(int, size.split())
    channels = {b"Pf": 1, b"PF": 3}[kind]
    n = width * channels
    values = struct.unpack(f"{'<' if float(scale) < 0 else '>'}{n * height}f", samples)
    return width, height, channels, [list(values[y * n : y * n + n]) for y in reversed(range(height))]


def tiff(rows, samples, floating, bits=32):
    """One uncompressed strip of numbers of 32 bits, or of 64."""
    kind = {(32, True): "f", (64, True): "d", (32, False): "I"}[bits, floating]
    data = b"".join(struct.pack(f"<{len(row)}{kind}", *row) for row in rows)
    fields = [
        (256, 4, 1, len(rows[0]) // samples), (257, 4, 1, len(rows)), (258, 3, 1, bits), (259, 3, 1, 1),
        (262, 3, 1, 1 if samples == 1 else 2), (273, 4, 1, 8), (277, 3, 1, samples), (278, 4, 1, len(rows)),
        (279, 4, 1, len(data)), (339, 3, 1, 3 if floating else 1),
    ]  # fmt: skip
    if samples > 1:  # all samples have the bits of one, and the numbers stand behind the strip
        at = 8 + len(data)
        data += struct.pack("<3H", *[bits] * 3) + struct.pack("<3H", *[3 if floating else 1] * 3)
        fields = [(t, k, 3, at if t == 258 else at + 6) if t in (258, 339) else (t, k, n, v) for t, k, n, v in fields]
    entries = b"".join(struct.pack("<HHII", *f) for f in fields)
    return b"II*\0" + struct.pack("<I", 8 + len(data)) + data + struct.pack("<H", len(fields)) + entries + bytes(4)


ROWS = [[0.5, -2.25, 1e-3, 7.0, 300.0], [1.0, 0.0, -0.0, 65536.5, 3e38], [2.5, 3.5, 254.5, 255.5, 1e-40]]
ROWS = [[float32(v) for v in row] for row in ROWS]
COLORS = [[float32((y * 7 + i * 3) / 8 - 2) for i in range(12)] for y in range(3)]


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.dir = pathlib.Path(folder.name)
        self.pfm, self.out = self.dir / "in.pfm", self.dir / "out.pfm"
        self.pfm.write_bytes(pfm(ROWS))

    def run_on(self, program, *arguments, **more):
        command = [os.path.join(BIN, program), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, timeout=300, **more)

    def policies(self):
        listed = self.run_on("quoin-filters", "--list-policies").stdout.decode().split()
        return [p for p in listed if p != "mpi"]  # which processes.py tests

    def ok(self, *arguments, program="quoin-filters"):
        r = self.run_on(program, *arguments)
        self.assertEqual((r.returncode, r.stderr), (0, b""))

    def fails(self, said, *arguments, program="quoin-filters", status=1):
        r = self.run_on(program, *arguments)
        text = r.stderr.decode()
        self.assertEqual(r.returncode, status, text)
        self.assertIn(said, text)
        self.assertEqual(text.count("\n"), 1, text)

    def tiff(self, name, data):
        """A file, where the executables read TIFF."""
        (self.dir / name).write_bytes(data)
        r = self.run_on("quoin-filters", self.dir / name, "--out", self.out, "--chain", "brightness=1")
        if b"TIFF" in r.stderr and b"built without" in r.stderr:
            self.skipTest("needs libtiff")
        return self.dir / name


class Filters(Case):
    def test_numbers_of_the_file_stay(self):
        for little in (True, False):
            self.pfm.write_bytes(pfm(ROWS, little=little))
            self.ok(self.pfm, "--out", self.out, "--chain", "convert_to=f32")
            self.assertEqual(read_pfm(self.out.read_bytes()), (5, 3, 1, ROWS))
        self.pfm.write_bytes(pfm(COLORS, 3))
        self.ok(self.pfm, "--out", self.out, "--chain", "crop=0:0:4:3")
        self.assertEqual(read_pfm(self.out.read_bytes()), (4, 3, 3, COLORS))

    def test_tiff(self):
        for samples, rows in ((1, ROWS), (3, COLORS)):
            # Of the same file name: what is written is read again.
            image = self.tiff("in.tif", tiff(rows, samples, True))
            self.ok(image, "--out", self.out, "--chain", "convert_to=f32")
            self.assertEqual(read_pfm(self.out.read_bytes())[2:], (samples, rows))
            written = self.dir / "written.tiff"
            self.ok(image, "--out", written, "--chain", "convert_to=f32")
            self.ok(written, "--out", self.out, "--chain", "convert_to=f32")
            self.assertEqual(read_pfm(self.out.read_bytes())[2:], (samples, rows))

    def test_integers_of_32_bits(self):
        numbers = [[0, 1, 255, 65536, (1 << 24) + 1, (1 << 32) - 1]]
        image = self.tiff("in.tif", tiff(numbers, 1, False))
        self.ok(image, "--out", self.out, "--chain", "convert_to=f32")
        self.assertEqual(read_pfm(self.out.read_bytes())[3], [[0, 1, 255, 65536, 1 << 24, 1 << 32]])
        self.ok(image, "--out", self.dir / "o.png", "--chain", "threshold=65535,convert_to=u8,brightness=255")
        self.assertEqual(read_png(self.dir / "o.png")[3], [[0, 0, 0, 255, 255, 255]])

    def test_a_chain_of_floats(self):
        rows = [[float32((x * x - 9 * y + x * y) / 4) for x in range(9)] for y in range(6)]
        self.pfm.write_bytes(pfm(rows))
        at = lambda x, y: rows[5 - abs(5 - abs(y))][8 - abs(8 - abs(x))]  # reflect_101
        expected = [[sum((2 - abs(j)) * (at(x + 1, y + j) - at(x - 1, y + j)) for j in (-1, 0, 1)) * 0.5
                     * (x % 2 + 1) for x in range(9)] for y in range(6)]  # fmt: skip
        weights = self.dir / "weights.pfm"
        weights.write_bytes(pfm([[x % 2 + 1 for x in range(9)]] * 6))
        for policy in self.policies():
            self.ok(self.pfm, "--out", self.out, "--chain", "sobel_x,subtract(#1,brightness=0),multiply=0.5(#2)",
                    "--with", weights, "--policy", policy)  # fmt: skip
            self.assertEqual(read_pfm(self.out.read_bytes())[3], expected, policy)

    def test_maps(self):
        """Of columns and of rows, whole numbers, so that pixels are moved as they are."""
        image, out = self.dir / "in.pgm", self.dir / "o.pgm"
        pixels = [[(31 * x + 57 * y) % 251 for x in range(7)] for y in range(5)]
        image.write_bytes(b"P5\n7 5\n255\n" + bytes(v for row in pixels for v in row))
        places = [[((x * 3 + y) % 7, (x + 2 * y) % 5) for x in range(9)] for y in range(4)]
        for k, name in enumerate(("x.pfm", "y.pfm")):
            (self.dir / name).write_bytes(pfm([[float(p[k]) for p in row] for row in places]))
        maps = ["--with", self.dir / "x.pfm", "--with", self.dir / "y.pfm"]
        expected = b"P5\n9 4\n255\n" + bytes(pixels[y][x] for row in places for x, y in row)
        for policy in self.policies():
            for chain in ("remap", "remap=nearest", "remap(#2)(#3)", "brightness=1,remap=cubic(#2,crop=0:0:9:4)(#3)"):
                self.ok(image, "--out", out, *maps, "--chain", chain, "--policy", policy)
                self.assertEqual(out.read_bytes(), expected, (chain, policy))
        self.fails("reads 3 images, and 2 are given", image, *maps[:2], "--out", out, "--chain", "remap", status=2)
        self.fails("a map of 1 channel of u8; give gray images of f32", image, *maps[:2], "--with", image, "--out", out,
                   "--chain", "remap")  # fmt: skip
        (self.dir / "x.pfm").write_bytes(pfm([[0.0, 1.0, 2.0] * 3] * 2))
        (self.dir / "y.pfm").write_bytes(pfm([[float("nan")] * 9, [1.0, 2.0, 0.0] * 3]))
        r = self.run_on("quoin-filters", image, *maps, "--out", out, "--chain", "remap")
        self.assertEqual(r.returncode, 1)
        note, error = r.stderr.splitlines()
        self.assertIn(b"y.pfm has 9 of 18 values that are no numbers (NaN)", note)
        self.assertIn(b"the maps have (0, nan) at (0, 0); give finite numbers", error)

    def test_integers_at_the_end(self):
        png = self.dir / "o.png"
        for chain, white in (("convert_to=u8", 255), ("convert_to=u16", 65535)):
            self.ok(self.pfm, "--out", png, "--chain", chain)
            expected = [[max(0, min(white, math.floor(v + 0.5))) for v in row] for row in ROWS]
            self.assertEqual(read_png(png)[3], expected)

    def test_floats_of_integers(self):
        image = self.dir / "in.pgm"
        image.write_bytes(b"P5\n4 1\n255\n" + bytes([0, 200, 10, 10]))
        for chain, expected in (("sobel_x", [0, 40, -760, 0]), ("invert", [255, 55, 245, 245]),
                                ("convert_to=f32,brightness=0.25", [0, 50, 2.5, 2.5])):  # fmt: skip
            self.ok(image, "--out", self.out, "--chain", chain)
            self.assertEqual(read_pfm(self.out.read_bytes())[3], [expected])
        # Elsewhere as ever: the magnitude, saturated.
        self.ok(image, "--out", self.dir / "o.png", "--chain", "sobel_x")
        self.assertEqual(read_png(self.dir / "o.png")[3], [[0, 40, 255, 0]])

    def test_integers_have_no_place_for_floats(self):
        said = "holds integers, and the chain makes floating-point numbers; end --chain with convert_to=u8"
        for name in ("o.png", "o.jpg", "o.pgm", "o.bmp"):
            self.fails(f"{name}: {said}", self.pfm, "--out", self.dir / name, "--chain", "gaussian3")
            self.assertFalse((self.dir / name).exists())
        self.fails("in.png: " + said, self.pfm, "--out", self.dir / "folder")
        alpha = self.dir / "in.pam"
        alpha.write_bytes(b"P7\nWIDTH 2\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n" + bytes(range(8)))
        self.fails("has no alpha; give .tif", alpha, "--out", self.out, "--chain", "premultiply")
        self.fails("f32 beside pixels of u8; write convert_to", alpha, "--with", self.color(), "--out",
                   self.dir / "o.png", "--chain", "absdiff")  # fmt: skip

    def color(self):
        file = self.dir / "color.pfm"
        file.write_bytes(pfm([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]], 3))
        return file

    def test_standard_input_and_output(self):
        self.ok(self.pfm, "--out", self.out, "--chain", "gaussian3")
        r = self.run_on("quoin-filters", "-", "--out", "-", "--chain", "gaussian3", input=pfm(ROWS))
        self.assertEqual((r.returncode, r.stdout), (0, self.out.read_bytes()), r.stderr)

    def test_notes(self):
        self.pfm.write_bytes(pfm([[0.25] * 4] * 3))
        r = self.run_on("quoin-filters", self.pfm, "--out", self.out, "--chain", "brightness=2")
        self.assertEqual(r.returncode, 0)
        self.assertIn(b"in.pfm is 0.25 everywhere in gray, so that nothing stands out", r.stderr)
        nothing = float("nan")
        for rows, count in (([[nothing] * 4], "4 of 4"), ([[0.5, 1.0], [nothing, 0.25], [2.0, nothing]], "2 of 6")):
            self.pfm.write_bytes(pfm(rows))
            r = self.run_on("quoin-filters", self.pfm, "--out", self.out, "--chain", "brightness=2")
            self.assertEqual(r.returncode, 0)
            self.assertIn(f"note: {self.pfm} has {count} values that are no numbers (NaN)".encode(), r.stderr)
            made = read_pfm(self.out.read_bytes())[-1]
            self.assertEqual([math.isnan(v) for row in made for v in row], [math.isnan(v) for row in rows for v in row])
        self.pfm.write_bytes(pfm([[0.5, float("inf")]]))
        r = self.run_on("quoin-filters", self.pfm, "--out", self.out, "--chain", "brightness=2")
        self.assertEqual((r.returncode, r.stderr), (0, b""))

    def test_channels(self):
        self.pfm.write_bytes(pfm(COLORS, 3))
        for i, letter in enumerate("rgb"):
            self.ok(self.pfm, "--out", self.out, "--chain", "convert_to=f32", "--channel", letter)
            self.assertEqual(read_pfm(self.out.read_bytes()), (4, 3, 1, [row[i::3] for row in COLORS]))


class Others(Case):
    def test_what_reads_integers_says_how_to_get_them(self):
        said = "in.pfm: holds floating-point numbers, and 8 or 16 bits are read here; convert it, as by quoin-filters"
        self.fails(said, self.pfm, program="quoin-segment")
        self.fails(said, self.pfm, program="quoin-nuclei")
        self.ok(self.pfm, "--out", self.dir / "o.png", "--chain", "brightness=65535,convert_to=u16")

    def test_a_folder(self):
        folder, out = self.dir / "folder", self.dir / "out"
        folder.mkdir()
        (folder / "a.pfm").write_bytes(pfm(ROWS))
        (folder / "b").write_bytes(pfm(COLORS, 3))
        (folder / "c.pgm").write_bytes(b"P5\n4 1\n255\n" + bytes([0, 200, 10, 10]))
        if not os.access(os.path.join(BIN, "quoin-batch"), os.X_OK):
            self.skipTest("needs quoin-batch")
        batch = [folder, out, "--job", "filters", "--chain", "sobel_x"]
        self.ok(*batch, "--format", "pfm", program="quoin-batch")
        for name in ("a.pfm", "b", "c.pgm"):
            self.ok(folder / name, "--out", self.out, "--chain", "sobel_x")
            made = out / pathlib.Path(name).with_suffix(".pfm")
            self.assertEqual(made.read_bytes(), self.out.read_bytes())
        r = self.run_on("quoin-batch", *batch, "--format", "png")
        self.assertEqual(r.returncode, 3)
        self.assertIn(b"a.pfm: failed: ", r.stderr)
        self.assertIn(b"the chain makes floating-point numbers; end --chain with convert_to=u8", r.stderr)
        self.assertIn(b"3 files: 1 done, 2 failed", r.stdout)
        r = self.run_on("quoin-batch", folder, out, "--job", "segment")
        self.assertEqual(r.returncode, 3)
        self.assertIn(b"a.pfm: failed: ", r.stderr)
        self.assertIn(b"holds floating-point numbers, and 8 or 16 bits are read here", r.stderr)


if __name__ == "__main__":
    if not os.access(os.path.join(BIN, "quoin-filters"), os.X_OK):
        print(f"no executables in {BIN!r}")
        sys.exit(77)
    unittest.main(verbosity=2)

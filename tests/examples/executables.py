# SPDX-License-Identifier: BSL-1.0
"""End-to-end tests of quoin's executables: results against plain Python, messages, exit statuses.

    executables.py FOLDER [unittest's options]

FOLDER holds the executables; the variable QUOIN_BIN may name it instead. QUOIN_DATA names the folder of the
real images. Exit status 77: cannot run here.
"""
import csv
import json
import math
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import zlib

from png import read_png

FOLDER_GIVEN = len(sys.argv) > 1 and os.path.isdir(sys.argv[1])
BIN = sys.argv.pop(1) if FOLDER_GIVEN else os.environ.get("QUOIN_BIN", "")
DATA = pathlib.Path(os.environ.get("QUOIN_DATA", pathlib.Path(__file__).resolve().parents[3] / "shared/data"))
SEGMENT_KEYS = "policy threads width height rectangles components optimal ms_median ms_decode".split()
FILTERS_KEYS = "input policy threads pixels ms_median ms_decode ms_encode".split()
DEFAULT_CHAIN = "gray,gaussian3,sobel_magnitude,sharpen,brightness=1.2"


def run(program, *arguments, cwd=None):
    command = [os.path.join(BIN, program), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=300)


def write_pgm(path, rows, white=255):
    """Rows of numbers as P5; 16-bit samples are big endian."""
    size = 1 if white < 256 else 2
    data = b"".join(v.to_bytes(size, "big") for row in rows for v in row)
    path.write_bytes(b"P5\n%d %d\n%d\n" % (len(rows[0]), len(rows), white) + data)


def write_ppm(path, rows):
    data = bytes(c for row in rows for pixel in row for c in pixel)
    path.write_bytes(b"P6\n%d %d\n255\n" % (len(rows[0]), len(rows)) + data)


def read_gds(path):
    """(records in front of the rectangles, rectangles as (left, low, right, high), cells by name, names placed)"""
    data, at, head, boxes, cells, placed = path.read_bytes(), 0, {}, [], {}, []
    while at < len(data):
        size, kind = int.from_bytes(data[at : at + 2], "big"), data[at + 2]
        body = data[at + 4 : at + size]
        points = [int.from_bytes(body[i : i + 4], "big", signed=True) for i in range(0, len(body), 4)]
        if kind == 6:  # STRNAME
            cell = body.rstrip(b"\0").decode()
            cells[cell] = 0
        elif kind == 18:  # SNAME
            placed.append(body.rstrip(b"\0").decode())
        elif kind == 16 and len(points) == 10:  # XY
            left, low, right, _, _, high = points[:6]
            assert points == [left, low, right, low, right, high, left, high, left, low]
            boxes.append((left, low, right, high))
            cells[cell] += 1
        if not boxes:
            head[kind] = body
        at += size
    assert at == len(data)
    return head, boxes, cells, placed


def random_rows(width, height, most, seed):
    """The same numbers on every machine: a linear congruential generator (Knuth's MMIX)."""
    rows = []
    for _ in range(height):
        row = []
        for _ in range(width):
            seed = (seed * 6364136223846793005 + 1442695040888963407) % 2**64
            row.append((seed >> 33) % (most + 1))
        rows.append(row)
    return rows


def table(path):
    with open(path, newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], [[float(v) if "." in v or "e" in v else int(v) for v in row] for row in rows[1:]]


def label(mask):
    """4-connected components in raster order of their first pixels, as sets of (x, y)."""
    left = {(x, y) for y, row in enumerate(mask) for x, v in enumerate(row) if v}
    parts = []
    for y, row in enumerate(mask):
        for x in range(len(row)):
            if (x, y) not in left:
                continue
            left.discard((x, y))
            part, front = {(x, y)}, [(x, y)]
            while front:
                px, py = front.pop()
                for q in ((px - 1, py), (px + 1, py), (px, py - 1), (px, py + 1)):
                    if q in left:
                        left.discard(q)
                        part.add(q)
                        front.append(q)
            parts.append(part)
    return parts


def reflect_101(i, n):
    if n == 1:
        return 0
    i = abs(i) % (2 * n - 2)
    return i if i < n else 2 * n - 2 - i


def neighborhood(rows, f):
    """f(at) for every pixel, at(dx, dy) mirrored at the border."""
    h, w = len(rows), len(rows[0])
    return [
        [f(lambda dx, dy: rows[reflect_101(y + dy, h)][reflect_101(x + dx, w)]) for x in range(w)]
        for y in range(h)
    ]


def clamp(v, most=255):
    return max(0, min(most, v))


def constant_box3(rows, value):
    """The mean over 3 x 3 where there is a number outside."""
    wide = [value] * (len(rows[0]) + 2)
    rows = [wide, *([value, *row, value] for row in rows), wide]
    return [
        [(sum(rows[y + j][x + i] for i in (0, 1, 2) for j in (0, 1, 2)) + 4) // 9 for x in range(len(wide) - 2)]
        for y in range(len(rows) - 2)
    ]


def gaussian3(rows):
    weights = {(i, j): (2 - abs(i)) * (2 - abs(j)) for i in (-1, 0, 1) for j in (-1, 0, 1)}
    return neighborhood(rows, lambda at: (sum(k * at(*p) for p, k in weights.items()) + 8) >> 4)


def sobel(rows):
    def gradient(at):
        gx = sum((2 - abs(j)) * (at(1, j) - at(-1, j)) for j in (-1, 0, 1))
        gy = sum((2 - abs(i)) * (at(i, 1) - at(i, -1)) for i in (-1, 0, 1))
        return gx, gy

    return neighborhood(rows, gradient)


def sobel_magnitude(rows, most=255):
    return [[clamp(int((gx * gx + gy * gy) ** 0.5 + 0.5), most) for gx, gy in row] for row in sobel(rows)]


def sharpen(rows, most=255):
    around = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0)]
    return neighborhood(
        rows, lambda at: clamp((32 * at(0, 0) - 2 * sum(at(*p) for p in around) + 8) >> 4, most)
    )


def brightness(rows, gain, most=255):
    return [[clamp(int(gain * v + 0.5), most) for v in row] for row in rows]


class Case(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.dir = pathlib.Path(self._folder.name)
        self.addCleanup(self._folder.cleanup)

    def ok(self, program, *arguments):
        r = run(program, *arguments)
        # A note is of the image, and random images may be of one value.
        errors = [line for line in r.stderr.splitlines() if not line.startswith(program + ": note: ")]
        self.assertEqual((r.returncode, errors), (0, []), f"{program} {arguments}")
        return r.stdout

    def fails(self, status, part, program, *arguments):
        r = run(program, *arguments)
        self.assertEqual(r.returncode, status, r.stderr)
        self.assertIn(part, r.stderr)
        self.assertEqual(r.stderr.count("\n"), 1, r.stderr)
        self.assertEqual(r.stdout, "")

    def policies(self, program="quoin-segment"):
        return [p for p in self.ok(program, "--list-policies").split() if p != "mpi"]  # which processes.py tests


class Segment(Case):
    def check(self, mask, rects, components, method):
        header, boxes = table(rects)
        self.assertEqual(header, ["x", "y", "w", "h", "component"])
        parts = label(mask)
        covered = set()
        for x, y, w, h, component in boxes:
            pixels = {(i, j) for i in range(x, x + w) for j in range(y, y + h)}
            self.assertEqual(len(pixels), w * h)
            self.assertTrue(pixels <= parts[component], f"{(x, y, w, h)} is not in component {component}")
            self.assertFalse(pixels & covered, f"{(x, y, w, h)} overlaps")
            covered |= pixels
        self.assertEqual(covered, {(x, y) for y, row in enumerate(mask) for x, v in enumerate(row) if v})
        self.assertEqual([b[:2] for b in boxes], sorted([b[:2] for b in boxes], key=lambda b: (b[1], b[0])))
        header, rows = table(components)
        self.assertEqual(header, ["component", "area", "x", "y", "w", "h", "cx", "cy"])
        self.assertEqual(len(rows), len(parts))
        for i, (row, part) in enumerate(zip(rows, parts)):
            xs, ys = [p[0] for p in part], [p[1] for p in part]
            expected = [i, len(part), min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1]
            self.assertEqual(row[:6], expected)
            self.assertAlmostEqual(row[6], sum(xs) / len(xs), places=9)
            self.assertAlmostEqual(row[7], sum(ys) / len(ys), places=9)
        return len(boxes)

    def test_random_images_under_every_policy(self):
        seed = 20
        for width, height in ((1, 1), (64, 3), (67, 21), (130, 40)):
            rows = random_rows(width, height, 255, seed)
            image, rects, components = self.dir / "in.pgm", self.dir / "r.csv", self.dir / "c.csv"
            write_pgm(image, rows)
            for inverted in (False, True):
                mask = [[(v > 120) != inverted for v in row] for row in rows]
                for method in ("run-merge", "minimum"):
                    reference = None
                    for policy in self.policies():
                        line = json.loads(
                            self.ok(
                                "quoin-segment", image, "--threshold", 120, "--method", method,
                                "--policy", policy, "--threads", 3, "--time",
                                "--rects", rects, "--components", components,
                                *(["--invert"] if inverted else []),
                            )
                        )  # fmt: skip
                        self.assertEqual(list(line), SEGMENT_KEYS)
                        self.assertEqual(line["policy"], policy)
                        self.assertEqual(line["threads"] == 1, policy in ("serial", "simd"))
                        self.assertEqual((line["width"], line["height"]), (width, height))
                        self.assertEqual(line["optimal"], method == "minimum")
                        files = rects.read_bytes(), components.read_bytes()
                        if reference is None:
                            reference = files
                            count = self.check(mask, rects, components, method)
                            self.assertEqual(line["rectangles"], count)
                            self.assertEqual(line["components"], len(label(mask)))
                        self.assertEqual(files, reference, policy)

    def test_threads_are_those_that_the_process_may_use(self):
        image = self.dir / "in.pgm"
        write_pgm(image, random_rows(20, 20, 255, 1))
        cpus = sorted(os.sched_getaffinity(0))
        for count in (1, len(cpus)):
            for policy in {"parallel", "parallel_simd", "kokkos"} & set(self.policies()):
                command = [os.path.join(BIN, "quoin-segment"), image, "--policy", policy, "--time"]
                affinity = lambda: os.sched_setaffinity(0, cpus[:count])
                r = subprocess.run(command, capture_output=True, text=True, preexec_fn=affinity, timeout=300)
                self.assertEqual(r.returncode, 0, r.stderr)
                self.assertLessEqual(json.loads(r.stdout)["threads"], count, policy)  # a group may have a quota

    def test_known_counts(self):
        counts = {
            "CurvILT_mask1": (2018, 1829), "CurvILT_resist1": (1054, 981), "CurvILT_target1": (16, 16),
            "CurvILT_mask3": (2441, 1986), "CurvILT_resist3": (1377, 1210), "CurvILT_target3": (18, 18),
            "MOSAIC_test3": (1956, 1700), "gcd_45nm_origin": (6720, 6389), "gcd_45nm_simed": (101492, 84311),
        }  # fmt: skip
        if not (DATA / "chips").is_dir():
            self.skipTest(f"needs the real images; none in {DATA}")
        for name, expected in counts.items():
            for method, count in zip(("run-merge", "minimum"), expected):
                arguments = [DATA / "chips" / f"{name}.png", "--threshold", 127, "--method", method, "--time"]
                line = json.loads(self.ok("quoin-segment", *arguments))
                self.assertEqual(line["rectangles"], count, f"{name} {method}")
                self.assertEqual(line["optimal"], method == "minimum")

    def test_gds(self):
        image, layout, rects = self.dir / "in.pgm", self.dir / "r.gds", self.dir / "r.csv"
        write_pgm(image, random_rows(90, 70, 255, 6))
        options = ["--gds-cell", "M_1$", "--gds-layer", "7:300", "--gds-unit", "0.25"]
        for how in (["--method", "run-merge"], ["--method", "minimum"], ["--stream"], ["--stream", "--min-area", 4]):
            how = [image, "--threshold", 120, *how]
            self.ok("quoin-segment", *how, "--rects", rects)
            self.ok("quoin-segment", *how, "--rects", layout, *options)
            head, boxes, cells, placed = read_gds(layout)
            expected = [(x, 70 - y - h, x + w, 70 - y) for x, y, w, h, _ in table(rects)[1]]
            self.assertEqual(boxes, expected)
            self.assertEqual((cells, placed), ({"M_1$": len(boxes)}, []))
            self.assertEqual([int.from_bytes(head[kind], "big") for kind in (13, 14)], [7, 300])
            dbu = int.from_bytes(head[3][9:], "big") * 16 ** (head[3][8] - 64) / 2**56
            self.assertAlmostEqual(dbu * 1e10, 2.5, places=12)
            first = layout.read_bytes()
            self.ok("quoin-segment", *how, "--rects", layout, *options, "--policy", self.policies()[-1])
            self.assertEqual(layout.read_bytes(), first)
        self.ok("quoin-segment", image, "--threshold", 120, "--rects", layout, "--gds-split", 1000)
        _, boxes, cells, placed = read_gds(layout)
        self.assertGreater(len(boxes), 1000)
        self.assertEqual(cells, {"TOP_0": 1000, "TOP_1": len(boxes) - 1000, "TOP": 0})
        self.assertEqual(placed, ["TOP_0", "TOP_1"])
        for part, arguments in {
            "--gds-cell is for --rects in .gds": ["--gds-cell", "A", "--rects", rects],
            "--gds-unit is for --rects in .gds": ["--gds-unit", "2"],
            "'two words'": ["--gds-cell", "two words", "--rects", layout],
            "'7:'": ["--gds-layer", "7:", "--rects", layout],
            "'7:1x'": ["--gds-layer", "7:1x", "--rects", layout],
            "layer 40000": ["--gds-layer", "40000", "--rects", layout],
            "'0' is no number": ["--gds-unit", "0", "--rects", layout],
            "'nan' is no number": ["--gds-unit", "nan", "--rects", layout],
            "--gds-split": ["--gds-split", "10", "--rects", layout],
        }.items():
            self.fails(2, part, "quoin-segment", image, *arguments)
        (self.dir / "tall.pbm").write_bytes(b"P4\n1 2147483648\n")
        with open(self.dir / "tall.pbm", "r+b") as f:
            f.truncate((1 << 31) + 17)
        fresh = self.dir / "tall.gds"
        self.fails(1, "1 x 2147483648", "quoin-segment", self.dir / "tall.pbm", "--stream", "--rects", fresh)
        self.assertFalse(fresh.exists())

    def test_budgets_of_minimum(self):
        image = self.dir / "noise.pgm"
        write_pgm(image, [[255 if v < 230 else 0 for v in row] for row in random_rows(300, 300, 255, 7)])

        def count(*options):
            arguments = [image, "--threshold", 127, "--method", "minimum", *options]
            line = json.loads(self.ok("quoin-segment", *arguments, "--time"))
            self.assertEqual(list(line), SEGMENT_KEYS + ([] if line["optimal"] else ["gap"]))
            text = self.ok("quoin-segment", *arguments)
            self.assertIn("proved to be the fewest" if line["optimal"] else f"at most {line['gap']} too many", text)
            return line["rectangles"], line.get("gap", 0)

        fewest, gap = count()
        self.assertEqual(gap, 0)
        self.assertEqual(count("--max-seconds", 3600), (fewest, 0))
        at_once = count("--max-phases", 0)
        self.assertEqual(count("--max-seconds", 0), at_once)
        self.assertEqual(count("--max-phases", 0, "--policy", "serial"), at_once)
        self.assertGreater(at_once[1], 0)
        for more, gap in (at_once, count("--max-phases", 1)):
            self.assertLessEqual(more - gap, fewest)
            self.assertLessEqual(fewest, more)

    def both_ways(self, image, heights, *options):
        """The tables of a file are the same when it is streamed; returns them."""
        names = ("r.csv", "c.csv")

        def tables(*more):
            files = [part for pair in zip(("--rects", "--components"), (self.dir / n for n in names)) for part in pair]
            line = json.loads(self.ok("quoin-segment", image, *options, *more, *files, "--time"))
            self.assertEqual(list(line), SEGMENT_KEYS)
            return [line["rectangles"], line["components"], *((self.dir / n).read_bytes() for n in names)]

        expected = tables()
        for height in heights:
            more = ["--band-rows", height] if height else []
            self.assertEqual(tables("--stream", *more), expected, f"{image} {options} {height}")
        self.assertEqual(sorted(f.name for f in self.dir.iterdir()), sorted([image.name, *names]))
        return expected

    def test_stream(self):
        image, seed = self.dir / "in.pnm", 40
        for width, height in ((1, 1), (1, 30), (67, 21), (130, 40)):
            seed += 1
            write_pgm(image, random_rows(width, height, 255, seed))
            for options in ([], ["--threshold", 100], ["--threshold", 100, "--invert"], ["--min-area", 3]):
                self.both_ways(image, (0, 1, 7, 64), *options)
            smooth = ["--threshold", 60, "--open", 1, "--close", 2, "--min-area", 12]
            self.both_ways(image, (0, 1, 2, 5, 39), *smooth)
            self.both_ways(image, (1, 3), "--threshold", 200, "--close", 50)
        write_pgm(image, random_rows(90, 50, 65535, 1), 65535)
        for policy in self.policies():
            self.both_ways(image, (0, 13), "--policy", policy, "--threads", 2)
        write_ppm(image, [[(r, g, b) for r, g, b in zip(row[::3], row[1::3], row[2::3])]
                          for row in random_rows(180, 33, 255, 2)])  # fmt: skip
        self.both_ways(image, (4, 33))
        image.write_bytes(b"P4\n19 8\n" + bytes(v for row in random_rows(3, 8, 255, 3) for v in row))
        self.assertGreater(self.both_ways(image, (1, 8), "--threshold", 0)[0], 5)

    def test_stream_of_more_than_its_caches_hold(self):
        image = self.dir / "in.pbm"
        image.write_bytes(b"P4\n1600 800\n" + bytes(v for row in random_rows(200, 800, 255, 9) for v in row))
        rectangles, components = self.both_ways(image, (0, 3), "--threshold", 9)[:2]
        self.assertGreater(rectangles, 250000)
        self.assertGreater(components, 75000)

    def test_stream_of_parts_that_meet_late(self):
        image = self.dir / "in.pgm"
        comb = [[255 * (x % 2 == 0 or y == 59) for x in range(121)] for y in range(60)]
        write_pgm(image, comb)
        self.assertEqual(self.both_ways(image, (0, 1, 59), "--threshold", 9)[:2], [62, 1])
        spiral = [[255 * ((min(x, y, 96 - x, 96 - y) % 2 == 0) != (x == y - 1 < 48)) for x in range(97)]
                  for y in range(97)]  # fmt: skip
        write_pgm(image, spiral)
        self.assertEqual(self.both_ways(image, (0, 1, 10), "--threshold", 9)[1], 1)

    def test_stream_refuses_what_needs_the_image(self):
        image, out = self.dir / "in.pgm", self.dir / "r.csv"
        write_pgm(image, random_rows(20, 20, 255, 5))
        for part, options in {
            "--method": ["--method", "minimum"],
            "--fill-holes": ["--fill-holes", 3],
            "--overlay": ["--overlay", self.dir / "o.png"],
            ".json": ["--rects", self.dir / "r.json"],
            "--repeat": ["--repeat", 2],
            "--band-rows": ["--band-rows", 0],
        }.items():
            self.fails(2, part, "quoin-segment", image, "--stream", *options)
        self.fails(2, "--stream", "quoin-segment", image, "--band-rows", 5)
        self.fails(1, "255", "quoin-segment", image, "--stream", "--threshold", 256)
        self.ok("quoin-filters", image, "--chain", "gray", "--out", self.dir / "a.bmp")
        self.fails(1, "BMP", "quoin-segment", self.dir / "a.bmp", "--stream", "--rects", out)
        (self.dir / "cut.pgm").write_bytes(b"P5\n20 20\n200\n" + bytes(200) + bytes([255]) + bytes(199))
        self.fails(1, "at most 200", "quoin-segment", self.dir / "cut.pgm", "--stream", "--rects", out)
        self.assertFalse(out.exists())

    def test_regularize(self):
        # A bar of 60 x 20 with edges that are off by a pixel here and there, and a disc.
        rows = [[0] * 110 for _ in range(50)]
        for x in range(10, 70):
            for y in range(10 + x * 7 % 3 // 2, 30 - x * 5 % 3 // 2):
                rows[y][x] = 200
        for y in range(50):
            for x in range(110):
                if (x - 90) ** 2 + (y - 25) ** 2 <= 144:
                    rows[y][x] = 200
        mask = {(x, y) for y, row in enumerate(rows) for x, v in enumerate(row) if v}
        image, rects = self.dir / "in.pgm", self.dir / "r.csv"
        write_pgm(image, rows)
        exact = json.loads(self.ok("quoin-segment", image, "--threshold", 100, "--method", "minimum", "--time"))

        def regularized(edge, area, policy="serial", *more):
            bounds = ["--max-edge-error", edge, "--max-area-error", area, *more]
            how = ["--method", "regularize", "--policy", policy, "--threads", 3, "--time", "--rects", rects]
            line = json.loads(self.ok("quoin-segment", image, "--threshold", 100, *how, *bounds))
            self.assertEqual(list(line), SEGMENT_KEYS + ["iou", "edge_error", "area_error"])
            boxes = table(rects)[1]
            self.assertEqual(len(boxes), line["rectangles"])
            painted = [(i, j) for x, y, w, h, _ in boxes for i in range(x, x + w) for j in range(y, y + h)]
            self.assertEqual(len(painted), len(set(painted)), "rectangles overlap")
            painted = set(painted)
            self.assertAlmostEqual(line["iou"], len(painted & mask) / len(painted | mask), places=9)
            self.assertAlmostEqual(line["area_error"], len(painted ^ mask) / len(mask), places=9)
            within = lambda p, of, e: any((p[0] + i, p[1] + j) in of for i in range(-e, e + 1) for j in range(-e, e + 1))
            everywhere = {(x, y) for y in range(50) for x in range(110)}
            e = line["edge_error"]
            self.assertTrue(all(within(p, mask, e) for p in painted - mask))
            self.assertTrue(all(within(p, everywhere - mask, e) for p in mask - painted))
            self.assertLessEqual(line["edge_error"], edge)
            if area < 1:
                self.assertLessEqual(line["area_error"], area)
            self.assertEqual(line["components"], 2)
            self.assertEqual({b[4] for b in boxes}, {0, 1})
            return line["rectangles"], rects.read_bytes()

        for edge, area in ((1, 1), (2, 0.05), (3, 1), (0, 1), (3, 0)):
            count, reference = regularized(edge, area)
            if edge == 0 or area == 0:
                self.assertEqual(count, exact["rectangles"])
            else:
                self.assertLess(count, exact["rectangles"] / 2)
            for policy in self.policies():
                self.assertEqual(regularized(edge, area, policy)[1], reference, policy)
        self.assertLessEqual(regularized(3, 1, "serial", "--min-side", 4)[0], regularized(3, 1)[0])
        self.assertIn("(regularize, IoU ", self.ok("quoin-segment", image, "--method", "regularize"))
        for part, arguments in {
            "--max-edge-error": ["--max-edge-error", "-1"],
            "--max-area-error": ["--max-area-error", "1.5"],
            "--min-side": ["--min-side", "0"],
        }.items():
            self.fails(2, part, "quoin-segment", image, *arguments)
        for option, value in ("--max-edge-error", 3), ("--max-area-error", 0.5), ("--min-side", 4):
            for method in "run-merge", "minimum":
                said = f"{option} is for --method regularize; add that or leave it out"
                self.fails(2, said, "quoin-segment", image, option, value, "--method", method)
        for option in "--max-phases", "--max-seconds":
            self.fails(2, f"{option} is for --method minimum", "quoin-segment", image, option, 3)

    def test_cleaning(self):
        # A frame of 9 x 9 with a hole of 3 x 3, a bar of one pixel's height, and a speck.
        rows = [[0] * 42 for _ in range(26)]
        for y in range(9):
            for x in range(9):
                rows[y + 6][x + 6] = 0 if 3 <= x < 6 and 3 <= y < 6 else 200
        for x in range(22, 33):
            rows[9][x] = 200
        rows[18][22] = 200
        image = self.dir / "in.pgm"
        write_pgm(image, rows)

        def areas(*options):
            self.ok("quoin-segment", image, "--threshold", 100, "--components", self.dir / "c.csv", *options)
            return [row[1] for row in table(self.dir / "c.csv")[1]]

        self.assertEqual(areas(), [72, 11, 1])
        self.assertEqual(areas("--min-area", 2), [72, 11])
        self.assertEqual(areas("--min-area", 11), [72, 11])
        self.assertEqual(areas("--min-area", 12), [72])
        self.assertEqual(areas("--open", 1), [72])
        self.assertEqual(areas("--fill-holes", 8), [72, 11, 1])
        self.assertEqual(areas("--fill-holes", 9), [81, 11, 1])
        self.assertEqual(areas("--close", 1), [72, 11, 1])
        self.assertEqual(areas("--close", 2), [81, 11, 1])

    def test_otsu(self):
        # Two groups of gray; Otsu's level is the brightest value of the dark one.
        gray = lambda x, y: 10 + (x * 7 + y) % 30 if x < 20 else 200 + (x + y) % 20
        rows = [[gray(x, y) for x in range(40)] for y in range(20)]
        image, out = self.dir / "in.pgm", self.dir / "r.json"
        write_pgm(image, rows)
        self.ok("quoin-segment", image, "--rects", out)
        found = json.loads(out.read_text())
        self.assertEqual(found["threshold"], 39)
        self.assertEqual(found["rectangles"], [{"x": 20, "y": 0, "w": 20, "h": 20, "component": 0}])
        self.assertEqual((found["width"], found["height"], found["method"]), (40, 20, "run-merge"))

    def test_16_bits(self):
        rows = [[1000 + x + (300 if y < 4 else 0) for x in range(10)] for y in range(8)]
        image, out = self.dir / "in.pgm", self.dir / "r.csv"
        write_pgm(image, rows, 65535)
        top = [[0, 0, 10, 4, 0]]
        for threshold, boxes in (("1200", top), ("1305", [[6, 0, 4, 4, 0]]), ("otsu", top)):
            for policy in self.policies():
                self.ok("quoin-segment", image, "--threshold", threshold, "--policy", policy, "--rects", out)
                self.assertEqual(table(out)[1], boxes, (threshold, policy))

    def test_color_is_made_gray(self):
        # Y of pure green is 149.68, of pure red 76.25, of pure blue 29.07.
        image, out = self.dir / "in.ppm", self.dir / "r.csv"
        write_ppm(image, [[(255, 0, 0)] * 3 + [(0, 255, 0)] * 4 + [(0, 0, 255)] * 5] * 6)
        for threshold, boxes in ((100, [[3, 0, 4, 6, 0]]), (76, [[3, 0, 4, 6, 0]]), (75, [[0, 0, 7, 6, 0]])):
            self.ok("quoin-segment", image, "--threshold", threshold, "--rects", out)
            self.assertEqual(table(out)[1], boxes, threshold)

    def test_the_image_is_seen_through_thin_rectangles(self):
        for thick in (1, 2, 3):
            rows = [[50] * 20 for _ in range(9)]
            for y in range(4, 4 + thick):
                rows[y] = [255] * 10 + [150] * 10
            image, overlay = self.dir / "in.pgm", self.dir / "o.png"
            write_pgm(image, rows)
            self.ok("quoin-segment", image, "--threshold", 100, "--overlay", overlay)
            picture = read_png(overlay)[3]
            for y in range(4, 4 + thick):
                bright, dark = picture[y][:30], picture[y][30:]
                self.assertNotEqual(bright[:3], bright[0:1] * 3)  # colored
                self.assertTrue(all(a > b for a, b in zip(bright, dark)), (thick, y))

    def test_overlay_and_summary(self):
        rows = [[200 if 4 <= x < 16 and 3 <= y < 13 else 50 for x in range(20)] for y in range(16)]
        image, overlay = self.dir / "in.pgm", self.dir / "o.png"
        write_pgm(image, rows)
        text = self.ok("quoin-segment", image, "--overlay", overlay)
        self.assertIn("1 rectangles (run-merge) in 1 components", text)
        width, height, channels, pixels = read_png(overlay)
        self.assertEqual((width, height, channels), (20, 16, 3))
        at = lambda x, y: tuple(pixels[y][3 * x : 3 * x + 3])
        self.assertEqual(at(0, 0), (32, 32, 32))  # the background at half its brightness
        self.assertEqual(at(4, 3), at(15, 12))  # the outline has one color
        self.assertNotEqual(at(4, 3), at(8, 8))
        self.assertGreater(max(at(4, 3)), min(at(4, 3)))

    def test_wrong_command_lines(self):
        image = self.dir / "in.pgm"
        write_pgm(image, [[0, 255]])
        for part, arguments in {
            "INPUT": [],
            "--bogus": [image, "--bogus"],
            "--threshold": [image, "--threshold", "12x"],
            "from 0 to 65535": [image, "--threshold", "-1"],
            "--method": [image, "--method", "fewest"],
            "--policy": [image, "--policy", "fast"],
            "--threads": [image, "--threads", "-2"],
            "--open": [image, "--open", "-1"],
            "--max-phases": [image, "--max-phases", "-1"],
            "--max-seconds": [image, "--max-seconds", "-0.5"],
            "--max-seconds: 'nan' does not fit; give a number from ": [image, "--max-seconds", "nan"],
            "--max-area-error: 'nan' does not fit; give a number from ": [image, "--max-area-error", "nan"],
            "--repeat": [image, "--repeat", "0"],
            ".csv, .json or .gds": [image, "--rects", "r.txt"],
            "must end in .csv": [image, "--components", "c.txt"],
            "must end in .png": [image, "--overlay", "o.jpg"],
            "named twice": [image, "--rects", self.dir / "a.csv", "--components", self.dir / "x/../a.csv"],
        }.items():
            self.fails(2, part, "quoin-segment", *arguments)

    def test_failures(self):
        good, out = self.dir / "good.pgm", self.dir / "r.csv"
        write_pgm(good, [[0, 255]] * 4)
        out.write_text("old")
        self.fails(1, "none.png", "quoin-segment", self.dir / "none.png", "--rects", out)
        (self.dir / "cut.pgm").write_bytes(good.read_bytes()[:-1])
        self.fails(1, "cut.pgm", "quoin-segment", self.dir / "cut.pgm", "--rects", out)
        (self.dir / "huge.pgm").write_bytes(b"P5\n1000000 1000000\n255\n" + bytes(100))
        self.fails(1, "huge.pgm", "quoin-segment", self.dir / "huge.pgm", "--rects", out)
        (self.dir / "text.png").write_text("no image")
        self.fails(1, "text.png", "quoin-segment", self.dir / "text.png", "--rects", out)
        self.fails(1, "no folder", "quoin-segment", good, "--rects", self.dir / "nowhere/r.csv")
        self.fails(1, "255", "quoin-segment", good, "--threshold", 256)
        self.assertEqual(out.read_text(), "old")
        for policy in {"serial", "simd", "parallel", "parallel_simd", "kokkos"} - set(self.policies()):
            self.fails(1, "cmake/setup.sh", "quoin-segment", good, "--policy", policy)


class Nuclei(Case):
    HEADER = ("id area x y w h cx cy perimeter major_axis minor_axis eccentricity orientation mean_intensity").split()

    def scene(self, width=220, height=160, slope=6, scale=100):
        """Ellipses on a sloping, noisy background, two of them touching: (image, labels)."""
        ellipses = [(30, 30, 12, 9, 200), (80, 40, 14, 10, 90), (150, 30, 11, 11, 400), (173, 34, 12, 10, 400),
                    (60, 100, 13, 8, 150), (110, 110, 10, 10, 120), (180, 120, 15, 9, 300), (12, 140, 9, 9, 200)]  # fmt: skip
        noise = random_rows(width, height, 20, 9)
        rows, labels = [], []
        for y in range(height):
            row, marks = [], []
            for x in range(width):
                distance = [((x - cx) / a) ** 2 + ((y - cy) / b) ** 2 for cx, cy, a, b, _ in ellipses]
                nearest = min(range(len(ellipses)), key=distance.__getitem__)
                inside = distance[nearest] <= 1
                row.append(scale * (20 + slope * (x + y) // 10 + noise[y][x] + (ellipses[nearest][4] if inside else 0)))
                marks.append(nearest + 1 if inside else 0)
            rows.append(row)
            labels.append(marks)
        return rows, labels

    def read_labels(self, path):
        data = path.read_bytes()
        head, size, white, pixels = data.split(b"\n", 3)
        width, height = map(int, size.split())
        self.assertEqual((head, white, len(pixels)), (b"P5", b"65535", 2 * width * height))
        flat = [int.from_bytes(pixels[i : i + 2], "big") for i in range(0, len(pixels), 2)]
        return [flat[y * width : (y + 1) * width] for y in range(height)]

    @staticmethod
    def score(truth, found):
        """(labels of the truth, labels found, pairs with an intersection of half of the union or more)."""
        areas, others, both = {}, {}, {}
        for a_row, b_row in zip(truth, found):
            for a, b in zip(a_row, b_row):
                areas[a] = areas.get(a, 0) + 1
                others[b] = others.get(b, 0) + 1
                both[a, b] = both.get((a, b), 0) + 1
        hits = sum(1 for (a, b), n in both.items() if a and b and 2 * n >= areas[a] + others[b] - n)
        return len(areas) - (0 in areas), len(others) - (0 in others), hits

    def check_table(self, path, rows, labels):
        """The table against sums over the label image."""
        header, nuclei = table(path)
        self.assertEqual(header, self.HEADER)
        pixels, first = {}, []
        for y, row in enumerate(labels):
            for x, k in enumerate(row):
                if k:
                    if k not in pixels:
                        first.append(k)
                    pixels.setdefault(k, []).append((x, y))
        self.assertEqual(first, list(range(1, len(nuclei) + 1)))
        for k, values in enumerate(nuclei, 1):
            n = dict(zip(self.HEADER, values))
            xs, ys, count = [p[0] for p in pixels[k]], [p[1] for p in pixels[k]], len(pixels[k])
            box = [min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1]
            self.assertEqual(values[:6], [k, count, *box])
            cx, cy = sum(xs) / count, sum(ys) / count
            xx = sum((x - cx) ** 2 for x in xs) / count + 1 / 12
            yy = sum((y - cy) ** 2 for y in ys) / count + 1 / 12
            xy = sum((x - cx) * (y - cy) for x, y in zip(xs, ys)) / count
            spread = math.sqrt((xx - yy) ** 2 / 4 + xy**2)
            major, minor = (xx + yy) / 2 + spread, (xx + yy) / 2 - spread
            inside = set(pixels[k])
            sides = sum((x + i, y + j) not in inside for x, y in inside for i, j in ((1, 0), (-1, 0), (0, 1), (0, -1)))
            for name, expected in {
                "cx": cx, "cy": cy, "perimeter": math.pi / 4 * sides, "major_axis": 4 * math.sqrt(major),
                "minor_axis": 4 * math.sqrt(minor), "eccentricity": math.sqrt(1 - minor / major),
                "mean_intensity": sum(rows[y][x] for x, y in pixels[k]) / count,
            }.items():  # fmt: skip
                self.assertAlmostEqual(n[name], expected, places=6, msg=f"{name} of nucleus {k}")
            angle = math.radians(n["orientation"])
            along = xx * math.cos(angle) ** 2 + yy * math.sin(angle) ** 2 + xy * math.sin(2 * angle)
            self.assertAlmostEqual(along, major, places=6)
        return nuclei

    def test_a_scene_under_every_policy(self):
        rows, truth = self.scene()
        image = self.dir / "in.pgm"
        write_pgm(image, rows, 65535)
        before = None
        for policy in self.policies("quoin-nuclei"):
            for threads in (1, 3):
                out = {name: self.dir / name for name in ("n.csv", "l.pgm", "o.png")}
                self.ok("quoin-nuclei", image, "--csv", out["n.csv"], "--labels", out["l.pgm"], "--overlay", out["o.png"],
                        "--policy", policy, "--threads", threads)  # fmt: skip
                written = [path.read_bytes() for path in out.values()]
                self.assertEqual(written, before or written, policy)
                before = written
        labels = self.read_labels(self.dir / "l.pgm")
        self.assertEqual(self.score(truth, labels), (8, 8, 8))
        wide = self.dir / "l.tif"
        if run("quoin-nuclei", image, "--labels", wide).returncode == 0:  # or else there is no libtiff
            self.fails(1, "l.tif: holds 32 bits a channel", "quoin-segment", wide)
        self.check_table(self.dir / "n.csv", rows, labels)
        width, height, channels, _ = read_png(self.dir / "o.png")
        self.assertEqual((width, height, channels), (220, 160, 3))

    def test_the_files_own_values_and_options(self):
        rows, truth = self.scene(slope=0, scale=1)
        rows = [[v // 2 for v in row] for row in rows]
        image, out, labels = self.dir / "in.pgm", self.dir / "n.csv", self.dir / "l.png"
        write_pgm(image, rows)
        for options in (["--diameter", 22], ["--threshold", "otsu"], ["--background", 0], ["--contrast", 0.05]):
            line = json.loads(self.ok("quoin-nuclei", image, "--csv", out, "--labels", labels, "--time", *options))
            self.assertEqual(list(line), "policy threads width height nuclei diameter ms_median ms_decode".split())
            found = read_png(labels)[3]
            self.assertEqual(self.score(truth, found), (8, 8, 8), options)
            self.assertEqual(len(self.check_table(out, rows, found)), line["nuclei"])
            self.assertEqual(line["diameter"] == 22, options[0] == "--diameter")
        # Nothing is cut at --neck 0, and small ones go.
        self.ok("quoin-nuclei", image, "--labels", labels, "--neck", 0, "--threshold", "otsu")
        self.assertEqual(max(max(row) for row in read_png(labels)[3]), 7)
        self.ok("quoin-nuclei", image, "--csv", out, "--min-area", 330)
        self.assertTrue(all(row[1] >= 330 for row in table(out)[1]))
        self.assertIn(f"{image}: 220 x 160, ", self.ok("quoin-nuclei", image))

    def test_images_without_nuclei(self):
        image, out = self.dir / "in.pgm", self.dir / "n.csv"
        for rows in ([[7]], [[0] * 90] * 3, [[500] * 64] * 64):
            write_pgm(image, rows, 65535)
            for more in (["--labels", self.dir / "l.pgm", "--overlay", self.dir / "o.png"], ["--background", 0]):
                r = run("quoin-nuclei", image, "--csv", out, *more)
                self.assertEqual(r.returncode, 0, r.stderr)
                self.assertIn(f"no nuclei: all pixels have the value {rows[0][0]}", r.stderr)
                self.assertEqual(out.read_text(), ",".join(self.HEADER) + "\n")

    def test_labeled_nuclei(self):
        image, truth = DATA / "nuclei/img2d.pgm", DATA / "nuclei/mask2d.pgm"
        if not (image.exists() and truth.exists()):
            self.skipTest(f"there is no {image} with {truth}")
        self.ok("quoin-nuclei", image, "--labels", self.dir / "l.pgm")
        there, found, hits = self.score(self.read_labels(truth), self.read_labels(self.dir / "l.pgm"))
        self.assertEqual(there, 125)
        self.assertGreaterEqual(hits, 0.94 * there)
        self.assertLessEqual(found - hits, 0.03 * found)

    def test_wrong_command_lines_and_failures(self):
        image, out = self.dir / "in.pgm", self.dir / "n.csv"
        write_pgm(image, [[0, 255]] * 4)
        out.write_text("old")
        for part, arguments in {
            "INPUT": [],
            "--neck": [image, "--neck", 1.5],
            "--contrast": [image, "--contrast", -1],
            "--threshold": [image, "--threshold", "fixed"],
            "--background": [image, "--background", -2],
            "--diameter": [image, "--diameter", "wide"],
            "--diameter: 'nan' does not fit; give a number from ": [image, "--diameter", "nan"],
            "--contrast: 'nan' does not fit; give a number from ": [image, "--contrast", "nan"],
            "--neck: '-nan' does not fit; give a number from ": [image, "--neck", "-nan"],
            "must end in .csv": [image, "--csv", "n.txt"],
            "must end in .png, .pgm or .tif": [image, "--labels", "l.jpg"],
            "--overlay o.jpg: the name must end in .png": [image, "--overlay", "o.jpg"],
            "named twice": [image, "--labels", image],
        }.items():
            self.fails(2, part, "quoin-nuclei", *arguments)
        self.fails(1, "none.png", "quoin-nuclei", self.dir / "none.png", "--csv", out)
        (self.dir / "cut.pgm").write_bytes(image.read_bytes()[:-1])
        self.fails(1, "cut.pgm", "quoin-nuclei", self.dir / "cut.pgm", "--csv", out)
        self.fails(1, "no folder", "quoin-nuclei", image, "--csv", self.dir / "nowhere/n.csv")
        self.assertEqual(out.read_text(), "old")


class Filters(Case):
    def result(self, image, chain, policy="serial"):
        out = self.dir / "out"
        how = ["--chain", chain, "--policy", policy, "--threads", 3]
        self.ok("quoin-filters", image, "--out", out, *how)
        return read_png(out / (image.stem + ".png"))

    def test_chains_against_plain_loops(self):
        gray, color, deep = self.dir / "gray.pgm", self.dir / "color.ppm", self.dir / "deep.pgm"
        g = random_rows(71, 13, 255, 1)
        d = random_rows(35, 9, 65535, 2)
        channels = [random_rows(67, 11, 255, seed) for seed in (3, 4, 5)]
        write_pgm(gray, g)
        write_pgm(deep, d, 65535)
        write_ppm(color, [list(zip(*rows)) for rows in zip(*channels)])
        luma_of = lambda r, g, b: (9798 * r + 19235 * g + 3735 * b + 16384) >> 15
        luma = [[luma_of(*pixel) for pixel in zip(*rows)] for rows in zip(*channels)]
        gain = 1.2000000476837158  # 1.2 as float
        usual = lambda rows: brightness(sharpen(sobel_magnitude(gaussian3(rows))), gain)
        interleaved = lambda f: [[c for p in zip(*rows) for c in p] for rows in zip(*map(f, channels))]
        cases = [
            (color, DEFAULT_CHAIN, usual(luma)),
            (gray, DEFAULT_CHAIN, usual(g)),
            (gray, DEFAULT_CHAIN.replace("gray,", ""), usual(g)),
            (color, DEFAULT_CHAIN + ",brightness=1", usual(luma)),
            (color, "  gray , gaussian3 ,sobel_magnitude,sharpen, brightness=1.2 ", usual(luma)),
            (color, "", interleaved(lambda rows: rows)),
            (gray, "extend=constant:9,box=3", constant_box3(g, 9)),
            (gray, "crop=3:2:60:9,flip_x", [row[3:63][::-1] for row in g[2:11]]),
            (color, "flip_y,gray", luma[::-1]),
            (gray, "transpose", [list(column) for column in zip(*g)]),
            (color, "rotate90,gray", [list(column[::-1]) for column in zip(*luma)]),
            (gray, "rotate180", [row[::-1] for row in g[::-1]]),
            (gray, "rotate270", [list(column) for column in zip(*g)][::-1]),
            (gray, "convert_to=u16,brightness=300,convert_to=f32", [[255 * (v > 0) for v in row] for row in g]),
            (deep, "convert_to=u8", [[clamp(v) for v in row] for row in d]),
            (deep, "convert_to=i16,brightness=0", [[0] * 35] * 9),
            (gray, "sobel_x,absolute,sobel_y", None),
            (color, "gaussian3", interleaved(gaussian3)),
            (color, "sharpen,gray,gray", None),
            (gray, "gray", g),
            (gray, "sobel_x", [[clamp(abs(gx)) for gx, _ in row] for row in sobel(g)]),
            (gray, "sobel_y", [[clamp(abs(gy)) for _, gy in row] for row in sobel(g)]),
            (gray, "threshold=99", [[255 * (v > 99) for v in row] for row in g]),
            (gray, "box=5", neighborhood(
                g, lambda at: (sum(at(i, j) for i in range(-2, 3) for j in range(-2, 3)) + 12) // 25)),
            (gray, "correlate=1:1:1@3", neighborhood(
                g, lambda at: (2 * (at(-1, 0) + at(0, 0) + at(1, 0)) + 3) // 6)),
            (gray, "correlate=1:2:0@3", neighborhood(g, lambda at: (2 * (at(-1, 0) + 2 * at(0, 0)) + 3) // 6)),
            (gray, "convolve=1:2:0@3", neighborhood(g, lambda at: (2 * (at(1, 0) + 2 * at(0, 0)) + 3) // 6)),
            (gray, "correlate=0 -1 0/-1 5 -1/0 -1 0", neighborhood(
                g, lambda at: clamp(5 * at(0, 0) - at(0, 1) - at(0, -1) - at(1, 0) - at(-1, 0)))),
            (deep, "gaussian3,sobel_magnitude,sharpen", sharpen(sobel_magnitude(gaussian3(d), 65535), 65535)),
            (deep, "sobel_x", [[clamp(abs(gx), 65535) for gx, _ in row] for row in sobel(d)]),
            (deep, "threshold=30000", [[65535 * (v > 30000) for v in row] for row in d]),
            (color, "gaussian=1.5,box=3", None),
            (deep, "gaussian=1.5,correlate=0.5:0.25:0.25", None),
            (gray, "sobel_x,gaussian3,sobel_y", None),
        ]  # fmt: skip
        for image, chain, expected in cases:
            serial = self.result(image, chain)
            if expected is not None:
                self.assertEqual(serial[3], expected, f"{image.name} {chain}")
            for policy in self.policies("quoin-filters"):
                self.assertEqual(self.result(image, chain, policy), serial, f"{image.name} {chain} {policy}")

    def test_several_images(self):
        first, second = random_rows(20, 10, 255, 9), random_rows(20, 10, 255, 10)
        a, b, result = self.dir / "a.pgm", self.dir / "b.pgm", self.dir / "r.png"
        write_pgm(a, first)
        write_pgm(b, second)
        self.ok("quoin-filters", a, "--with", b, "--out", result, "--chain", "absdiff(flip_x),threshold=20")
        far = [[255 if abs(p - q) > 20 else 0 for p, q in zip(r, reversed(s))] for r, s in zip(first, second)]
        self.assertEqual([list(row) for row in read_png(result)[3]], far)
        self.ok("quoin-filters", a, "--with", b, "--with", a, "--out", result, "--chain", "subtract(#2,darker)")
        above = [[p - min(p, q) for p, q in zip(r, s)] for r, s in zip(first, second)]
        self.assertEqual([list(row) for row in read_png(result)[3]], above)
        out = ["--out", self.dir / "o"]
        self.fails(2, "--chain reads 2 images, and 1 are given; name the others by --with FILE", "quoin-filters", a, *out,
                   "--chain", "absdiff")  # fmt: skip
        write_pgm(self.dir / "small.pgm", random_rows(19, 10, 255, 9))
        self.fails(1, "an image of 19 x 10 beside one of 20 x 10", "quoin-filters", a, *out, "--with",
                   self.dir / "small.pgm", "--chain", "absdiff")  # fmt: skip
        self.fails(2, "would be overwritten", "quoin-filters", a, "--with", b, "--out", b, "--chain", "absdiff")

    def test_time_lines(self):
        for name in ("a.pgm", "b.pgm"):
            write_pgm(self.dir / name, random_rows(20, 10, 255, 9))
        inputs = [self.dir / "a.pgm", self.dir / "b.pgm"]
        out = self.ok("quoin-filters", *inputs, "--out", self.dir / "o", "--time", "--repeat", 3)
        lines = [json.loads(line) for line in out.splitlines()]
        self.assertEqual([pathlib.Path(line["input"]).name for line in lines], ["a.pgm", "b.pgm"])
        for line in lines:
            self.assertEqual(list(line), FILTERS_KEYS)
            self.assertEqual(line["pixels"], 200)
            self.assertGreater(line["ms_median"], 0)

    def test_a_broken_input_does_not_stop_the_others(self):
        for name in ("a.pgm", "c.pgm"):
            write_pgm(self.dir / name, random_rows(20, 10, 255, 9))
        (self.dir / "b.pgm").write_bytes(b"P5\n20 10\n255\n123")
        r = run("quoin-filters", *(self.dir / f"{n}.pgm" for n in "abc"), "--out", self.dir / "o")
        self.assertEqual(r.returncode, 1)
        self.assertIn("b.pgm", r.stderr)
        self.assertEqual(r.stderr.count("\n"), 1)
        self.assertEqual(sorted(p.name for p in (self.dir / "o").iterdir()), ["a.png", "c.png"])

    def test_names_that_the_system_cannot_follow(self):
        image, loop, out = self.dir / "a.pgm", self.dir / "loop.png", self.dir / "o"
        write_pgm(image, [[0, 255]])
        loop.symlink_to(loop)
        r = run("quoin-filters", loop, self.dir / ("x" * 300 + ".png"), image, "--out", out)
        self.assertEqual(r.returncode, 1, r.stderr)
        loops, long = r.stderr.splitlines()
        self.assertIn("loop.png: cannot be opened: Too many levels of symbolic links", loops)
        self.assertIn("cannot be opened: File name too long", long)
        self.assertEqual([p.name for p in out.iterdir()], ["a.png"])
        below = image / "x"
        self.fails(1, f"--out: the folder {below} cannot be made: Not a dir", "quoin-filters", image, "--out", below)
        self.fails(1, "there is no folder", "quoin-segment", image, "--rects", loop / "r.csv")

    def test_inputs_are_not_overwritten(self):
        out = self.dir / "o"
        out.mkdir()
        write_pgm(out / "a.png", [[0, 255]])  # a PNM whatever it is called
        before = (out / "a.png").read_bytes()
        (self.dir / "a.pgm").symlink_to(out / "a.png")
        (self.dir / "hard").mkdir()
        os.link(out / "a.png", self.dir / "hard/a.pgm")
        (self.dir / "folder").symlink_to(out)
        write_pgm(self.dir / "first.pgm", [[0, 255]])
        for image in ("o/a.png", "o/../o/a.png", "a.pgm", "hard/a.pgm", "folder/a.png"):
            inputs = [self.dir / "first.pgm", self.dir / image]
            self.fails(2, "would be overwritten", "quoin-filters", *inputs, "--out", out)
        self.fails(2, "--trace: the output ", "quoin-filters", self.dir / "first.pgm", "--out", out, "--trace",
                   self.dir / "folder/first.png")  # fmt: skip
        self.assertEqual([f.name for f in out.iterdir()], ["a.png"])
        self.assertEqual((out / "a.png").read_bytes(), before)

    def test_wrong_command_lines(self):
        image, other = self.dir / "a.pgm", self.dir / "a.ppm"
        write_pgm(image, [[0, 255]])
        write_ppm(other, [[(1, 2, 3)]])
        out = self.dir / "o"
        for part, arguments in {
            "INPUT": ["--out", out],
            "--out": [image],
            "would both become": [image, other, "--out", out],
            "--policy": [image, "--out", out, "--policy", "gpu"],
        }.items():
            self.fails(2, part, "quoin-filters", *arguments)
        for chain, part in {
            "gray,blur": "--chain: character 6: 'blur' is no operation; there are extend, bayer_to_rgb, ",
            "gray, gausian3": "--chain: character 7: 'gausian3' is no operation; did you mean gaussian3?",
            "gray,,box=3": "--chain: character 6: nothing where an operation is needed; there are ",
            "gray,=3": "--chain: character 6: no name where an operation is needed; there are ",
            "gray,brightness": "--chain: character 16: the end of 'brightness', where GAIN, a number >= 0, is needed; write ",
            "gaussian3=2": "--chain: character 11: '2' behind gaussian3, which takes no value",
            "gaussian=1.2x": "--chain: character 10: '1.2x' for SIGMA (standard deviation in pixels); give a number from ",
            "gaussian=0": "'0' for SIGMA (standard deviation in pixels); give a number from 0.001 to 10000",
            "gaussian=1:2:3": "--chain: character 14: '3' behind the last value of gaussian=SIGMA",
            "brightness=-1": "'-1' for GAIN (a factor); give a number >= 0",
            "brightness=1e39": "'1e39' for GAIN (a factor); give a number >= 0",
            "brightness=nan": "'nan' for GAIN (a factor); give a number >= 0",
            "correlate=-1e39": "'-1e39' for a value of the kernel (a factor); give a number",
            "correlate=1@1e39": "--chain: character 13: '1e39' for a value of the kernel (a factor); give a number",
            "median=4": "--chain: character 1: 'median=4': the side 4 is not an odd number from 1 to 255",
            "median=2.5": "--chain: character 8: '2.5' for SIDE (an odd number of pixels); give a whole number from 1 to 255",
            "correlate=1:2/3:4": "--chain: character 11: a kernel of 2 x 2 values; both sides must be odd and at most 7",
            "correlate=1:2:1/3": "--chain: character 17: row 2 of the kernel has 1 values and the first one 3",
            "correlate=1:1:1@0": "--chain: character 17: the divisor '0'; give a number > 0",
            "extend=mirror": "--chain: character 8: 'mirror' for BORDER; there are replicate reflect reflect_101 wrap",
            "crop=0:0:5": "--chain: character 11: the end of 'crop=0:0:5', where HEIGHT, a whole number from 1 to ",
        }.items():
            self.fails(2, part, "quoin-filters", image, "--out", out, "--chain", chain)
        write_pgm(self.dir / "same.png", [[0, 255]])  # a PNM whatever it is called
        self.fails(2, "would be overwritten", "quoin-filters", self.dir / "same.png", "--out", self.dir)
        self.assertFalse(out.exists())
        self.fails(1, "--chain: operation 2, 'crop=1:0:2:1': the rectangle at (1, 0) of 2 x 1 pixels does not lie inside 2 x 1",
                   "quoin-filters", image, "--out", out, "--chain", "gray,crop=1:0:2:1")  # fmt: skip
        self.assertEqual(list(out.iterdir()), [])

    def test_options_that_there_are_not(self):
        image = self.dir / "a.pgm"
        write_pgm(image, [[0, 255]])
        out = ["--out", self.dir / "o"]
        for part, program, *arguments in (
            ("'--opne' is no option; did you mean --open?", "quoin-segment", image, "--opne", 3),
            ("'--opne' is no option; did you mean --open?", "quoin-segment", image, "--opne=3"),
            ("'--chian' is no option; did you mean --chain?", "quoin-filters", image, *out, "--chian", "gray"),
            ("'--uot' is no option; did you mean --out?", "quoin-filters", image, "--uot", self.dir / "o"),
            ("'--xyzzy' is no option; see quoin-nuclei --help", "quoin-nuclei", image, "--xyzzy"),
            ("'--witdh' is no option; did you mean --width?", "quoin-synth", "--witdh", 5, "--height", 5),
            ("--open: '1.5' does not fit; give a whole number from 0 to ", "quoin-segment", image, "--open", 1.5),
            ("--open: 'x' does not fit; give a whole number from 0 to ", "quoin-segment", image, "--open", "x"),
            ("--threads: '-1' does not fit; give a whole number from 0 to 4096", "quoin-filters", image, *out, "--threads=-1"),
            ("--repeat: '0' does not fit; give a whole number from 1 to 1000000", "quoin-filters", image, *out, "--repeat", 0),
            ("--seed: '1.5' does not fit; give a whole number from 0 to 18446744073709551615", "quoin-synth", "--width", 5,
             "--height", 5, "--out", self.dir / "x.png", "--seed", 1.5),
            ("--threshold: '3.5' is neither otsu nor a whole number", "quoin-segment", image, "--threshold", 3.5),
            ("--policy: 'simdd' is none of serial,simd,parallel,parallel_simd,kokkos,mpi; did you mean simd?", "quoin-segment",
             image, "--policy", "simdd"),
            ("--method: 'minmum' is none of run-merge,minimum,regularize; did you mean minimum?", "quoin-segment", image,
             "--method", "minmum"),
            ("--out " + str(self.dir / "x.gif") + ": no gif files are written; give the name of a .png, ", "quoin-filters",
             image, "--out", self.dir / "x.gif"),
        ):  # fmt: skip
            self.fails(2, part, program, *arguments)
            self.assertEqual(list(self.dir.iterdir()), [image])

    def test_a_level_above_white(self):
        """The same rule in quoin-segment and in quoin-filters."""
        image, deep, out = self.dir / "a.pgm", self.dir / "deep.pgm", self.dir / "o"
        write_pgm(image, [[0, 255]])
        write_pgm(deep, [[0, 65535]], 65535)
        above = "is above every value"
        for level in (256, 300, 65535):
            self.fails(1, above, "quoin-segment", image, "--threshold", level)
            self.fails(1, f"--chain: 'threshold={level}' {above} there, whose white is 255", "quoin-filters", image,
                       "--out", out, "--chain", f"gray,threshold={level}")  # fmt: skip
        for chain in ("threshold=255", "sobel_x,threshold=300", "convert_to=u16,threshold=300", "convert_to=f32,threshold=300"):
            self.ok("quoin-filters", image, "--out", out, "--chain", chain)
        self.ok("quoin-segment", image, "--threshold", 255)
        self.ok("quoin-filters", deep, "--out", out, "--chain", "threshold=65535")
        self.fails(1, above, "quoin-filters", deep, "--out", out, "--chain", "threshold=65536")

    def test_options_that_the_method_does_not_read(self):
        image = self.dir / "a.pgm"
        write_pgm(image, [[0, 255]])
        for method, option, value, needed in (
            ("minimum", "--max-edge-error", 2, "regularize"), ("minimum", "--max-edge-error", 5, "regularize"),
            ("run-merge", "--max-area-error", 0.5, "regularize"), ("run-merge", "--min-side", 1, "regularize"),
            ("run-merge", "--max-phases", 0, "minimum"), ("run-merge", "--max-seconds", 9, "minimum"),
        ):  # fmt: skip
            said = f"{option} is for --method {needed}; add that or leave it out"
            self.fails(2, said, "quoin-segment", image, "--method", method, option, value)
            self.fails(2, said, "quoin-batch", self.dir, self.dir / "out", "--job", "segment", "--method", method, option, value)

    def test_out_as_a_file(self):
        image, folder = self.dir / "a.pgm", self.dir / "new/folder"
        rows = random_rows(9, 5, 255, 1)
        write_pgm(image, rows)
        flipped = rows[::-1]
        for name in ("x.png", "x.PNG"):
            self.ok("quoin-filters", image, "--out", folder / name, "--chain", "flip_y")
            self.assertEqual(read_png(folder / name), (9, 5, 1, flipped))
        for name in ("x.pgm", "x.pnm"):
            self.ok("quoin-filters", image, "--out", folder / name, "--chain", "flip_y")
            self.assertEqual((folder / name).read_bytes(), b"P5\n9 5\n255\n" + bytes(v for row in flipped for v in row))
        there = self.dir / "there.png"
        there.mkdir()
        self.ok("quoin-filters", image, "--out", there, "--chain", "flip_y")
        self.assertEqual(read_png(there / "a.png"), (9, 5, 1, flipped))
        refused = self.dir / "refused"
        other, deep = self.dir / "b.pgm", self.dir / "deep.pgm"
        write_pgm(other, rows)
        write_pgm(deep, random_rows(9, 5, 65535, 2), 65535)
        several = f"--out {refused}/x.png is the name of an image, and there are 2 INPUTs; give a folder"
        self.fails(2, several, "quoin-filters", image, other, "--out", refused / "x.png")
        self.assertFalse(refused.exists())
        self.fails(2, "would be overwritten", "quoin-filters", image, "--out", image)
        self.fails(1, "x.jpg: a JPEG file holds 8 bits a channel, not 16", "quoin-filters", deep, "--out", refused / "x.jpg")
        self.fails(1, "x.ppm: a .ppm file cannot hold 1 channels", "quoin-filters", image, "--out", refused / "x.ppm")
        self.assertEqual(list(refused.iterdir()), [])

    def test_no_images_between_steps(self):
        """The peak of the memory grows by the input, the output and some lines for each thread."""
        program = [os.path.join(BIN, "quoin-filters")]
        if b"__asan_init" in pathlib.Path(program[0]).read_bytes():
            self.skipTest("the sanitizer's own memory counts, too")
        chain = ["--chain", "gaussian3,gaussian=2,sharpen,box=5,brightness=1.2", "--threads", "2"]

        def peak(width, height):
            image, out = self.dir / "in.ppm", self.dir / "out.ppm"
            with open(image, "wb") as file:
                file.write(b"P6\n%d %d\n255\n" % (width, height))
                file.truncate(file.tell() + 3 * width * height)
            watch = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);" \
                "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"  # fmt: skip
            command = [sys.executable, "-c", watch, *program, image, "--out", out, *chain, "--policy", policy]
            r = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=300)
            self.assertEqual(r.returncode, 0, r.stderr)
            return int(r.stdout.splitlines()[-1]) / 1024

        for policy in self.policies("quoin-filters"):
            if policy == "kokkos":
                continue
            threads = 1 if policy in ("serial", "simd") else 2
            pixels = 2 * 3 * 4000 * 3000 / 2**20
            # What a small process of python takes may be more than what the program does: the first is a lower bound.
            self.assertLess(peak(4000, 3000) - pixels, max(peak(8, 8), 8) + 2 * threads, policy)

    def test_the_list_of_operations(self):
        listed = json.loads(self.ok("quoin-filters", "--list=json"))["operations"]
        text = self.ok("quoin-filters", "--list")
        help_text = self.ok("quoin-filters", "--help")
        names = [o["name"] for o in listed]
        self.assertEqual(len(names), len(set(names)))
        for name in ("gray", "gaussian3", "sobel_x", "crop", "extend", "convert_to"):
            self.assertIn(name, names)
        gray, color = self.dir / "a.pgm", self.dir / "b.ppm"
        write_pgm(gray, random_rows(80, 80, 255, 5))
        write_ppm(color, [[(v, v, 9) for v in row] for row in random_rows(80, 80, 255, 6)])
        places = self.dir / "places.pfm"
        self.ok("quoin-filters", gray, "--out", places, "--chain", "convert_to=f32")
        for o in listed:
            self.assertIn("\n" + o["usage"] + "\n", "\n" + text)
            self.assertIn("\n  " + o["usage"] + " ", help_text)
            self.assertTrue(o["about"] and o["rounding"], o["name"])
            for p in o["parameters"]:
                self.assertTrue(p["type"] == "choice" and p["choices"] or p["least"] <= p["most"], o["name"])
            for sample in o["results"]:
                self.assertTrue({"gray u8", "RGB u8"} & set(sample["formats"]), sample)
                image = gray if "gray u8" in sample["formats"] else color
                maps = ("--with", places) * 2 if "#3" in sample["chain"] else ()
                self.ok("quoin-filters", image, *maps, "--out", self.dir / "o", "--chain", sample["chain"])
        made = {o["name"]: o["results"] for o in listed}
        formats = lambda name: made[name][0]["formats"]
        self.assertEqual(formats("gray")["RGBA u16"], "gray u16")
        self.assertEqual(formats("sobel_x")["RGB u8"], "RGB i16")
        self.assertEqual(formats("sobel_x")["gray f32"], "gray f32")
        self.assertEqual([r["formats"]["RGB i32"] for r in made["convert_to"]],
                         ["RGB u8", "RGB u16", "RGB i16", "RGB i32", "RGB f32"])  # fmt: skip
        self.fails(2, "--list: 'xml' is no form of the list; give --list or --list=json", "quoin-filters", "--list=xml")


class Observing(Case):
    def setUp(self):
        super().setUp()
        self.image = self.dir / "in.pgm"
        self.trace = self.dir / "t.json"
        write_pgm(self.image, random_rows(200, 150, 255, 3))

    def events(self):
        """The events of the trace, after checks that hold for every one."""
        found = json.loads(self.trace.read_text())
        self.assertEqual(found["otherData"], {"spans left out": 0})
        events = found["traceEvents"]
        named = {e["tid"] for e in events if e["ph"] == "M" and e["name"] == "thread_name"}
        spans = [e for e in events if e["ph"] == "X"]
        for thread in {e["tid"] for e in spans}:
            self.assertIn(thread, named)
            # One after the other, or one inside the other.
            open_until = []
            order = lambda e: (e["ts"], -e["dur"])
            for e in sorted((e for e in spans if e["tid"] == thread), key=order):
                self.assertEqual(e["pid"], 1)
                while open_until and open_until[-1] <= e["ts"] + 0.0005:
                    open_until.pop()
                if open_until:
                    self.assertLessEqual(e["ts"] + e["dur"], open_until[-1] + 0.0005)
                open_until.append(e["ts"] + e["dur"])
        return spans

    def test_a_trace_of_filters(self):
        for policy in self.policies("quoin-filters"):
            r = run("quoin-filters", self.image, "--out", self.dir / "o", "--trace", self.trace, "--repeat", 3,
                    "--policy", policy, "--threads", 2)  # fmt: skip
            self.assertEqual(r.returncode, 0, r.stderr)
            for part in ("sobel_magnitude", "sharpen | brightness", "set-up", "thread 0", "share"):
                self.assertIn(part, r.stderr)
            spans = self.events()
            rows = {}
            for e in spans:
                rows[e["name"]] = rows.get(e["name"], 0) + e["args"].get("rows", 0)
            self.assertEqual(rows["sharpen | brightness"], 150, policy)  # of the last repetition alone
            self.assertGreaterEqual(rows["gaussian3"], 150)
            self.assertEqual(sum(e["args"]["height"] for e in spans if e["cat"] == "block"), 150)
            for block in (e for e in spans if e["cat"] == "block"):
                inside = [e for e in spans if e["cat"] in ("set-up", "lines", "output") and e["tid"] == block["tid"]
                          and block["ts"] <= e["ts"] < block["ts"] + block["dur"]]  # fmt: skip
                self.assertAlmostEqual(sum(e["dur"] for e in inside), block["dur"], delta=0.01)

    def test_a_trace_of_steps_and_of_segments(self):
        chain = "gray, box=3, brightness=2, extend=wrap, gaussian=1, threshold=9, sobel_x"
        r = run("quoin-filters", self.image, "--out", self.dir / "o", "--trace", self.trace, "--chain", chain)
        self.assertEqual(r.returncode, 0, r.stderr)
        names = {e["name"] for e in self.events() if e["cat"] in ("lines", "output")}
        self.assertEqual(names, {"source", "box 1/2", "box 2/2 | brightness", "gaussian 1/2", "gaussian 2/2 | threshold",
                                 "sobel_x | absolute | convert_to"})  # fmt: skip
        self.assertIn("\nbox | brightness | gaussian | threshold | sobel_x | absolute | convert_to\n", r.stderr)
        for policy in self.policies():
            r = run("quoin-segment", self.image, "--trace", self.trace, "--open", 1, "--policy", policy)
            self.assertEqual(r.returncode, 0, r.stderr)
            self.assertIn("foreground", r.stderr)
            self.assertIn("work", r.stderr)
            self.assertLessEqual({"block", "work", "output"}, {e["cat"] for e in self.events()})

    def test_wrong_trace_files(self):
        out = ["--out", self.dir / "o"]
        self.fails(2, "would be overwritten", "quoin-filters", self.image, *out, "--trace", self.image)
        self.fails(2, "give one INPUT", "quoin-filters", self.image, self.dir / "b.pgm", *out, "--trace", self.trace)
        self.fails(1, "no folder", "quoin-filters", self.image, *out, "--trace", self.dir / "no/t.json")
        self.fails(2, "named twice", "quoin-segment", self.image, "--trace", self.image)
        self.fails(1, "no folder", "quoin-segment", self.image, "--trace", self.dir / "no/t.json")

    def interrupted(self, program, *arguments, repeat=True):
        command = [os.path.join(BIN, program), *map(str, arguments), *(["--repeat", "1000000"] if repeat else [])]
        default = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
        before = sorted(self.dir.rglob("*"))
        pipes = dict(stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        with subprocess.Popen(command, preexec_fn=default, **pipes) as p:
            time.sleep(1)
            p.send_signal(signal.SIGINT)
            stdout, stderr = p.communicate(timeout=120)
        self.assertEqual(p.returncode, 130, stderr)
        self.assertEqual(stdout, "")
        self.assertEqual(stderr, f"{program}: interrupted, no partial file is left\n")
        self.assertEqual([f for f in sorted(self.dir.rglob("*")) if f.is_file() and f not in before], [])

    def test_ctrl_c(self):
        for policy in self.policies():
            self.interrupted("quoin-filters", self.image, "--out", self.dir / "o", "--policy", policy,
                             "--trace", self.trace)  # fmt: skip
            self.interrupted("quoin-segment", self.image, "--rects", self.dir / "r.csv", "--policy", policy,
                             "--method", "minimum")  # fmt: skip
            self.interrupted("quoin-nuclei", self.image, "--csv", self.dir / "n.csv", "--policy", policy)
        self.interrupted("quoin-filters", self.image, "--out", self.dir / "o", "--chain", "gaussian=20")

    def test_ctrl_c_while_an_image_is_written(self):
        written, capacity = self.dir / "in.png", 65536
        write_pgm(self.image, random_rows(400, 300, 255, 4))
        os.mkfifo(written)  # so that the program cannot end before it is read
        for program, *arguments in (
            ("quoin-filters", "--chain", "gray", "--out", self.dir),
            ("quoin-segment", "--overlay", written),
            ("quoin-nuclei", "--overlay", written),
        ):
            command = [os.path.join(BIN, program), self.image, *arguments]
            default = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
            with subprocess.Popen(command, preexec_fn=default, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as p:
                with open(written, "rb") as file:
                    p.send_signal(signal.SIGINT)
                    time.sleep(1)
                    image = file.read()
                _, stderr = p.communicate(timeout=120)
            self.assertEqual(p.returncode, 130, stderr)
            said = [line for line in stderr.decode().splitlines() if ": note: " not in line]
            self.assertEqual(said, [f"{program}: interrupted, no partial file is left"])
            self.assertGreater(len(image), capacity)
            self.assertEqual(image[-8:], b"IEND\xaeB`\x82")

    def test_ctrl_c_in_a_stream(self):
        large = self.dir / "large.pgm"
        with open(large, "wb") as file:
            file.write(b"P5\n20000 1000000\n255\n")
            file.truncate(21 + 20000 * 1000000)  # a file with a hole takes no space
        self.interrupted("quoin-segment", large, "--stream", "--rects", self.dir / "r.csv", repeat=False)


class Tuning(Case):
    def setUp(self):
        super().setUp()
        self.image, self.file = self.dir / "a.pgm", self.dir / "tuning.json"
        write_pgm(self.image, random_rows(40, 30, 255, 5))

    def write(self, policy="simd", threads=1, version=1, jobs=("filters", "segment")):
        entry = {"policy": policy, "threads": threads, "ms": 0.5}
        self.file.write_text(json.dumps({"quoin_tuning": version, "jobs": {job: entry for job in jobs}}))

    def chosen(self, *options):
        """(policy, threads) of both programs."""
        how = ["--tuning", self.file, "--time", *options]
        filters = json.loads(self.ok("quoin-filters", self.image, "--out", self.dir / "o", *how))
        segment = json.loads(self.ok("quoin-segment", self.image, *how))
        self.assertEqual([filters[k] for k in ("policy", "threads")], [segment[k] for k in ("policy", "threads")])
        return filters["policy"], filters["threads"]

    def test_takes_the_place_of_options_that_are_not_given(self):
        self.write("serial", 1)
        self.assertEqual(self.chosen(), ("serial", 1))
        if "parallel" in self.policies():
            self.write("parallel", 3)
            self.assertEqual(self.chosen(), ("parallel", 3))
            self.assertEqual(self.chosen("--threads", 2), ("parallel", 2))
            self.assertEqual(self.chosen("--policy", "serial"), ("serial", 1))
            self.write("serial", 1)
            self.assertEqual(self.chosen("--policy", "parallel", "--threads", 2), ("parallel", 2))

    def test_failures(self):
        def fails(part, *options):
            for program, more in (("quoin-filters", ["--out", self.dir / "o"]), ("quoin-segment", [])):
                self.fails(1, part, program, self.image, *more, "--tuning", self.file, *options)

        fails("tuning.json: cannot be opened: No such file or directory; give")
        fails("cannot be opened", "--policy", "serial")
        self.file.write_text('{"jobs": ]')
        fails("tuning.json: is no JSON: wrong at byte 10; give")
        self.file.write_text('{"x": 1e999}')
        fails("tuning.json: holds a number that is too large; give")
        self.file.write_text("[1]")
        fails("is no tuning file")
        self.write(version=2)
        fails("has version 2 of the format, this program reads 1")
        self.write(jobs=["other"])
        fails("has no job '")
        self.write(policy=7)
        fails("has no 'policy' that is a text")
        self.write(policy="gpu")
        fails("there is no policy 'gpu'")
        for threads in (0, 5000, "2", 1.5):
            self.write(threads=threads)
            fails("has no 'threads' in 1..4096")
        for policy in {"simd", "parallel", "parallel_simd", "kokkos"} - set(self.policies()):
            self.write(policy=policy)
            fails(f"the policy '{policy}' is not in this build: ")
        self.file.unlink()
        self.file.mkdir()
        fails("is a folder")


class Synth(Case):
    def layer(self, name, *options, size=(700, 500), seed=7):
        image, truth = self.dir / f"{name}.png", self.dir / f"{name}.csv"
        self.ok(
            "quoin-synth", "--width", size[0], "--height", size[1], "--seed", seed,
            "--out", image, "--truth", truth, *options,
        )  # fmt: skip
        return image, truth

    def test_deterministic_by_seed(self):
        a, b, c = self.layer("a"), self.layer("b"), self.layer("c", seed=8)
        for i in range(2):
            self.assertEqual(a[i].read_bytes(), b[i].read_bytes())
            self.assertNotEqual(a[i].read_bytes(), c[i].read_bytes())
        # Golden: the same on every machine, compiler and instruction set.
        width, height, channels, rows = read_png(a[0])
        self.assertEqual((width, height, channels), (700, 500, 1))
        self.assertEqual(zlib.crc32(bytes(v for row in rows for v in row)), GOLDEN_PIXELS)
        self.assertEqual(zlib.crc32(a[1].read_bytes()), GOLDEN_TRUTH)

    def shapes(self, boxes):
        """Rectangles that touch, joined."""
        touch = lambda a, b: (
            a[0] <= b[0] + b[2] and b[0] <= a[0] + a[2] and a[1] <= b[1] + b[3] and b[1] <= a[1] + a[3]
        )
        shapes = []
        for box in boxes:
            near = [s for s in shapes if any(touch(box, other) for other in s)]
            shapes = [s for s in shapes if s not in near] + [[box] + [b for s in near for b in s]]
        return shapes

    def test_ground_truth(self):
        header, boxes = table(self.layer("a", size=(1200, 900))[1])
        self.assertEqual(header, ["x", "y", "w", "h"])
        self.assertGreater(len(boxes), 50)
        self.assertEqual(boxes, sorted(boxes, key=lambda b: (b[1], b[0])))
        shapes = self.shapes(boxes)
        self.assertLess(len(shapes), len(boxes))
        for i, (x, y, w, h) in enumerate(boxes):
            self.assertTrue(x >= 12 and y >= 12 and x + w <= 1188 and y + h <= 888)
            for a, b, c, d in boxes[:i]:
                overlap = x < a + c and a < x + w and y < b + d and b < y + h
                self.assertFalse(overlap, f"{(x, y, w, h)} and {(a, b, c, d)} overlap")
        for i, one in enumerate(shapes):
            self.assertLessEqual(len(one), 2)
            for other in shapes[:i]:
                for x, y, w, h in one:
                    for a, b, c, d in other:
                        self.assertGreaterEqual(max(a - x - w, x - a - c, b - y - h, y - b - d), 12)

    def test_segmentation_finds_the_shapes(self):
        for seed in (1, 2, 3):
            image, truth = self.layer("a", size=(1000, 800), seed=seed)
            out = self.dir / "c.csv"
            self.ok(
                "quoin-segment", image, "--open", 1, "--fill-holes", 30, "--min-area", 60, "--components", out
            )
            found = [row[2:6] for row in table(out)[1]]
            shapes = self.shapes(table(truth)[1])
            self.assertEqual(len(found), len(shapes), f"seed {seed}")
            for shape in shapes:
                x0, y0 = min(s[0] for s in shape), min(s[1] for s in shape)
                x1, y1 = max(s[0] + s[2] for s in shape), max(s[1] + s[3] for s in shape)
                near = [
                    f for f in found
                    if abs(f[0] - x0) <= 5 and abs(f[1] - y0) <= 5
                    and abs(f[0] + f[2] - x1) <= 5 and abs(f[1] + f[3] - y1) <= 5
                ]  # fmt: skip
                self.assertEqual(len(near), 1, f"seed {seed}: no component where {shape} was drawn")

    def test_rgb_small_and_wrong(self):
        image, _ = self.layer("rgb", "--rgb", size=(65, 33))
        self.assertEqual(read_png(image)[:3], (65, 33, 3))
        image, truth = self.layer("tiny", size=(1, 1))
        self.assertEqual(read_png(image)[:3], (1, 1, 1))
        self.assertEqual(table(truth)[1], [])
        for part, arguments in {
            "--width": ["--height", 5, "--out", "a.png"],
            "--height": ["--width", 5, "--height", 0, "--out", "a.png"],
            "--out": ["--width", 5, "--height", 5],
            "--seed": ["--width", 5, "--height", 5, "--out", "a.png", "--seed", "x"],
            "--noise: 'nan' does not fit; give a number from ": ["--width", 5, "--height", 5, "--out", "a.png", "--noise", "nan"],
            "--specks: 'nan' does not fit; give a number from ": ["--width", 5, "--height", 5, "--out", "a.png", "--specks", "nan"],
            "must end in .png, .jpg, .bmp, .tga, .pnm or .pgm": ["--width", 5, "--height", 5, "--out", "a.xyz"],
            ".tga, .pnm or .ppm": ["--width", 5, "--height", 5, "--rgb", "--out", "a.pgm"],
            "named twice": ["--width", 5, "--height", 5,
                            "--out", self.dir / "a.png", "--truth", self.dir / "a.png"],
        }.items():
            self.fails(2, part, "quoin-synth", *arguments)
        nowhere = self.dir / "none/a.png"
        self.fails(1, "no folder", "quoin-synth", "--width", 5, "--height", 5, "--out", nowhere)


class Files(Case):
    def test_a_file_that_may_not_grow(self):
        image, out = self.dir / "in.pgm", self.dir / "out"
        write_pgm(image, random_rows(200, 150, 255, 3))
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        for program, *arguments in (
            ("quoin-filters", image, "--out", out),
            ("quoin-segment", image, "--rects", out / "r.csv"),
            ("quoin-nuclei", image, "--labels", out / "l.pgm"),
            ("quoin-synth", "--width", 300, "--height", 300, "--out", out / "s.png"),
        ):
            out.mkdir(exist_ok=True)
            command = [os.path.join(BIN, program), *map(str, arguments)]
            r = subprocess.run(command, capture_output=True, text=True, timeout=300, preexec_fn=limit)
            self.assertEqual(r.returncode, 1, f"{program}: {r.stderr}")
            self.assertIn("cannot be written: File too large", r.stderr)
            self.assertEqual(list(out.iterdir()), [], program)

    def test_inputs_that_cannot_be_read_as_a_whole(self):
        huge = self.dir / "huge.pgm"
        with open(huge, "wb") as file:
            file.write(b"P5\n40000 40000\n255\n")
            file.truncate(19 + 40000 * 40000)  # a file with a hole takes no space
        cut = "cut it into parts"
        for advice, program, *more in (
            ("give --stream", "quoin-segment"), (cut, "quoin-filters", "--out", self.dir / "o"), (cut, "quoin-nuclei")
        ):  # fmt: skip
            too_many = "huge.pgm holds 40000 x 40000 pixels, and at most 1073741824 are read as a whole; "
            self.fails(1, too_many + advice, program, huge, *more)


def write_pam(path, rows):
    data = bytes(c for row in rows for pixel in row for c in pixel)
    path.write_bytes(b"P7\nWIDTH %d\nHEIGHT %d\nDEPTH 4\nMAXVAL 255\nENDHDR\n" % (len(rows[0]), len(rows)) + data)


def turned_png(path, rows, orientation):
    """A gray PNG that says in Exif data how it is to be turned."""
    def chunk(kind, body):
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0" + bytes([orientation]) + b"\0\0\0\0\0\0"
    size = len(rows[0]).to_bytes(4, "big") + len(rows).to_bytes(4, "big")
    pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size + b"\x08\0\0\0\0") + chunk(b"eXIf", exif)
                     + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))  # fmt: skip


class Reading(Case):
    """What is taken from a file: a channel, turned or as stored, from standard input or a pipe."""

    def test_one_channel(self):
        image, out = self.dir / "in.pam", self.dir / "out.png"
        rows = [[random_rows(4, 1, 255, 100 * y + x)[0] for x in range(9)] for y in range(5)]
        write_pam(image, rows)
        for i, letter in enumerate("rgba"):
            self.ok("quoin-filters", image, "--out", out, "--chain", "brightness=1", "--channel", letter)
            self.assertEqual(read_png(out), (9, 5, 1, [[p[i] for p in row] for row in rows]))
        self.ok("quoin-filters", image, "--out", out, "--chain", "brightness=1", "--channel", "luma")
        self.assertEqual(read_png(out)[3], [[(9798 * r + 19235 * g + 3735 * b + 16384) >> 15 for r, g, b, _ in row] for row in rows])
        plain = self.dir / "in.pgm"
        write_pgm(plain, [[0, 255]])
        for program, *more in (("quoin-segment",), ("quoin-nuclei",), ("quoin-filters", "--out", out)):
            self.fails(1, "in.pgm: has no alpha for --channel a", program, plain, "--channel", "a", *more)
            self.fails(2, "--channel", program, plain, "--channel", "x", *more)

    def test_a_mask_in_alpha(self):
        image, rects = self.dir / "in.pam", self.dir / "r.csv"
        write_pam(image, [[(7, 7, 7, 255 if 2 <= x < 6 and y > 2 else 0) for x in range(9)] for y in range(5)])
        noted = run("quoin-segment", image)
        self.assertIn("in.pam is 7 everywhere in gray, so that nothing stands out; if one", noted.stderr)
        self.assertIn("of its channels does not, give --channel r, g, b or a", noted.stderr)
        self.ok("quoin-segment", image, "--channel", "a", "--rects", rects)
        self.assertEqual(table(rects)[1], [[2, 3, 4, 2, 0]])

    def test_little_of_the_range(self):
        image = self.dir / "in.pgm"
        write_pgm(image, [[0, 1500, 4000]], 65535)
        said = "in.pgm has values from 0 to 4000, less than a sixteenth of 0 .. 65535"
        for program, *more in (("quoin-segment",), ("quoin-nuclei",), ("quoin-filters", "--out", self.dir / "o.png")):
            self.assertIn(said, run(program, image, *more).stderr)
        self.assertIn(said, run("quoin-segment", image, "--stream").stderr)
        write_pgm(image, [[0, 1500, 5000]], 65535)
        self.assertEqual(run("quoin-segment", image).stderr, "")

    def test_orientation(self):
        image, out = self.dir / "in.png", self.dir / "out.png"
        rows = random_rows(5, 3, 255, 8)
        # Where Exif's rows and columns go, from the picture's point of view.
        upright = {
            1: rows, 2: [r[::-1] for r in rows], 3: [r[::-1] for r in rows[::-1]], 4: rows[::-1],
            5: [list(c) for c in zip(*rows)], 6: [list(c) for c in zip(*rows[::-1])],
            7: [list(c)[::-1] for c in zip(*rows)][::-1], 8: [list(c) for c in zip(*rows)][::-1],
        }  # fmt: skip
        for orientation, expected in upright.items():
            turned_png(image, rows, orientation)
            self.ok("quoin-filters", image, "--out", out, "--chain", "brightness=1")
            self.assertEqual(read_png(out)[3], expected, orientation)
            self.ok("quoin-filters", image, "--out", out, "--chain", "brightness=1", "--no-orient")
            self.assertEqual(read_png(out)[3], rows, orientation)

    def test_standard_input_and_output(self):
        image, rects, out = self.dir / "in.pgm", self.dir / "r.csv", self.dir / "o.pgm"
        write_pgm(image, random_rows(70, 40, 255, 3))
        self.ok("quoin-segment", image, "--rects", rects, "--threshold", 100)
        self.ok("quoin-filters", image, "--out", out, "--chain", "gaussian3")
        self.ok("quoin-nuclei", image, "--csv", self.dir / "n.csv")
        for give in ("cat in.pgm | %s", "%s < in.pgm"):
            for text, command in (
                (rects.read_bytes(), "quoin-segment - --rects - --threshold 100"),
                (rects.read_bytes(), "quoin-segment - --stream --rects - --threshold 100"),
                (out.read_bytes(), "quoin-filters - --out - --chain gaussian3"),
                ((self.dir / "n.csv").read_bytes(), "quoin-nuclei - --csv -"),
            ):
                shell = give % os.path.abspath(os.path.join(BIN, command))
                r = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, cwd=self.dir, timeout=300)
                self.assertEqual((r.returncode, r.stdout), (0, text), shell)
                self.assertNotEqual(r.stderr, b"", shell)  # the summary
        pipe = ["/bin/sh", "-c", 'cat "$0" | "$@"', image]
        command = [os.path.join(BIN, "quoin-segment"), "/dev/stdin", "--rects", rects, "--threshold", "100"]
        before = rects.read_bytes()
        subprocess.run([*map(str, pipe), *map(str, command)], check=True, capture_output=True, timeout=300)
        self.assertEqual(rects.read_bytes(), before)
        self.fails(2, "needs --threshold N", "quoin-segment", "-", "--stream")
        self.fails(2, "cannot both be standard output", "quoin-segment", image, "--rects", "-", "--components", "-")


class Help(Case):
    def test_help_and_version(self):
        for program in ("quoin-segment", "quoin-filters", "quoin-nuclei", "quoin-synth"):
            text = self.ok(program, "--help")
            self.assertIn("Examples:\n  " + program, text)
            self.assertIn("Exit status:", text)
            self.assertRegex(self.ok(program, "--version"), rf"^{program} \d+\.\d+\.\d+\n$")


GOLDEN_PIXELS = 2510998383
GOLDEN_TRUTH = 1002865602

if __name__ == "__main__":
    if not os.access(os.path.join(BIN, "quoin-segment"), os.X_OK):
        print(f"no executables in {BIN!r}")
        sys.exit(77)
    unittest.main(verbosity=2)

# SPDX-License-Identifier: BSL-1.0
"""quoin-nuclei on images that are drawn here, so that the right answer is known: how many nuclei, each one region
without holes, numbers in raster order, areas, empty fields, and the options.

    drawn_nuclei.py FOLDER

FOLDER holds the executables.
"""
import csv
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

BIN = sys.argv.pop(1) if len(sys.argv) > 1 else os.environ.get("QUOIN_BIN", "")
SEED = random.SystemRandom().randrange(1 << 30)


def edge(distance, blur=1.2):
    """The share of brightness at that distance outside of a blurred edge."""
    return 0.5 * math.erfc(distance / (blur * math.sqrt(2)))


def draw(side, discs, ground=20, noise=0.0, seed=1, white=255, slope=0.0, blur=1.2):
    """Discs (x, y, radius, brightness, radius of a hole): rows of pixels. The brightest of several counts."""
    chance = random.Random(seed)
    rows = [[0.0] * side for _ in range(side)]
    for cx, cy, r, bright, hole in discs:
        reach = r + 4 * blur
        for y in range(max(0, int(cy - reach)), min(side, int(cy + reach) + 1)):
            for x in range(max(0, int(cx - reach)), min(side, int(cx + reach) + 1)):
                d = math.hypot(x - cx, y - cy)
                value = bright * edge(d - r, blur) * (1 - 0.85 * edge(d - hole) if hole else 1)
                rows[y][x] = max(rows[y][x], value)
    return [
        [min(white, max(0, round(v + ground + slope * x + chance.gauss(0, noise)))) for x, v in enumerate(row)]
        for row in rows
    ]


def ring(middle, count, radius, bright=160):
    """Touching discs around a free middle."""
    r = 2 * radius * 0.95 * count / (2 * math.pi)
    angles = [2 * math.pi * k / count for k in range(count)]
    return [(middle + r * math.cos(a), middle + r * math.sin(a), radius, bright, 0) for a in angles]


def grid(count, step, radius, bright, hole=0):
    return [(step * (i + 0.5), step * (j + 0.5), radius, bright, hole) for j in range(count) for i in range(count)]


class DrawnNuclei(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.dir = pathlib.Path(folder.name)

    def find(self, rows, *options, white=255, holes=0):
        """(rows of the table, the notes): after the checks that hold for every result."""
        image, table, labels = self.dir / "i.pgm", self.dir / "n.csv", self.dir / "l.pgm"
        flat = b"".join(v.to_bytes(2 if white > 255 else 1, "big") for row in rows for v in row)
        image.write_bytes(b"P5\n%d %d\n%d\n" % (len(rows[0]), len(rows), white) + flat)
        command = [os.path.join(BIN, "quoin-nuclei"), image, "--csv", table, "--labels", labels, *map(str, options)]
        r = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(r.returncode, 0, r.stderr)
        found = list(csv.DictReader(table.read_text().splitlines()))
        width, height = len(rows[0]), len(rows)
        data = labels.read_bytes()[-2 * width * height :]
        marks = [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]
        first = list(dict.fromkeys(m for m in marks if m))
        self.assertEqual(first, list(range(1, len(found) + 1)), "raster order of the first pixels")
        for n, row in enumerate(found, 1):
            box = [int(row[k]) for k in "xywh"]
            inside, outside, pierced = self.parts(marks, width, n, box)
            self.assertEqual(inside, 1, f"parts of nucleus {n}")
            self.assertEqual(pierced, holes, f"holes of nucleus {n}")
        return found, r.stderr

    @staticmethod
    def lit(side, discs, spots, noise):
        """Discs, and round light (x, y, deviation) of 60 that falls off as a normal distribution."""
        chance = random.Random(SEED)
        light = [[60 * sum(math.exp(-((x - u) ** 2 + (y - v) ** 2) / 2 / s**2) for u, v, s in spots) for x in range(side)]
                 for y in range(side)]  # fmt: skip
        return [[min(255, max(0, round(v + light[y][x] + chance.gauss(0, noise)))) for x, v in enumerate(row)]
                for y, row in enumerate(draw(side, discs, 15))]  # fmt: skip

    @staticmethod
    def parts(marks, width, n, box):
        """(4-connected parts of the label, pixels, 4-connected holes) within the box."""
        x0, y0, w, h = box
        cells = {(x, y): 0 <= x < w and 0 <= y < h and marks[(y0 + y) * width + x0 + x] == n
                 for y in range(-1, h + 1) for x in range(-1, w + 1)}  # fmt: skip
        pixels, counts, seen = sum(cells.values()), {True: 0, False: 0}, set()
        for start, inside in cells.items():
            if start in seen:
                continue
            counts[inside] += 1
            stack = [start]
            seen.add(start)
            while stack:
                x, y = stack.pop()
                for p in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
                    if p in cells and p not in seen and cells[p] == inside:
                        seen.add(p)
                        stack.append(p)
        return counts[True], pixels, counts[False] - 1

    def test_rings_of_touching_nuclei(self):
        for count, radius in ((4, 9), (6, 6), (6, 12), (12, 12), (16, 8)):
            side = int(2 * radius * 0.95 * count / math.pi + 10 * radius)
            corners = [(x, y, radius, 160, 0) for x in (1.6 * radius, side - 1.6 * radius) for y in
                       (1.6 * radius, side - 1.6 * radius)]  # fmt: skip
            found, _ = self.find(draw(side, ring(side / 2, count, radius) + corners, noise=1, seed=SEED))
            self.assertEqual(len(found), count + 4, f"{count} of radius {radius}, seed {SEED}")

    def test_squares_of_touching_nuclei(self):
        for count, radius, margin in ((3, 10, 20), (5, 10, 20), (6, 10, 5), (4, 12, 5)):
            places = [margin + 1 + radius * (2 * i + 1) for i in range(count)]
            discs = [(x, y, radius, 160, 0) for y in places for x in places]
            side = 2 * (count * radius + margin + 1)
            found, _ = self.find(draw(side, discs, noise=3, seed=SEED))
            self.assertEqual(len(found), count**2, f"{count}^2 of radius {radius}, margin {margin}, seed {SEED}")

    def test_empty_fields(self):
        for rows in ([[0] * 90] * 80, [[77] * 64] * 64):
            found, note = self.find(rows)
            self.assertEqual(found, [])
            self.assertIn(f"no nuclei: all pixels have the value {rows[0][0]}", note)
        for ground, noise, slope, white in ((20, 2, 0, 255), (60, 9, 0, 255), (20, 2, 0.5, 255), (3000, 300, 0, 65535)):
            rows = draw(160, [], ground, noise, SEED, white, slope)
            found, note = self.find(rows, white=white)
            self.assertEqual(found, [], f"ground {ground}, noise {noise}, slope {slope}, seed {SEED}")
            self.assertIn("no nuclei: ", note)
            self.assertIn("--min-snr", note)

    def test_light_is_no_nucleus(self):
        for side, spots, noise in ((160, [(90, 70, 30)], 1), (160, [(60, 100, 50)], 0), (200, [(70, 60, 35), (150, 140, 60)], 2),
                                   (160, [(20, 80, 45)], 4)):  # fmt: skip
            rows = self.lit(side, [], spots, noise)
            found, note = self.find(rows)
            self.assertEqual(found, [], f"light {spots}, noise {noise}, seed {SEED}")
            self.assertIn("no nuclei: ", note)
        self.assertIn("--background 0", note)
        self.assertGreater(len(self.find(rows, "--background", 0)[0]), 0)

    def test_narrow_light_is_no_nucleus(self):
        for side, spots, noise in ((200, [(100, 90, 18)], 1), (200, [(40, 150, 20)], 0), (240, [(70, 60, 16), (170, 150, 24)], 1),
                                   (160, [(3, 90, 20)], 1)):  # fmt: skip
            found, note = self.find(self.lit(side, [], spots, noise))
            self.assertEqual(found, [], f"light {spots}, noise {noise}, seed {SEED}")
            self.assertIn("no nuclei: ", note)

    def test_nuclei_on_light(self):
        discs = [(40, 40, 9, 70, 0), (110, 80, 9, 70, 0), (80, 130, 9, 70, 0)]
        found, _ = self.find(self.lit(180, discs, [(95, 85, 50)], 1))
        for x, y, *_ in discs:
            near = [r for r in found if math.hypot(float(r["cx"]) - x, float(r["cy"]) - y) < 2]
            self.assertEqual(len(near), 1, f"at ({x}, {y}), seed {SEED}")
        # The brightest of the light may count as a nucleus.
        self.assertLessEqual(len(found), 4, f"seed {SEED}")

    def test_blurred_nuclei(self):
        rows = draw(160, grid(2, 80, 11, 15), noise=1, seed=SEED, blur=4)
        self.assertEqual(len(self.find(rows)[0]), 4, SEED)

    def test_few_nuclei_on_noise(self):
        found, note = self.find(draw(200, [(140, 100, 5, 60, 0)], noise=2, seed=SEED))
        self.assertEqual((len(found), note), (1, ""), SEED)
        self.assertLess(math.hypot(float(found[0]["cx"]) - 140, float(found[0]["cy"]) - 100), 1)
        three = [(50, 60, 10, 2000, 0), (150, 40, 10, 2000, 0), (100, 150, 10, 2000, 0)]
        found, _ = self.find(draw(200, three, 200, 40, SEED, 65535), white=65535)
        self.assertEqual(len(found), 3, SEED)

    def test_min_snr(self):
        rows = draw(160, [(50, 50, 8, 100, 0), (110, 110, 8, 16, 0)], noise=2, seed=SEED)
        self.assertEqual(len(self.find(rows)[0]), 2, SEED)
        self.assertEqual(len(self.find(rows, "--min-snr", 40)[0]), 1, SEED)

    def test_few_bright_among_many_faint(self):
        for ratio in (5, 16, 21):
            discs = [(*d[:3], 11 * (ratio if k < 3 else 1), 0) for k, d in enumerate(grid(5, 50, 10, 0)[:24])]
            found, _ = self.find(draw(250, discs, 2, 0.5, SEED))
            self.assertEqual(len(found), 24, f"ratio {ratio}, seed {SEED}")

    def test_very_bright_among_many_faint(self):
        for ratio in (100, 300):
            discs = [(*d[:3], 100 * (ratio if k < 3 else 1), 0) for k, d in enumerate(grid(6, 55, 10, 0)[:30])]
            found, _ = self.find(draw(330, discs, 30, 4, SEED, 65535), white=65535)
            self.assertEqual(len(found), 30, f"ratio {ratio}, seed {SEED}")

    def test_the_background_follows_the_size(self):
        rows = draw(400, [(110, 110, 75, 160, 0), (290, 290, 75, 160, 0)], seed=SEED)
        found, note = self.find(rows)
        self.assertEqual((len(found), note), (2, ""))
        for row in found:
            self.assertAlmostEqual(int(row["area"]) / (math.pi * 75**2), 1, delta=0.03)
        found, note = self.find(rows, "--background", 50)
        self.assertEqual(len(found), 2)
        self.assertIn("note: ", note)
        self.assertIn("--background 50 takes light from nuclei", note)
        self.assertEqual(self.find(rows, "--background", 160)[1], "")

    def test_holes(self):
        rows = draw(180, grid(3, 60, 14, 150, 5), 15)
        filled = [int(row["area"]) for row in self.find(rows)[0]]
        self.assertEqual(len(filled), 9)
        for area in filled:
            self.assertAlmostEqual(area / (math.pi * 14**2), 1, delta=0.08)
        pierced = [int(row["area"]) for row in self.find(rows, "--max-hole", 20, holes=1)[0]]
        self.assertEqual(len(pierced), 9)
        self.assertTrue(all(a - b > 40 for a, b in zip(filled, pierced)))
        self.assertEqual([int(r["area"]) for r in self.find(rows, "--max-hole", 200)[0]], filled)

    def test_invert(self):
        rows = draw(160, grid(3, 53, 10, 120), 20, 1, SEED)
        usual, _ = self.find(rows)
        dark, _ = self.find([[255 - v for v in row] for row in rows], "--invert")
        self.assertEqual(len(usual), 9)
        for a, b in zip(usual, dark):
            self.assertEqual([a[k] for k in ("area", "x", "y", "w", "h")], [b[k] for k in ("area", "x", "y", "w", "h")])
            self.assertAlmostEqual(float(a["mean_intensity"]) + float(b["mean_intensity"]), 255, places=4)


if __name__ == "__main__":
    unittest.main()

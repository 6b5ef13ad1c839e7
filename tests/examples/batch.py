# SPDX-License-Identifier: BSL-1.0
"""quoin-batch against a hostile folder: damaged files, full disks, kills, races, too little memory.

    batch.py FOLDER [unittest's options]

FOLDER holds the executables; the variable QUOIN_BIN may name it instead. Exit status 77: cannot run here.
"""
import collections
import csv
import json
import os
import pathlib
import pty
import random
import re
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree
import zlib

FOLDER_GIVEN = len(sys.argv) > 1 and os.path.isdir(sys.argv[1])
BIN = sys.argv.pop(1) if FOLDER_GIVEN else os.environ.get("QUOIN_BIN", "")
PROGRAM = os.path.join(BIN, "quoin-batch")


def sanitized():
    return os.access(PROGRAM, os.X_OK) and b"__asan_init" in pathlib.Path(PROGRAM).read_bytes()


SMALL = 500 if sanitized() else 2000  # files of the hostile folder
SEED = int(os.environ.get("QUOIN_TEST_SEED", "20261121"))
OUTPUTS = {"filters": [".png"], "segment": [".rects.csv", ".components.csv"], "nuclei": [".nuclei.csv"]}


def pgm(width, height, samples, kind=b"P5"):
    return kind + b"\n%d %d\n255\n" % (width, height) + samples


def png(width, height, samples, channels=1):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    row = width * channels
    raw = b"".join(b"\0" + samples[y * row : (y + 1) * row] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, {1: 0, 3: 2}[channels], 0, 0, 0)
    content = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + content


def bmp(width, height, samples):
    """24 bits; samples has 3 bytes a pixel."""
    padded = (width * 3 + 3) // 4 * 4
    rows = b"".join(samples[y * width * 3 : (y + 1) * width * 3].ljust(padded, b"\0") for y in range(height))
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, len(rows), 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(rows), 0, 0, 54) + info + rows


def tga(width, height, samples):
    return struct.pack("<BBBHHBHHHHBB", 0, 0, 3, 0, 0, 0, 0, 0, width, height, 8, 32) + samples


def run(*arguments, **more):
    command = [PROGRAM, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=300, **more)


def start(*arguments, **more):
    # A test that was started in the background has SIGINT ignored, and children inherit that.
    default = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    pipes = dict(stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=default)
    return subprocess.Popen([PROGRAM, *map(str, arguments)], **{**pipes, **more})


def outputs(folder):
    """Every output with its bytes, without what quoin-batch keeps for itself."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and ".quoin-batch" not in p.parts
    }


class Case(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.dir = pathlib.Path(self._folder.name)
        self.input, self.out, self.report = self.dir / "in", self.dir / "out", self.dir / "report"
        self.input.mkdir()

    def batch(self, *options, status=0, job="filters", out=None, **more):
        r = run(self.input, out or self.out, "--job", job, "--report", self.report, *options, **more)
        self.assertEqual(r.returncode, status, r.stderr + r.stdout)
        return r

    def run_with_mounts(self, command):
        """What comes of a command that mounts things for itself alone, and ends with 77 where it may not."""
        try:
            r = subprocess.run(["unshare", "--mount", *command], capture_output=True, text=True)
        except FileNotFoundError:
            self.skipTest("needs unshare")
        if r.returncode == 77 or "unshare" in r.stderr:
            self.skipTest("may not mount here")
        return r

    def records(self):
        """name: row of the report; every file is there once."""
        with open(self.report / "files.csv", newline="", errors="surrogateescape") as file:
            rows = list(csv.DictReader(file))
        named = {row["file"]: row for row in rows}
        self.assertEqual(len(named), len(rows))
        summary = json.loads((self.report / "summary.json").read_text())
        counts = collections.Counter(row["status"] for row in rows)
        keys = {"done": "done", "kept": "kept", "skipped": "skipped", "failed": "failed",
                "over-sized": "oversized", "not started": "not_started"}  # fmt: skip
        for status, key in keys.items():
            self.assertEqual(summary[key], counts[status], status)
        self.assertEqual(summary["files"], len(rows))
        return named, summary

    def statuses(self):
        return {name: row["status"] for name, row in self.records()[0].items()}

    def nothing_left_over(self, out=None):
        keeps = sorted(p.name for p in ((out or self.out) / ".quoin-batch").rglob("*"))
        self.assertEqual([k for k in keeps if k != "lock" and not k.endswith(".journal")], [])


class Hostile(Case):
    """Small files, of which one in twenty is broken."""

    @classmethod
    def setUpClass(cls):
        cls._shared = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls._shared.cleanup)
        cls.folder = pathlib.Path(cls._shared.name) / "in"
        cls.folder.mkdir()
        print(f"seed {SEED}", file=sys.stderr)
        cls.expected = cls.generate(random.Random(SEED))

    @classmethod
    def generate(cls, rng):
        """The folder; name: statuses that are right."""
        expected = {}
        makers = {
            "pgm": lambda w, h: pgm(w, h, rng.randbytes(w * h)),
            "ppm": lambda w, h: pgm(w, h, rng.randbytes(3 * w * h), b"P6"),
            "png": lambda w, h: png(w, h, rng.randbytes(w * h)),
            "PNG": lambda w, h: png(w, h, rng.randbytes(3 * w * h), 3),
            "bmp": lambda w, h: bmp(w, h, rng.randbytes(3 * w * h)),
            "tga": lambda w, h: tga(w, h, rng.randbytes(w * h)),
        }
        # JPEGs are made by the program from good files.
        seeds = cls.folder.parent / "seeds"
        seeds.mkdir()
        for i in range(20):
            (seeds / f"j{i}.pgm").write_bytes(makers["pgm"](20 + i, 30))
        made = run(seeds, cls.folder.parent / "jpegs", "--job", "filters", "--chain", "gaussian3", "--format", "jpg")
        assert made.returncode == 0, made.stderr
        jpegs = [p.read_bytes() for p in sorted((cls.folder.parent / "jpegs").glob("*.jpg"))]

        def content(kind):
            if kind == "jpg":
                return rng.choice(jpegs)
            return makers[kind](rng.randint(1, 40), rng.randint(1, 40))

        def flipped(data, at):
            return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]

        def broken_png():
            data = png(30, 30, rng.randbytes(900))
            return flipped(data, rng.randrange(len(data)))

        def huge_png():
            head = struct.pack(">IIBBBBB", 1 << 20, 1 << 20, 8, 0, 0, 0, 0)
            chunk = lambda n, c: struct.pack(">I", len(c)) + n + c + struct.pack(">I", zlib.crc32(n + c))
            return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")

        def cut(kind):
            data = content(kind)
            return data[: rng.randrange(1, len(data))]

        failed, either = {"failed"}, {"failed", "done"}
        breakers = [
            lambda: (".png", broken_png(), failed),
            lambda: (".png", cut("png"), failed),
            lambda: (".pgm", cut("pgm"), failed),
            lambda: (".ppm", cut("ppm"), failed),
            lambda: (".tga", cut("tga"), failed),
            lambda: (".bmp", cut("bmp"), either),  # the padding of the last row need not be there
            lambda: (".jpg", cut("jpg"), failed),
            lambda: (".jpg", (lambda d: flipped(d, rng.randrange(len(d))))(content("jpg")), either),
            lambda: (".png", b"", failed),
            lambda: (".jpg", b"", failed),
            lambda: (".png", b"this is a text, not an image\n", failed),
            lambda: (".bmp", rng.randbytes(500), failed),
            lambda: (".pgm", b"P5\n1000000 1000000\n255\n" + bytes(100), failed),  # too short for its header
            lambda: (".pgm", b"P5\n99999999999999999999 1\n255\n", failed),
            lambda: (".png", huge_png(), {"over-sized"}),
            lambda: (".tga", tga(65535, 65535, b""), {"over-sized", "failed"}),
            lambda: (".pgm", b"P5\n0 0\n255\n", failed),
            lambda: (".jpg", png(5, 4, bytes(20)), {"done"}),  # what a file is called says nothing
            lambda: ("", png(5, 4, bytes(20)), {"done"}),
            lambda: (".txt", b"notes", {"skipped"}),
        ]
        every = SMALL // 100
        for i in range(SMALL):
            if i % 20 == 7:
                extension, data, statuses = breakers[i // 20 % len(breakers)]()
            else:
                kind = rng.choice(["pgm", "ppm", "png", "PNG", "bmp", "tga", "jpg"])
                extension, data, statuses = "." + kind, content(kind), {"done"}
            path = cls.folder / f"f{i:04}{extension}"
            path.write_bytes(data)
            expected[path.name] = statuses
        # What is no file of bytes.
        os.mkfifo(cls.folder / "pipe.png")
        expected["pipe.png"] = {"skipped"}
        (cls.folder / "nowhere.png").symlink_to("missing.png")
        expected["nowhere.png"] = {"failed"}
        (cls.folder / "link.png").symlink_to(f"f{every:04}" + next(cls.folder.glob(f"f{every:04}*")).suffix)
        expected["link.png"] = {"done"}
        (cls.folder / ".hidden.png").write_bytes(png(3, 3, bytes(9)))
        expected[".hidden.png"] = {"skipped"}
        (cls.folder / "folder.png").mkdir()
        if os.geteuid() != 0:
            locked = cls.folder / "locked.pgm"
            locked.write_bytes(pgm(2, 2, bytes(4)))
            locked.chmod(0)
            expected[locked.name] = {"failed"}
        return expected

    def setUp(self):
        super().setUp()
        self.input = self.folder

    def check_statuses(self, found, also=()):
        self.assertEqual(set(found), set(self.expected))
        for name, status in found.items():
            self.assertIn(status, self.expected[name] | set(also), name)

    def done(self, found):
        return sorted(name for name, status in found.items() if status in ("done", "kept"))

    def test_every_file_once_and_the_same_bytes_under_any_number_of_workers(self):
        for job in OUTPUTS:
            one, four = self.dir / f"{job}-1", self.dir / f"{job}-4"
            r = self.batch("--workers", 1, job=job, out=one, status=3)
            first = self.statuses()
            self.check_statuses(first)
            failures = [s for s in first.values() if s in ("failed", "over-sized")]
            reported = [line for line in r.stderr.splitlines() if line.startswith("quoin-batch: ")]
            self.assertEqual(len(reported), len(failures), r.stderr)
            self.assertGreater(len(failures), SMALL // 30)
            self.batch("--workers", 4, job=job, out=four, status=3)
            self.assertEqual(self.statuses(), first)
            results = outputs(one)
            self.assertEqual(len(results), len(self.done(first)) * len(OUTPUTS[job]))
            self.assertEqual(outputs(four), results)
            for out in (one, four):
                self.nothing_left_over(out)

    def test_good_files_give_what_the_program_for_one_file_gives(self):
        self.batch(status=3)
        single = self.dir / "single"
        names = [n for n in self.done(self.statuses()) if n.startswith("f") and "." in n][:: SMALL // 40]
        command = [os.path.join(BIN, "quoin-filters"), *(self.input / n for n in names), "--out", single]
        self.assertEqual(subprocess.run(command, capture_output=True).returncode, 0)
        for name in names:
            stem = name.rsplit(".", 1)[0] + ".png"
            self.assertEqual((self.out / stem).read_bytes(), (single / stem).read_bytes(), name)
        self.batch("--min-area", 5, "--labels", job="nuclei", status=3)
        for name in names[::4]:
            stem = name.rsplit(".", 1)[0]
            files = {"--csv": stem + ".nuclei.csv", "--labels": stem + ".labels.png"}
            command = [os.path.join(BIN, "quoin-nuclei"), self.input / name, "--min-area", "5"]
            command += [part for option, file in files.items() for part in (option, single / file)]
            self.assertEqual(subprocess.run(command, capture_output=True).returncode, 0, name)
            for file in files.values():
                self.assertEqual((self.out / file).read_bytes(), (single / file).read_bytes(), file)

    def test_kill_and_resume(self):
        reference = self.dir / "reference"
        self.batch(out=reference, status=3)
        expected, statuses = outputs(reference), self.statuses()
        rng = random.Random(SEED + 1)
        log = self.out / ".quoin-batch/filters.journal"
        kills = 0
        for part in sorted(rng.uniform(0.05, 0.9) for _ in range(4)):
            with start(self.input, self.out, "--job", "filters", "--workers", 2, "--resume") as p:
                while p.poll() is None:
                    if log.exists() and log.read_bytes().count(b"\n") > part * len(expected):
                        p.kill()
                        break
                    time.sleep(0.002)
                p.communicate()
                kills += p.returncode == -signal.SIGKILL
            # Whatever is there is whole.
            for name, content in outputs(self.out).items():
                self.assertEqual(content, expected[name], name)
        self.assertGreater(kills, 0)
        finished = log.read_bytes().count(b"\n") - 1
        with open(log, "ab") as file:  # a line that was being written
            file.write(b"done\tf0000.pgm\t10")
        self.batch("--resume", status=3)
        found, summary = self.records()
        self.assertEqual(summary["kept"], finished)
        self.check_statuses(self.statuses(), also=["kept"])
        self.assertEqual(self.done(self.statuses()), self.done(statuses))
        self.assertEqual(outputs(self.out), expected)
        self.nothing_left_over()
        # And once more: nothing is left to do.
        self.batch("--resume", status=3)
        self.assertEqual(self.records()[1]["done"], 0)
        self.assertEqual(outputs(self.out), expected)

    def test_files_that_vanish_and_appear(self):
        self.input = self.dir / "moving"
        shutil.copytree(self.folder, self.input, symlinks=True, ignore=lambda *_: ["pipe.png", "locked.pgm"])
        names = sorted(n for n in os.listdir(self.input) if n.startswith("f") and n != "folder.png")
        rng = random.Random(SEED + 2)
        with start(self.input, self.out, "--job", "filters", "--report", self.report, "--workers", 2) as p:
            gone = set(rng.sample(names, SMALL // 10))
            for name in gone:
                (self.input / name).unlink()
            p.communicate()
        self.assertEqual(p.returncode, 3)
        found = self.statuses()
        for name in set(names) - gone:
            self.assertIn(found[name], self.expected[name])
        for name in gone & set(found):
            self.assertIn(found[name], self.expected[name] | {"failed"})


class Resuming(Case):
    def setUp(self):
        super().setUp()
        for i in range(6):
            (self.input / f"a{i}.pgm").write_bytes(pgm(30, 20, random.Random(i).randbytes(600)))

    def resumed(self, *options, job="filters"):
        """The names that were done again."""
        self.batch("--resume", *options, job=job)
        return sorted(n for n, s in self.statuses().items() if s == "done")

    def test_what_counts_as_finished(self):
        everything = sorted(p.name for p in self.input.iterdir())
        self.assertEqual(self.resumed(), everything)
        self.assertEqual(self.resumed(), [])
        clean = outputs(self.out)
        (self.out / "a1.png").unlink()
        self.assertEqual(self.resumed(), ["a1.pgm"])
        (self.out / "a2.png").write_bytes(b"half")
        self.assertEqual(self.resumed(), ["a2.pgm"])
        self.assertEqual(outputs(self.out), clean)
        os.utime(self.input / "a3.pgm", ns=(5, 5))
        self.assertEqual(self.resumed(), ["a3.pgm"])
        (self.input / "a4.pgm").write_bytes(pgm(31, 20, bytes(620)))
        self.assertEqual(self.resumed(), ["a4.pgm"])
        self.assertNotEqual((self.out / "a4.png").read_bytes(), clean["a4.png"])
        (self.input / "b.pgm").write_bytes(pgm(3, 2, bytes(6)))
        self.assertEqual(self.resumed(), ["b.pgm"])
        # Without --resume, everything.
        self.batch()
        self.assertEqual(set(self.statuses().values()), {"done"})

    def test_other_options_and_jobs(self):
        everything = self.resumed("--chain", "gaussian3")
        r = self.batch("--resume", "--chain", "sharpen")
        self.assertIn("other options", r.stderr)
        self.assertEqual(sorted(self.statuses()), everything)
        self.assertEqual(set(self.statuses().values()), {"done"})
        self.assertEqual(self.resumed("--chain", "sharpen"), [])
        self.assertEqual(self.resumed("--threshold", 99, job="segment"), everything)
        self.assertEqual(self.resumed("--threshold", 99, job="segment"), [])
        self.assertEqual(self.resumed("--threshold", 98, job="segment"), everything)
        self.assertEqual(self.resumed("--chain", "sharpen"), [])

    def test_a_damaged_journal_is_not_trusted(self):
        self.batch()
        log = self.out / ".quoin-batch/filters.journal"
        lines = log.read_bytes().splitlines(keepends=True)
        self.assertEqual(len(lines), 7)
        log.write_bytes(lines[0] + b"".join(lines[1:4]) + b"done\t\xff\n\0\0\0\ndone\ta\tb\tc\td\te\n" + lines[4][:-1])
        self.batch("--resume")
        self.assertEqual(self.records()[1]["kept"], 3)
        log.write_bytes(b"rubbish")
        self.batch("--resume")
        self.assertEqual(self.records()[1]["kept"], 0)

    def test_one_run_at_a_time(self):
        (self.out / ".quoin-batch").mkdir(parents=True)
        import fcntl

        with open(self.out / ".quoin-batch/lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            r = self.batch(status=1)
        self.assertIn("another quoin-batch", r.stderr)
        self.batch()


class Names(Case):
    def test_no_output_replaces_another(self):
        a, b = pgm(3, 3, bytes(9)), pgm(3, 3, bytes(range(0, 252, 28)))
        for name, data in {"a.png": a, "a.pgm": b, "a.png.png": a, "b.pgm": b, "no-extension": a, "b.c.pgm": a}.items():
            (self.input / name).write_bytes(data)
        self.batch("--chain", "gray")
        self.assertEqual(
            sorted(outputs(self.out)),
            ["a.pgm.png", "a.png.png", "a.png.png.png", "b.c.png", "b.png", "no-extension.png"],
        )
        named = self.records()[0]
        self.assertEqual(named["a.pgm"]["output"], "a.pgm")
        self.assertNotEqual((self.out / "a.pgm.png").read_bytes(), (self.out / "a.png.png").read_bytes())

    def test_only_images_have_a_part_in_names(self):
        a = pgm(3, 3, bytes(9))
        for name, data in {
            "x.pgm": a, "x.json": b"{}", "x.txt": b"", "x.md": b"BMW and other makes\n", "x.log": b"P1 is first\n",
            "y.pgm": a, "y.dat": png(3, 3, bytes(9)), "z.pgm": a, "z.png": b"text",
        }.items():  # fmt: skip
            (self.input / name).write_bytes(data)
        self.batch("--chain", "gray", status=3)
        self.assertEqual(sorted(outputs(self.out)), ["x.png", "y.dat.png", "y.pgm.png", "z.pgm.png"])
        skipped = [name for name, status in self.statuses().items() if status == "skipped"]
        self.assertEqual(skipped, ["x.json", "x.log", "x.md", "x.txt"])

    def test_only_what_is_no_image_is_skipped(self):
        whole = {"png": png(5, 4, bytes(20)), "bmp": bmp(5, 4, bytes(60)), "pgm": pgm(5, 4, bytes(20))}
        failed = {"cut.dat": whole["png"][:40], "cut": whole["bmp"][:60], "cut.raw": whole["pgm"][:20],
                  "huge.dat": b"P5\n99999999999999999999 1\n255\n", "comment": b"P5 # 3 x\n",
                  "jpeg": b"\xff\xd8\xff\xe0\0"}  # fmt: skip
        for name, data in failed.items():
            (self.input / name).write_bytes(data)
        reasons = {"loop.png": "Too many levels", "loop": "Too many levels", "long": "File name too long",
                   "memory": "Input/output error", "cut.dat": "truncated", "huge.dat": "the width"}  # fmt: skip
        (self.input / "loop.png").symlink_to("loop.png")
        (self.input / "loop").symlink_to("loop")
        (self.input / "long").symlink_to("x" * 300)
        (self.input / "memory").symlink_to("/proc/self/mem")  # may be opened, but not read at its begin
        if os.geteuid() != 0:
            (self.input / "locked").write_bytes(whole["png"])
            (self.input / "locked").chmod(0)
            reasons["locked"] = "Permission denied"
        good = {"f.dat": whole["png"], "g": whole["bmp"], "h.raw": whole["pgm"]}
        skipped = {"i": b"", "j": b"PS", "k.tgb": tga(3, 3, bytes(9)), "l": whole["bmp"][:10]}
        for name, data in {**good, **skipped}.items():
            (self.input / name).write_bytes(data)
        self.batch("--chain", "gray", status=3)
        named = self.records()[0]
        expected = {**dict.fromkeys([*failed, *reasons], "failed"), **dict.fromkeys(good, "done"),
                    **dict.fromkeys(skipped, "skipped")}  # fmt: skip
        self.assertEqual({name: row["status"] for name, row in named.items()}, expected)
        for name, reason in reasons.items():
            self.assertIn(reason, named[name]["message"])

    def test_images_of_other_formats(self):
        """By how their files begin, whatever their names."""
        box = lambda brand: b"\0\0\0\x18ftyp" + brand + bytes(12)
        others = {
            "a.fits": ("FITS", b"SIMPLE  =                    T"), "b.hdr": ("Radiance HDR", b"#?RADIANCE\n"),
            "d.webp": ("WebP", b"RIFF\x24\0\0\0WEBPVP8 "), "e.gif": ("GIF", b"GIF89a\1\0\1\0"),
            "f.heic": ("HEIC", box(b"heic")), "g": ("HEIC", box(b"mif1")), "h.avif": ("AVIF", box(b"avif")),
            "i.jp2": ("JPEG 2000", b"\0\0\0\x0cjP  \r\n\x87\n"), "j.jxl": ("JPEG XL", b"\xff\x0a\xfa\x1f"),
            "k.exr": ("OpenEXR", b"\x76\x2f\x31\x01\2\0"), "l.psd": ("PSD", b"8BPS\0\1"),
            "m": ("DICOM", bytes(128) + b"DICM"), "n.pdf": ("PDF", b"%PDF-1.7\n"),
            "o.svg": ("SVG", b"<svg xmlns='x'/>"), "p.svg": ("SVG", b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x -->\n<svg/>"),
        }  # fmt: skip
        no_images = {"q": b"II*", "r": b"RIFF\x24\0\0\0WAVEfmt ", "s.mp4": box(b"isom"), "t.html": b"<html><p>svg",
                     "u": bytes(132), "v.txt": b"see <svg>", "w": b""}  # fmt: skip
        for name, data in no_images.items():
            (self.input / name).write_bytes(data)
        r = self.batch()
        self.assertEqual(r.stderr, "")
        self.assertNotIn("does not read", r.stdout)
        for name, (_, data) in others.items():
            (self.input / name).write_bytes(data)
        counts = dict(sorted(collections.Counter(format for format, _ in others.values()).items()))
        said = f"{len(others)} files are images that quoin does not read (" + ", ".join(
            f"{n} {format}" for format, n in counts.items()) + "); convert them to PNG, JPEG, BMP, TGA or PNM"
        r = self.batch(status=3)
        self.assertIn(said, r.stdout)
        self.assertIn("nothing is done: " + said, r.stderr)
        named, summary = self.records()
        self.assertEqual(summary["unread_formats"], counts)
        for name, row in named.items():
            self.assertEqual(row["status"], "skipped")
            reason = f"does not read: {others[name][0]};" if name in others else "is no image by name, nor by content"
            self.assertIn(reason, row["message"])
        # Beside an image they are skipped, as other files are; under the name of an image they have failed.
        (self.input / "x.pgm").write_bytes(pgm(3, 3, bytes(9)))
        r = self.batch()
        self.assertIn(said, r.stdout)
        self.assertEqual(r.stderr, "")
        r = self.batch("--resume")
        self.assertIn(said, r.stdout)
        (self.input / "y.png").write_bytes(others["d.webp"][1])
        r = self.batch(status=3)
        self.assertIn("y.png: failed: is an image that quoin does not read: WebP; convert it", r.stderr)

    def test_folders(self):
        for name in ("top.pgm", "x/one.pgm", "x/y/two.pgm", "z/one.pgm"):
            path = self.input / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pgm(3, 3, bytes(9)))
        (self.input / "x/loop").symlink_to(self.input)
        r = self.batch()
        self.assertEqual(list(self.statuses()), ["top.pgm"])
        self.assertIn("2 folders inside were not entered", r.stdout)
        everything = ["top.png", "x/one.png", "x/y/two.png", "z/one.png"]
        self.batch("--recursive")
        self.assertEqual(sorted(outputs(self.out)), everything)
        # Outputs inside of the inputs are no inputs.
        inside = self.input / "results"
        for _ in range(2):
            self.batch("--recursive", out=inside)
            self.assertEqual(sorted(outputs(inside)), everything)

    def test_no_output_replaces_an_input(self):
        a, b = pgm(3, 3, bytes(9)), pgm(4, 3, bytes(range(12)))

        def refused(folder, out, output, source, replaced, *options):
            before = outputs(self.dir)
            r = run(folder, out, "--job", "filters", "--chain", "gray", "--recursive", *options)
            self.assertEqual(r.returncode, 2, r.stderr + r.stdout)
            said = f"the output {out / output} of {folder / source} would replace the input {folder / replaced};"
            self.assertIn(said, r.stderr)
            self.assertEqual(outputs(self.dir), before)
            self.assertFalse((out / ".quoin-batch").exists())

        def tree(name, **files):
            for file, content in files.items():
                path = self.dir / name / file.replace("__", "/").replace("_", ".")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            return self.dir / name

        # OUT_DIR above IN_DIR, which has a folder of its own name.
        above = tree("above", a__x_png=png(3, 3, bytes(9)), a__a__x_pgm=b)
        refused(above / "a", above, "a/x.png", "a/x.pgm", "x.png")
        # The other input need not be one that can be read.
        (above / "a/x.png").write_bytes(b"cut")
        refused(above / "a", above, "a/x.png", "a/x.pgm", "x.png")
        # A link from the outputs to the inputs.
        folder, out = tree("links", x_png=png(3, 3, bytes(9)), s__x_pgm=b), self.dir / "links-out"
        out.mkdir()
        (out / "s").symlink_to(folder)
        refused(folder, out, "s/x.png", "s/x.pgm", "x.png")
        # And one from the inputs to the outputs.
        folder, out = tree("back", y_pgm=a), tree("back-out", y_png=png(3, 3, bytes(9)))
        (folder / "seen.png").symlink_to(out / "y.png")
        refused(folder, out, "y.png", "y.pgm", "seen.png")
        # A link in the place of an output is replaced, and not what it points to.
        folder, out = tree("safe", z_png=png(3, 3, bytes(9)), z_pgm=a), tree("safe-out")
        out.mkdir()
        (out / "z.pgm.png").symlink_to(folder / "z.png")
        before = outputs(folder)
        self.input = folder
        self.batch("--chain", "gray", out=out)
        self.assertEqual(outputs(folder), before)
        self.assertFalse((out / "z.pgm.png").is_symlink())

    def test_odd_names(self):
        for name in ("a b.pgm", "new\nline.pgm", "tab\tand%09.pgm", '"quoted",.pgm', "<b>&.pgm"):
            (self.input / name).write_bytes(pgm(3, 3, bytes(9)))
        with open(os.fsencode(self.input) + b"/latin\xe9.pgm", "wb") as file:
            file.write(pgm(3, 3, bytes(9)))
        self.batch()
        self.assertEqual(set(self.statuses().values()), {"done"})
        self.batch("--resume")
        self.assertEqual(set(self.statuses().values()), {"kept"})
        self.assertEqual(len(outputs(self.out)), 6)

    def test_a_folder_where_an_output_should_be(self):
        for name in ("a.pgm", "b.pgm"):
            (self.input / name).write_bytes(pgm(3, 3, bytes(9)))
        (self.out / "a.components.csv").mkdir(parents=True)
        self.batch(job="segment", status=3)
        self.assertEqual(self.statuses(), {"a.pgm": "failed", "b.pgm": "done"})
        self.assertEqual(sorted(outputs(self.out)), ["b.components.csv", "b.rects.csv"])

    def test_rectangles_as_a_layout(self):
        (self.input / "a.pgm").write_bytes(pgm(4, 3, bytes([255, 255, 0, 9] * 3)))
        self.batch("--rects", "gds", "--gds-layer", "5", job="segment")
        self.assertEqual(sorted(outputs(self.out)), ["a.components.csv", "a.rects.gds"])
        corners = struct.pack(">10i", 0, 0, 2, 0, 2, 3, 0, 3, 0, 0)
        layer = bytes([0, 6, 13, 2, 0, 5])
        layout = outputs(self.out)["a.rects.gds"]
        self.assertEqual((layout.count(corners), layout.count(layer), layout.count(b"\0\4\x11\0")), (1, 1, 1))
        r = self.batch("--gds-layer", "5", job="segment", status=2)
        self.assertIn("--rects gds", r.stderr)

    def test_an_output_that_cannot_be_replaced(self):
        for side, name in ((9, "a.pgm"), (4, "b.pgm")):
            (self.input / name).write_bytes(pgm(side, side, bytes(range(side * side))))
        self.batch("--threshold", 40, "--overlay", job="segment")
        before = outputs(self.out)
        # Nothing takes the place of a file that another one is mounted over.
        script = """mount --bind "$1" "$1" 2>/dev/null || exit 77; shift; exec "$@" """
        for name in ("a.rects.csv", "a.components.csv", "a.overlay.png"):
            command = ["sh", "-c", script, "-", self.out / name, PROGRAM, self.input, self.out, "--job", "segment"]
            command += ["--threshold", "10", "--overlay", "--report", self.report]
            r = self.run_with_mounts(command)
            self.assertEqual(r.returncode, 3, r.stderr)
            self.assertIn(f"{name} cannot be", r.stderr)
            self.assertEqual(self.statuses(), {"a.pgm": "failed", "b.pgm": "done"})
            after = outputs(self.out)
            self.assertEqual({n: after[n] for n in after if n[0] == "a"}, {n: before[n] for n in before if n[0] == "a"})
            self.nothing_left_over()
        # What was not there before is not there after.
        (self.out / "a.rects.csv").unlink()
        r = self.run_with_mounts(command)
        self.assertEqual(r.returncode, 3, r.stderr)
        self.assertFalse((self.out / "a.rects.csv").exists())
        self.batch("--threshold", 10, "--overlay", job="segment")
        self.assertNotEqual(outputs(self.out)["a.rects.csv"], before["a.rects.csv"])
        self.nothing_left_over()


class Full(Case):
    def setUp(self):
        super().setUp()
        rng = random.Random(SEED)
        for i in range(20):
            side = 100 if i % 2 else 10
            (self.input / f"a{i:02}.pgm").write_bytes(pgm(side, side, rng.randbytes(side * side)))
        self.batch(out=self.dir / "clean")
        self.clean = outputs(self.dir / "clean")

    def check(self, out):
        found = self.records()[0]
        results = outputs(out)
        done = [n for n, row in found.items() if row["status"] == "done"]
        self.assertEqual(sorted(results), sorted(n[:-4] + ".png" for n in done))
        self.assertEqual(len(found), 20)
        self.assertTrue(0 < len(done) < 20, len(done))
        for name, content in results.items():
            self.assertEqual(content, self.clean[name], name)
        for row in found.values():
            if row["status"] == "failed":
                self.assertRegex(row["message"], "No space left|File too large|cannot be")

    def test_a_file_that_may_not_grow(self):
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
        r = run(self.input, self.out, "--job", "filters", preexec_fn=limit)
        self.assertEqual(r.returncode, 3, r.stderr)
        self.assertEqual(r.stderr.count("File too large"), 10, r.stderr)
        self.nothing_left_over()
        self.batch("--resume")  # with room again
        self.assertEqual(self.records()[1]["kept"], 10)
        self.assertEqual(outputs(self.out), self.clean)

    def test_a_full_disk(self):
        script = """mount -t tmpfs -o size=64k tmpfs "$1" 2>/dev/null || exit 77
            "$2" "$3" "$1" --job filters --report "$4"; status=$?
            cp -r "$1" "$5"; exit $status"""
        disk, copy = self.dir / "disk", self.dir / "copy"
        disk.mkdir()
        command = ["sh", "-c", script, "-", disk, PROGRAM, self.input, self.report, copy]
        r = self.run_with_mounts(command)
        self.assertEqual(r.returncode, 3, r.stderr)
        self.check(copy)
        self.nothing_left_over(copy)


class Notes(Case):
    def setUp(self):
        super().setUp()
        self.files = {
            "a.pgm": pgm(3, 2, bytes([7]) * 6), "b.pgm": pgm(3, 1, bytes([9, 10, 12])), "c.pgm": pgm(3, 1, bytes([0, 99, 255])),
            "d.ppm": pgm(2, 1, bytes([5]) * 6, b"P6"),
        }  # fmt: skip
        for name, data in self.files.items():
            (self.input / name).write_bytes(data)

    def test_kinds_are_counted_in_the_report(self):
        flat, narrow = "with one value everywhere", "with values in less than a sixteenth of the range"
        for job in ("segment", "filters"):
            for workers in (1, 4):
                r = self.batch("--workers", workers, job=job)
                self.assertEqual(r.stderr, "")
                said = [line for line in r.stdout.splitlines() if line.startswith("note: ")]
                self.assertEqual(said, [f"note: 2 files {flat}; the first is a.pgm", f"note: 1 file {narrow}: b.pgm"])
                named, summary = self.records()
                self.assertEqual(summary["notes"], [{"kind": flat, "files": 2, "first": "a.pgm"},
                                                    {"kind": narrow, "files": 1, "first": "b.pgm"}])  # fmt: skip
                self.assertEqual(named["b.pgm"]["notes"],
                                 "b.pgm has values from 9 to 12, less than a sixteenth of 0 .. 255, and they are kept")
                self.assertEqual(named["c.pgm"]["notes"], "")
                self.assertIn("--channel r, g or b", named["d.ppm"]["notes"])
                page = (self.report / "report.html").read_text()
                self.assertIn("<tr><td>d.ppm<td>d.ppm is 5 everywhere in gray", page)

    def test_those_of_the_single_executables(self):
        for job, program, arguments in (
            ("segment", "quoin-segment", []), ("nuclei", "quoin-nuclei", []),
            ("filters", "quoin-filters", ["--out", self.dir / "o.png"]),
        ):  # fmt: skip
            self.batch(job=job)
            named, summary = self.records()
            for name in self.files:
                command = [os.path.join(BIN, program), self.input / name, *arguments]
                single = subprocess.run(command, capture_output=True, text=True, timeout=60)
                said = [line.split(": note: ", 1)[1] for line in single.stderr.splitlines() if ": note: " in line]
                self.assertEqual(named[name]["notes"], "; ".join(said).replace(f"{self.input}/", ""), job)
            self.assertGreaterEqual(sum(n["files"] for n in summary["notes"]), 3)
        self.assertIn({"kind": "without nuclei: all pixels have one value", "files": 2, "first": "a.pgm"},
                      self.of_nuclei()["notes"])  # fmt: skip

    def of_nuclei(self):
        self.batch(job="nuclei")
        return self.records()[1]

    def test_there_are_none_for_good_files_and_for_those_that_are_kept(self):
        self.batch()
        r = self.batch("--resume")
        self.assertNotIn("note: ", r.stdout)
        self.assertEqual(self.records()[1]["notes"], [])
        for name in ("a.pgm", "b.pgm", "d.ppm"):
            (self.input / name).unlink()
        r = self.batch()
        self.assertNotIn("note: ", r.stdout)
        self.assertNotIn("Files with notes", (self.report / "report.html").read_text())


class Memory(Case):
    def peak(self, *options, limit, job, status=0):
        self.batch("--memory", f"{limit}M", *options, job=job, status=status)
        named, summary = self.records()
        if not sanitized():
            self.assertGreater(summary["peak_bytes"], 1 << 20)
            self.assertLessEqual(summary["peak_bytes"], limit << 20)
        return named, summary

    def test_large_images_within_little_memory(self):
        for i in range(6):
            (self.input / f"a{i}.pgm").write_bytes(pgm(3000, 2000, bytes([i]) * 6_000_000))
        for workers in (1, 4):
            self.peak("--chain", "gaussian3,sobel_x", "--format", "pnm", "--workers", workers, limit=180, job="filters")
            self.assertEqual(set(self.statuses().values()), {"done"})

    def test_images_between_operations(self):
        """What a rotation reads behind another operation is an image in memory."""
        for i in range(6):
            (self.input / f"a{i}.pgm").write_bytes(pgm(3000, 2000, bytes([i, 200]) * 3_000_000))
        chain = "convert_to=f32,rotate=10,gaussian3,rotate=10,convert_to=u8"  # 24 MB each time
        for workers in (1, 4):
            self.peak("--chain", chain, "--format", "pnm", "--workers", workers, limit=180, job="filters")
            self.assertEqual(set(self.statuses().values()), {"done"})
        if sanitized():
            return  # the program itself is larger
        # 70 MB are enough for the images that are read, written and encoded, but not for those between as well.
        for chain, status, files in (("rotate=10", 0, "done"), (chain, 3, "over-sized")):
            self.peak("--chain", chain, "--format", "pnm", "--workers", 1, limit=70, job="filters", status=status)
            self.assertEqual(set(self.statuses().values()), {files})

    def test_files_whose_regions_take_much(self):
        rng = random.Random(SEED)
        for i in range(4):
            (self.input / f"a{i}.pgm").write_bytes(pgm(1024, 1024, rng.randbytes(1 << 20)))
        small = pgm(64, 64, rng.randbytes(4096))
        for i in range(20):
            (self.input / f"b{i}.pgm").write_bytes(small)
        clean = self.dir / "clean"
        self.batch("--memory", "2G", job="segment", out=clean)
        for workers in (1, 4):  # the program itself is larger with a sanitizer
            self.peak("--workers", workers, limit=250 if sanitized() else 150, job="segment")
            self.assertEqual(set(self.statuses().values()), {"done"})
            self.assertEqual(outputs(self.out), outputs(clean))
        limit = 105 if sanitized() else 60
        named, _ = self.peak("--workers", 2, limit=limit, job="segment", status=3)
        for name, row in named.items():
            self.assertEqual(row["status"], "over-sized" if name[0] == "a" else "done", name)
        self.assertIn("give more --memory", named["a0.pgm"]["message"])

    def test_too_large_by_its_header(self):
        with open(self.input / "huge.pgm", "wb") as file:
            file.write(b"P5\n20000 20000\n255\n")
            file.truncate(400_000_100)
        (self.input / "small.pgm").write_bytes(pgm(3, 3, bytes(9)))
        named, _ = self.peak(limit=200, job="filters", status=3)
        self.assertEqual({n: r["status"] for n, r in named.items()}, {"huge.pgm": "over-sized", "small.pgm": "done"})


class Interrupting(Case):
    @staticmethod
    def wait_until_it_listens(process):
        """A program waits for SIGINT on a thread, so it blocks the signal; before that the signal would end it."""
        listens = 1 << (signal.SIGINT - 1)
        for _ in range(2000):
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            if int(re.search(r"SigBlk:\s*([0-9a-f]+)", status).group(1), 16) & listens or process.poll() is not None:
                return
            time.sleep(0.005)

    def interrupted(self, after=0.5, **more):
        with start(self.input, self.out, "--report", self.report, *more.pop("options"), **more) as p:
            self.wait_until_it_listens(p)
            time.sleep(after)
            p.send_signal(signal.SIGINT)
            begin = time.monotonic()
            stdout, stderr = p.communicate(timeout=60)
            took = time.monotonic() - begin
        return p.returncode, stdout, stderr, took

    def test_ctrl_c_says_what_is_done(self):
        data = pgm(1500, 1000, random.Random(1).randbytes(1_500_000))
        for i in range(300):
            (self.input / f"a{i:03}.pgm").write_bytes(data if i == 0 else b"")
            if i:
                (self.input / f"a{i:03}.pgm").unlink()
                os.link(self.input / "a000.pgm", self.input / f"a{i:03}.pgm")
        status, stdout, stderr, took = self.interrupted(options=["--job", "filters"])
        self.assertEqual(status, 130, stderr)
        self.assertLess(took, 10)  # a second, on a machine that has the time
        self.assertRegex(stdout, r"interrupted.*\n300 files: \d+ done, \d+ not started")
        found = self.records()[0]
        done = sorted(n[:-4] + ".png" for n, row in found.items() if row["status"] == "done")
        self.assertEqual(sorted(outputs(self.out)), done)
        self.assertLess(len(done), 300)
        self.nothing_left_over()
        before = {n: os.stat(self.out / n).st_mtime_ns for n in done}
        for i in range(20, 300):
            (self.input / f"a{i:03}.pgm").unlink()
        self.batch("--resume")
        kept = {n for n, s in self.statuses().items() if s == "kept"}
        self.assertEqual(kept, {n[:-4] + ".pgm" for n in done if int(n[1:4]) < 20})
        for n in done:
            self.assertEqual(os.stat(self.out / n).st_mtime_ns, before[n])

    def test_ctrl_c_while_workers_are_compared(self):
        data = pgm(1500, 1000, random.Random(1).randbytes(1_500_000))
        (self.input / "a00.pgm").write_bytes(data)
        for i in range(1, 100):
            os.link(self.input / "a00.pgm", self.input / f"a{i:02}.pgm")
        slow = self.dir / "slow"
        slow.mkdir()
        (slow / "a.png").write_bytes(png(12000, 8000, bytes(96_000_000)))  # is decoded in one go
        for self.input in (self.input, slow):
            count = len(os.listdir(self.input))
            options = ["--job", "filters", "--memory", "4G", "--compare", "1,2"]
            status, stdout, stderr, took = self.interrupted(options=options)
            self.assertEqual(status, 130, stderr)
            self.assertLess(took, 10)
            self.assertIn("interrupted; what is done is whole", stdout)
            self.assertIn(f"\n{count} files: 0 done, {count} not started", stdout)
            self.assertEqual(set(self.statuses().values()), {"not started"})
            self.assertEqual(self.records()[1]["comparison"], [])
            self.assertEqual(outputs(self.out), {})
            self.nothing_left_over()

    def test_ctrl_c_does_not_wait_for_work_that_cannot_be_stopped(self):
        # A PNG is decoded in one go.
        (self.input / "a.png").write_bytes(png(12000, 8000, bytes(96_000_000)))
        status, stdout, stderr, took = self.interrupted(after=0.2, options=["--job", "filters", "--memory", "4G"])
        self.assertEqual(status, 130, stderr)
        self.assertLess(took, 10)
        self.assertIn("1 files: 0 done, 1 not started", stdout)
        self.assertEqual(outputs(self.out), {})


class Report(Case):
    def test_texts_of_the_report_do_not_overlap(self):
        for i in range(6):
            (self.input / f"a{i}.pgm").write_bytes(pgm(200 + i, 140, random.Random(i).randbytes((200 + i) * 140)))
        for job in ("filters", "segment", "nuclei"):
            self.batch("--compare", "2", job=job)
            html = (self.report / "report.html").read_text()
            self.assertNotIn("--help", html)
            options = re.search(r"<br>(.*?)</p>", html).group(1)
            self.assertNotIn("  ", options)  # an option without its value
            pictures = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
            self.assertEqual(len(pictures), 5)
            for picture in pictures:
                svg, boxes = xml.etree.ElementTree.fromstring(picture), []
                for text in svg.iter("text"):
                    width = len(text.text) * (7.2 if text.get("class") == "title" else 6)  # of 13 and 11 px
                    x = float(text.get("x")) - {"middle": width / 2, "end": width}.get(text.get("text-anchor"), 0)
                    boxes.append((x, x + width, float(text.get("y")), text.text))
                for begin, end, y, text in boxes:
                    self.assertGreaterEqual(begin, 0, text)
                    self.assertLessEqual(end, float(svg.get("width")), text)
                    self.assertLess(y, float(svg.get("height")), text)
                    for other in boxes:
                        if other[3] != text and abs(other[2] - y) < 10:
                            self.assertFalse(begin < other[1] and other[0] < end, (text, other[3]))

    def test_report_and_comparison(self):
        for i in range(30):
            (self.input / f"a{i}.pgm").write_bytes(pgm(50 + i, 40, random.Random(i).randbytes((50 + i) * 40)))
        (self.input / "<bad>.png").write_bytes(b"no")
        r = self.batch("--compare", "2,4", "--workers", 2, status=3)
        named, summary = self.records()
        self.assertEqual([c["workers"] for c in summary["comparison"]], [1, 2, 4])
        for c in summary["comparison"]:
            self.assertEqual(c["files"], 31)
            self.assertAlmostEqual(c["efficiency"], c["speed_up"] / c["workers"], places=2)
        self.assertEqual(summary["comparison"][0]["speed_up"], 1)
        best = max(c["speed_up"] for c in summary["comparison"])
        near = [c["workers"] for c in summary["comparison"] if c["speed_up"] >= 0.95 * best - 1e-5]
        self.assertEqual(summary["recommended_workers"], near[0])
        self.assertIn(f"recommended: --workers {near[0]}", r.stdout)
        # Latencies against plain arithmetic.
        times = sorted(float(row["ms_total"]) for row in named.values() if row["status"] == "done")
        self.assertEqual(len(times), 30)
        latency = summary["latency_ms"]
        self.assertAlmostEqual(latency["mean"], sum(times) / 30, places=2)
        for key, rank in (("median", 15), ("p95", 29), ("p99", 30)):
            self.assertAlmostEqual(latency[key], times[rank - 1], places=2)
        for row in named.values():
            if row["status"] == "done":
                parts = [float(row["ms_" + k]) for k in ("decode", "compute", "encode")]
                self.assertGreater(min(parts), 0)
                self.assertLessEqual(sum(parts), float(row["ms_total"]) + 0.01)
        page = (self.report / "report.html").read_text()
        drawings = page.split("<svg")[1:]
        self.assertEqual(len(drawings), 5)
        for drawing in drawings:
            xml.etree.ElementTree.fromstring("<svg" + drawing.split("</svg>")[0] + "</svg>")
        self.assertIn("&lt;bad&gt;.png", page)
        self.assertNotIn("<bad>", page)

    def test_a_bar_on_a_terminal_only(self):
        for i in range(40):
            (self.input / f"a{i}.pgm").write_bytes(pgm(700, 700, bytes(490_000)))
        lines = self.batch().stderr.splitlines(keepends=True)  # one every ten seconds
        for line in lines:
            self.assertRegex(line, r"^\d+/40 files, [\d.]+ files/s, .* left\n$")
        screen, terminal = pty.openpty()
        p = start(self.input, self.out, "--job", "filters", stderr=terminal)
        os.close(terminal)
        seen = b""
        try:
            while part := os.read(screen, 4096):
                seen += part
        except OSError:
            pass  # the other end is closed
        p.communicate()
        self.assertEqual(p.returncode, 0)
        os.close(screen)
        self.assertRegex(seen, rb"\[#*\.*\] \d+/40 files, [\d.]+ files/s")

    def test_help_names_the_outputs_of_every_job(self):
        text = run("--help").stdout
        for job, suffixes in OUTPUTS.items():
            self.assertRegex(text, rf"\n  {job} +NAME{suffixes[0]}".replace(".", r"\."))

    def test_chains_that_do_not_fit_a_file(self):
        (self.input / "large.pgm").write_bytes(pgm(9, 9, bytes(81)))
        (self.input / "small.pgm").write_bytes(pgm(3, 3, bytes(9)))
        (self.input / "deep.pgm").write_bytes(b"P5\n9 9\n65535\n" + bytes(162))
        r = self.batch("--chain", " crop=0:0:5:5 , sobel_x", "--format", "jpg", status=3)
        small = "--chain: operation 1, 'crop=0:0:5:5': the rectangle at (0, 0) of 5 x 5 pixels does not lie inside 3 x 3"
        self.assertIn(f"small.pgm: failed: {small}", r.stderr)
        self.assertIn("deep.pgm: failed: result.jpg: a JPEG file holds 8 bits a channel, not 16", r.stderr)
        self.assertEqual(self.statuses(), {"large.pgm": "done", "small.pgm": "failed", "deep.pgm": "failed"})
        self.assertEqual(list(outputs(self.out)), ["large.jpg"])

    def test_wrong_command_lines(self):
        (self.input / "a.pgm").write_bytes(pgm(3, 3, bytes(9)))
        for status, part, arguments in [
            (2, "IN_DIR", []),
            (2, "--job", [self.input, self.out]),
            (2, "--job", [self.input, self.out, "--job", "sharpen"]),
            (2, "--memory", [self.input, self.out, "--job", "filters", "--memory", "lots"]),
            (2, "--memory", [self.input, self.out, "--job", "filters", "--memory", "1M"]),
            (2, "--workers", [self.input, self.out, "--job", "filters", "--workers", "-1"]),
            (2, "--compare", [self.input, self.out, "--job", "filters", "--compare", "1,0"]),
            (2, "--chain: character 1: 'blur' is no operation; there are extend, ",
             [self.input, self.out, "--job", "filters", "--chain", "blur"]),
            (2, "'--workres' is no option; did you mean --workers?",
             [self.input, self.out, "--job", "filters", "--workres", "2"]),
            (2, "'--chian' is no option; did you mean --chain?",
             [self.input, self.out, "--job", "filters", "--chian", "gray"]),
            (2, "--threshold", [self.input, self.out, "--job", "segment", "--threshold", "x"]),
            (2, "--chain", [self.input, self.out, "--job", "segment", "--chain", "gray"]),
            (2, "could be overwritten", [self.input, self.input, "--job", "filters"]),
            (1, "is no folder", [self.dir / "none", self.out, "--job", "filters"]),
            (1, "is no folder", [self.input, self.input / "a.pgm", "--job", "filters"]),
        ]:
            r = run(*arguments)
            self.assertEqual(r.returncode, status, (arguments, r.stderr))
            self.assertIn(part, r.stderr)
            self.assertEqual(r.stderr.count("\n"), 1, r.stderr)
            self.assertEqual(r.stdout, "")
        self.assertFalse(self.out.exists())
        empty = self.dir / "empty"
        empty.mkdir()
        r = run(empty, self.out, "--job", "segment")
        self.assertEqual((r.returncode, r.stderr), (0, ""))
        self.assertIn("0 files", r.stdout)


if __name__ == "__main__":
    if not os.access(PROGRAM, os.X_OK):
        print(f"no {PROGRAM}: it needs oneTBB, CLI11, nlohmann_json and stb")
        sys.exit(77)
    unittest.main(verbosity=1)

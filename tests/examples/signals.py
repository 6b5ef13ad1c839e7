# SPDX-License-Identifier: BSL-1.0
"""Signals to quoin's executables at random moments: they end soon, and what they leave is complete.

    signals.py FOLDER [unittest's options]

FOLDER holds the executables; the variable QUOIN_BIN may name it instead. QUOIN_TEST_SECONDS bounds each test (2).
Exit status 77: cannot run here.
"""
import os
import pathlib
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import zlib

FOLDER_GIVEN = len(sys.argv) > 1 and os.path.isdir(sys.argv[1])
BIN = sys.argv.pop(1) if FOLDER_GIVEN else os.environ.get("QUOIN_BIN", "")
SEED = int(os.environ.get("QUOIN_TEST_SEED", str(random.randrange(10**6))))
SECONDS = float(os.environ.get("QUOIN_TEST_SECONDS", "2"))
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SOON = 5  # seconds; it takes half of one on a machine that has the time


def write_png(path, width, height, seed):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    noise = random.Random(seed).randbytes(4096)
    rows = b"".join(b"\0" + (noise * (width // 4096 + 2))[y % 97 : y % 97 + width] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 1))
                     + chunk(b"IEND", b""))  # fmt: skip


def start(program, *arguments, ignored=()):
    def dispositions():
        for s in SIGNALS:
            signal.signal(s, signal.SIG_IGN if s in ignored else signal.SIG_DFL)

    command = [os.path.join(BIN, program), *map(str, arguments)]
    pipes = dict(stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return subprocess.Popen(command, preexec_fn=dispositions, **pipes)


def wait_until_it_listens(process, signals=SIGNALS):
    """Before that a signal ends it by itself, when nothing is begun."""
    wanted = sum(1 << (s - 1) for s in signals)
    for _ in range(2000):
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        if int(re.search(r"SigBlk:\s*([0-9a-f]+)", status).group(1), 16) & wanted == wanted:
            return
        if process.poll() is not None:
            return
        time.sleep(0.001)


class Signals(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.dir = pathlib.Path(self._folder.name)
        self.image, self.out = self.dir / "in.png", self.dir / "out"

    def files(self):
        return {str(p.relative_to(self.out)): p.read_bytes() for p in self.out.rglob("*") if p.is_file()
                and p.suffix != ".journal" and p.name != "lock"}  # fmt: skip

    def trials(self, program, *arguments, prepare=lambda: None):
        """Many runs, each ended at a random moment, by one signal or two."""
        self.out.mkdir()
        prepare()
        begin = time.monotonic()
        with start(program, *arguments) as p:
            p.communicate(timeout=120)
        took = time.monotonic() - begin
        self.assertEqual(p.returncode, 0)
        whole, chance = self.files(), random.Random(SEED)
        ends, until = {}, time.monotonic() + SECONDS
        while time.monotonic() < until or (sum(ends.values()) < 50 and set(ends) <= {0}):
            shutil.rmtree(self.out)
            self.out.mkdir()
            prepare()
            sent = [chance.choice(SIGNALS)]
            if chance.random() < 0.3:
                sent.append(chance.choice(SIGNALS))
            with start(program, *arguments) as p:
                wait_until_it_listens(p)
                time.sleep(chance.random() * took)
                p.send_signal(sent[0])
                begin = time.monotonic()
                for second in sent[1:]:
                    time.sleep(chance.random() * 0.1)
                    p.send_signal(second)
                _, stderr = p.communicate(timeout=120)
            with self.subTest(program=program, seed=SEED, signals=sent, stderr=stderr):
                self.assertLess(time.monotonic() - begin, SOON)
                left = self.files()
                self.assertEqual({name: data == whole.get(name) for name, data in left.items()}, dict.fromkeys(left, True))
                if p.returncode != 0:  # it was done
                    # Of two that wait for a busy machine, the system gives the one with the lower number first.
                    self.assertIn(p.returncode, {128 + signal for signal in sent})
                    if program != "quoin-batch":  # which says it with what is done
                        said = [line for line in stderr.splitlines() if not line.startswith(program + ": note: ")]
                        self.assertEqual(said, [f"{program}: interrupted, no partial file is left"])
                ends[p.returncode] = ends.get(p.returncode, 0) + 1
        self.assertGreater(sum(ends.get(128 + s, 0) for s in SIGNALS), 0, ends)

    def test_filters(self):
        write_png(self.image, 3000, 2000, SEED)
        self.trials("quoin-filters", self.image, "--chain", "gray", "--out", self.out)

    def test_segment(self):
        write_png(self.image, 1500, 1000, SEED)
        self.trials("quoin-segment", self.image, "--rects", self.out / "r.csv", "--components", self.out / "c.csv",
                    "--overlay", self.out / "o.png")  # fmt: skip

    def test_nuclei(self):
        write_png(self.image, 500, 400, SEED)
        self.trials("quoin-nuclei", self.image, "--csv", self.out / "n.csv", "--overlay", self.out / "o.png",
                    "--labels", self.out / "l.png")  # fmt: skip

    def test_synth(self):
        self.trials("quoin-synth", "--width", 2000, "--height", 2000, "--out", self.out / "s.png", "--truth",
                    self.out / "t.csv")  # fmt: skip

    def test_batch(self):
        images = self.dir / "images"
        images.mkdir()
        for i in range(12):
            write_png(images / f"{i}.png", 700, 500, SEED + i)
        self.trials("quoin-batch", images, self.out, "--job", "segment", "--overlay")

    def test_work_that_cannot_be_stopped(self):
        write_png(self.image, 12000, 8000, SEED)
        self.out.mkdir()
        begin = time.monotonic()
        with start("quoin-filters", self.image, "--chain", "gray", "--out", self.out) as p:
            p.communicate(timeout=120)
        took = time.monotonic() - begin
        for sent in SIGNALS:
            for wait in (0.05, took / 2):  # while it decodes or encodes
                shutil.rmtree(self.out)
                self.out.mkdir()
                with start("quoin-filters", self.image, "--chain", "gray", "--out", self.out) as p:
                    wait_until_it_listens(p)
                    time.sleep(wait)
                    p.send_signal(sent)
                    begin = time.monotonic()
                    _, stderr = p.communicate(timeout=120)
                self.assertLess(time.monotonic() - begin, SOON)
                self.assertEqual(p.returncode, 128 + sent, stderr)
                self.assertEqual(stderr, "quoin-filters: interrupted, no partial file is left\n")
                self.assertEqual(list(self.files()), [])

    def test_nohup(self):
        write_png(self.image, 1500, 1000, SEED)
        with start("quoin-filters", self.image, "--out", self.out, ignored=[signal.SIGHUP]) as p:
            wait_until_it_listens(p, [signal.SIGTERM])
            p.send_signal(signal.SIGHUP)
            _, stderr = p.communicate(timeout=120)
        self.assertEqual((p.returncode, stderr), (0, ""))
        self.assertEqual(list(self.files()), ["in.png"])


if __name__ == "__main__":
    if not os.access(os.path.join(BIN, "quoin-segment"), os.X_OK):
        print("there are no executables in", BIN)
        sys.exit(77)
    print("seed", SEED)
    unittest.main()
